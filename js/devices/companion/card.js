/** What is known of a clip, as its card shows it. */
import { signed } from "../../ui/gauges.js";
import { fromCamelot, movedCamelot, nameOf } from "../shared/keys.js";
import { counted } from "../shared/sentences.js";

/** @typedef {import("../../ui/clipcard.js").Card} Card */
/** @typedef {import("./subject.js").MidiSubject} MidiSubject */
/** @typedef {import("../shared/analysis.js").Analysis} Analysis */
/** @typedef {import("../shared/analysis.js").KeyDetail} KeyDetail */

const SHARPS = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];
const FLATS = ["C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"];

/** Places of the wheel whose keys are written with flats. */
const FLAT_KEYS = /^([3-7][AB]|2A)$/;

/** @param {number} pitch @param {string} camelot @returns {string} as Live names it: 60 is C3 */
const noteName = (pitch, camelot) =>
  `${(FLAT_KEYS.test(camelot) ? FLATS : SHARPS)[pitch % 12]}${Math.floor(pitch / 12) - 2}`;

/** @param {number} value */
const tenths = (value) => Math.round(value * 10) / 10;

/** @param {number} bpm @returns {string} "174 BPM", "128.5 BPM" */
export const tempoWords = (bpm) => `${tenths(bpm)} BPM`;

/**
 * @param {MidiSubject} subject
 * @param {KeyDetail} key
 * @returns {Card}
 */
export function midiCard({ notes, bars }, key) {
  const pitches = notes.filter(({ mute }) => !mute).map(({ pitch }) => pitch);
  const camelot = key.camelot ?? "";
  const [low, high] = [Math.min(...pitches), Math.max(...pitches)].map((pitch) => noteName(pitch, camelot));
  const range = low === high ? low : `${low}–${high}`;
  return {
    ...keyOn(key, camelot, 0),
    facts: [counted(notes.length, "note"), pitches.length > 0 ? range : "", counted(tenths(bars), "bar")],
    energy: null,
  };
}

/**
 * @param {Analysis} analysis
 * @param {number} shift semitones between the recording's key and the one it sounds in
 * @returns {Card}
 */
export function audioCard({ bpm, key, key_detail: detail, loudness_db: lufs, energy, corrected }, shift) {
  // What the user set right is sure.
  const confidence = corrected && key !== detail?.camelot ? 1 : (detail?.confidence ?? 0);
  return {
    ...keyOn({ confidence, second: detail?.second }, key ?? "", shift),
    facts: [bpm == null ? "no beat" : tempoWords(bpm), lufs == null ? "" : `${signed(lufs)} LUFS`, ""],
    energy: energy ?? null,
  };
}

/** @param {{confidence: number, second?: {camelot: string}|null}} detail @param {string} camelot @param {number} shift */
function keyOn({ confidence, second }, camelot, shift) {
  const key = movedCamelot(camelot, shift);
  const other = camelot === "" || !second ? "" : movedCamelot(second.camelot, shift);
  return {
    key: named(key),
    camelot: key,
    sure: key === "" ? 0 : confidence,
    other: other === "" || other === key ? "" : `or ${named(other)}`,
    otherCamelot: other === key ? "" : other,
  };
}

/** @param {string} camelot */
function named(camelot) {
  const key = fromCamelot(camelot);
  return key === null ? "" : nameOf(key);
}
