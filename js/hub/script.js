/**
 * The node.script box next to this v8: starts and stops it, and starts it again when it dies.
 */

import { Backoff } from "../rpc/backoff.js";

/** @typedef {import("../rpc/clock.js").Clock} Clock */

/** ms from `script start` to the script's first word; Node itself needs about one second on a slow disk. */
const PATIENCE = 15_000;
/** ms that node.script is given to restart a crashed script by itself, as it does. */
const OWN_RESTART = 2000;

export class Script {
  #wanted = false;
  #awake = false;
  /** @type {object | null} */
  #timer = null;
  #send;
  #clock;
  #backoff;
  #onAwake;
  #onGone;

  /**
   * @param {object} options
   * @param {(...message: (string | number)[]) => void} options.send  to node.script
   * @param {Clock} options.clock
   * @param {() => number} options.random
   * @param {() => void} options.onAwake  its handlers are there
   * @param {(words: string) => void} options.onGone  it ended, or does not start; it is tried again
   */
  constructor({ send, clock, random, onAwake, onGone }) {
    this.#send = send;
    this.#clock = clock;
    this.#backoff = new Backoff({ random, first: 500, most: 15_000 });
    this.#onAwake = onAwake;
    this.#onGone = onGone;
  }

  /** Whether messages reach the script. */
  get awake() {
    return this.#awake;
  }

  start() {
    this.#wanted = true;
    if (this.#awake) return;
    this.#send("script", "start");
    this.#later(PATIENCE, () => {
      this.#send("script", "stop");
      this.#gone("Node for Max does not start, trying again ...");
    });
  }

  stop() {
    this.#clock.cancel(this.#timer);
    if (this.#wanted) this.#send("script", "stop");
    this.#wanted = false;
    this.#awake = false;
  }

  /** The script said its first word. */
  sayAwake() {
    if (!this.#wanted) return;
    this.#clock.cancel(this.#timer);
    this.#backoff.reset();
    this.#awake = true;
    this.#onAwake();
  }

  /**
   * Takes a life event of node.script.
   *
   * @param {string} event
   * @param {string} outcome  "success" or "error"
   */
  event(event, outcome) {
    if (!this.#wanted) return;
    if (event === "terminated" || (event === "restarting" && this.#awake)) {
      this.#gone("The Hub's helper ended, starting it again ...");
    } else if (outcome === "error") {
      this.#gone("Node for Max does not start, trying again ...");
    }
  }

  /** @param {string} words */
  #gone(words) {
    this.#awake = false;
    this.#onGone(words);
    this.#later(OWN_RESTART + this.#backoff.next(), () => this.start());
  }

  /**
   * @param {number} ms
   * @param {() => void} act
   */
  #later(ms, act) {
    this.#clock.cancel(this.#timer);
    this.#timer = this.#clock.after(ms, act);
  }
}
