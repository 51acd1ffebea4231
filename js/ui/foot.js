/**
 * The foot of a picture: the status light and what it means in words. One line where that is enough; a second one for
 * words that say what to do, since nobody can follow half a sentence. Longer words are cut, and shown whole under the
 * mouse; so is the why of them.
 */
import { drawLight } from "./status.js";
import { useFace, wrapped, write } from "./text.js";
import { mixed } from "./theme.js";

/** @typedef {import("./theme.js").Theme} Theme */
/** @typedef {import("./status.js").State} State */

/**
 * @typedef {object} Foot
 * @property {State} state
 * @property {string} words what everybody should read
 * @property {string} why what only helps who wonders; "" for nothing
 */

/** Pixels. */
export const FOOT = 12;

const SIZE = 9;
const LEFT = 13;
const RIGHT = 4;
const LINE = 11;
const FEW_LINES = 2;
const MOST_LINES = 6;

/**
 * @param {MGraphics} g
 * @param {number} width of the picture
 * @param {string} words
 * @returns {number} pixels that the foot takes while the mouse is elsewhere
 */
export function footHeight(g, width, words) {
  useFace(g, SIZE);
  return heightOf(linesOf(g, width, words, FEW_LINES));
}

/** @param {MGraphics} g @param {number} width @param {string} words @param {number} most */
const linesOf = (g, width, words, most) => wrapped(g, words, width - LEFT - RIGHT, most);

/** @param {readonly string[]} lines */
const heightOf = (lines) => FOOT + Math.max(0, lines.length - 1) * LINE;

/**
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {[number, number]} size of the picture
 * @param {Foot} foot
 * @param {boolean} open whether the mouse is over the picture
 */
export function drawFoot(g, theme, [width, height], { state, words, why }, open) {
  useFace(g, SIZE);
  const lines = open
    ? linesOf(g, width, why === "" ? words : `${words}. ${why}`, MOST_LINES)
    : linesOf(g, width, words, FEW_LINES);
  const top = height - heightOf(lines);
  g.set_source_rgba([...mixed(theme.ground, theme.ink, 0.07)]);
  g.rectangle(0, top, width, height - top);
  g.fill();
  drawLight(g, theme, state, 6, top + 6, 3);
  lines.forEach((line, i) => {
    write(g, line, LEFT, top + 9 + i * LINE, state === "off" ? theme.dim : theme.ink);
  });
}
