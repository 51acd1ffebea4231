/**
 * The last seconds of what passed through the device, as they lie in a buffer~. Two record~ objects write the same
 * sound one length apart, so that the last `TAPE_SECONDS` before any moment lie in one piece: nothing has to be cut
 * or joined, and a range of the written file is what is heard.
 *
 * The tape runs while Live plays, and stands still when Live stands still, so that it holds what was played last.
 */
import { beatsPerBar } from "../../live/song.js";

/** One lap of the tape; the patch makes the buffer twice as long (m4l_devices/devices/listen.py). */
export const TAPE_SECONDS = 32;

/** What is recorded while the file is written would run into the oldest moment. */
const SPARE_SECONDS = 1;

/** Less is not worth hearing. */
const LEAST_SECONDS = 0.25;

export class Tape {
  #clock;
  #kept = 0;
  /** ms of the clock since when it runs; null while it stands @type {number|null} */ #since = null;

  /** @param {import("../../rpc/clock.js").Clock} clock */
  constructor(clock) {
    this.#clock = clock;
  }

  /** @param {boolean} on whether it runs from now on */
  run(on) {
    if (on === (this.#since !== null)) return;
    if (this.#since !== null) this.#kept = this.seconds;
    this.#since = on ? this.#clock.now() : null;
  }

  /** What was recorded until now, at most what the tape holds. */
  get seconds() {
    const running = this.#since === null ? 0 : (this.#clock.now() - this.#since) / 1000;
    return Math.min(TAPE_SECONDS - SPARE_SECONDS, this.#kept + running);
  }

  /**
   * @param {number} bars wanted
   * @param {import("../../live/song.js").SongState} song
   * @returns {{seconds: number, bars: number}|null} what can be had of them; null: too little for anything
   */
  last(bars, { tempo, signatureNumerator, signatureDenominator }) {
    const bar = (beatsPerBar(signatureNumerator, signatureDenominator) * 60) / tempo;
    const seconds = Math.min(this.seconds, bars * bar);
    return seconds < LEAST_SECONDS ? null : { seconds, bars: seconds / bar };
  }
}

/**
 * @param {number} position 0-1, where the first record~ writes now
 * @param {number} seconds wanted
 * @returns {{start: number, end: number}} seconds into the whole buffer
 */
export function stretch(position, seconds) {
  const end = TAPE_SECONDS * (1 + position);
  return { start: end - seconds, end };
}
