/**
 * What was heard, at one glance: the key on its wheel, tempo and key in large with how sure they are, loudness, energy
 * and its course bar by bar. Pure drawing; positions in whole pixels so that it is sharp at 1x.
 */
import { drawCamelot } from "./camelot.js";
import { energyBlocks, energyColour, fill, signed, sureBar } from "./gauges.js";
import { ellipsised, useFace, widthOf, wrapped, write } from "./text.js";
import { mixed } from "./theme.js";

/** @typedef {import("./theme.js").Theme} Theme */
/** @typedef {import("./roll.js").Box} Box */

/**
 * @typedef {object} Figures
 * @property {string} bpm "" for none
 * @property {number} bpmSure 0-1
 * @property {string} otherBpm what it may be instead; "" for nothing
 * @property {string} key "A minor"; "" for none
 * @property {string} camelot "8A"; "" for none
 * @property {number} keySure 0-1
 * @property {string} otherKey
 * @property {string} otherCamelot
 * @property {number|null} lufs
 * @property {number|null} peak dBTP
 * @property {number|null} energy 1-10
 * @property {number[]} bars energy of each, 1-10
 * @property {number} finds faults that were found
 * @property {boolean} corrected whether the user set something of it right
 */

const WHEEL = 46;
const COLUMN = 108;
const RIGHT = 6;
const MOST_ENERGY = 10;
/** Room for "Energy 10". */
const ENERGY_WORD = 54;

/** @param {MGraphics} g @param {Theme} theme @param {Box} box @param {Figures} figures */
export function drawHeard(g, theme, box, figures) {
  const middle = wheelIn(box);
  drawCamelot(g, theme, middle, { key: figures.camelot, second: figures.otherCamelot, confidence: figures.keySure });
  useFace(g, 14);
  const hour = figures.camelot || "–";
  write(g, hour, middle.x - widthOf(g, hour) / 2, middle.y + 5, figures.camelot ? theme.ink : theme.dim);

  const left = box.x + COLUMN;
  const width = box.width - COLUMN - RIGHT;
  const other = figures.corrected ? "yours" : "";
  answer(g, theme, { left, width, baseline: box.y + 22, size: 21 }, figures.bpm || "–", "BPM", {
    other: other || (figures.otherBpm && `or ${figures.otherBpm}`),
    sure: figures.bpmSure,
  });
  answer(g, theme, { left, width, baseline: box.y + 49, size: 15 }, figures.key || "no key", "", {
    other: figures.otherKey && `or ${figures.otherKey}`,
    sure: figures.keySure,
  });
  drawLevel(g, theme, left, width, box.y + 68, figures);
  drawEnergy(g, theme, left, width, box.y + 74, figures.energy);
  const top = box.y + 85;
  drawCourse(g, theme, { x: left, y: top, width, height: Math.max(0, box.y + box.height - 2 - top) }, figures.bars);
}

/** @param {Box} box @returns {{x: number, y: number, radius: number}} */
const wheelIn = (box) => ({
  x: box.x + 6 + WHEEL,
  y: box.y + Math.min(WHEEL + 3, Math.round(box.height / 2)),
  radius: WHEEL,
});

/**
 * Before anything was heard: the wheel unlit, and what to press.
 *
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {Box} box
 * @param {string} invitation
 * @param {string} promise
 */
export function drawUnheard(g, theme, box, invitation, promise) {
  drawCamelot(g, theme, wheelIn(box), { key: "", second: "", confidence: 0 });
  useFace(g, 12);
  write(g, invitation, box.x + COLUMN, box.y + 40, theme.ink);
  useFace(g, 9);
  wrapped(g, promise, box.width - COLUMN - RIGHT, 3).forEach((line, i) => {
    write(g, line, box.x + COLUMN, box.y + 54 + i * 11, theme.dim);
  });
}

/**
 * An answer in large, its unit, what it may be instead, and a bar for how sure it is.
 *
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {{left: number, width: number, baseline: number, size: number}} place
 * @param {string} text
 * @param {string} unit
 * @param {{other: string, sure: number}} doubt
 */
function answer(g, theme, { left, width, baseline, size }, text, unit, { other, sure }) {
  useFace(g, size);
  write(g, text, left, baseline, text === "–" || text === "no key" ? theme.dim : theme.ink);
  let used = widthOf(g, text) + 4;
  useFace(g, 9);
  if (unit !== "") {
    write(g, unit, left + used, baseline, theme.dim);
    used += widthOf(g, unit) + 6;
  }
  const cut = other === "" ? "" : ellipsised(g, other, width - used);
  if (cut !== "") write(g, cut, left + width - widthOf(g, cut), baseline, theme.dim);
  sureBar(g, theme, left, baseline + 4, width, sure);
}

/** @param {MGraphics} g @param {Theme} theme @param {number} left @param {number} width @param {number} baseline @param {Figures} figures */
function drawLevel(g, theme, left, width, baseline, { lufs, peak, finds }) {
  useFace(g, 9);
  const texts = [lufs === null ? "" : `${signed(lufs)} LUFS`, peak === null ? "" : `${signed(peak)} dBTP`];
  const text = texts.filter(Boolean).join("   ") || "no loudness";
  write(g, text, left, baseline, text === "no loudness" ? theme.dim : theme.ink);
  if (finds === 0) return;
  const found = finds === 1 ? "1 fault" : `${finds} faults`;
  if (widthOf(g, text) + widthOf(g, found) + 6 > width) return;
  write(g, found, left + width - widthOf(g, found), baseline, theme.caution);
}

/** Ten blocks. @param {MGraphics} g @param {Theme} theme @param {number} left @param {number} width @param {number} top @param {number|null} energy */
function drawEnergy(g, theme, left, width, top, energy) {
  useFace(g, 9);
  const text = energy === null ? "Energy –" : `Energy ${Math.round(energy)}`;
  write(g, text, left, top + 7, energy === null ? theme.dim : theme.ink);
  energyBlocks(g, theme, left + ENERGY_WORD, top + 1, width - ENERGY_WORD, energy);
}

/** Energy bar by bar. @param {MGraphics} g @param {Theme} theme @param {Box} box @param {number[]} bars */
function drawCourse(g, theme, { x, y, width, height }, bars) {
  if (height < 4) return;
  fill(g, mixed(theme.ground, theme.ink, 0.06), x, y, width, height);
  bars.forEach((energy, i) => {
    const from = Math.round((i * width) / bars.length);
    const to = Math.max(from + 1, Math.round(((i + 1) * width) / bars.length) - (bars.length > width / 3 ? 0 : 1));
    const tall = Math.max(1, Math.round((height * energy) / MOST_ENERGY));
    fill(g, energyColour(theme, energy), x + from, y + height - tall, to - from, tall);
  });
}
