/**
 * When a Set is opened, the takes that lie on the device's own track were kept. Each clip is looked at once, one after the
 * other, with a rest between them: a Set that opens has enough to do.
 */
import { homeTrack } from "../../live/device.js";
import { findTake } from "./finding.js";
import { clipsOn, orElse, readOrNull } from "./places.js";

/** @typedef {import("./shelf.js").Known} Known */

/** Between two clips. */
const REST_MS = 100;

export class Opening {
  #parts;
  #told;
  /** clips that are left to look at; null: not begun yet @type {number[]|null} */ #left = null;
  #runs = 0;
  /** @type {object|null} */ #timer = null;

  /**
   * @param {Pick<import("./tasting.js").Parts, "live"|"clock"|"ask">} parts
   * @param {object} told
   * @param {(read: import("./notes.js").Read) => Known|null} told.known the take in a clip, where the engine need not be asked
   * @param {(found: import("./finding.js").Found) => Known} told.found
   * @param {(clip: number, known: Known) => void} told.kept
   */
  constructor(parts, told) {
    this.#parts = parts;
    this.#told = told;
  }

  /** Begins, or goes on where the engine went away. */
  start() {
    const { live } = this.#parts;
    this.#left ??= orElse(() => clipsOn(live, homeTrack(live)), []);
    this.#rest();
  }

  /** Asks no more for now. */
  stop() {
    this.#runs += 1;
    this.#parts.clock.cancel(this.#timer);
  }

  #rest() {
    if (this.#left?.length) this.#timer = this.#parts.clock.after(REST_MS, () => this.#next());
  }

  #next() {
    const clip = this.#left?.shift();
    if (clip === undefined) return;
    const read = readOrNull(this.#parts.live, clip);
    if (read === null || read.all.length === 0) return this.#rest();
    const known = this.#told.known(read);
    if (known !== null) {
      this.#told.kept(clip, known);
      return this.#rest();
    }
    const run = this.#runs;
    findTake(this.#parts.ask, read).then(
      (found) => {
        if (run !== this.#runs) return;
        if (found !== null) this.#told.kept(clip, this.#told.found(found));
        this.#rest();
      },
      () => {
        // The engine is away: this one is looked at when it is back.
        this.#left?.unshift(clip);
        if (run === this.#runs) this.stop();
      },
    );
  }
}
