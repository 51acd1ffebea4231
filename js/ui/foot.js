/**
 * The foot of a picture: the status light and what it means in words; at its right the stars of the take, where there is one
 * to rate. One line where that is enough; a second one for words that say what to do, since nobody can follow half a
 * sentence. Longer words are cut, and shown whole under the mouse; so is the why of them.
 */
import { drawStars, STARS_WIDTH, UNRATABLE } from "./stars.js";
import { drawLight } from "./status.js";
import { useFace, widthOf, wrapped, write } from "./text.js";
import { mixed } from "./theme.js";

/** @typedef {import("./theme.js").Theme} Theme */
/** @typedef {import("./status.js").State} State */

/**
 * @typedef {object} Foot
 * @property {State} state
 * @property {string} words what everybody should read
 * @property {string} why what only helps who wonders; "" for nothing
 */

/** The stars as they are shown. @typedef {Readonly<Pick<import("./stars.js").StarRow, "stars"|"meant">>} Stars */

/** Pixels. */
export const FOOT = 12;

const SIZE = 9;
const LEFT = 13;
const RIGHT = 4;
const LINE = 11;
const FEW_LINES = 2;
const MOST_LINES = 6;

/** A picture whose takes nobody rates. @type {Stars} */
export const NO_STARS = Object.freeze({ stars: UNRATABLE, meant: -1 });

/** @param {Stars} stars */
const drawn = ({ stars }) => stars !== UNRATABLE;

/**
 * @param {MGraphics} g
 * @param {number} width of the picture
 * @param {string} words
 * @param {Stars} [stars]
 * @returns {number} pixels that the foot takes while the mouse is elsewhere
 */
export function footHeight(g, width, words, stars = NO_STARS) {
  useFace(g, SIZE);
  return heightOf(linesOf(g, width, words, FEW_LINES, drawn(stars)));
}

/**
 * @param {MGraphics} g
 * @param {number} width
 * @param {string} words
 * @param {number} most
 * @param {boolean} stars whether the last line ends before them
 */
function linesOf(g, width, words, most, stars) {
  const room = width - LEFT - RIGHT;
  if (!stars) return together(g, wrapped(g, words, room, most), room);
  /** @param {number} last @returns {(line: number) => number} */
  const beside = (last) => (line) => (line < last ? room : room - STARS_WIDTH);
  for (let count = 1; count < most; count++) {
    const lines = wrapped(g, words, beside(count - 1), Number.POSITIVE_INFINITY);
    if (lines.length <= count) return together(g, filled(lines, count), room - STARS_WIDTH);
  }
  return together(g, filled(wrapped(g, words, beside(most - 1), most), most), room - STARS_WIDTH);
}

/** A word or two behind a comma at the end of the first of two lines: "D" of "D minor". */
const TORN = /^(.{8,}[,.:;]) (.{1,12})$/;

/**
 * What stands behind the last comma of two lines goes to the second one as a whole where there is room for it.
 *
 * @param {MGraphics} g
 * @param {string[]} lines
 * @param {number} room of the second
 */
function together(g, lines, room) {
  const torn = lines.length === 2 && lines[1] !== "" ? TORN.exec(lines[0]) : null;
  if (torn === null) return lines;
  const second = `${torn[2]} ${lines[1]}`;
  return widthOf(g, second) <= room ? [torn[1], second] : lines;
}

/** Words that end above the stars leave their line empty. @param {string[]} lines @param {number} count */
const filled = (lines, count) => [...lines, ...Array.from({ length: count - lines.length }, () => "")];

/** @param {readonly string[]} lines */
const heightOf = (lines) => FOOT + Math.max(0, lines.length - 1) * LINE;

/**
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {[number, number]} size of the picture
 * @param {Foot} foot
 * @param {boolean} open whether the mouse is over the picture
 * @param {Stars} [stars]
 */
export function drawFoot(g, theme, [width, height], { state, words, why }, open, stars = NO_STARS) {
  const row = drawn(stars);
  useFace(g, SIZE);
  const lines = open
    ? linesOf(g, width, why === "" ? words : `${words}. ${why}`, MOST_LINES, row)
    : linesOf(g, width, words, FEW_LINES, row);
  const top = height - heightOf(lines);
  g.set_source_rgba([...mixed(theme.ground, theme.ink, 0.07)]);
  g.rectangle(0, top, width, height - top);
  g.fill();
  drawLight(g, theme, state, 6, top + 6, 3);
  lines.forEach((line, i) => {
    if (line !== "") write(g, line, LEFT, top + 9 + i * LINE, state === "off" ? theme.dim : theme.ink);
  });
  if (row) drawStars(g, theme, [width, height], stars.stars, stars.meant);
}
