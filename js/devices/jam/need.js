/**
 * Which bars have to be asked for, and when. A bar that is known and of which only lanes have moved is asked again while it
 * plays, and shortly before it begins: what moves until then would be overtaken anyway. Pure.
 */
import { LATER } from "./lanes.js";

/** At a fast tempo the last part of a kind looks at its macros so much later than the first one, ms; which tempo that is. */
const [TURNS_MS, FAST] = [30, 174];
/** A half beat at one beat a minute, ms; how much of what it is longer than at the fast tempo is taken. */
const [HALF_BEAT_MS, SLOWER] = [30_000, 0.75];
/** Half beats of a bar that pass before the next one is asked for: not while all parts ask for the one that begins. */
const PATIENT = 1.5;
/** Multiples of it lie as far apart between 0 and 1 as they can, however many there are. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** @param {string} about everything but the lanes @param {unknown} lanes @returns {string} what a bar is asked with */
export const markOf = (about, lanes) => `${about}\n${JSON.stringify(lanes)}`;

/** @param {string} mark */
const aboutOf = (mark) => mark.slice(0, mark.lastIndexOf("\n") + 1);

/**
 * @typedef {object} Pace
 * @property {number} length ticks of a bar
 * @property {number} spare ticks ahead of which a bar has to be asked for
 * @property {number} takes ticks that an answer takes at most
 * @property {number} share place among the parts that ask one after the other, 0..1
 */

/**
 * @param {string} mark what the bar is to be asked with
 * @param {readonly (string|undefined)[]} had what is known of it, and what it was asked with
 * @param {{left: number, settled: boolean}} when ticks until it begins, 0: it plays; whether nothing moves any more until then
 * @param {Pace} pace
 * @returns {boolean} whether it is to be asked for now
 */
export function needOf(mark, had, { left, settled }, { length, spare, takes, share }) {
  if (had.includes(mark)) return false;
  const about = aboutOf(mark);
  const moved = had.some((each) => each !== undefined && aboutOf(each) === about);
  if (moved) return settled || left <= takes;
  return left <= Math.max(spare, length - LATER * (PATIENT + share));
}

/**
 * When a part looks at its macros, and asks: every other one on half beats, the others halfway between, and those of each
 * kind one after the other.
 *
 * @param {number} place of its track among all, 1 for the first
 * @returns {{between: boolean, share: number}} `share`: place among those that ask one after the other, 0..1
 */
export const turnOf = (place) => ({ between: place % 2 === 0, share: (Math.ceil(place / 2) * GOLDEN) % 1 });

/**
 * @param {number} tempo
 * @returns {number} ms by which the last part of a kind looks later than the first one: what it asks for has to be there
 *   when the next half beat is heard, which at a slower tempo is later
 */
export const turnsOf = (tempo) => Math.max(0, TURNS_MS + SLOWER * (HALF_BEAT_MS / tempo - HALF_BEAT_MS / FAST));
