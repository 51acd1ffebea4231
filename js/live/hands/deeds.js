/**
 * What somebody outside did to the Set, in the order it was done, so that it can be put back: notes stand in the journal,
 * every other press has a page of its own.
 */
import { Changes } from "../changes.js";
import { Journal } from "../journal.js";

/** @typedef {import("../live.js").Live} Live */
/** @typedef {import("../changes.js").Wish} Wish */
/** @typedef {import("../changes.js").Step} Step */

/** A press and what it set; for notes the journal, which keeps its own. @typedef {{book: Changes|Journal, steps: Step[]}} Page */

/** ms within which moves of one fader are one thing to put back. */
const ONE_MOVE = 1500;

/** Presses that are remembered. */
const MOST = 64;

/** Live keeps many values as 32-bit floats. */
const CLOSE = 1e-5;

export class Deeds {
  /** @type {Page[]} */ #done = [];
  /** @type {Page[]} */ #undone = [];
  #movedAt = Number.NEGATIVE_INFINITY;
  #live;
  #now;

  /**
   * @param {Live} live
   * @param {() => number} [now] ms
   */
  constructor(live, now = () => Date.now()) {
    this.#live = live;
    this.#now = now;
    this.journal = new Journal(live);
  }

  /** Notes were written, and stand in the journal. */
  wrote() {
    this.#push({ book: this.journal, steps: [] });
  }

  /**
   * Sets properties and remembers them; a fader that is being moved is remembered as one move.
   *
   * @param {readonly Wish[]} wishes
   * @throws {import("../errors.js").LiveRefusal} when Live keeps one of them as it was; the others are then as before, too
   */
  make(wishes) {
    const book = new Changes(this.#live);
    const steps = book.make(wishes);
    if (steps.length === 0) return;
    const last = this.#now() - this.#movedAt < ONE_MOVE ? this.#done[this.#done.length - 1]?.steps : undefined;
    this.#movedAt = this.#now();
    if (last !== undefined && goOn(last, steps)) {
      this.#done.pop();
      const whole = steps.map((step, i) => ({ ...step, before: last[i].before }));
      const joined = new Changes(this.#live);
      joined.record(whole);
      this.#push({ book: joined, steps: whole });
    } else {
      this.#push({ book, steps });
    }
  }

  /** @returns {{words: string, moved: boolean}} what was put back @throws {LiveRefusal} when the user changed it since */
  undo() {
    return this.#travel(this.#done, this.#undone, "undo");
  }

  /** @returns {{words: string, moved: boolean}} what was done again @throws {LiveRefusal} as undo */
  restore() {
    return this.#travel(this.#undone, this.#done, "restore");
  }

  /** @param {Page} page */
  #push(page) {
    this.#done.push(page);
    if (this.#done.length > MOST) this.#done.shift();
    this.#undone = [];
  }

  /** @param {Page[]} from @param {Page[]} to @param {"undo"|"restore"} way */
  #travel(from, to, way) {
    this.#movedAt = Number.NEGATIVE_INFINITY;
    const page = from[from.length - 1];
    if (page === undefined) return { words: `Nothing to ${way}`, moved: false };
    const { words, moved } = travel(page.book, way);
    from.pop();
    // What is gone from the Set cannot be brought back either.
    if (moved) to.push(page);
    return { words, moved };
  }
}

/** @param {Changes|Journal} book @param {"undo"|"restore"} way @returns {{words: string, moved: boolean}} */
function travel(book, way) {
  if (book instanceof Journal) return book[way]();
  const words = book[way]();
  return { words, moved: (way === "undo" ? book.restorable : book.undoable) > 0 };
}

/** Whether they move the same things on from where they were left. @param {Step[]} last @param {Step[]} steps */
const goOn = (last, steps) =>
  last.length === steps.length &&
  steps.every((step, i) => {
    const { ref, property, after } = last[i];
    return step.ref === ref && step.property === property && near(step.before, after);
  });

/** @param {number|string} a @param {number|string} b */
const near = (a, b) =>
  typeof a === "number" && typeof b === "number" ? Math.abs(a - b) <= CLOSE * Math.max(1, Math.abs(a)) : a === b;
