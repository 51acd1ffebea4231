/**
 * The tape machine in the patch: buffer~, its two record~ and the snapshot~ that tells where they are. Its answers
 * come as messages, so that everything asked of it is a promise with a time limit.
 */
import { LiveRefusal } from "../../live/errors.js";

/** Longer than any disk needs for a minute of sound. */
const PATIENCE_MS = 8000;

/**
 * @typedef {object} Writing
 * @property {(position: number) => void} resolve
 * @property {(problem: Error) => void} reject
 * @property {object} timer
 * @property {string} path
 * @property {number|null} position
 */

export class Deck {
  #clock;
  #send;
  /** @type {Writing|null} */ #writing = null;
  #recording = false;
  #watching = false;
  /** where it stood when it was stopped last, 0-1 */
  #stood = 0;

  /**
   * @param {import("../../rpc/clock.js").Clock} clock
   * @param {(...values: (string|number)[]) => void} send to the patch: see face.js
   */
  constructor(clock, send) {
    this.#clock = clock;
    this.#send = send;
  }

  /**
   * Makes the machine ready, once.
   *
   * @param {string} tape name of its buffer; no other device may have it
   * @param {string} scope name of the short ring that the spectrum looks at
   * @param {number} seconds of one lap
   */
  lay(tape, scope, seconds) {
    const lap = seconds * 1000;
    this.#send("buffer", "name", tape);
    this.#send("buffer", "size", 2 * lap);
    this.#send("laps", "set", tape);
    this.#send("region", lap, lap);
    this.#send("view", "name", scope);
    this.#send("scope", "set", scope);
  }

  /** @param {boolean} on */
  record(on) {
    if (on === this.#recording) return;
    // A record~ that stands does not tell where.
    if (!on) this.#send("where");
    this.#recording = on;
    this.#send("laps", on ? 1 : 0);
  }

  /** What the spectrum looks at. @param {boolean} on */
  scope(on) {
    if (on === this.#watching) return;
    this.#watching = on;
    this.#send("scope", on ? 1 : 0);
    this.#send("frames", on ? 1 : 0);
  }

  /**
   * @param {string} path where no file lies yet
   * @returns {Promise<number>} where the tape stood, 0-1, once all of it is in the file; rejects with a LiveRefusal
   */
  write(path) {
    this.stop();
    return new Promise((resolve, reject) => {
      const timer = this.#clock.after(PATIENCE_MS, () =>
        this.#fail("Live could not write the recording: is the disk full?"),
      );
      this.#writing = { resolve, reject, timer, path, position: null };
      if (this.#recording) this.#send("where");
      else this.#write(this.#stood);
    });
  }

  /** Gives up what is being written. */
  stop() {
    this.#fail("Cancelled");
  }

  /** The patch tells where the first record~ writes. @param {number} at 0-1 */
  position(at) {
    this.#stood = Math.max(0, Math.min(1, at));
    if (this.#writing !== null && this.#writing.position === null) this.#write(this.#stood);
  }

  /** @param {number} position */
  #write(position) {
    const writing = /** @type {Writing} */ (this.#writing);
    writing.position = position;
    // A peak above full scale is what some want to know: only floats keep it.
    this.#send("buffer", "samptype", "float32");
    this.#send("buffer", "writewave", forMax(writing.path));
  }

  /** The patch tells that the file is there. */
  written() {
    const writing = this.#writing;
    if (writing === null || writing.position === null) return;
    this.#end();
    writing.resolve(writing.position);
  }

  /** @param {string} words */
  #fail(words) {
    const writing = this.#writing;
    this.#end();
    writing?.reject(new LiveRefusal(words));
  }

  #end() {
    if (this.#writing !== null) this.#clock.cancel(this.#writing.timer);
    this.#writing = null;
  }
}

/** Max writes paths with slashes everywhere. @param {string} path */
const forMax = (path) => (/^[A-Za-z]:\\/.test(path) ? path.replaceAll("\\", "/") : path);
