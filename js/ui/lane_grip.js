/**
 * What a hand does with the name of a lane: a press mutes it, a drag up or down sets how dense it is, a double-click gives it
 * back as the style has it. Which of them it is shows only when the mouse is let go.
 */
import { AS_IS, MOST_DENSE } from "./drumgrid.js";

/** Percent for one pixel. */
const STEEP = 2;
/** A hand that presses trembles by less than this, pixels. */
const STILL = 3;
/** Near to 100 % it is 100 %. */
const CATCH = 5;

/** @typedef {{kind: "mute"|"plain", role: string}|{kind: "density", role: string, density: number}} Done */

export class LaneGrip {
  /** @type {{role: string, y: number, from: number, density: number, moved: boolean}|null} */ #held = null;

  /** The mouse goes down on a name. @param {string} role @param {number} density percent, as it is @param {number} y */
  take(role, density, y) {
    this.#held = { role, y, from: density, density, moved: false };
  }

  /** @returns {{role: string, density: number}|null} what a drag would set now; null while there is none */
  get drag() {
    return this.#held?.moved ? this.#held : null;
  }

  /** The mouse moves. @param {number} y @returns {boolean} whether what a drag would set is another now */
  move(y) {
    const held = this.#held;
    if (held === null) return false;
    held.moved ||= Math.abs(y - held.y) >= STILL;
    if (!held.moved) return false;
    const wanted = Math.max(0, Math.min(MOST_DENSE, held.from + STEEP * Math.round(held.y - y)));
    const density = Math.abs(wanted - AS_IS) < CATCH ? AS_IS : wanted;
    const other = density !== held.density;
    held.density = density;
    return other;
  }

  /** The mouse goes up. @returns {Done|null} what that was; null for nothing */
  release() {
    const held = this.#held;
    this.#held = null;
    if (held === null) return null;
    const { role, density, moved, from } = held;
    if (!moved) return { kind: "mute", role };
    return density === from ? null : { kind: "density", role, density };
  }

  /** A second press at once. The first one has muted the lane already, or let it sound. @param {string} role @returns {Done} */
  twice(role) {
    this.#held = null;
    return { kind: "plain", role };
  }
}
