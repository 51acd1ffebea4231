/** Where bars lie in the song, and which of them are to come. */
import { SONG } from "../../live/paths.js";
import { beatsPerBar } from "../../live/song.js";
import { SIXTEENTH, TICKS } from "./score.js";

/** @typedef {import("../../live/live.js").Live} Live */

/**
 * @typedef {object} Metre
 * @property {number} numerator
 * @property {number} denominator
 * @property {number} bar number of a bar, 0 first
 * @property {number} origin tick at which it begins; from there on bars are of this signature
 * @property {number} length ticks of a bar
 */

/** @typedef {{start: number, end: number}} Loop ticks */

/** Places that are looked at twice, as the song may go on between two questions. */
const TRIES = 4;

const CLOSE = 1e-3;

/** @param {Live} live @returns {number} ticks from the start of the song */
export const tickNow = (live) => live.number(SONG, "current_song_time") * TICKS;

/**
 * Live alone knows where bars lie that are of different signatures: it tells which one this is.
 *
 * @param {Live} live
 * @returns {Metre}
 */
export function metreNow(live) {
  const numerator = live.number(SONG, "signature_numerator");
  const denominator = live.number(SONG, "signature_denominator");
  const length = beatsPerBar(numerator, denominator) * TICKS;
  let [before, text] = [sixteenth(live), ""];
  for (let tries = 0; tries < TRIES; tries++) {
    text = String(live.call(SONG, "get_current_beats_song_time"));
    const after = sixteenth(live);
    if (after === before) break;
    before = after;
  }
  const [, bar, beat, part] = (/^(\d+)\.(\d+)\.(\d+)/.exec(text) ?? []).map(Number);
  if (bar === undefined) return { numerator, denominator, bar: 0, origin: 0, length };
  const inside = ((beat - 1) * 4 * TICKS) / denominator + (part - 1) * SIXTEENTH;
  return { numerator, denominator, bar: bar - 1, origin: before - inside, length };
}

/** @param {Live} live @returns {number} tick of the sixteenth the song is in */
const sixteenth = (live) => Math.floor((tickNow(live) + CLOSE) / SIXTEENTH) * SIXTEENTH;

/** @param {Metre} metre @param {number} number @returns {number} tick */
export const originOf = ({ bar, origin, length }, number) => origin + (number - bar) * length;

/** @param {Metre} metre @param {number} tick @returns {number} number of the bar */
export const barAt = ({ bar, origin, length }, tick) => Math.max(0, bar + Math.floor((tick - origin + CLOSE) / length));

/** @param {Live} live @returns {Loop|null} */
export function loopNow(live) {
  if (!live.flag(SONG, "loop")) return null;
  const start = live.number(SONG, "loop_start") * TICKS;
  return { start, end: start + live.number(SONG, "loop_length") * TICKS };
}

/** More bars than this are never looked ahead. */
const MOST = 16;

/**
 * The bars the song comes to, in order, each once, and how many ticks it takes until there.
 *
 * @param {Metre} metre
 * @param {number} tick where it is
 * @param {number} ahead ticks
 * @param {Loop|null} loop
 * @returns {Map<number, number>} ticks until it begins, 0 for the one it is in, by number
 */
export function barsAhead(metre, tick, ahead, loop) {
  /** @type {Map<number, number>} */
  const bars = new Map();
  let [at, past] = [tick, 0];
  for (let step = 0; step < MOST && past < ahead + CLOSE; step++) {
    const number = barAt(metre, at);
    if (!bars.has(number)) bars.set(number, past);
    const end = originOf(metre, number + 1);
    const turns = loop !== null && at < loop.end && end >= loop.end - CLOSE;
    past += (turns ? loop.end : end) - at;
    at = turns ? loop.start : end;
  }
  return bars;
}
