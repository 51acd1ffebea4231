/** The Hub's panel: how the engine is, in large; under it the last lines of its log. Pure drawing. */
import { drawLight } from "./status.js";
import { ellipsised, useFace, widthOf, wrapped, write } from "./text.js";
import { mixed } from "./theme.js";

/** @typedef {import("./theme.js").Theme} Theme */

/**
 * @typedef {object} Panel
 * @property {import("./status.js").State} state
 * @property {string} words
 * @property {string} version
 * @property {string[]} lines of the log, oldest first
 */

/** Lines that are kept; a tall panel shows them all. */
export const MOST_LINES = 12;

const MARGIN = 6;
const HEADLINE = 11;
const HEADLINE_STEP = 13;
const SMALL = 9;
const LINE = 11;

/**
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {[number, number]} size
 * @param {Panel} panel
 */
export function drawPanel(g, theme, [width, height], panel) {
  g.set_source_rgba([...theme.ground]);
  g.rectangle(0, 0, width, height);
  g.fill();
  const below = drawHead(g, theme, width, height, panel);
  if (below + LINE > height || (panel.lines.length === 0 && HINTS[panel.state] === "")) return;
  g.set_source_rgba([...theme.frame]);
  g.rectangle(MARGIN, below, width - 2 * MARGIN, 1);
  g.fill();
  drawLog(g, theme, width, below + 4, height - MARGIN + 1, panel);
}

/**
 * Light, words, and the version: beside the words where they leave room, else under them.
 *
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {number} width
 * @param {number} height
 * @param {Panel} panel
 * @returns {number} where the rest begins
 */
function drawHead(g, theme, width, height, { state, words, version }) {
  const left = MARGIN + 14;
  const room = width - left - MARGIN;
  drawLight(g, theme, state, MARGIN + 4, 12, 4);
  useFace(g, HEADLINE);
  // Words that say what to do may take more lines; a low panel has no place for them.
  const lines = wrapped(g, words || "Engine", room, height >= 120 ? 6 : height >= 60 ? 2 : 1);
  lines.forEach((line, i) => {
    write(g, line, left, 16 + i * HEADLINE_STEP, state === "off" ? theme.dim : theme.ink);
  });
  const taken = widthOf(g, lines[0]);
  let below = 22 + (lines.length - 1) * HEADLINE_STEP;
  if (version !== "") {
    useFace(g, SMALL);
    const tag = `v${version.replace(/^v/, "")}`;
    const tagWidth = Math.ceil(widthOf(g, tag));
    const beside = taken + 8 + tagWidth <= room;
    write(g, tag, beside ? width - MARGIN - tagWidth : left, beside ? 16 : below + 5, theme.dim);
    if (!beside) below += LINE;
  }
  return below;
}

/** What a panel without a log says; where something is wrong, the words above say enough. */
const HINTS = {
  off: "It wakes by itself when a device needs it.",
  away: "",
  busy: "",
  ready: "Every device here uses it.",
};

/** The newest line is the brightest, and may break; older ones show how it came to that. */
const NEWEST_LINES = 3;

/**
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {number} width
 * @param {number} top
 * @param {number} bottom
 * @param {Panel} panel
 */
function drawLog(g, theme, width, top, bottom, { state, lines }) {
  useFace(g, SMALL);
  const room = width - 2 * MARGIN;
  const rows = Math.max(1, Math.floor((bottom - top) / LINE));
  const newest = wrapped(g, lines[lines.length - 1] ?? HINTS[state], room, Math.min(rows, NEWEST_LINES));
  const older = lines
    .slice(0, -1)
    .slice(Math.min(0, newest.length - rows) || lines.length)
    .map((line) => ellipsised(g, line, room));
  const bright = lines.length > 0 ? theme.ink : theme.dim;
  [...older, ...newest].forEach((line, i) => {
    const colour = i < older.length ? mixed(theme.ground, theme.dim, 0.75) : bright;
    write(g, line, MARGIN, top + 9 + i * LINE, colour);
  });
}
