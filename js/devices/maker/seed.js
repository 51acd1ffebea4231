/**
 * Which seed a press uses. Locked: the one that is shown. Open: a new one each time, or the one of the take that the engine
 * offers, except that a seed the user typed or diced is used once before, since a number that is shown and then ignored
 * would be a lie.
 */

/** The Seed box shows four digits. */
export const SEEDS = 10000;

export class SeedKeeper {
  #random;
  #seed = 0;
  #fresh = false;

  /** @param {() => number} random 0 to below 1 */
  constructor(random) {
    this.#random = random;
  }

  get seed() {
    return this.#seed;
  }

  /** Whether the seed that is shown is to be used once: typed, diced, or that of a take which waits. */
  get chosen() {
    return this.#fresh;
  }

  /** The seed of the take that was offered is the one that is shown. @param {number} seed */
  adopt(seed) {
    this.#seed = seed;
    this.#fresh = false;
  }

  /** What was to be used once need not be. */
  release() {
    this.#fresh = false;
  }

  /** @param {number} seed @param {boolean} byHand false while Live puts back what the Set stored */
  set(seed, byHand) {
    if (seed === this.#seed) return;
    this.#seed = seed;
    this.#fresh = byHand;
  }

  /** @returns {number} a new seed, never the one before */
  draw() {
    const step = 1 + Math.floor(this.#random() * (SEEDS - 1));
    this.#seed = (this.#seed + step) % SEEDS;
    this.#fresh = true;
    return this.#seed;
  }

  /** @param {boolean} locked @returns {number} the seed of this press */
  take(locked) {
    if (!locked && !this.#fresh) this.draw();
    this.#fresh = false;
    return this.#seed;
  }

  /** Nothing came of the press that took the seed: the next one has it still. */
  giveBack() {
    this.#fresh = true;
  }
}
