/** How the virtual time of a Live passes in a play: with room for sockets, and with things that happen at a beat. */

import { TICKS } from "./max/time_value.js";

/** @typedef {import("./index.js").HeadlessLive} HeadlessLive */

/**
 * Lets virtual time pass while processes and sockets work: between slices of it they are given room, so an engine that is
 * asked ahead of time answers as it would in Live.
 *
 * @param {HeadlessLive} live
 * @param {number} ms
 * @param {{slice?: number, most?: number}} [options] `slice`: ms of virtual time between two rooms; `most`: how many times
 *   faster than the clock on the wall it may go, as fast as it can when left out
 */
export async function letPass(live, ms, { slice = 10, most = Number.POSITIVE_INFINITY } = {}) {
  const begin = performance.now();
  for (let past = 0; past < ms; past += slice) {
    live.advance(Math.min(slice, ms - past));
    do await new Promise((next) => setImmediate(next));
    while ((performance.now() - begin) * most < past);
  }
}

/**
 * Something happens when the song comes to a beat: a key is struck, a knob is turned.
 *
 * @param {HeadlessLive} live
 * @param {number} beat of the song, ahead of where it is
 * @param {() => void} act
 */
export function atBeat(live, beat, act) {
  const { musical } = live.max;
  musical.at(musical.run + beat * TICKS - musical.ticks, act);
}
