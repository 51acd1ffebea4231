/** The button: what it says, and whether a press of what cannot be taken back is the second one. */

/** A second press counts within this time. */
const SURE_MS = 5000;

export class Button {
  #clock;
  #face;
  #label;
  #onLate;
  #busy = false;
  /** runs out when a second press does not come @type {object|null} */ #sure = null;

  /**
   * @param {import("../../rpc/clock.js").Clock} clock
   * @param {import("./face.js").Face} face
   * @param {() => string} label what a press does
   * @param {() => void} onLate a second press has not come
   */
  constructor(clock, face, label, onLate) {
    this.#clock = clock;
    this.#face = face;
    this.#label = label;
    this.#onLate = onLate;
  }

  /** @param {boolean} busy whether a press cancels */
  busy(busy) {
    this.#busy = busy;
    this.show();
  }

  show() {
    this.#face.action(this.#busy ? "Cancel" : this.#sure !== null ? "Press again" : this.#label());
  }

  /** @returns {boolean} whether this is the second press */
  second() {
    if (this.#sure !== null) {
      this.disarm();
      return true;
    }
    this.#sure = this.#clock.after(SURE_MS, () => {
      this.disarm();
      this.#onLate();
    });
    this.show();
    return false;
  }

  /** A second press does not count any more. */
  disarm() {
    if (this.#sure === null) return;
    this.#clock.cancel(this.#sure);
    this.#sure = null;
    this.show();
  }
}
