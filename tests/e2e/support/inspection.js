/**
 * Looks a device over and writes down what is wrong with it. Nothing is waited for that may never come: time is virtual,
 * and every wait is for an answer to something that was seen to be sent, so a missing cord shows at once.
 */

/** @typedef {import("../../../js/headless/index.js").HeadlessLive} HeadlessLive */

/** @typedef {(complaints: string[]) => boolean} Enough whether all is known that was to be known */

/** The engine answers in milliseconds; a machine that is busy with other things may take seconds. */
const PATIENCE = 120_000;

/** What is waited for comes from other processes; a file may be there without any of them saying so, ms. */
const LOOK = 20;

/**
 * After so long the time of Max goes on while something is waited for, ms: whom the engine could not wait for on a busy
 * machine (it hangs up on a client that says no hello) comes again by that time.
 */
const STANDING = 5_000;

/** Thrown where looking on would make no sense. */
export class GiveUp extends Error {}

export class Inspection {
  /** What is wrong, each beginning with the name of the thing. @type {string[]} */
  complaints = [];
  #live;
  #errors;
  #enough;

  /**
   * @param {HeadlessLive} live opened with `time: "virtual"` and `strict: false`
   * @param {Enough} [enough] looking on is over when it says so
   */
  constructor(live, enough = () => false) {
    this.#live = live;
    this.#errors = live.errors.length;
    this.#enough = enough;
  }

  /**
   * @param {unknown} good
   * @param {string} complaint
   * @returns {boolean}
   */
  expect(good, complaint) {
    if (!good) {
      this.complaints.push(complaint);
      if (this.#enough(this.complaints)) throw new GiveUp(complaint);
    }
    return Boolean(good);
  }

  /**
   * As `expect`, for what everything after it hangs on.
   *
   * @param {unknown} good
   * @param {string} complaint
   */
  need(good, complaint) {
    if (!this.expect(good, complaint)) throw new GiveUp(complaint);
  }

  /**
   * Lets processes and sockets work while the time of Max stands still, unless that takes suspiciously long.
   *
   * @template T
   * @param {() => T} look
   * @param {string} what
   * @returns {Promise<NonNullable<T>>}
   */
  async wait(look, what) {
    const begin = performance.now();
    for (;;) {
      this.#live.settle();
      const found = look();
      if (found) return /** @type {any} */ (found);
      const waited = performance.now() - begin;
      this.need(waited < PATIENCE, `waited in vain for ${what}`);
      if (waited > STANDING) this.#live.advance(LOOK);
      await this.#live.max.outside.next(LOOK);
    }
  }

  /**
   * Does all of it, and adds what the Max console complains about.
   *
   * @param {() => Promise<void>} look
   * @returns {Promise<string[]>}
   */
  async run(look) {
    try {
      await look();
    } catch (problem) {
      const told = problem instanceof GiveUp || this.#isOfMax(problem);
      if (!told) throw problem;
      if (!(problem instanceof GiveUp)) this.complaints.push(String(problem));
    }
    this.#live.settle();
    for (const { kind, box, message } of this.#live.errors.slice(this.#errors)) {
      this.complaints.push(`console: ${kind}: ${box}: ${message}`);
    }
    return this.complaints;
  }

  /** What a person meets who cannot reach a control. @param {unknown} problem */
  #isOfMax(problem) {
    return problem instanceof Error && ["MaxError", "AmxdError"].includes(problem.name);
  }
}

/**
 * Takes away the devices that were looked over; one after the other is, and none may make the next slower.
 *
 * @param {HeadlessLive} live
 * @param {number} known devices that were there before and stay
 */
export function clearedOf(live, known) {
  for (const device of live.devices.slice(known)) if (!device.device.removed) device.remove();
  live.forget();
}
