/** The sentences Listen says, and the figures of its picture. */

import { counted, sentences } from "../shared/sentences.js";

/** @typedef {import("../shared/analysis.js").Analysis} Analysis */

/** @param {number|null|undefined} bpm @returns {string} "174", "128.5" */
export const plainBpm = (bpm) => (bpm == null ? "" : String(Math.round(bpm * 100) / 100));

/** @param {string} text @param {number} most */
export const shortened = (text, most) => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

/** What lies on tape. @param {number} bars */
export function tapeWords(bars) {
  const rounded = Math.round(bars * 10) / 10;
  return rounded === 1 ? "the last bar" : `the last ${counted(rounded, "bar")}`;
}

/** @param {number} count */
export const locatorsWords = (count) => counted(count, "locator");

/**
 * @param {Analysis} analysis
 * @param {string} what was heard
 * @returns {string} "Heard Break 174: 174 BPM, A minor"
 */
export function heardWords({ bpm, key_notation: key, key_detail: detail }, what) {
  const facts = [];
  if (bpm != null) facts.push(`${plainBpm(bpm)} BPM`);
  if (detail?.key) facts.push(detail.key);
  else if (key) facts.push(key);
  const found = facts.length > 0 ? facts.join(", ") : "no beat and no key in it";
  return `Heard ${shortened(what, 24)}: ${found}`;
}

/** @param {Analysis} analysis @returns {string} what helps who wonders: how sure, what else it may be, what is wrong */
export function whyWords({ rhythm, key_detail: key, forensics, quality }) {
  const parts = [rhythm?.tempo.words, key?.words || key?.ambiguity];
  const finds = forensics?.findings ?? [];
  if (finds.length > 0) parts.push(findsWords(finds));
  else if (quality != null) parts.push("No damage found");
  return sentences(parts);
}

/** @param {{evidence: string}[]} finds @returns {string} */
const findsWords = (finds) =>
  finds.length === 1 ? finds[0].evidence : `${finds[0].evidence}; ${finds.length - 1} more found`;
