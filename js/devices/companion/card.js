/** What is known of a clip, as its card shows it. */
import { fromCamelot, movedCamelot, nameOf } from "../shared/keys.js";

/** @typedef {import("../../ui/clipcard.js").Card} Card */
/** @typedef {import("./subject.js").MidiSubject} MidiSubject */
/** @typedef {import("../listen/heard.js").Analysis} Analysis */
/** @typedef {import("../listen/heard.js").KeyDetail} KeyDetail */

const SHARPS = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];
const FLATS = ["C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"];

/** Places of the wheel whose keys are written with flats. */
const FLAT_KEYS = /^([3-7][AB]|2A)$/;

/** @param {number} pitch @param {string} camelot @returns {string} as Live names it: 60 is C3 */
const noteName = (pitch, camelot) =>
  `${(FLAT_KEYS.test(camelot) ? FLATS : SHARPS)[pitch % 12]}${Math.floor(pitch / 12) - 2}`;

/** @param {number} count @param {string} one */
const counted = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;

/** @param {number} value */
const plain = (value) => String(Math.round(value * 10) / 10);

/**
 * @param {MidiSubject} subject
 * @param {KeyDetail} key
 * @returns {Card}
 */
export function midiCard({ name, notes, bars }, key) {
  const pitches = notes.filter(({ mute }) => !mute).map(({ pitch }) => pitch);
  const camelot = key.camelot ?? "";
  const [low, high] = [Math.min(...pitches), Math.max(...pitches)].map((pitch) => noteName(pitch, camelot));
  const range = low === high ? low : `${low}–${high}`;
  return {
    ...keyOn(key, camelot, 0),
    name,
    facts: [counted(notes.length, "note"), pitches.length > 0 ? range : "", counted(Number(plain(bars)), "bar")],
    energy: null,
  };
}

/**
 * @param {string} name
 * @param {Analysis} analysis
 * @param {number} shift semitones between the recording's key and the one it sounds in
 * @returns {Card}
 */
export function audioCard(name, { bpm, key, key_detail: detail, loudness_db: lufs, energy, corrected }, shift) {
  const own = {
    ...(detail ?? NO_KEY),
    confidence: corrected && key !== detail?.camelot ? 1 : (detail?.confidence ?? 0),
  };
  return {
    ...keyOn(own, key ?? "", shift),
    name,
    facts: [bpm == null ? "no beat" : `${plain(bpm)} BPM`, lufs == null ? "" : `${minus(lufs)} LUFS`, ""],
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

/** @type {KeyDetail} */
const NO_KEY = {
  key: null,
  camelot: null,
  tonic: null,
  mode: null,
  confidence: 0,
  second: null,
  ambiguity: "",
  words: "",
};

/** @param {string} camelot */
function named(camelot) {
  const key = fromCamelot(camelot);
  return key === null ? "" : nameOf(key);
}

/** @param {number} value with a true minus sign, which is as wide as a figure */
const minus = (value) => (value < 0 ? `−${Math.abs(value).toFixed(1)}` : value.toFixed(1));
