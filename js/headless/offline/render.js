/**
 * Plays a whole Set faster than real time, as Live's export does, the same each time.
 *
 * What is assumed of Live's export [inferred; the reference knows no word of it]: the song's time is that of the scheduler's
 * thread and goes as fast as the processor lets it; the low-priority queue, node.script and the engine are not waited for
 * and stay as quick as they are on the clock on the wall. So an export at eight times the speed of the music makes
 * everything asynchronous eight times as late in the song: what v8 sends, and what the engine answers. Here that lateness
 * is drawn from a seed, so that a render can be repeated byte for byte; a device that hears too late plays too late here as
 * it would there. Only where an answer takes longer than the draw said does time stand still, which stands for an export on
 * a computer that is as quick as assumed.
 */

import { Outside } from "../max/outside.js";
import { BUSY } from "../max/scheduler.js";
import { TICKS } from "../max/time_value.js";
import { TimedAnswers } from "./answers.js";
import { Take } from "./take.js";

/** @typedef {import("../index.js").HeadlessLive} HeadlessLive */

/** What an answer takes on a computer of today, through Hub and engine, ms on the wall. */
const ANSWER = [3, 12];
/** How long the engine may really take before it is given up, ms. */
const PATIENCE = 60_000;
/** Ticks before its end at which the song is stopped: more than the scheduler is late. */
const BEFORE = 2;
/** Between two rooms for sockets and processes, ms of song time. */
const ROOM = 250;

/**
 * @typedef {object} RenderOptions
 * @property {number} [speed] how many times faster than the music the export goes, 8 when left out
 * @property {number} [seed] of everything that is late
 * @property {number} [patience] ms on the wall after which the engine is given up
 */

/** A Live in which time passes as in an export. */
export class Export {
  #live;
  #answers;
  #patience;

  /**
   * From now on until `end` nothing hangs on the clock on the wall.
   *
   * @param {HeadlessLive} live opened with `time: "virtual"`
   * @param {RenderOptions} [options]
   */
  constructor(live, { speed = 8, seed = 1, patience = PATIENCE } = {}) {
    const { max } = live;
    if (!max.scheduler.virtual) throw new Error("an export needs virtual time: open with time: 'virtual'");
    if (!(speed > 0)) throw new Error(`an export goes faster than 0, not ${speed}`);
    const [least, most] = ANSWER.map((ms) => ms * speed);
    this.#live = live;
    this.#patience = patience;
    this.#answers = new TimedAnswers(max.scheduler, { least, most, seed });
    max.outside = this.#answers;
    const [soon, late] = /** @type {[number, number]} */ (BUSY.low);
    max.scheduler.jitter = { seed, high: BUSY.high, low: [soon * speed, late * speed] };
  }

  /** How long answers really took, ms on the wall. */
  get took() {
    return this.#answers.took;
  }

  /**
   * Lets song time pass.
   *
   * @param {number} ms
   * @throws {Error} the engine went away, or did not answer in time
   */
  async pass(ms) {
    const { scheduler } = this.#live.max;
    const target = scheduler.now() + ms;
    let room = scheduler.now() + ROOM;
    while (scheduler.now() < target) {
      const next = Math.min(scheduler.next ?? target, target);
      await this.#answered(next);
      this.#live.advance(Math.max(0, next - scheduler.now()));
      if (scheduler.now() < room) continue;
      room = scheduler.now() + ROOM;
      await new Promise((done) => setImmediate(done));
    }
  }

  /** @param {number} time */
  async #answered(time) {
    for (let missing = this.#answers.missing(time); missing !== ""; missing = this.#answers.missing(time)) {
      if (this.#answers.lost) throw new Error(`the engine went away before it answered ${missing}`);
      if (!(await this.#answers.next(this.#patience)) && this.#answers.missing(time) === missing) {
        throw new Error(`the engine has not answered ${missing} in ${this.#patience} ms`);
      }
    }
  }

  /**
   * Lets song time pass until something is so, in steps of ten milliseconds.
   *
   * @param {() => unknown} condition
   * @param {{timeout?: number, what?: string}} [options] ms of song time
   */
  async until(condition, { timeout = 60_000, what = "the condition" } = {}) {
    const { scheduler } = this.#live.max;
    const end = scheduler.now() + timeout;
    while (!condition()) {
      if (scheduler.now() >= end) throw new Error(`gave up after ${timeout} ms of song time waiting for ${what}`);
      await this.pass(10);
    }
  }

  /** Time passes by the clock on the wall again. */
  end() {
    const { max } = this.#live;
    max.outside = new Outside(max.scheduler);
    max.scheduler.jitter = {};
    this.#answers.release();
  }
}

/**
 * Renders a Set from a place on. A render is the same each time if the Set was the same when it began: what devices had
 * played or asked before counts, so open it anew for each.
 *
 * @param {HeadlessLive} live
 * @param {RenderOptions & {from?: number, beats: number, tail?: number}} options `from`: beat of the song; `beats`: how many
 *   are played, loops and all; `tail`: ms after them in which notes end and effects ring
 * @returns {Promise<Take>}
 */
export async function renderSet(live, { from = 0, beats, tail = 500, ...options }) {
  const play = new Export(live, options);
  try {
    return await rendered(live, play, { from, beats, tail });
  } finally {
    play.end();
  }
}

/**
 * The same in an export that goes on.
 *
 * @param {HeadlessLive} live
 * @param {Export} play
 * @param {{from?: number, beats: number, tail?: number}} options
 */
export async function rendered(live, play, { from = 0, beats, tail = 500 }) {
  const { song } = live.set;
  const { musical, scheduler } = live.max;
  live.act(() => {
    song.stop_playing();
    song.transport.moveTo(from);
  });
  const take = new Take(live);
  let over = false;
  const run = song.transport.elapsed;
  live.act(() => song.continue_playing());
  // What stands on the line where the render ends is not played any more.
  musical.at((run + beats) * TICKS - BEFORE, () => {
    over = true;
    scheduler.main(() => song.stop_playing());
  });
  while (!over) await play.pass(20);
  await play.pass(tail);
  return take.end(beats);
}
