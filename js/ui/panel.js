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
  if (below + LINE > height) return;
  g.set_source_rgba([...theme.frame]);
  g.rectangle(MARGIN, below, width - 2 * MARGIN, 1);
  g.fill();
  drawLog(g, theme, width, below + 4, height - MARGIN + 1, panel);
}

/** @param {MGraphics} g @param {Theme} theme @param {number} width @param {number} height @param {Panel} panel @returns {number} where the rest begins */
function drawHead(g, theme, width, height, { state, words, version }) {
  drawLight(g, theme, state, MARGIN + 4, 12, 4);
  const left = MARGIN + 14;
  useFace(g, SMALL);
  const tag = version === "" ? "" : `v${version.replace(/^v/, "")}`;
  const tagWidth = tag === "" ? 0 : Math.ceil(widthOf(g, tag));
  useFace(g, HEADLINE);
  const room = width - left - MARGIN - (tagWidth === 0 ? 0 : tagWidth + 6);
  // Words that say what to do may take a second line; a low panel has no place for one.
  const lines = wrapped(g, words || "Engine", room, height >= 60 ? 2 : 1);
  lines.forEach((line, i) => {
    write(g, line, left, 16 + i * 13, state === "off" ? theme.dim : theme.ink);
  });
  if (tag !== "") {
    useFace(g, SMALL);
    write(g, tag, width - MARGIN - tagWidth, 16, theme.dim);
  }
  return 22 + (lines.length - 1) * 13;
}

/** The newest line is the brightest. @param {MGraphics} g @param {Theme} theme @param {number} width @param {number} top @param {number} bottom @param {Panel} panel */
function drawLog(g, theme, width, top, bottom, { state, lines }) {
  useFace(g, SMALL);
  const room = width - 2 * MARGIN;
  const rows = Math.floor((bottom - top) / LINE);
  if (lines.length === 0) {
    const hint = state === "ready" ? "All devices in this Set use it." : "It wakes by itself when a device needs it.";
    wrapped(g, hint, room, Math.max(1, rows)).forEach((line, i) => {
      write(g, line, MARGIN, top + 9 + i * LINE, theme.dim);
    });
    return;
  }
  const shown = lines.slice(-Math.max(1, rows));
  shown.forEach((line, i) => {
    const colour = i === shown.length - 1 ? theme.ink : mixed(theme.ground, theme.dim, 0.75);
    write(g, ellipsised(g, line, room), MARGIN, top + 9 + i * LINE, colour);
  });
}
