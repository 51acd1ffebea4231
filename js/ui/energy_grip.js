/**
 * What a hand does with the curve of a section: a press goes to it, a drag up or down sets its energy. Which of them it is
 * shows only when the mouse is let go.
 */

/** A hand that presses trembles by less than this, pixels. */
const STILL = 3;

/** @typedef {{kind: "go", section: number}|{kind: "energy", section: number, percent: number}} Done */

export class EnergyGrip {
  /** @type {{section: number, y: number, from: number, height: number, percent: number, moved: boolean}|null} */ #held =
    null;

  /** The mouse goes down on a curve. @param {number} section @param {number} percent its energy @param {number} y @param {number} height pixels of 100 % */
  take(section, percent, y, height) {
    this.#held = { section, y, from: percent, height, percent, moved: false };
  }

  /** @returns {{section: number, percent: number}|null} what a drag would set now; null while there is none */
  get drag() {
    return this.#held?.moved ? this.#held : null;
  }

  /** The mouse moves. @param {number} y @returns {boolean} whether what a drag would set is another now */
  move(y) {
    const held = this.#held;
    if (held === null) return false;
    held.moved ||= Math.abs(y - held.y) >= STILL;
    if (!held.moved) return false;
    const wanted = held.from + ((held.y - y) / held.height) * 100;
    const percent = Math.round(Math.max(0, Math.min(100, wanted)));
    const other = percent !== held.percent;
    held.percent = percent;
    return other;
  }

  /** The mouse goes up. @returns {Done|null} what that was; null for nothing */
  release() {
    const held = this.#held;
    this.#held = null;
    if (held === null) return null;
    const { section, percent, moved } = held;
    return moved ? { kind: "energy", section, percent } : { kind: "go", section };
  }
}
