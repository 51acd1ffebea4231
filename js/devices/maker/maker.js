/**
 * A device that makes takes: what happens when a button is pressed. Knows neither Max's globals nor the wire; both are
 * handed in, so that all of it runs in a test. Each device of this kind adds its parameters, its request and its words.
 *
 * A press goes: where to write (target) -> what the Set tells (prepare) -> compose.* -> into the clip, with the old content
 * in the journal -> read back -> picture and words. While it runs, the same button cancels.
 */
import { deposit } from "../../live/deposit.js";
import { Journal } from "../../live/journal.js";
import { problemWords } from "../shared/problem.js";
import { aheadOf } from "./ahead.js";
import { Held } from "./held.js";
import { Life } from "./life.js";
import { Offering } from "./offering.js";
import { barOf, fitOf, memoOf, whyOf } from "./order.js";
import { NOTHING, takeFrom, takeIn } from "./take.js";

/** @typedef {import("../../live/target.js").Target} Target */
/** @typedef {import("../../live/deposit.js").Deposited} Deposited */
/** @typedef {import("./life.js").Parts} Parts */
/** @typedef {import("./order.js").Prepared} Prepared */
/** @typedef {import("./order.js").Order} Order */
/** @typedef {import("./take.js").Memo} Memo */

/** What the patch knows the memory of a take's recipe by. */
const MEMORY = "recipe";

const NONE_LEFT = "No runner-up left: Generate draws new ones";
const NONE_LOCKED = "No runner-up: a locked seed means one take";

export class Maker extends Life {
  #method;
  #held = new Held();
  /** null: what is made here is made of the user's notes, and there is one of it */ #offering;
  /** @type {import("./take.js").Take} */ #take = NOTHING;
  /** the clip that holds the take; 0: none does */
  #clip = 0;
  /** what it was asked with, but for the seed */ #asked = "";
  /** @type {unknown} what it is of */ #answer = null;

  /**
   * @param {Parts} parts
   * @param {import("./parameters.js").Parameters} parameters
   * @param {string} method such as "compose.chords"
   * @param {boolean} [offers] whether the engine makes several and offers the best
   */
  constructor(parts, parameters, method, offers = false) {
    super(parts, parameters);
    this.#method = method;
    this.#offering = offers
      ? new Offering(
          () => parts.exploring.explore(),
          (words) => parts.face.keep(MEMORY, words),
        )
      : null;
    if (offers) this.ahead = aheadOf(this, method.split(".")[1], () => this.#foreseen());
    this.journal = new Journal(parts.live);
  }

  /** Generate, or Cancel while it runs. A take that was heard and still is what the knobs mean is written as it was. */
  generate() {
    this.standing.press(() => {
      const { target, prepared } = this.#look();
      const heard = this.#held.meant(prepared, this.seeds.seed);
      if (heard !== null) {
        this.write({ target, prepared, params: prepared.ask(this.seeds.take(true)) }, heard);
      } else this.#compose(target, prepared, this.#locked, (order, reply) => this.write(order, reply));
    });
  }

  /** A new seed and a take from it, also when the seed is locked: the hand on the dice outranks the lock. */
  dice() {
    if (!this.standing.mayAct) return;
    if (this.standing.pressed) this.standing.drop();
    this.seeds.draw();
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
      if (this.#held.meant(prepared, this.seeds.seed) !== null) {
        if (this.#locked) {
          this.playing.play(this.#take, this.#waits);
          return;
        }
        if (this.#offering === null) this.seeds.draw();
        else this.seeds.release();
      }
      this.#compose(target, prepared, this.#locked, (order, reply) => this.#hold(order, reply));
    });
  }

  /** The recipe that the Set kept. @param {readonly unknown[]} words */
  recipeKept(words) {
    this.#offering?.kept(words);
  }

  /** The runner-up takes the place of the take that was offered: at once, as a step of its own in Undo, heard where that was. */
  next() {
    this.standing.press(() => {
      const runner = this.#offering?.next(() => this.target()) ?? null;
      if (runner === null) {
        this.standing.say(this.#locked ? NONE_LOCKED : NONE_LEFT);
        return;
      }
      const { order, reply } = runner;
      const heard = this.#held.waits;
      if (heard) this.#hold(order, reply);
      else this.write(order, reply);
      this.#offering?.taken();
      this.#adopt(reply.seed);
      if (heard) this.seeds.giveBack();
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
      const heard = this.#held.waits;
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
    this.#travel(
      () => this.journal.undo(),
      (clip) => this.tasting.undone(clip),
    );
  }

  restore() {
    this.#travel(
      () => this.journal.restore(),
      (clip) => this.tasting.restored(clip),
    );
  }

  /** A press on the stars of the picture. @param {number} stars 1 to 5; 0 takes it back */
  rate(stars) {
    if (this.standing.mayAct) this.tasting.rate(stars);
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

  /** @override */
  resting() {
    return this.#held.waits ? this.#waits : "";
  }

  get #waits() {
    return `Preview: ${this.parts.face.action} writes this take`;
  }

  get #locked() {
    return this.parameters.choice("seed_lock") === "on";
  }

  /** What the next press would ask; null: not for the best of several. */
  #foreseen() {
    if (this.#offering === null || this.#locked || this.seeds.chosen) return null;
    return this.#offering.ahead(this.#look().prepared);
  }

  #look() {
    const target = this.target();
    const { ask, why = [], ...prepared } = this.prepare(target);
    // The whole press is steered as the knobs stand now.
    const steer = this.steered.wire();
    const steered = (/** @type {number} */ seed) => ({ ...ask(seed), ...steer });
    return { target, prepared: { ...prepared, ask: steered, why: [...why, ...this.steered.why()] } };
  }

