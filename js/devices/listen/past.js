/** What the buttons did to the Set, press by press: properties that were set, and locators. Undo and Restore walk it. */
import { Changes } from "../../live/changes.js";
import { locatorsWords } from "./words.js";

/** @typedef {import("./locators.js").Mark} Mark */

/** One press: null for properties, which Changes keeps. @typedef {Mark[]|null} Press */

/** As many as Changes remembers. */
const MOST = 32;

export class Past {
  #changes;
  #locators;
  /** @type {Press[]} */ #done = [];
  /** @type {Press[]} */ #undone = [];

  /** @param {import("../../live/live.js").Live} live @param {import("./locators.js").Locators} locators */
  constructor(live, locators) {
    this.#changes = new Changes(live);
    this.#locators = locators;
  }

  /** As Changes.make. @param {readonly import("../../live/changes.js").Wish[]} wishes */
  make(wishes) {
    const made = this.#changes.make(wishes);
    if (made.length > 0) this.#add(null);
    return made;
  }

  /** As Changes.record. @param {readonly import("../../live/changes.js").Step[]} steps */
  record(steps) {
    this.#changes.record(steps);
    this.#add(null);
  }

  /** @param {Mark[]} marks that were set; none: nothing is remembered */
  addLocators(marks) {
    if (marks.length > 0) this.#add(marks);
  }

  /** @param {Press} press */
  #add(press) {
    this.#done.push(press);
    if (this.#done.length > MOST) this.#done.shift();
    this.#undone = [];
  }

  /** @returns {string|Promise<string>} what was put back, in words @throws {LiveRefusal} when the user changed it since */
  undo() {
    const press = this.#done.at(-1);
    if (press === undefined) return "Nothing to undo";
    if (press === null) {
      const words = this.#changes.undo();
      // What is gone from the Set cannot come back.
      this.#step(this.#done, this.#changes.restorable > this.#countOf(this.#undone) ? this.#undone : []);
      return words;
    }
    return this.#locators.take(press).then((taken) => {
      this.#step(this.#done, this.#undone);
      if (taken === 0) return "You changed those locators since: left alone";
      return `Took ${locatorsWords(taken)} away`;
    });
  }

  /** @returns {string|Promise<string>} what was done again, in words @throws {LiveRefusal} as undo */
  restore() {
    const press = this.#undone.at(-1);
    if (press === undefined) return "Nothing to restore";
    if (press === null) {
      const words = this.#changes.restore();
      this.#step(this.#undone, this.#changes.undoable > this.#countOf(this.#done) ? this.#done : []);
      return words;
    }
    return this.#locators
      .set(press, () => true)
      .then((made) => {
        this.#step(this.#undone, this.#done);
        return made.length === 0 ? "The locators are there already" : `Set ${locatorsWords(made.length)} again`;
      });
  }

  /** @param {Press[]} presses @returns {number} those that Changes keeps */
  #countOf(presses) {
    return presses.filter((press) => press === null).length;
  }

  /** @param {Press[]} from @param {Press[]} to */
  #step(from, to) {
    to.push(/** @type {Press} */ (from.pop()));
  }
}
