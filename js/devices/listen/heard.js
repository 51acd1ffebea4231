/** What hear.analyze answers, as far as the device uses it, and what a user's correction makes of it. */

/** @typedef {{start: number, end: number, label: string, energy: number, confidence: number}} Section */
/** @typedef {{kind: string, probability: number, start: number, end: number, evidence: string}} Finding */

/**
 * @typedef {object} KeyDetail
 * @property {string|null} key "A minor"
 * @property {string|null} camelot "8A"
 * @property {number|null} tonic 0-11
 * @property {string|null} mode
 * @property {number} confidence 0-1
 * @property {{key: string, camelot: string, confidence: number}|null} second
 * @property {string} ambiguity
 * @property {string} words
 */

/**
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

/** What is asked for: all that the picture and the buttons need. */
export const PARTS = ["rhythm", "key", "loudness", "energy", "sections", "forensics", "quality"];

/** Names of keys as the engine spells them, by tonic. */
const MAJORS = ["C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"];
const MINORS = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B"];

/** @param {number} tonic @param {boolean} minor @returns {string} */
const keyName = (tonic, minor) => `${(minor ? MINORS : MAJORS)[((tonic % 12) + 12) % 12]} ${minor ? "minor" : "major"}`;

/** @typedef {{tonic: number, minor: boolean}} Heard */

/** @param {Analysis} analysis @returns {Heard|null} the key that holds now, set right or heard; null for none */
export const keyOf = ({ key }) => (key == null ? null : fromCamelot(key));

/** @param {string} camelot "8A" @returns {Heard|null} */
export function fromCamelot(camelot) {
  const [, number, side] = /^(\d+)([AB])$/.exec(camelot) ?? [];
  if (number === undefined) return null;
  // 8B is C major and 8A its relative, A minor; each hour is a fifth.
  const fifths = Number(number) - 8;
  const minor = side === "A";
  return { tonic: (((fifths * 7 + (minor ? 9 : 0)) % 12) + 12) % 12, minor };
}

/** @param {Heard} key @returns {string} the key with the same notes */
export const relative = ({ tonic, minor }) => keyName(minor ? tonic + 3 : tonic + 9, !minor);

/** @param {Heard} key @returns {string} the key on the same tonic */
export const parallel = ({ tonic, minor }) => keyName(tonic, !minor);

/** @param {Heard} key @returns {string} */
export const nameOf = ({ tonic, minor }) => keyName(tonic, minor);
