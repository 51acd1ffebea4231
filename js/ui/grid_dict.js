/**
 * How a drum take travels from the device's script to its picture: as a Dict, since the two scripts share nothing else.
 * Keys: length, beats_per_bar, label, notes (pitch, start, velocity, ...), lanes (role, name, pitch, muted, locked,
 * density, ...).
 */
import { listOf } from "./roll_dict.js";

/** @typedef {import("./drumgrid.js").Grid} Grid */

/** Max keeps no empty symbol in a list. */
const NONE = "-";

/** @param {Grid} grid @returns {string} JSON for Dict.parse */
export const gridToJson = (grid) =>
  JSON.stringify({
    length: grid.length,
    beats_per_bar: grid.beatsPerBar,
    label: grid.label,
    notes: grid.notes.flatMap(({ pitch, start, velocity }) => [pitch, start, velocity]),
    lanes: grid.lanes.flatMap(({ role, name, pitch, muted, locked, density }) => [
      role || NONE,
      name,
      pitch,
      muted ? 1 : 0,
      locked ? 1 : 0,
      density,
    ]),
  });

/** @param {{get: (key: string) => unknown}} dict @returns {Grid} */
export function gridFromDict(dict) {
  const notes = listOf(dict.get("notes")).map(Number);
  const lanes = listOf(dict.get("lanes"));
  /** @type {Grid} */
  const grid = {
    length: Math.max(0.25, Number(dict.get("length")) || 0),
    beatsPerBar: Math.max(0.25, Number(dict.get("beats_per_bar")) || 4),
    label: String(dict.get("label") ?? ""),
    notes: [],
    lanes: [],
  };
  for (let i = 0; i + 2 < notes.length; i += 3) {
    grid.notes.push({ pitch: notes[i], start: notes[i + 1], velocity: notes[i + 2] });
  }
  for (let i = 0; i + 5 < lanes.length; i += 6) {
    const [role, name, pitch, muted, locked, density] = lanes.slice(i, i + 6);
    grid.lanes.push({
      role: role === NONE ? "" : String(role),
      name: String(name),
      pitch: Number(pitch),
      muted: Number(muted) !== 0,
      locked: Number(locked) !== 0,
      density: Number(density),
    });
  }
  return grid;
}
