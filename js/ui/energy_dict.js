/**
 * How a song travels from the device's script to its picture: as a Dict, since the two scripts share nothing else.
 * Keys: title, made, here, sections (name, bars, from, to, ...), lanes (name, colour, plays, ...).
 */
import { listOf } from "./roll_dict.js";

/** @typedef {import("./energy.js").SongView} SongView */

/** Who plays is written with letters: Max would read figures as one number. */
const PLAYS = "x";
const RESTS = "-";

/** Max keeps no empty symbol in a list. @param {string} name */
const named = (name) => name || " ";

/** @param {SongView} song @returns {string} JSON for Dict.parse */
export const songToJson = ({ title, made, here, sections, lanes }) =>
  JSON.stringify({
    title,
    made: made ? 1 : 0,
    here,
    sections: sections.flatMap(({ name, bars, from, to }) => [named(name), bars, from, to]),
    lanes: lanes.flatMap(({ name, colour, plays }) => [
      named(name),
      colour,
      `${RESTS}${plays.map((each) => (each ? PLAYS : RESTS)).join("")}`,
    ]),
  });

/** @param {{get: (key: string) => unknown}} dict @returns {SongView} */
export function songFromDict(dict) {
  const sections = listOf(dict.get("sections"));
  const lanes = listOf(dict.get("lanes"));
  /** @type {SongView} */
  const song = {
    title: String(dict.get("title") ?? ""),
    made: Number(dict.get("made")) === 1,
    here: Number(dict.get("here") ?? -1),
    sections: [],
    lanes: [],
  };
  for (let i = 0; i + 3 < sections.length; i += 4) {
    const [name, bars, from, to] = sections.slice(i, i + 4);
    song.sections.push({ name: String(name).trim(), bars: Number(bars), from: Number(from), to: Number(to) });
  }
  for (let i = 0; i + 2 < lanes.length; i += 3) {
    const [name, colour, plays] = lanes.slice(i, i + 3);
    const letters = [...String(plays)].slice(1);
    song.lanes.push({
      name: String(name).trim(),
      colour: Number(colour),
      plays: letters.map((each) => each === PLAYS),
    });
  }
  return song;
}
