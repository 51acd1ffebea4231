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
  }
}
