/** What was learnt, in the words of the picture. */
import { bare, counted } from "../shared/sentences.js";

/** What taste.why tells, as far as the device uses it. */
/** @typedef {{words: string, stars: number, deviation: number}} Liking */
/** What taste.macro_map tells of a knob. @typedef {{words: string, deviations: number}} Meaning */
/** @typedef {{count: number, mse: number, mae: number, rank: number|null, plain: number}} Trust */
/** @typedef {{rated: number, likings: Liking[], distribution: number[], trust: Trust|null}} Why */

/** How the engine begins each of its sentences; the picture says it once above them. */
const BEGIN = /^You prefer /;

/** Deviations from nothing from which on a liking is quite sure, and very sure. */
const QUITE = 2;
const VERY = 3;

/** Rank correlations from which on an order is told mostly right, and often right. */
const MOSTLY = 0.6;
const OFTEN = 0.3;

/** @param {Liking} liking @returns {{words: string, sure: number}} `sure`: 1 likely, 2 quite sure, 3 very sure */
export function likingWords({ words, stars, deviation }) {
  return { words: bare(words.replace(BEGIN, "")), sure: surety(Math.abs(stars) / Math.max(deviation, 1e-9)) };
}

/** @param {Meaning} meaning @returns {{words: string, sure: number}} as above; the engine tells none that is only likely */
export const meaningWords = ({ words, deviations }) => ({ words, sure: Math.max(2, surety(deviations)) });

/** @param {number} deviations */
const surety = (deviations) => (deviations >= VERY ? 3 : deviations >= QUITE ? 2 : 1);

/** @param {Why} why @returns {string} how far it may be trusted */
export function trustWords({ rated, trust }) {
  if (trust === null) return rated === 0 ? "" : "Guesses show after a dozen ratings";
  const { mae, mse, plain, rank } = trust;
  if (mse >= plain || rank === null || rank <= 0) return "Guesses no better than average yet";
  const order = rank >= MOSTLY ? "mostly" : rank >= OFTEN ? "often" : "seldom";
  return `Guesses ±${mae.toFixed(1)} stars, ${order} in order`;
}

/** @param {number} takes @param {number} rated @returns {string} what is said while nothing else is */
export const learningWords = (takes, rated) =>
  takes === 0
    ? "Ready to learn: generate something and rate it"
    : `Learning: ${rated} of ${counted(takes, "take")} rated`;
