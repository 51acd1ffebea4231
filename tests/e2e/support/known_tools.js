/** What the tests know of each MIDI Tool: its file, what it asks, and a hand's choice for each control. */
import { readFileSync } from "node:fs";
import { TOOLS } from "../../../js/headless/stage.js";
import { tableOf } from "./table.js";

/** @typedef {import("./inspect_tool.js").Known} Known */

/** A tune in C major with a note that is outside of it. */
const TUNE = [60, 64, 67, 72, 71, 67, 65, 62, 64, 60, 55, 59, 60, 64, 66, 67].map((pitch, at) => ({
  pitch,
  start_time: at,
  duration: 0.9,
  velocity: 70 + ((at * 13) % 40),
}));

/**
 * What a control puts on the wire: its own value under its own word, and nothing for "follow" and "auto" of a key.
 *
 * @param {string} id
 * @returns {Known["onWire"]}
 */
const plain = (id) => (long, value) => {
  const control = tableOf(id).parameters.find((each) => each.long === long);
  const said = control.ids ? control.ids[Number(value)] : Number(value);
  return [control.selector, ["follow"].includes(said) ? null : said];
};

/** @type {Record<keyof typeof TOOLS, Known>} */
export const KNOWN = {
  chords: {
    id: "chords_tool",
    method: "compose.chords",
    choices: { Style: "Jazz", Bars: 4, Tension: 80, Complexity: 90, Density: 100 },
    onWire: plain("chords_tool"),
  },
  bass: {
    id: "bass_tool",
    method: "compose.bass",
    choices: { Style: "Funk", Bars: 4, Density: 100, Movement: 90, Syncopation: 85 },
    onWire: plain("bass_tool"),
  },
  drums: {
    id: "drums_tool",
    method: "compose.drums",
    choices: { Style: "Trap", Bars: 4, Density: 200, Complexity: 90, Fills: 100 },
    // On the wire 1 is as the genre does.
    onWire: (long, value) => (long === "Density" ? ["density", value / 100] : plain("drums_tool")(long, value)),
  },
  vary: {
    id: "vary_tool",
    method: "compose.vary",
    choices: { Role: "Chords", Keep: "Pitches", Distance: 90 },
    onWire: plain("vary_tool"),
    notes: TUNE,
    chosen: { Take: 5 },
  },
  fit: {
    id: "fit_tool",
    method: "compose.fit",
    choices: { Key: "F", Mode: "Dorian" },
    onWire: plain("fit_tool"),
    notes: TUNE,
  },
};

/** @param {keyof typeof TOOLS} name @returns {Buffer} */
export const toolBytes = (name) => readFileSync(TOOLS[name]);
