/** Small gauges that several pictures have: how sure an answer is, the energy in ten blocks, a level in figures. */
import { mixed } from "./theme.js";

/** @typedef {import("./theme.js").Theme} Theme */

const MOST_ENERGY = 10;
/** Height of a block, and of the bar, in pixels. */
const BLOCK = 6;
const BAR = 2;

/** @param {MGraphics} g @param {readonly number[]} colour @param {number} x @param {number} y @param {number} width @param {number} height */
export function fill(g, colour, x, y, width, height) {
  g.set_source_rgba([...colour]);
  g.rectangle(x, y, width, height);
  g.fill();
}

/** @param {Theme} theme @param {number} energy 1-10 @returns {import("./theme.js").Colour} */
export const energyColour = (theme, energy) => mixed(theme.second, theme.note, (energy - 1) / (MOST_ENERGY - 1));

/** @param {MGraphics} g @param {Theme} theme @param {number} x @param {number} y @param {number} width @param {number} share 0-1 */
export function sureBar(g, theme, x, y, width, share) {
  fill(g, mixed(theme.ground, theme.ink, 0.14), x, y, width, BAR);
  if (share > 0) fill(g, theme.note, x, y, Math.max(1, Math.round(width * Math.min(1, share))), BAR);
}

/** Ten blocks. @param {MGraphics} g @param {Theme} theme @param {number} x @param {number} y @param {number} width @param {number|null} energy 1-10 */
export function energyBlocks(g, theme, x, y, width, energy) {
  const step = width / MOST_ENERGY;
  for (let block = 1; block <= MOST_ENERGY; block++) {
    const lit = energy !== null && block <= Math.round(energy);
    const colour = lit ? energyColour(theme, block) : mixed(theme.ground, theme.ink, 0.14);
    fill(g, colour, Math.round(x + (block - 1) * step), y, Math.max(1, Math.floor(step) - 1), BLOCK);
  }
}

/** @param {number} value @returns {string} with a true minus sign, which is as wide as a figure */
export const signed = (value) => (value < 0 ? `−${Math.abs(value).toFixed(1)}` : value.toFixed(1));
