/** What the engine tells of what it heard, as far as devices use it. */
import { fromCamelot } from "./keys.js";

/** @typedef {{start: number, end: number, label: string, energy: number, confidence: number}} Section */
/** @typedef {{kind: string, probability: number, start: number, end: number, evidence: string}} Finding */

/**
 * What was heard of a key: of a recording (key_detail) or of notes (hear.clip_key).
 * @typedef {object} KeyDetail
 * @property {string|null} key "A minor"
 * @property {string|null} camelot "8A"
 * @property {number|null} tonic 0-11
 * @property {string|null} mode
 * @property {number} confidence 0-1
 * @property {{key: string, camelot: string, confidence: number}|null} second
 * @property {string} ambiguity
 * @property {number|null} [tuning_cents] off A 440
 * @property {string} words
 */

/**
 * What hear.analyze answers.
 * @typedef {object} Analysis
 * @property {number|null} bpm
 * @property {string|null} key Camelot
 * @property {string|null} key_notation
 * @property {number|null} energy 1-10
 * @property {number|null} loudness_db LUFS
 * @property {boolean} corrected whether the user set something of it right
 * @property {{tempo: {confidence: number, candidates: {bpm: number, confidence: number}[], words: string}, downbeats: number[]}|null} [rhythm]
 * @property {KeyDetail|null} [key_detail]
 * @property {{true_peak_db: number|null}|null} [loudness]
 * @property {{per_bar: number[]}|null} [energy_detail]
 * @property {Section[]|null} [sections]
 * @property {{findings: Finding[]}|null} [forensics]
 * @property {{score: number|null}|null} [quality]
 */

/** @param {Analysis} analysis @returns {import("./keys.js").KeyPlace|null} the key that holds now, set right or heard; null for none */
export const keyOf = ({ key }) => (key == null ? null : fromCamelot(key));
