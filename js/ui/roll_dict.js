/**
 * How a take travels from the device's script to its picture: as a Dict, since the two scripts share nothing else.
 * Keys: length, beats_per_bar, label, notes (pitch, start, duration, velocity, ...), chords (start, duration, symbol, ...).
 */

/** @typedef {import("./roll.js").Roll} Roll */

/** @param {Roll} roll @returns {string} JSON for Dict.parse */
export const rollToJson = (roll) =>
  JSON.stringify({
    length: roll.length,
    beats_per_bar: roll.beatsPerBar,
    label: roll.label,
    notes: roll.notes.flatMap((note) => [note.pitch, note.start, note.duration, note.velocity]),
    chords: roll.chords.flatMap((chord) => [chord.start, chord.duration, chord.symbol]),
  });

/** A Dict gives null for an empty list and a bare value for a list of one. @param {unknown} value @returns {unknown[]} */
export const listOf = (value) => (value === null || value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** @param {{get: (key: string) => unknown}} dict @returns {Roll} */
export function rollFromDict(dict) {
  const notes = listOf(dict.get("notes")).map(Number);
  const chords = listOf(dict.get("chords"));
  /** @type {Roll} */
  const roll = {
    length: Math.max(0.25, Number(dict.get("length")) || 0),
    beatsPerBar: Math.max(0.25, Number(dict.get("beats_per_bar")) || 4),
    label: String(dict.get("label") ?? ""),
    notes: [],
    chords: [],
  };
  for (let i = 0; i + 3 < notes.length; i += 4) {
    roll.notes.push({ pitch: notes[i], start: notes[i + 1], duration: notes[i + 2], velocity: notes[i + 3] });
  }
  for (let i = 0; i + 2 < chords.length; i += 3) {
    roll.chords.push({ start: Number(chords[i]), duration: Number(chords[i + 1]), symbol: String(chords[i + 2]) });
  }
  return roll;
}
