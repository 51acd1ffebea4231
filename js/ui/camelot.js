/**
 * The Camelot wheel: twelve hours a fifth apart, minor keys (A) inside, major keys (B) outside, so that what mixes well
 * lies side by side. Lit is what was heard, ringed what it may be instead.
 */
import { useFace, widthOf, write } from "./text.js";
import { mixed } from "./theme.js";

/** @typedef {import("./theme.js").Theme} Theme */
/** @typedef {import("./theme.js").Colour} Colour */

/**
 * @typedef {object} Wheel
 * @property {string} key Camelot ("8A"); "" for none
 * @property {string} second what it may be instead; "" for none
 * @property {number} confidence 0-1; how strongly the key is lit
 */

const HOURS = 12;
/** Inner edge of the minor ring, edge between the rings, outer edge; of the radius. */
const RINGS = [0.44, 0.72, 1];
/** Radians left between two cells. */
const GAP = 0.035;
/** Below this radius there is no room for figures. */
const ROOM_FOR_FIGURES = 36;

/** @param {string} camelot @returns {{hour: number, minor: boolean}|null} */
export function cellOf(camelot) {
  const [, hour, side] = /^(1[0-2]|[1-9])([AB])$/.exec(camelot) ?? [];
  return hour === undefined ? null : { hour: Number(hour), minor: side === "A" };
}

/** @param {number} hour 1-12 @returns {Colour} the hour's own hue, as DJs know it: red at 1 over green to violet */
export function hourColour(hour) {
  const hue = ((hour - 1) / HOURS) * 6;
  const part = hue - Math.floor(hue);
  const [low, high] = [0.34, 0.86];
  const up = low + (high - low) * part;
  const down = high - (high - low) * part;
  const wheel = [
    [high, up, low],
    [down, high, low],
    [low, high, up],
    [low, down, high],
    [up, low, high],
    [high, low, down],
  ];
  const [r, g, b] = wheel[Math.floor(hue) % 6];
  return [r, g, b, 1];
}

/**
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {{x: number, y: number, radius: number}} place its centre
 * @param {Wheel} wheel
 */
export function drawCamelot(g, theme, { x, y, radius }, { key, second, confidence }) {
  const lit = cellOf(key);
  const other = cellOf(second);
  for (let hour = 1; hour <= HOURS; hour++) {
    for (const minor of [true, false]) {
      const inner = radius * RINGS[minor ? 0 : 1];
      const outer = radius * RINGS[minor ? 1 : 2] - 1;
      const isLit = lit !== null && lit.hour === hour && lit.minor === minor;
      const isOther = other !== null && other.hour === hour && other.minor === minor;
      const beside = lit !== null && isNeighbour(lit, hour, minor);
      cell(g, x, y, inner, outer, hour);
      const own = hourColour(hour);
      const share = isLit ? 0.55 + 0.45 * confidence : beside ? 0.3 : 0.12;
      g.set_source_rgba([...mixed(theme.ground, own, share)]);
      g.fill();
      if (isOther) {
        cell(g, x, y, inner + 0.5, outer - 0.5, hour);
        g.set_source_rgba([...theme.ink]);
        g.set_line_width(1);
        g.stroke();
      }
      if (radius >= ROOM_FOR_FIGURES) figure(g, theme, x, y, (inner + outer) / 2, hour, minor, isLit);
    }
  }
}

/** @param {{hour: number, minor: boolean}} lit @param {number} hour @param {boolean} minor @returns {boolean} whether it mixes well */
function isNeighbour(lit, hour, minor) {
  const apart = (((hour - lit.hour) % HOURS) + HOURS) % HOURS;
  if (minor !== lit.minor) return apart === 0;
  return apart === 1 || apart === HOURS - 1;
}

/** @param {number} hour @returns {number} radians, clockwise from three o'clock, of the middle of the cell; 12 is on top */
const angleOf = (hour) => ((hour - 3) / HOURS) * 2 * Math.PI;

/** @param {MGraphics} g @param {number} x @param {number} y @param {number} inner @param {number} outer @param {number} hour */
function cell(g, x, y, inner, outer, hour) {
  const half = Math.PI / HOURS - GAP / 2;
  const from = angleOf(hour) - half;
  const to = angleOf(hour) + half;
  g.move_to(x + inner * Math.cos(from), y + inner * Math.sin(from));
  g.line_to(x + outer * Math.cos(from), y + outer * Math.sin(from));
  g.arc(x, y, outer, from, to);
  g.line_to(x + inner * Math.cos(to), y + inner * Math.sin(to));
  g.arc_negative(x, y, inner, to, from);
  g.close_path();
}

/** @param {MGraphics} g @param {Theme} theme @param {number} x @param {number} y @param {number} at @param {number} hour @param {boolean} minor @param {boolean} lit */
function figure(g, theme, x, y, at, hour, minor, lit) {
  useFace(g, 7);
  const text = `${hour}${minor ? "A" : "B"}`;
  const angle = angleOf(hour);
  const colour = lit ? [0.06, 0.06, 0.06, 1] : mixed(theme.ground, theme.ink, 0.45);
  write(g, text, x + at * Math.cos(angle) - widthOf(g, text) / 2, y + at * Math.sin(angle) + 2.5, colour);
}
