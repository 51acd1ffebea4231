/**
 * Which seed a press uses. Locked: the one that is shown. Open: a new one each time, except that a seed the user typed or
 * diced is used once before, since a number that is shown and then ignored would be a lie.
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
