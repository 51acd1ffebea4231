/** Small pieces of SVG: elements, text in the stand-in font, numbers without noise. */
import { faceOf, fitted } from "./font.js";

/** @typedef {import("./font.js").Face} Face */

/** @param {number} value @returns {string} at most three decimals */
export const num = (value) => String(Number(value.toFixed(3)));

/** @param {string} text */
export const escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/**
 * One element.
 *
 * @param {string} name
 * @param {Record<string, string | number | undefined>} attributes numbers are rounded; undefined ones left out
 * @param {string} [inside] ready SVG
 */
export function el(name, attributes, inside) {
  const words = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? num(value) : escaped(String(value))}"`)
    .join("");
  return inside === undefined ? `<${name}${words}/>` : `<${name}${words}>${inside}</${name}>`;
}

/**
 * A filled rectangle, edges on whole pixels stay sharp.
 *
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @param {string} fill
 * @param {{radius?: number, edge?: string}} [more] `edge`: a line of one pixel inside the border
 */
export function rect(x, y, width, height, fill, { radius = 0, edge } = {}) {
  const rx = radius || undefined;
  if (!edge) return el("rect", { x, y, width, height, rx, fill });
  return el("rect", { x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1, rx, fill, stroke: edge });
}

/**
 * A line of text.
 *
 * @param {string} text
 * @param {number} x pixels: start, middle or end by `anchor`
 * @param {number} baseline
 * @param {{fill: string, size?: number, anchor?: "start" | "middle" | "end", room?: number, face?: Face}} look
 *   `room`: pixels the text is cut to
 */
export function label(text, x, baseline, { fill, size = 10, anchor = "start", room, face = faceOf() }) {
  const words = room === undefined ? text : fitted(text, size, room, face);
  if (words === "") return "";
  return el(
    "text",
    {
      x,
      y: baseline,
      fill,
      "font-family": "Inter, sans-serif",
      "font-weight": face.weight,
      "font-size": size * face.scale,
      "font-kerning": "none",
      "text-anchor": anchor === "start" ? undefined : anchor,
      "xml:space": "preserve",
    },
    escaped(words),
  );
}

/**
 * A whole document.
 *
 * @param {number} width
 * @param {number} height
 * @param {string} inside
 */
export function documentOf(width, height, inside) {
  return el(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${num(width)} ${num(height)}` },
    inside,
  );
}
