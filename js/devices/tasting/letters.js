/**
 * What is to be told to the engine of takes. While the engine is away it waits here, and is told with how long ago it was;
 * some of it is held for a while in any case, since the user may take it back. Each letter has an id, under which the
 * engine counts it once however often it is told.
 */
import { CODES } from "../../rpc/errors.js";

/** @typedef {import("../../rpc/clock.js").Clock} Clock */
/** @typedef {(method: string, params: Record<string, unknown>) => {done: Promise<any>}} Ask */

/**
 * @typedef {object} Letter
 * @property {string} id the reward's
 * @property {(ask: Ask, ago: number) => Promise<any>} deliver tells it, with how many seconds ago it was; what it is about may
 *   hang on the letters before it, so it is put into words no sooner
 * @property {string} [topic] of letters on one topic the last counts: one that has not gone out when the next is written never does
 * @property {boolean} [weighty] stays when others must go
 * @property {number} [hold] ms for which it may be taken back
 * @property {(answer: any) => void} [told]
 * @property {(problem: any) => void} [refused]
 */

/** @typedef {Letter & {since: number, due: number, said: boolean}} Waiting */

/** More wait for no engine: of what was only done, the oldest goes first. */
const MOST = 64;

/** Ids that are known to have been told. */
const MOST_TOLD = 1000;

/** What cannot be kept now may be kept later: somebody makes room on the disk, or another engine lets go. */
export const AGAIN_MS = 30_000;

/** The engine's code for a memory that cannot be read or written. */
const UNAVAILABLE = -32016;

/** The engine went away: the same is told first when it is back. @type {readonly unknown[]} */
const GONE = [CODES.LOST, CODES.STOPPED, CODES.CANCELLED];

/** It does not get to it, or cannot: the same is told after a while. @type {readonly unknown[]} */
const LATER = [CODES.TIMED_OUT, UNAVAILABLE];

export class Letters {
  #clock;
  #ask;
  /** in the order they were written @type {Waiting[]} */ #waiting = [];
  /** @type {Set<string>} */ #told = new Set();
  #open = false;
  /** @type {Waiting|null} */ #out = null;
  /** @type {object|null} */ #timer = null;

  /** @param {Clock} clock @param {Ask} ask */
  constructor(clock, ask) {
    this.#clock = clock;
    this.#ask = ask;
  }

  /** Whether the engine is there. */
  get open() {
    return this.#open;
  }

  /** Letters that have not been told yet. */
  get waiting() {
    return this.#waiting.length;
  }

  /** The engine has come. */
  start() {
    this.#open = true;
    this.#out = null;
    this.#next();
  }

  /** The engine has gone. */
  away() {
    this.#open = false;
    this.#out = null;
    this.#clock.cancel(this.#timer);
  }

  /** Nothing can be taken back any more: what is held goes out now, and nothing after it. */
  stop() {
    this.#clock.cancel(this.#timer);
    const left = this.#open ? this.#waiting.filter((each) => each !== this.#out) : [];
    for (const each of left) this.#deliver(each).catch(() => {}); // nobody is there to hear of it
    this.#waiting = [];
    this.#open = false;
  }

  /** @param {Letter} letter told before, or waiting already, it is not told again */
  add(letter) {
    if (this.#told.has(letter.id) || this.#waiting.some(({ id }) => id === letter.id)) return;
    const since = this.#clock.now();
    this.#waiting.push({ ...letter, since, due: since + (letter.hold ?? 0), said: false });
    if (this.#waiting.length > MOST) this.#shed();
    this.#next();
  }

  /** What was done is undone: a letter that has not gone out yet is torn up. @param {string} id */
  takeBack(id) {
    this.#waiting = this.#waiting.filter((each) => each.id !== id || each === this.#out);
  }

  /** What the user said in so many stars stays longest. */
  #shed() {
    const free = this.#waiting.filter((each) => each !== this.#out);
    const least = free.find(({ weighty }) => !weighty) ?? free[0];
    this.#waiting.splice(this.#waiting.indexOf(least), 1);
  }

  /** One at a time, in their order: what a letter is about may depend on the answer to the one before. */
  #next() {
    this.#clock.cancel(this.#timer);
    if (!this.#open || this.#out !== null || this.#waiting.length === 0) return;
    this.#waiting = this.#waiting.filter(
      ({ topic }, at, all) => topic === undefined || !all.some((later, i) => i > at && later.topic === topic),
    );
    const now = this.#clock.now();
    const ready = this.#waiting.find(({ due }) => due <= now);
    if (ready === undefined) {
      const soonest = Math.min(...this.#waiting.map(({ due }) => due));
      this.#timer = this.#clock.after(soonest - now, () => this.#next());
      return;
    }
    this.#send(ready);
  }

  /** @param {Waiting} letter */
  #send(letter) {
    this.#out = letter;
    this.#deliver(letter).then(
      (answer) => this.#settle(letter, () => this.#arrived(letter, answer)),
      (problem) => this.#settle(letter, () => this.#failed(letter, problem)),
    );
  }

  /** @param {Waiting} letter @param {() => void} act */
  #settle(letter, act) {
    // Gone and come again meanwhile, it is under way once more, or will be: its id makes it count once.
    if (this.#out !== letter) return;
    this.#out = null;
    act();
    this.#next();
  }

  /** @param {Waiting} letter @param {any} answer */
  #arrived(letter, answer) {
    this.#remove(letter);
    this.#told.add(letter.id);
    if (this.#told.size > MOST_TOLD) this.#told.delete(/** @type {string} */ (this.#told.values().next().value));
    letter.told?.(answer);
  }

  /** @param {Waiting} letter @param {any} problem */
  #failed(letter, problem) {
    const { code } = problem ?? {};
    if (GONE.includes(code)) return this.away();
    if (LATER.includes(code)) letter.due = this.#clock.now() + AGAIN_MS;
    else this.#remove(letter);
    // Of a disk that stays full one hears once.
    if (!letter.said) letter.refused?.(problem);
    letter.said = true;
  }

  /** @param {Waiting} letter */
  #remove(letter) {
    this.#waiting = this.#waiting.filter((each) => each !== letter);
  }

  /** @param {Waiting} letter @returns {Promise<any>} */
  #deliver(letter) {
    return letter.deliver(this.#ask, Math.max(0, (this.#clock.now() - letter.since) / 1000));
  }
}