  /**
   * @param {Target} target
   * @param {Prepared} prepared
   * @param {boolean} locked whether the seed that is shown is the one
   * @param {(order: Order, reply: any) => void} then
   */
  #compose(target, prepared, locked, then) {
    const offering = locked || this.seeds.chosen ? null : this.#offering;
    const params = offering?.ask(prepared) ?? this.#one(prepared, locked);
    this.ahead?.pressed();
    this.playing.stop();
    const request = this.ask(this.#method, params);
    const press = this.standing.begin("Composing ...", request.cancel);
    request.done.then(
      (reply) =>
        this.standing.finish(press, () => {
          then(this.#answered({ target, prepared, params }, reply), reply);
          // Where it lies now something else may come next.
          this.ahead?.changed();
        }),
      (problem) =>
        this.standing.finish(press, () => {
          if (offering === null) this.seeds.giveBack();
          this.standing.say(problemWords(problem));
        }),
    );
  }

  /** Params of the one take that the seed means. @param {Prepared} prepared @param {boolean} locked */
  #one(prepared, locked) {
    // Taken last: where Live refuses, a seed that was typed waits for the next press.
    const seed = this.seeds.take(locked);
    this.parts.face.seed(seed);
    return this.#offering?.recall(prepared, seed) ?? prepared.ask(seed);
  }

  /** @param {Order} order @param {any} reply @returns {Order} */
  #answered(order, reply) {
    if (this.#offering === null) return order;
    if (order.params.offer !== undefined) this.#adopt(reply.seed);
    return this.#offering.answered(order, reply);
  }

  /** @param {number} seed of a take that was offered */
  #adopt(seed) {
    this.seeds.adopt(seed);
    this.parts.face.seed(seed);
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
    this.#held.drop();
    this.#taste(done, prepared, reply);
    this.#clip = done.clip;
    this.#take = takeFrom(done.found, done.start, done.span, barLength, memo);
    this.show(this.#take);
    this.wrote(done, order, reply);
    this.standing.say(told.words(done, target, barLength, kept), whyOf(prepared, told, reply));
    this.refresh();
  }

  /** @param {Deposited} done @param {Prepared} prepared @param {any} reply */
  #taste(done, prepared, reply) {
    const asked = JSON.stringify(prepared.ask(0));
    // Another one of the same answer is a choice among what is there, and no wish for something else.
    const again = asked === this.#asked && reply !== this.#answer;
    if (done.clip === this.#clip) this.tasting.left(again ? "rerolled" : "changed");
    this.#asked = asked;
    this.#answer = reply;
    this.tasting.wrote({ ...done, take: this.takeOf(reply), notes: done.found, before: this.journal.replaced });
  }

  /** A take that was asked for to be heard first. @param {Order} order @param {any} reply */
  #hold({ prepared, params }, reply) {
    const told = this.tell(reply);
    const { notes, length, offset } = fitOf(prepared, reply);
    this.seeds.giveBack();
    this.#held.hold(reply, prepared, params.seed);
    this.tasting.heard(this.takeOf(reply));
    this.#take = takeFrom(notes, 0, length, barOf(params), memoOf(told, length, offset));
    this.show(this.#take);
    this.playing.play(this.#take, this.#waits, whyOf(prepared, told, reply));
  }

  /** @param {() => import("../../live/journal.js").Moved} move @param {(clip: number) => void} then */
  #travel(move, then) {
    this.standing.press(() => {
      this.playing.stop();
      const { words, clip, moved, memo } = move();
      if (moved) {
        this.#held.drop();
        this.#clip = clip;
        this.#take = clip === 0 ? NOTHING : takeIn(this.parts.live, clip, /** @type {Memo|null} */ (memo));
        this.show(this.#take);
        then(clip);
        this.ahead?.changed();
      }
      this.standing.say(words);
    });
  }
}
