/**
 * The foot of a picture whose takes can be rated, as the picture keeps it.
 *
 *   status <off|away|busy|ready> <words> [<why>]   the foot line
 *   stars <n>                                      the take's, 0-5; -1: no take to rate
 *   -> rate <n>                                    a star was pressed, 0: the one that was set
 */
import { drawFoot, footHeight, NO_STARS } from "./foot.js";
import { StarRow, starAt } from "./stars.js";
import { stateFrom } from "./status.js";
import { followMouse, underMouse } from "./v8ui.js";

/** @typedef {import("./foot.js").Foot} Foot */

export class FootLine {
  /** @type {Foot} */ #foot = { state: "off", words: "", why: "" };
  #row = new StarRow();

  constructor() {
    followMouse((x, y) => this.#point(x, y));
  }

  get state() {
    return this.#foot.state;
  }

  /** A device that is off takes no stars. */
  get #stars() {
    return this.#foot.state === "off" ? NO_STARS : this.#row;
  }

  /** @param {number} width of the picture @returns {number} pixels while the mouse is elsewhere */
  height(width) {
    return footHeight(mgraphics, width, this.#foot.words, this.#stars);
  }

  /**
   * @param {import("./theme.js").Theme} theme
   * @param {string|null} [instead] words in place of what is said
   */
  draw(theme, instead = null) {
    const foot = instead === null ? this.#foot : { ...this.#foot, words: instead, why: "" };
    drawFoot(mgraphics, theme, mgraphics.size, foot, underMouse(), this.#stars);
  }

  /** The same, with all that is said in sight; only the why of it waits for the mouse. @param {import("./theme.js").Theme} theme */
  drawWhole(theme) {
    const foot = { ...this.#foot, why: underMouse() ? this.#foot.why : "" };
    drawFoot(mgraphics, theme, mgraphics.size, foot, true, this.#stars);
  }

  /** @param {number} x @param {number} y @returns {boolean} whether a star was pressed */
  press(x, y) {
    if (this.#stars === NO_STARS) return false;
    const rated = this.#row.press(starAt(mgraphics.size, x, y));
    if (rated < 0) return false;
    outlet(0, "rate", rated);
    mgraphics.redraw();
    return true;
  }

  /** @returns {Record<string, (...values: any[]) => void>} what the picture answers for its foot */
  messages() {
    return {
      /** @param {unknown} name @param {unknown} words @param {unknown} [why] */
      status: (name, words, why = "") => {
        this.#foot = { state: stateFrom(name), words: String(words), why: String(why) };
        mgraphics.redraw();
      },
      /** @param {unknown} stars */
      stars: (stars) => {
        this.#row.set(stars);
        mgraphics.redraw();
      },
    };
  }

  /** @param {number} [x] @param {number} [y] nowhere: out of the picture */
  #point(x, y) {
    const star = x === undefined || y === undefined ? 0 : starAt(mgraphics.size, x, y);
    if (this.#row.point(star)) mgraphics.redraw();
  }
}
