/** The controls of a device that makes takes, and the progression a user types. */
import { Controls } from "../shared/controls.js";

export class Parameters extends Controls {
  #ownText = "";

  /** @override @param {string} selector @param {number} value */
  set(selector, value) {
    // Live may only store a seed as a float, since an int parameter has 256 values at most.
    super.set(selector, selector === "seed" ? Math.round(value) : value);
  }

  /**
   * What goes onto the wire as it stands.
   *
   * @param {readonly string[]} numbers selectors
   * @param {readonly string[]} choices selectors of menus and toggles
   * @returns {Record<string, unknown>}
   */
  wire(numbers, choices) {
    /** @type {Record<string, unknown>} */
    const said = {};
    for (const name of numbers) said[name] = this.number(name);
    for (const name of choices) said[name] = this.choice(name);
    return said;
  }

  /** The user's own progression; "" when a menu decides. */
  get ownText() {
    return this.#ownText;
  }

  set ownText(text) {
    this.#ownText = text.replace(/\s+/g, " ").trim();
  }
}
