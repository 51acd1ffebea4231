/**
 * A device that makes takes: what happens when a button is pressed. Knows neither Max's globals nor the wire; both are
 * handed in, so that all of it runs in a test. Each device of this kind adds its parameters, its request and its words.
 *
 * A press goes: where to write (target) -> what the Set tells (prepare) -> compose.* -> into the clip, with the old content
 * in the journal -> read back -> picture and words. While it runs, the same button cancels.
 */
import { deposit } from "../../live/deposit.js";
import { Journal } from "../../live/journal.js";
import { findTarget } from "../../live/target.js";
import { rollToJson } from "../../ui/roll_dict.js";
import { problemWords } from "../shared/problem.js";
import { Standing } from "../shared/standing.js";
import { Steered } from "../shared/steered.js";
import { barOf, fitOf, memoOf, whyOf } from "./order.js";
import { checkOwnText } from "./own_text.js";
import { Playing } from "./playing.js";
import { SeedKeeper } from "./seed.js";
import { NOTHING, rollOf, takeFrom, takeIn } from "./take.js";

/** @typedef {import("../../live/target.js").Target} Target */
/** @typedef {import("./take.js").Memo} Memo */

/** @typedef {import("../../live/deposit.js").Deposited} Deposited */
/** @typedef {import("./order.js").Prepared} Prepared */
/** @typedef {import("./order.js").Told} Told */
/** @typedef {import("./order.js").Order} Order */
/** @typedef {import("./order.js").Parts & Pick<import("../shared/steered.js").Place, "id"|"kind"|"board">} Parts */

/** A take that was heard and lies in no clip yet. @typedef {{reply: any, asked: string, seed: number}} Heard */

export class Maker {
  #method;
  #seeds;
  /** @type {import("./take.js").Take} */ #take = NOTHING;
  /** @type {Heard|null} */ #heard = null;
  /** the clip that holds the take; 0: none does */
  #clip = 0;

