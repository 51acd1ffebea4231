/**
 * Which of several variations stays in the clip: the engine is told that it is preferred to those that were heard before it.
 * Nothing is told where only one was heard, or where all of them are rolled anew. Knows neither Max's globals nor the wire.
 */
import { uniqueId } from "../../rpc/random.js";
import { Letters } from "../tasting/letters.js";

/** Who steps on within this time has not chosen yet, ms. */
export const CHOSEN_MS = 20_000;

export class Choosing {
  #random;
  #told;
  #letters;
  #open = false;
  /** takes of the answer at hand that lay in the clip @type {Set<string>} */ #heard = new Set();
  /** the choice that is not sure yet */ #held = "";
  #count = 0;

  /**
   * @param {object} parts
   * @param {import("../../rpc/clock.js").Clock} parts.clock
   * @param {import("../tasting/letters.js").Ask} parts.ask
   * @param {() => number} parts.random
   * @param {() => void} parts.told the engine has heard of a choice
   */
  constructor({ clock, ask, random, told }) {
    this.#random = random;
    this.#told = told;
    this.#letters = new Letters(clock, ask);
  }

  /** The engine has come. */
  start() {
    if (this.#open) return;
    this.#open = true;
    this.#letters.start();
  }

  /** The engine has gone: what is chosen is told when it is back. */
  away() {
    this.#open = false;
    this.#letters.away();
  }

  /** The device is switched off or deleted: what lies there stays, as far as can be known. */
  stop() {
    this.#open = false;
    this.#letters.stop();
  }

  /** Other variations have come in place of those that were heard: none of these was wanted. */
  renew() {
    this.undone();
    this.#heard.clear();
  }

  /** A variation lies in the clip now. @param {string|undefined} take "" or none: it is no take */
  heard(take) {
    this.undone();
    if (!take) return;
    this.#heard.add(take);
    const over = [...this.#heard].filter((each) => each !== take);
    if (over.length === 0) return;
    this.#count += 1;
    const id = `${uniqueId("chose", this.#random)}-${this.#count}`;
    this.#held = id;
    this.#letters.add({
      id,
      hold: CHOSEN_MS,
      deliver: (ask, ago) => ask("taste.chose", { take, over, reward: id, seconds_ago: ago }).done,
      told: () => this.#told(),
    });
  }

  /** What lay in the clip was taken back, and is chosen no more. */
  undone() {
    this.#letters.takeBack(this.#held);
  }
}
