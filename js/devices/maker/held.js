/** A take that was heard and lies in no clip yet: it waits to be written as it was, for as long as the knobs still mean it. */

/** @typedef {import("./order.js").Prepared} Prepared */

export class Held {
  /** @type {{reply: any, asked: string, seed: number}|null} */ #take = null;

  /** Whether a take waits. */
  get waits() {
    return this.#take !== null;
  }

  /** @param {any} reply @param {Prepared} prepared what was asked @param {number} seed */
  hold(reply, prepared, seed) {
    this.#take = { reply, asked: JSON.stringify(prepared.ask(seed)), seed };
  }

  /** It was written, or another one took its place. */
  drop() {
    this.#take = null;
  }

  /**
   * The answer that waits, where it is what a press would make now.
   *
   * @param {Prepared} prepared
   * @param {number} seed that is shown
   * @returns {any} null: none, or the knobs mean another one
   */
  meant(prepared, seed) {
    const take = this.#take;
    if (take === null || take.seed !== seed) return null;
    return JSON.stringify(prepared.ask(seed)) === take.asked ? take.reply : null;
  }
}
