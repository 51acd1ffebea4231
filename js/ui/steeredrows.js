/**
 * Who hears four knobs, and how strongly: a row for each device, a bar for each knob under its dial, to the right where it
 * is turned up and to the left where down.
 */
import { fill } from "./gauges.js";
import { ellipsised, useFace, widthOf, write } from "./text.js";
import { mixed } from "./theme.js";

/** @typedef {import("./theme.js").Theme} Theme */

/**
 * @typedef {object} Row
 * @property {string} name of the device
 * @property {string} track its name
 * @property {number} amount 0-1, how much the device takes
 * @property {(number|null)[]} shares -1 to 1 by knob; null for one that means nothing to the device
 */

/** Where bars stand, pixels from the left of the picture: under the dials of the device. */
const FIRST = 68;
const PITCH = 46;
const WIDTH = 40;

const LEFT = 6;
const TOP = 5;
const ROW = 12;
const BAR = 6;
const SIZE = 9;

/**
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {import("./roll.js").Box} box
 * @param {readonly Row[]} rows
 */
export function drawRows(g, theme, { x, y, height }, rows) {
  useFace(g, SIZE);
  const room = Math.max(1, Math.floor((height - TOP) / ROW));
  const shown = rows.length > room ? rows.slice(0, room - 1) : rows;
  const lines = Math.max(1, rows.length > room ? room : rows.length) * ROW;
  for (const knob of [0, 1, 2, 3]) {
    const middle = x + FIRST + knob * PITCH + WIDTH / 2;
    fill(g, mixed(theme.ground, theme.ink, 0.12), middle, y + TOP, 1, Math.min(lines, height - TOP));
  }
  for (const [index, row] of shown.entries()) drawRow(g, theme, x, y + TOP + index * ROW, row, namesTwice(rows, row));
  const left = rows.length - shown.length;
  if (left > 0) write(g, `and ${left} more`, x + LEFT, y + TOP + shown.length * ROW + 9, theme.dim);
}

/** Two of a kind are told apart by their tracks. @param {readonly Row[]} rows @param {Row} row */
const namesTwice = (rows, row) => rows.filter(({ name }) => name === row.name).length > 1;

/** @param {MGraphics} g @param {Theme} theme @param {number} x @param {number} y @param {Row} row @param {boolean} byTrack */
function drawRow(g, theme, x, y, { name, track, amount, shares }, byTrack) {
  const room = FIRST - LEFT - 4;
  const text = byTrack && track !== "" ? track : name;
  write(g, ellipsised(g, text, room), x + LEFT, y + 9, amount > 0 ? theme.ink : theme.dim);
  if (!byTrack && track !== "" && track !== name) {
    const from = Math.ceil(widthOf(g, `${name} `));
    const rest = ellipsised(g, track, room - from);
    if (rest.length > 2) write(g, rest, x + LEFT + from, y + 9, theme.dim);
  }
  for (const [knob, share] of shares.entries()) {
    const left = x + FIRST + knob * PITCH;
    const middle = left + WIDTH / 2;
    if (share === null) {
      fill(g, mixed(theme.ground, theme.ink, 0.25), middle - 2, y + ROW / 2 - 1, 5, 1);
      continue;
    }
    fill(g, mixed(theme.ground, theme.ink, 0.08 + 0.06 * amount), left, y + (ROW - BAR) / 2, WIDTH, BAR);
    const length = Math.round(Math.abs(share) * (WIDTH / 2));
    if (length > 0)
      fill(
        g,
        share > 0 ? theme.note : theme.second,
        share > 0 ? middle : middle - length,
        y + (ROW - BAR) / 2,
        length,
        BAR,
      );
    fill(g, mixed(theme.ground, theme.ink, 0.35), middle, y + (ROW - BAR) / 2, 1, BAR);
  }
}
