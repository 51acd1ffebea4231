/** What a hand does with the curve of a section: a press goes to it, a pull up or down sets its energy. */
import { Pull } from "./pull.js";

/** @typedef {{kind: "go", section: number}|{kind: "energy", section: number, percent: number}} Done */

export class EnergyGrip {
  /** @type {Pull<number>} */ #pull = new Pull();

  /** The mouse goes down on a curve. @param {number} section @param {number} percent its energy @param {number} y @param {number} height pixels of 100 % */
  take(section, percent, y, height) {
    const energy = (/** @type {number} */ up) => Math.max(0, Math.min(100, percent + (up / height) * 100));
    this.#pull.take(section, percent, y, (up) => Math.round(energy(up)));
  }

  /** @returns {{section: number, percent: number}|null} what a drag would set now; null while there is none */
  get drag() {
    const pulled = this.#pull.pulled;
    return pulled === null ? null : { section: pulled.what, percent: pulled.value };
  }

  /** The mouse moves. @param {number} y @returns {boolean} whether what a drag would set is another now */
  move(y) {
    return this.#pull.move(y);
  }

  /** The mouse goes up. @returns {Done|null} what that was; null for nothing */
  release() {
    const held = this.#pull.release();
    if (held === null) return null;
    return held.moved
      ? { kind: "energy", section: held.what, percent: held.value }
      : { kind: "go", section: held.what };
  }
}
