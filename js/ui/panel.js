/** The Hub's panel: how the engine is, in large; under it the last lines of its log. Pure drawing. */
import { drawLight } from "./status.js";
import { useFace, widthOf, wrapped, write } from "./text.js";
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
/** Baseline of the first line. */
const FIRST = 16;
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
  const below = drawHead(g, theme, width, height, panel);
  if (below + LINE > height || (panel.lines.length === 0 && HINTS[panel.state] === "")) return;
  g.set_source_rgba([...theme.frame]);
  g.rectangle(MARGIN, below, width - 2 * MARGIN, 1);
  g.fill();
  const log = { x: MARGIN, y: below + 4, width: width - 2 * MARGIN, height: height - MARGIN - 3 - below };
  drawLog(g, theme, log, panel);
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
  // Words that say what to do come first: the log has what they leave.
  const most = Math.max(1, Math.floor((height - MARGIN - FIRST) / HEADLINE_STEP) + 1);
  const lines = wrapped(g, words || "Engine", room, most);
  lines.forEach((line, i) => {
    write(g, line, left, FIRST + i * HEADLINE_STEP, state === "off" ? theme.dim : theme.ink);
  });
  const taken = widthOf(g, lines[0]);
  const below = FIRST + 6 + (lines.length - 1) * HEADLINE_STEP;
  if (version === "") return below;
  useFace(g, SMALL);
  const tag = `v${version.replace(/^v/, "")}`;
  const tagWidth = Math.ceil(widthOf(g, tag));
  if (taken + 8 + tagWidth <= room) {
    write(g, tag, width - MARGIN - tagWidth, FIRST, theme.dim);
    return below;
  }
  if (below + LINE > height) return below;
  write(g, tag, left, below + 5, theme.dim);
  return below + LINE;
}

/** What a panel without a log says; where something is wrong, the words above say enough. */
const HINTS = {
  off: "It wakes by itself when a device needs it.",
  away: "",
  busy: "",
  ready: "Every device here uses it.",
};

/**
 * The newest line is the brightest; older ones show how it came to that, each whole as far as there is room.
 *
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {import("./roll.js").Box} box
 * @param {Panel} panel
 */
function drawLog(g, theme, box, { state, lines }) {
  useFace(g, SMALL);
  const rows = Math.max(1, Math.floor(box.height / LINE));
  const faint = mixed(theme.ground, theme.dim, 0.75);
  const texts = lines.length > 0 ? [...lines].reverse() : [HINTS[state]];
  /** @type {{text: string, colour: readonly number[]}[]} */
  let shown = [];
  for (const [age, line] of texts.entries()) {
    if (shown.length === rows) break;
    const colour = age > 0 ? faint : lines.length > 0 ? theme.ink : theme.dim;
    const above = wrapped(g, line, box.width, rows - shown.length);
    shown = [...above.map((text) => ({ text, colour })), ...shown];
  }
  for (const [i, { text, colour }] of shown.entries()) write(g, text, box.x, box.y + 9 + i * LINE, colour);
}
