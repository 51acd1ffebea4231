/**
 * How long to wait before the next attempt: doubling, with jitter, so that ten devices whose engine went away
 * do not all come back in the same millisecond.
 */
export class Backoff {
  #failures = 0;
  #random;
  #first;
  #most;

  /**
   * @param {object} options
   * @param {() => number} options.random  numbers in [0, 1)
   * @param {number} [options.first]  ms before the second attempt
   * @param {number} [options.most]   ms, never longer
   */
  constructor({ random, first = 250, most = 5000 }) {
    this.#random = random;
    this.#first = first;
    this.#most = most;
  }

  /** Failures since the last success. */
  get failures() {
    return this.#failures;
  }

  /**
   * Counts one more failure.
   *
   * @returns {number} ms to wait: between half of the doubled time and all of it
   */
  next() {
    const whole = Math.min(this.#most, this.#first * 2 ** this.#failures);
    this.#failures += 1;
    return whole * (0.5 + 0.5 * this.#random());
  }

  /** It worked: the next failure starts from the shortest wait again. */
  reset() {
    this.#failures = 0;
  }
}
