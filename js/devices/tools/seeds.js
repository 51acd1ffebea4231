/**
 * The seed of a tool. It moves by a hand alone, on the box or on the dice: Live runs rounds as it likes, and a knob must not
 * reshuffle. What the dice will show is drawn beforehand, so that its take is there when they fall.
 */

/** The Seed box shows four digits. */
export const SEEDS = 10_000;

export class Seeds {
  #random;
  #now = 0;
  #next;

  /** @param {() => number} random 0 to below 1 */
  constructor(random) {
    this.#random = random;
    this.#next = this.#drawn();
  }

  get now() {
    return this.#now;
  }

  /** What the dice will show. */
  get next() {
    return this.#next;
  }

  /** @param {number} seed typed, or restored with the tool */
  set(seed) {
    this.#now = seed;
    if (this.#next === seed) this.#next = this.#drawn();
  }

  /** The dice fall. @returns {number} */
  roll() {
    this.set(this.#next);
    return this.#now;
  }

  /** @returns {number} never the one that is there */
  #drawn() {
    return (this.#now + 1 + Math.floor(this.#random() * (SEEDS - 1))) % SEEDS;
  }
}
