/** live.dial: name, ring with arc and needle, value. */
import { el, label } from "../svg.js";

/** @typedef {import("../look.js").Look} Look */

/** The travel: three quarters of a circle, open at the bottom. Degrees, clockwise from the right. */
const FROM = 135;
const TRAVEL = 270;
const RING = 3;

/**
 * An arc as an SVG path.
 *
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {number} from degrees
 * @param {number} to degrees
 */
function arc(x, y, radius, from, to) {
  const point = (/** @type {number} */ degrees) => {
    const angle = (degrees * Math.PI) / 180;
    return `${(x + radius * Math.cos(angle)).toFixed(2)} ${(y + radius * Math.sin(angle)).toFixed(2)}`;
  };
  const large = to - from > 180 ? 1 : 0;
  return `M${point(from)}A${radius} ${radius} 0 ${large} 1 ${point(to)}`;
}

/** @param {Look} look @returns {string} SVG with its origin at the box's corner */
export function drawDial(look) {
  const { place, theme, active, raw, info, text } = look;
  const [, , width, height] = place;
  const named = look.number("showname", 1) !== 0 && height >= 36;
  const numbered = look.number("shownumber", 1) !== 0 && height >= 24;
  const top = named ? 11 : 0;
  const bottom = numbered ? 11 : 0;
  const radius = Math.max(5, Math.min(width, height - top - bottom - 1) / 2 - RING / 2);
  const [x, y] = [width / 2, top + 1 + radius + RING / 2];
  const words = look.colour("textcolor") ?? (active ? theme.text : theme.dim);
  const end = FROM + TRAVEL * raw;
  // A range that goes below zero fills from its middle, as Live's pan does.
  const centre = info && info.min < 0 && info.max > 0 ? FROM + (TRAVEL * -info.min) / (info.max - info.min) : FROM;
  const [a, b] = [Math.min(centre, end), Math.max(centre, end)];
  const line = { fill: "none", "stroke-width": RING };
  const angle = (end * Math.PI) / 180;
  const colour = active ? (look.colour("activedialcolor") ?? theme.arc) : theme.zombie;
  return [
    named ? label(info?.shortName ?? "", x, 9, { fill: words, anchor: "middle", room: width }) : "",
    el("path", { d: arc(x, y, radius, FROM, FROM + TRAVEL), stroke: theme.track, ...line }),
    b - a > 0.5 ? el("path", { d: arc(x, y, radius, a, b), stroke: colour, ...line }) : "",
    el("path", {
      d: `M${x} ${y}L${(x + (radius + RING / 2) * Math.cos(angle)).toFixed(2)} ${(y + (radius + RING / 2) * Math.sin(angle)).toFixed(2)}`,
      stroke: active ? theme.needle : theme.dim,
      "stroke-width": 2,
    }),
    numbered ? label(text, x, height - 2, { fill: words, anchor: "middle", room: width }) : "",
  ].join("");
}
