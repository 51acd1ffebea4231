/**
 * The foot of a picture: the status light and what it means in words. One line where that is enough; a second one for
 * words that say what to do, since nobody can follow half a sentence. Longer words are cut, and shown whole under the
 * mouse; so is what stands behind `MORE`.
 */
import { drawLight } from "./status.js";
import { useFace, wrapped, write } from "./text.js";
import { mixed } from "./theme.js";

/** @typedef {import("./theme.js").Theme} Theme */
/** @typedef {import("./status.js").State} State */

/** Pixels. */
export const FOOT = 12;
/** Stands between what everybody should read and what only helps who wonders. */
export const MORE = "\n";

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
  return heightOf(linesOf(g, width, words, false));
}

/** @param {MGraphics} g @param {number} width @param {string} words @param {boolean} open */
function linesOf(g, width, words, open) {
  const [first, ...more] = words.split(MORE);
  const shown = open ? [first, ...more].join(". ") : first;
  return wrapped(g, shown, width - LEFT - RIGHT, open ? MOST_LINES : FEW_LINES);
}

/** @param {readonly string[]} lines */
const heightOf = (lines) => FOOT + Math.max(0, lines.length - 1) * LINE;

/**
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {[number, number]} size of the picture
 * @param {State} state
 * @param {string} words
 * @param {boolean} open whether the mouse is over the picture
 */
export function drawFoot(g, theme, [width, height], state, words, open) {
  useFace(g, SIZE);
  const lines = linesOf(g, width, words, open);
  const top = height - heightOf(lines);
  g.set_source_rgba([...mixed(theme.ground, theme.ink, 0.07)]);
  g.rectangle(0, top, width, height - top);
  g.fill();
  drawLight(g, theme, state, 6, top + 6, 3);
  lines.forEach((line, i) => {
    write(g, line, LEFT, top + 9 + i * LINE, state === "off" ? theme.dim : theme.ink);
  });
}
