/**
 * What a press is offered: the engine makes many takes, answers with the one that is expected to please, and with its
 * runners-up, so that Next asks for nothing. A seed stands for a take only together with the recipe it was made by, so both
 * are remembered.
 */
import { LiveRefusal } from "../../live/errors.js";
import { offeredIn } from "./order.js";

/** @typedef {import("./order.js").Order} Order */
/** @typedef {import("./order.js").Prepared} Prepared */

/** Notes beside that the wire takes. */
const MOST_AROUND = 10_000;

/** What stands before the recipe in the Set, so that none is taken for a message; and what says there is none. */
const IS = "is";
const NONE = "none";

export class Offering {
  #explore;
  #keep;
  /** recipe of the seed that was answered last; "" for none */ #recipe = "";
  #seed = -1;
  /** those that are left, next first @type {any[]} */ #others = [];
  /** what they answer @type {Order|null} */ #order = null;

  /**
   * @param {() => number} explore 0 safe to 1 surprising
   * @param {(words: string[]) => void} keep words that the Set is to keep
   */
  constructor(explore, keep) {
    this.#explore = explore;
    this.#keep = keep;
  }

  /** What the Set kept: a seed that is shown is to mean what it meant. @param {readonly unknown[]} words */
  kept([word, seed, ...recipe]) {
    this.#seed = word === IS ? Number(seed) : -1;
    this.#recipe = word === IS ? recipe.join(" ") : "";
  }

  /** @param {number} seed @param {string} recipe "" for none */
  #remember(seed, recipe) {
    this.#seed = seed;
    if (recipe === "" && this.#recipe === "") return;
    this.#recipe = recipe;
    this.#keep(recipe === "" ? [NONE] : [IS, String(seed), recipe]);
  }

  /** Asks for the best of several. @param {Prepared} prepared @returns {Record<string, any>} params without a seed: the engine finds one */
  ask(prepared) {
    const { offer, ...params } = this.ahead(prepared);
    const around = prepared.around?.().slice(0, MOST_AROUND) ?? [];
    return { ...params, offer: { ...offer, ...(around.length > 0 ? { around } : {}) } };
  }

  /** What `ask` asks for, as far as takes hang on it. @param {Prepared} prepared @returns {Record<string, any>} */
  ahead(prepared) {
    const { seed: _, ...params } = prepared.ask(0);
    return { ...params, offer: { explore: this.#explore() } };
  }

  /** Asks for one take. @param {Prepared} prepared @param {number} seed @returns {Record<string, any>} params, with the recipe that belongs to the seed */
  recall(prepared, seed) {
    const params = prepared.ask(seed);
    return seed === this.#seed && this.#recipe !== "" ? { ...params, recipe: this.#recipe } : params;
  }

  /**
   * An answer has come.
   *
   * @param {Order} order
   * @param {any} reply
   * @returns {Order} as it stands for this one take
   */
  answered({ target, prepared, params }, reply) {
    this.#remember(reply.seed, offeredIn(reply)?.recipe ?? params.recipe ?? "");
    this.#order = { target, prepared, params: this.recall(prepared, reply.seed) };
    this.#others = "others" in reply ? [...reply.others] : [];
    return this.#order;
  }

  /**
   * The runner-up that comes next, which stays the next one until it is taken.
   *
   * @param {() => import("../../live/target.js").Target} where it is to be written
   * @returns {{order: Order, reply: any}|null} null: none is left
   * @throws {LiveRefusal} it goes on from another clip
   */
  next(where) {
    const [reply] = this.#others;
    const order = this.#order;
    if (order === null || reply === undefined) return null;
    const target = where();
    if (order.prepared.fit !== undefined && target.clip !== order.target.clip) {
      throw new LiveRefusal("These go on from another clip: select it, or press Continue here");
    }
    return { order: { ...order, target, params: { ...order.params, seed: reply.seed } }, reply };
  }

  /** The runner-up that came next lies in a clip, or is heard. */
  taken() {
    const [taken, ...rest] = this.#others;
    this.#others = rest;
    this.#remember(taken.seed, offeredIn(taken)?.recipe ?? "");
  }
}
