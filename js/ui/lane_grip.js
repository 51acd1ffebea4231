/**
 * What a hand does with the name of a lane: a press mutes it, a pull up or down sets how dense it is, a double-click gives it
 * back as the style has it.
 */
import { AS_IS, MOST_DENSE } from "./drumgrid.js";
import { Pull } from "./pull.js";

/** Percent for one pixel. */
const STEEP = 2;
/** Near to 100 % it is 100 %. */
const CATCH = 5;

/** @typedef {{kind: "mute"|"plain", role: string}|{kind: "density", role: string, density: number}} Done */

export class LaneGrip {
  /** @type {Pull<string>} */ #pull = new Pull();

  /** The mouse goes down on a name. @param {string} role @param {number} density percent, as it is @param {number} y */
  take(role, density, y) {
    this.#pull.take(role, density, y, (up) => {
      const wanted = Math.max(0, Math.min(MOST_DENSE, density + STEEP * Math.round(up)));
      return Math.abs(wanted - AS_IS) < CATCH ? AS_IS : wanted;
    });
  }

  /** @returns {{role: string, density: number}|null} what a drag would set now; null while there is none */
  get drag() {
    const pulled = this.#pull.pulled;
    return pulled === null ? null : { role: pulled.what, density: pulled.value };
  }

  /** The mouse moves. @param {number} y @returns {boolean} whether what a drag would set is another now */
  move(y) {
    return this.#pull.move(y);
  }

  /** The mouse goes up. @returns {Done|null} what that was; null for nothing */
  release() {
    const held = this.#pull.release();
    if (held === null) return null;
    const { what: role, value: density, moved, from } = held;
    if (!moved) return { kind: "mute", role };
    return density === from ? null : { kind: "density", role, density };
  }

  /** A second press at once. The first one has muted the lane already, or let it sound. @param {string} role @returns {Done} */
  twice(role) {
    this.#pull.release();
    return { kind: "plain", role };
  }
}
