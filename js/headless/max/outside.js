/**
 * Where Max meets other processes: what goes to a node.script or a socket, and what comes from there.
 *
 * What comes waits in the low-priority queue, as soon as it is there. Another rule may be put in this one's place, for a
 * play in which the clock on the wall must not count (offline/answers.js).
 *
 * A channel is whatever sends and hears: the box of a node.script, a websocket.
 */

/** @typedef {import("./scheduler.js").Scheduler} Scheduler */

export class Outside {
  /** Whoever waits for the next thing. @type {Set<() => void>} */
  #waiting = new Set();

  /** @param {Scheduler} scheduler */
  constructor(scheduler) {
    this.scheduler = scheduler;
  }

  /**
   * Something leaves Max.
   *
   * @param {object} _channel
   * @param {any} _message
   */
  goes(_channel, _message) {}

  /**
   * Something has come.
   *
   * @param {object} _channel
   * @param {any} _message
   * @param {() => void} deliver
   */
  comes(_channel, _message, deliver) {
    this.scheduler.defer(deliver);
    this.arrived();
  }

  /** Something is there: who waits goes on. */
  arrived() {
    for (const go of [...this.#waiting]) go();
  }

  /**
   * Resolves with the next thing that comes, or when patience ends.
   *
   * @param {number} patience ms on the wall
   * @returns {Promise<boolean>} whether something came
   */
  next(patience) {
    return new Promise((resolve) => {
      const settle = (/** @type {boolean} */ came) => {
        clearTimeout(over);
        this.#waiting.delete(go);
        resolve(came);
      };
      const go = () => settle(true);
      const over = setTimeout(() => settle(false), patience);
      this.#waiting.add(go);
    });
  }
}
