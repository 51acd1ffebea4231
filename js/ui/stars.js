/**
 * Five small stars at the right of the foot: what the take in the clip was given, and what a press would give it. A press on
 * the star that is set takes it back. Pure drawing; who hears the mouse is the picture.
 */
import { mixed } from "./theme.js";

/** @typedef {import("./theme.js").Theme} Theme */

/** No take lies in the clip that could be given any. */
export const UNRATABLE = -1;
export const MOST_STARS = 5;

/** From one star to the next, pixels; how far its points are from its middle, and those of a full one, which has no line. */
const STEP = 9;
const RADIUS = 3.5;
const FULL = 4.3;
/** The inner corners of a five-pointed star lie at this share of its radius; a little more keeps so small a one full. */
const INNER = 0.48;
const RIGHT = 4;
/** Of the foot's last line, from below. */
const LINE = 12;
/** How strongly stars are drawn that a press would give. */
const MEANT = 0.62;

/** Pixels that the row takes of the foot's last line. */
export const STARS_WIDTH = MOST_STARS * STEP + 3;

/**
 * @param {[number, number]} size of the picture
 * @param {number} x
 * @param {number} y
 * @returns {number} the star there, from 1; 0: none
 */
export function starAt([width, height], x, y) {
  const left = width - RIGHT - MOST_STARS * STEP;
  if (y < height - LINE || y >= height || x < left || x >= left + MOST_STARS * STEP) return 0;
  return 1 + Math.floor((x - left) / STEP);
}

/**
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {[number, number]} size of the picture
 * @param {number} stars that are set, 0-5
 * @param {number} meant what a press would set; below 0: the mouse is elsewhere
 */
export function drawStars(g, theme, [width, height], stars, meant) {
  const shown = meant < 0 ? stars : meant;
  const full = meant < 0 ? theme.note : mixed(theme.ground, theme.note, MEANT);
  const left = width - RIGHT - MOST_STARS * STEP;
  g.set_line_width(1);
  for (let star = 1; star <= MOST_STARS; star++) {
    outline(g, left + (star - 0.5) * STEP, height - LINE / 2, star <= shown ? FULL : RADIUS);
    g.set_source_rgba([...(star <= shown ? full : theme.dim)]);
    if (star <= shown) g.fill();
    else g.stroke();
  }
}

/** Point upwards. @param {MGraphics} g @param {number} x centre @param {number} y centre @param {number} radius */
function outline(g, x, y, radius) {
  for (let corner = 0; corner < 10; corner++) {
    const away = corner % 2 === 0 ? radius : radius * INNER;
    const angle = (corner * Math.PI) / 5;
    const place = /** @type {[number, number]} */ ([x + away * Math.sin(angle), y - away * Math.cos(angle)]);
    if (corner === 0) g.move_to(...place);
    else g.line_to(...place);
  }
  g.close_path();
}

/** The row under the mouse. */
export class StarRow {
  #stars = UNRATABLE;
  /** the star under the mouse; 0: none */
  #over = 0;
  /** pressed, and the mouse has not left it: what was set is shown, and not what the next press would do */
  #settled = 0;

  /** Stars that are set; `UNRATABLE` where none are to be drawn. */
  get stars() {
    return this.#stars;
  }

  /** What a press would set now; -1: nothing. */
  get meant() {
    if (this.#stars === UNRATABLE || this.#over === 0 || this.#over === this.#settled) return -1;
    return this.#after(this.#over);
  }

  /** @param {unknown} stars as the script says */
  set(stars) {
    const count = Number(stars);
    this.#stars = Number.isInteger(count) && count >= 0 && count <= MOST_STARS ? count : UNRATABLE;
  }

  /** The mouse is over a star, or over none. @param {number} star @returns {boolean} whether the row looks otherwise now */
  point(star) {
    const before = this.meant;
    this.#over = star;
    if (star !== this.#settled) this.#settled = 0;
    return this.meant !== before;
  }

  /** @param {number} star 0: none @returns {number} what it sets; -1: nothing */
  press(star) {
    if (this.#stars === UNRATABLE || star === 0) return -1;
    this.#over = star;
    this.#settled = star;
    return this.#after(star);
  }

  /** @param {number} star */
  #after(star) {
    return star === this.#stars ? 0 : star;
  }
}
