/** Counts how often a clip plays through: one look for each time round, and none while it does not play. */
import { SONG } from "../../live/paths.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {import("../../rpc/clock.js").Clock} Clock */

/** The shortest time round that is looked at. */
export const SHORTEST_MS = 500;

/** After so many times through nothing more is to be learnt. */
export const MOST_LAPS = 16;

export class Laps {
  #live;
  #clock;
  #clip;
  #span;
  #round;
  #count = 0;
  /** @type {object|null} */ #timer = null;

  /**
   * @param {Live} live
   * @param {Clock} clock
   * @param {number} clip
   * @param {number} span beats of it
   * @param {(count: number) => void} round it has played through that often
   */
  constructor(live, clock, clip, span, round) {
    this.#live = live;
    this.#clock = clock;
    this.#clip = clip;
    this.#span = span;
    this.#round = round;
  }

  /** It, or the song, may have begun or ended. */
  look() {
    if (!this.#plays) this.stop();
    else if (this.#count < MOST_LAPS) this.#timer ??= this.#clock.after(this.#ms, () => this.#lap());
  }

  /** Counts no more, until it plays again. */
  stop() {
    this.#clock.cancel(this.#timer);
    this.#timer = null;
  }

  get #plays() {
    return (
      this.#live.exists(this.#clip) && this.#live.flag(this.#clip, "is_playing") && this.#live.flag(SONG, "is_playing")
    );
  }

  get #ms() {
    return Math.max(SHORTEST_MS, (this.#span * 60_000) / this.#live.number(SONG, "tempo"));
  }

  #lap() {
    this.#timer = null;
    if (!this.#plays) return;
    this.#count += 1;
    this.look();
    this.#round(this.#count);
  }
}
