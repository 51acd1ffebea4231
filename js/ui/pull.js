/**
 * A hand that presses something in a picture and may pull it up or down. Which of the two it is shows only when the mouse is
 * let go.
 */

/** A hand that presses trembles by less than this, pixels. */
const STILL = 3;

/** @template T what is pressed */
export class Pull {
  /** @type {{what: T, y: number, from: number, value: number, valueAt: (up: number) => number, moved: boolean}|null} */ #held =
    null;

  /** The mouse goes down. @param {T} what @param {number} value as it is @param {number} y @param {(up: number) => number} valueAt what a pull by so many pixels would set */
  take(what, value, y, valueAt) {
    this.#held = { what, y, from: value, value, valueAt, moved: false };
  }

  /** @returns {{what: T, value: number}|null} what would be set now; null while nothing is pulled */
  get pulled() {
    return this.#held?.moved ? this.#held : null;
  }

  /** The mouse moves. @param {number} y @returns {boolean} whether what would be set is another now */
  move(y) {
    const held = this.#held;
    if (held === null) return false;
    held.moved ||= Math.abs(y - held.y) >= STILL;
    if (!held.moved) return false;
    const value = held.valueAt(held.y - y);
    const other = value !== held.value;
    held.value = value;
    return other;
  }

  /** The mouse goes up. @returns {{what: T, value: number, from: number, moved: boolean}|null} what that was; null for nothing */
  release() {
    const held = this.#held;
    this.#held = null;
    return held;
  }
}
