/** What one press makes of what was heard: the Set's tempo and scale, the clip's name and colour. All of it can be undone. */
import { LiveRefusal } from "../../live/errors.js";
import { SONG } from "../../live/paths.js";
import { cellOf, hourColour } from "../../ui/camelot.js";
import { keyOf } from "../shared/analysis.js";
import { nameOf } from "../shared/keys.js";
import { plainBpm, shortened } from "./words.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {import("./past.js").Past} Past */
/** @typedef {import("./place.js").Place} Place */
/** @typedef {import("../shared/analysis.js").Analysis} Analysis */

const SLOWEST = 20;
const FASTEST = 999;

/** @param {Live} live @param {Past} past @param {Analysis} analysis @returns {string} what was done */
export function setTempo(live, past, { bpm }) {
  if (bpm == null) throw new LiveRefusal("No tempo was heard: nothing to set");
  if (bpm < SLOWEST || bpm > FASTEST)
    throw new LiveRefusal(`Live plays from ${SLOWEST} to ${FASTEST} BPM: nothing set`);
  const before = live.number(SONG, "tempo");
  const made = past.make([{ ref: SONG, property: "tempo", value: bpm, words: "the tempo" }]);
  if (made.length === 0) return `The Set runs at ${plainBpm(bpm)} BPM already`;
  return `Set the tempo to ${plainBpm(bpm)} BPM, was ${plainBpm(before)}`;
}

/** @param {Past} past @param {Analysis} analysis @returns {string} what was done */
export function setScale(past, analysis) {
  const key = keyOf(analysis);
  if (key === null) throw new LiveRefusal("No key was heard: nothing to set");
  const words = "the scale";
  const made = past.make([
    { ref: SONG, property: "root_note", value: key.tonic, words },
    { ref: SONG, property: "scale_name", value: key.minor ? "Minor" : "Major", words },
    { ref: SONG, property: "scale_mode", value: 1, words },
  ]);
  return made.length === 0 ? `The Set is in ${nameOf(key)} already` : `Set the scale to ${nameOf(key)}`;
}

/** What a former press put behind the name: " [174 8A]". */
const TAG = /\s*\[(?:\d+(?:\.\d+)?)?\s?(?:1?\d[AB])?\]$/;

/** @param {Live} live @param {Past} past @param {Analysis} analysis @param {Place} place @returns {string} what was done */
export function tagName(live, past, { bpm, key }, { clip, name: fallback }) {
  const tag = [plainBpm(bpm), key ?? ""].filter(Boolean).join(" ");
  if (tag === "") throw new LiveRefusal("No tempo and no key were heard: nothing to write");
  const name = `${(live.text(clip, "name") || fallback).replace(TAG, "")} [${tag}]`;
  const made = past.make([{ ref: clip, property: "name", value: name, words: "the clip's name" }]);
  return made.length === 0 ? "The clip says so already" : `Named it ${shortened(name, 30)}`;
}

/** @param {Live} live @param {Past} past @param {Analysis} analysis @param {number} clip @returns {string} what was done */
export function tagColour(live, past, { key }, clip) {
  const cell = cellOf(key ?? "");
  if (cell === null) throw new LiveRefusal("No key was heard: no colour for it");
  const [r, g, b] = hourColour(cell.hour).map((part) => Math.round(part * 255));
  // Live takes the nearest of its palette; minor and major of one hour mix, so they share it.
  const colour = (r << 16) | (g << 8) | b;
  const before = live.number(clip, "color");
  live.set(clip, "color", colour);
  const after = live.number(clip, "color");
  if (after === before) return `The clip has the colour of ${key} already`;
  past.record([{ ref: clip, property: "color", before, after, words: "the clip's colour" }]);
  return `Coloured it as ${key} on the wheel`;
}
