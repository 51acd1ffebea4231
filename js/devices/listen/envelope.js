/**
 * From what the patch measures to two numbers that somebody can follow. The patch tells the power of the sound twenty
 * times a second, and each onset; here the one becomes a level as an ear has it, the other a density against the beat.
 */

/** Time from one measure to the next; the patch keeps it (m4l_devices/devices/listen.py). */
export const MEASURE_MS = 50;

/** What counts as silence and as loud, dB below full scale. */
const SILENT_DB = -48;
const LOUD_DB = -6;

/** Time in which two thirds of a change are followed: up at once, down as a player lets go. */
const ATTACK_MS = 60;
const RELEASE_MS = 600;

/** Beats over which onsets are counted. */
const MEMORY_BEATS = 4;

/** Onsets a beat that are as dense as it gets: triplets. Louder ones hide what lies between them. */
const DENSEST = 3;

/** Below this there is nothing. */
const LEAST = 0.001;

export class Envelope {
  #level = 0;
  /** onsets a beat */
  #rate = 0;
  #fresh = 0;

  /** Something begins to sound. */
  onset() {
    this.#fresh += 1;
  }

  /**
   * A measure.
   *
   * @param {number} power mean square of a full-scale sine on both sides is 1
   * @param {number} tempo beats a minute
   * @returns {{level: number, density: number}} 0-1 each
   */
  measure(power, tempo) {
    const now = clamped((10 * Math.log10(Math.max(power, 1e-9)) - SILENT_DB) / (LOUD_DB - SILENT_DB));
    this.#level += (now - this.#level) * share(MEASURE_MS / (now > this.#level ? ATTACK_MS : RELEASE_MS));
    const beats = (MEASURE_MS / 60_000) * tempo;
    this.#rate += this.#fresh / MEMORY_BEATS - this.#rate * share(beats / MEMORY_BEATS);
    this.#fresh = 0;
    return { level: rounded(this.#level), density: rounded(clamped(this.#rate / DENSEST)) };
  }

  /** As if nothing had been heard. */
  clear() {
    this.#level = 0;
    this.#rate = 0;
    this.#fresh = 0;
  }
}

/** How much of a way is gone in a time, as a share of the time constant. @param {number} time */
const share = (time) => 1 - Math.exp(-time);

/** @param {number} value */
const clamped = (value) => Math.min(1, Math.max(0, value));

/** @param {number} value 0-1 */
const rounded = (value) => (value < LEAST ? 0 : Math.round(value * 1000) / 1000);
