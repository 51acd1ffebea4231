/**
 * Answers of other processes in the time of the song, for a play that goes faster than the clock on the wall.
 *
 * Each question is answered so many milliseconds of song time after it was asked as a seeded draw says, whenever the answer
 * really comes: the time of Max stands still until it is there. So the play does not hang on how quick the engine is today.
 * What nobody asked for (log lines, notifications) waits until the play is over.
 */

import { Outside } from "../max/outside.js";
import { seeded } from "../max/scheduler.js";
import { Frames } from "./frames.js";

/** @typedef {import("../max/scheduler.js").Clock} Clock */
/** @typedef {{key: string, words: string, clock: Clock, answer: (() => void)[] | null, begun: number}} Open */

/** What is asked before anything else can be. */
const GREETINGS = ["a connection", "session.hello"];

export class TimedAnswers extends Outside {
  #frames = new Frames();
  /** What was asked and has not been delivered, in that order. @type {Open[]} */
  #open = [];
  /** @type {(() => void)[]} */
  #unasked = [];
  /** Pieces of a text whose end has not come, by channel. @type {Map<object, (() => void)[]>} */
  #pieces = new Map();
  #random;
  #least;
  #most;
  /** A connection has gone on which something was asked that only it could answer. */
  lost = false;
  /** How long each answer really took, ms on the wall. @type {number[]} */
  took = [];

  /**
   * @param {import("../max/scheduler.js").Scheduler} scheduler
   * @param {{least: number, most: number, seed?: number}} options ms of song time an answer takes
   */
  constructor(scheduler, { least, most, seed = 1 }) {
    super(scheduler);
    if (!(least > 0 && most >= least)) throw new Error(`answers take some time: not ${least} to ${most} ms`);
    this.#least = least;
    this.#most = most;
    this.#random = seeded(seed);
  }

  /** @override @param {object} channel @param {any} message */
  goes(channel, message) {
    for (const { key, words } of this.#frames.asked(channel, message)) {
      /** @type {Open} */
      const open = { key, words, answer: null, begun: performance.now(), clock: /** @type {any} */ (null) };
      const after = this.#least + this.#random() * (this.#most - this.#least);
      open.clock = this.scheduler.at(after, () => this.#deliver(open));
      this.#open.push(open);
    }
  }

  /** @override @param {object} channel @param {any} message @param {() => void} deliver */
  comes(channel, message, deliver) {
    const { replies, lost, who, last } = this.#frames.answered(channel, message);
    const greeted = lost ? this.#greetings(who) : [];
    const keys = greeted.length > 0 ? greeted : replies.map(({ key }) => key);
    this.lost ||= lost && greeted.length === 0;
    const before = this.#pieces.get(channel) ?? [];
    this.#pieces.delete(channel);
    const whole = [...before, deliver];
    const asked = this.#open.filter(({ key, answer }) => answer === null && keys.includes(key));
    if (!last) this.#pieces.set(channel, whole);
    else if (asked.length > 0) {
      // One frame may answer several questions: it comes with the last of them.
      for (const open of asked) {
        open.answer = [];
        this.took.push(performance.now() - open.begun);
      }
      asked[asked.length - 1].answer = whole;
    } else if (keys.length > 0) for (const each of whole) this.scheduler.defer(each);
    else this.#unasked.push(...whole);
    this.arrived();
  }

  /**
   * On a busy computer the engine may shut its door while the time of Max stands still, before somebody has said hello: to be
   * turned away is then the answer, and whoever hears it comes again.
   *
   * @param {string} who has lost its connection
   * @returns {string[]} keys of what it asked, where it had only knocked
   */
  #greetings(who) {
    const asked = this.#open.filter(({ key, answer }) => answer === null && key.startsWith(`${who} `));
    return asked.every(({ words }) => GREETINGS.includes(words)) ? asked.map(({ key }) => key) : [];
  }

  /** @param {Open} open */
  #deliver(open) {
    this.#open = this.#open.filter((each) => each !== open);
    for (const each of open.answer ?? []) this.scheduler.defer(each);
  }

  /**
   * What has to be answered before the time of Max may come so far.
   *
   * @param {number} time ms
   * @returns {string} "" when nothing has
   */
  missing(time) {
    return this.#open.find(({ answer, clock }) => answer === null && clock.due <= time)?.words ?? "";
  }

  /** The play is over: what was left waiting comes now, as it would have by itself. */
  release() {
    for (const each of this.#unasked.splice(0)) this.scheduler.defer(each);
  }
}