  /**
   * @param {Parts} parts
   * @param {import("./parameters.js").Parameters} parameters
   * @param {string} method such as "compose.chords"
   */
  constructor(parts, parameters, method) {
    this.#method = method;
    this.parts = parts;
    this.parameters = parameters;
    this.journal = new Journal(parts.live);
    this.#seeds = new SeedKeeper(parts.random);
    this.standing = new Standing({
      clock: parts.clock,
      shown: parts.face,
      connect: parts.connect,
      onReady: () => this.refresh(),
      onAway: () => this.away(),
    });
    this.steered = new Steered({ ...parts, amount: () => parameters.number("macros") });
    this.playing = new Playing(parts, this.standing, () => (this.#heard === null ? "" : this.#waits));
  }

  /**
   * Looks at the Set for a press.
   *
   * @abstract
   * @param {Target} _target
   * @returns {Prepared}
   */
  prepare(_target) {
    throw new Error("a maker prepares its request");
  }

  /** @param {string} method @param {Record<string, any>} params @returns {import("./order.js").Asked} a take */
  ask(method, params) {
    return this.standing.ask(method, params);
  }

  /** Where a press writes. @returns {Target} */
  target() {
    return findTarget(this.parts.live);
  }

  /** A take lies in a clip now. @param {Deposited} _done @param {Order} _order @param {any} _reply */
  wrote(_done, _order, _reply) {}

  /** @abstract @param {any} _reply @returns {Told} */
  tell(_reply) {
    throw new Error("a maker tells what it made");
  }

  /** Draws a take. @param {import("./take.js").Take} take */
  show(take) {
    this.parts.face.picture("roll", rollToJson(rollOf(take)));
  }

  /** What is shown of the Set or of the engine is brought up to date: the engine has come, or a take was written. */
  refresh() {}

  /** The engine has gone. */
  away() {}

  /** What else ends when the device is switched off or deleted. */
  quiet() {}

  /** A control has another value now. @param {string} _selector */
  turned(_selector) {}

  /** live.thisdevice has spoken: Live is there. */
  start() {
    if (this.standing.started) return;
    this.parts.live.start();
    this.standing.start();
    this.standing.attempt(() => this.steered.start());
  }

  /** @param {boolean} on the device's own switch */
  enable(on) {
    this.standing.enable(on, () => this.#quiet());
    this.steered.enable(on);
  }

  /** The device is being deleted. */
  remove() {
    this.steered.stop();
    this.standing.halt();
    this.#quiet();
    this.parts.clock.stop();
    this.parts.live.stop();
  }

  #quiet() {
    this.playing.stop();
    this.quiet();
  }

  /** A message of the Hub. @param {string} selector @param {(string|number)[]} values */
  receive(selector, values) {
    this.standing.receive(selector, values);
  }

  /** @param {string} selector @param {number} value */
  parameter(selector, value) {
    const before = this.parameters.number(selector);
    this.parameters.set(selector, value);
    const now = this.parameters.number(selector);
    if (selector === "seed") this.#seeds.set(now, this.standing.started);
    if (selector === "macros") this.steered.tell();
    if (now !== before) this.turned(selector);
  }

  /** @param {string} text of the user's own progression */
  ownText(text) {
    const before = this.parameters.ownText;
    this.parameters.ownText = text;
    if (this.parameters.ownText === before || !this.standing.ready) return;
    checkOwnText(this.standing.client, this.parameters, (words) => this.standing.say(words));
  }

  /** Generate, or Cancel while it runs. A take that was heard and still is what the knobs mean is written as it was. */
  generate() {
    this.standing.press(() => {
      const { target, prepared } = this.#look();
      if (this.#heard !== null && this.#stillMeant(prepared)) {
        const params = prepared.ask(this.#seeds.take(true));
        this.write({ target, prepared, params }, this.#heard.reply);
      } else this.#compose(target, prepared, this.#locked, (order, reply) => this.write(order, reply));
    });
  }

  /** A new seed and a take from it, also when the seed is locked: the hand on the dice outranks the lock. */
  dice() {
    if (!this.standing.mayAct) return;
    if (this.standing.pressed) this.standing.drop();
    this.#seeds.draw();
    this.standing.attempt(() => {
      const { target, prepared } = this.#look();
      this.#compose(target, prepared, true, (order, reply) => this.write(order, reply));
    });
  }

  /**
   * Plays the next take before it is written, or stops playing. Pressed again with nothing changed it plays another one;
   * after a turn of a knob the same one as it is now.
   */
  preview() {
    if (this.playing.halt()) return;
    this.standing.press(() => {
      const { target, prepared } = this.#look();
      if (this.#heard !== null && this.#stillMeant(prepared)) {
        if (this.#locked) {
          this.playing.play(this.#take, this.#waits);
          return;
        }
        this.#seeds.draw();
      }
      this.#compose(target, prepared, this.#locked, (order, reply) => this.#hold(order, reply));
    });
  }

  /**
   * Makes what is shown once more with its seed, because something about it is wanted otherwise that is no knob.
   *
   * @returns {boolean} false when there is nothing that could be made again where the user looks now
   */
  again() {
    if (!this.standing.mayAct || this.#take.memo === null) return false;
    if (this.standing.pressed) this.standing.drop();
    let made = false;
    this.standing.attempt(() => {
      const { target, prepared } = this.#look();
      const heard = this.#heard !== null;
      if (!heard && (target.clip === 0 || target.clip !== this.#clip)) return;
      made = true;
      this.#compose(target, prepared, true, (order, reply) =>
        heard ? this.#hold(order, reply) : this.write(order, reply),
      );
    });
    return made;
  }

  /** The clip that holds what was written last; 0: none does. */
  get written() {
    return this.#clip;
  }

  /** The take that is shown. */
  get take() {
    return this.#take;
  }

  undo() {
    this.#travel(() => this.journal.undo());
  }

  restore() {
    this.#travel(() => this.journal.restore());
  }

  /** Plays what the picture shows, or stops playing it. */
  audition() {
    if (this.playing.halt() || !this.standing.mayAct) return;
    if (this.#take.notes.length === 0) {
      this.standing.say(`Nothing to hear yet: press ${this.parts.face.action}`);
      return;
    }
    this.standing.attempt(() => this.playing.play(this.#take, "Playing once: press again to stop"));
  }

  get #waits() {
    return `Preview: ${this.parts.face.action} writes this take`;
  }

  get #locked() {
    return this.parameters.choice("seed_lock") === "on";
  }

  #look() {
    const target = this.target();
    const { ask, why = [], ...prepared } = this.prepare(target);
    // The whole press is steered as the knobs stand now.
    const steer = this.steered.wire();
    const steered = (/** @type {number} */ seed) => ({ ...ask(seed), ...steer });
    return { target, prepared: { ...prepared, ask: steered, why: [...why, ...this.steered.why()] } };
  }

  /** Whether a take that was heard is what a press would make now. @param {Prepared} prepared */
  #stillMeant(prepared) {
    const heard = this.#heard;
    if (heard === null || heard.seed !== this.#seeds.seed) return false;
    return JSON.stringify(prepared.ask(heard.seed)) === heard.asked;
  }

  /**
   * @param {Target} target
   * @param {Prepared} prepared
   * @param {boolean} locked whether the seed that is shown is the one
   * @param {(order: Order, reply: any) => void} then
   */
  #compose(target, prepared, locked, then) {
    // Taken last: where Live refuses, a seed that was typed waits for the next press.
    const seed = this.#seeds.take(locked);
    const params = prepared.ask(seed);
    this.playing.stop();
    this.parts.face.seed(seed);
    const request = this.ask(this.#method, params);
    const press = this.standing.begin("Composing ...", request.cancel);
    request.done.then(
      (reply) => this.standing.finish(press, () => then({ target, prepared, params }, reply)),
      (problem) =>
        this.standing.finish(press, () => {
          this.#seeds.giveBack();
          this.standing.say(problemWords(problem));
        }),
    );
  }

  /** Puts an answer into its clip, and tells of it. @param {Order} order @param {any} reply */
  write(order, reply) {
    const { target, prepared, params } = order;
    const { live } = this.parts;
    this.playing.stop();
    const told = this.tell(reply);
    const { notes, length, kept, offset } = fitOf(prepared, reply);
    const barLength = barOf(params);
    const memo = memoOf(told, length, offset);
    const done = deposit(live, this.journal, target, { notes, length, name: told.name, memo });
    this.#heard = null;
    this.#clip = done.clip;
    this.#take = takeFrom(done.found, done.start, done.span, barLength, memo);
    this.show(this.#take);
    this.wrote(done, order, reply);
    this.standing.say(told.words(done, target, barLength, kept), whyOf(prepared, told));
    this.refresh();
  }

  /** A take that was asked for to be heard first. @param {Order} order @param {any} reply */
  #hold({ prepared, params }, reply) {
    const told = this.tell(reply);
    const { notes, length, offset } = fitOf(prepared, reply);
    this.#seeds.giveBack();
    this.#heard = { reply, asked: JSON.stringify(params), seed: params.seed };
    this.#take = takeFrom(notes, 0, length, barOf(params), memoOf(told, length, offset));
    this.show(this.#take);
    this.playing.play(this.#take, this.#waits, whyOf(prepared, told));
  }

  /** @param {() => import("../../live/journal.js").Moved} move */
  #travel(move) {
    this.standing.press(() => {
      this.playing.stop();
      const { words, clip, moved, memo } = move();
      if (moved) {
        this.#heard = null;
        this.#clip = clip;
        this.#take = clip === 0 ? NOTHING : takeIn(this.parts.live, clip, /** @type {Memo|null} */ (memo));
        this.show(this.#take);
      }
      this.standing.say(words);
    });
  }
}
