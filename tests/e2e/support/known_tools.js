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
  melody: {
    id: "melody_tool",
    method: "compose.melody",
    choices: { Style: "Jazz", Bars: 4, Density: 100, Complexity: 90, Variation: 90 },
    onWire: plain("melody_tool"),
  },
  humanise: {
    id: "humanise_tool",
    method: "compose.humanise",
    choices: { Role: "Melody", Amount: 50, Timing: 50, Velocity: 20 },
    onWire: plain("humanise_tool"),
    notes: TUNE,
  },
  groove: {
    id: "groove_tool",
    method: "compose.groove_apply",
    choices: { Groove: "Swing 8ths", Timing: 60, Velocity: -60, Quantise: 80 },
    onWire: (long, value) =>
      long === "Groove"
        ? ["groove", (/** @type {any} */ groove) => groove.grid === "8"]
        : plain("groove_tool")(long, value),
    notes: TUNE.map((each, at) => ({ ...each, start_time: 4 + at / 4 + 0.01 * (at % 3), duration: 0.2 })),
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
