/** The controls of a device that makes takes, and the progression a user types. */
import { Controls } from "../shared/controls.js";

export class Parameters extends Controls {
  #ownText = "";

  /** @override @param {string} selector @param {number} value */
  set(selector, value) {
    // Live may only store a seed as a float, since an int parameter has 256 values at most.
    super.set(selector, selector === "seed" ? Math.round(value) : value);
  }

  /** The user's own progression; "" when a menu decides. */
  get ownText() {
    return this.#ownText;
  }

  set ownText(text) {
    this.#ownText = text.replace(/\s+/g, " ").trim();
  }
}
