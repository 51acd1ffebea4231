/**
 * Max's transport as Live drives it: where the song is in ticks, and clocks that wait for ticks instead of milliseconds.
 *
 * A tempo-relative clock counts the beats that have run: it stands still with the transport, goes faster and slower with
 * the tempo, and keeps what is left of its wait over a jump of the play head.
 *
 * What has a grid of its own (metro @quantize) looks for its line anew when the play head jumps or the song starts: many a
 * sequencer stands on that, but it is not documented [inferred]. With `aligns` off it does not, as the unkinder of the two
 * possibilities, for devices that want to be sure.
 */

import { TICKS } from "./time_value.js";

/** @typedef {import("./scheduler.js").Scheduler} Scheduler */
/** @typedef {import("./scheduler.js").Clock} Clock */
/** @typedef {import("../live/model/song.js").Song} Song */
/** @typedef {{due: number, run: () => void, clock: Clock | null}} Waiting `due` in ticks run */

/** @typedef {import("../live/model/transport.js").TransportNews} TransportNews */

/** Rounding of times leaves a clock this close to its due, ticks. */
const CLOSE = 1e-6;

export class MusicalClock {
  #scheduler;
  /** @type {Song | null} */
  #song = null;
  /** @type {Set<Waiting>} */
  #waiting = new Set();
  /** Whoever has a grid: told that the head has jumped. @type {Set<() => void>} */
  gridded = new Set();
  /** Whether a jump brings ticks back to their grid. */
  aligns = true;

  /** @param {Scheduler} scheduler */
  constructor(scheduler) {
    this.#scheduler = scheduler;
  }

  /** Live's song leads from now on. @param {Song} song */
  follow(song) {
    this.#song = song;
    song.transport.listeners.add((news) => this.#changed(news));
  }

  get running() {
    return this.#song?.transport.playing ?? false;
  }

  /** Beats a minute. */
  get tempo() {
    return this.#song?.tempo ?? 120;
  }

  /** @returns {[number, number]} */
  get signature() {
    return this.#song ? [this.#song.signature_numerator, this.#song.signature_denominator] : [4, 4];
  }

  /** Song position. */
  get ticks() {
    return (this.#song?.transport.position ?? 0) * TICKS;
  }

  /** Ticks that have run since the first start, never jumping. */
  get run() {
    return (this.#song?.transport.elapsed ?? 0) * TICKS;
  }

  /**
   * Runs `run` in the scheduler thread when so many ticks have passed.
   * @param {number} due as `this.run` counts
   * @param {() => void} run
   * @returns {{cancel: () => void}}
   */
  at(due, run) {
    /** @type {Waiting} */
    const entry = { due, run, clock: null };
    this.#waiting.add(entry);
    this.#arm(entry);
    return {
      cancel: () => {
        entry.clock?.cancel();
        this.#waiting.delete(entry);
      },
    };
  }

  /**
   * Ticks from the song position to the next line of a grid; 0 on a line. Round the end of a loop where that comes first.
   * @param {number} grid ticks
   * @param {number} [least] ticks that have to pass before
   */
  toLine(grid, least = 0) {
    const here = this.ticks;
    const ahead = Math.ceil((here + least) / grid - CLOSE) * grid - here;
    const { transport } = this.#song ?? {};
    if (!transport?.loop) return Math.max(0, ahead);
    const start = transport.loop_start * TICKS;
    const end = start + transport.loop_length * TICKS;
    if (here >= end || here + ahead < end - CLOSE) return Math.max(0, ahead);
    return Math.max(0, end - here + Math.ceil(start / grid - CLOSE) * grid - start);
  }

  /** @param {Waiting} entry */
  #arm(entry) {
    entry.clock?.cancel();
    entry.clock = null;
    if (!this.running) return;
    const ms = ((entry.due - this.run) * 60_000) / (TICKS * this.tempo);
    entry.clock = this.#scheduler.at(ms, () => {
      this.#waiting.delete(entry);
      entry.run();
    });
  }

  /** @param {TransportNews} news */
  #changed(news) {
    for (const entry of this.#waiting) this.#arm(entry);
    if (this.aligns && (news === "start" || news === "jump")) for (const align of [...this.gridded]) align();
  }
}
