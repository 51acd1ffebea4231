/**
 * The card of a clip: its name, its key on the wheel with how sure that is and what it may be instead, and what else
 * was heard. Pure drawing; positions in whole pixels so that it is sharp at 1x.
 */
import { drawCamelot } from "./camelot.js";
import { ellipsised, useFace, widthOf, wrapped, write } from "./text.js";
import { mixed } from "./theme.js";

/** @typedef {import("./theme.js").Theme} Theme */
/** @typedef {import("./roll.js").Box} Box */

/**
 * @typedef {object} Card
 * @property {string} name of the clip
 * @property {string} key "A minor"; "" for none
 * @property {string} camelot "8A"; "" for none
 * @property {number} sure 0-1
 * @property {string} other what it may be instead, in words; "" for nothing
 * @property {string} otherCamelot
 * @property {string[]} facts up to three; "" for none
 * @property {number|null} energy 1-10; null where it is not asked
 */

const MARGIN = 6;
const RADIUS = 32;
const WHEEL_TOP = 14;
/** From one line of facts to the next. */
const LINE = 11;
const MOST_ENERGY = 10;

/** @param {MGraphics} g @param {Theme} theme @param {Box} box @param {Card} card */
export function drawCard(g, theme, box, card) {
  const room = box.width - 2 * MARGIN;
  useFace(g, 9);
  centred(g, theme.ink, box, ellipsised(g, card.name, room), box.y + 10);
  drawWheel(g, theme, box, card);
  const below = box.y + WHEEL_TOP + 2 * RADIUS;
  useFace(g, 13);
  centred(g, card.key ? theme.ink : theme.dim, box, ellipsised(g, card.key || "no key", room), below + 15);
  bar(g, theme, box.x + MARGIN, below + 19, room, card.sure);
  useFace(g, 9);
  centred(g, theme.dim, box, ellipsised(g, card.other, room), below + 30);
  drawFacts(g, theme, box, below + 41, card);
}

/** @param {MGraphics} g @param {Theme} theme @param {Box} box @param {Card} card */
function drawWheel(g, theme, box, { camelot, otherCamelot, sure }) {
  const x = box.x + Math.round(box.width / 2);
  const y = box.y + WHEEL_TOP + RADIUS;
  drawCamelot(g, theme, { x, y, radius: RADIUS }, { key: camelot, second: otherCamelot, confidence: sure });
  useFace(g, 12);
  const hour = camelot || "–";
  write(g, hour, x - widthOf(g, hour) / 2, y + 4, camelot ? theme.ink : theme.dim);
}

/**
 * Two to a line; ten blocks for the energy where it was heard.
 *
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {Box} box
 * @param {number} baseline
 * @param {Card} card
 */
function drawFacts(g, theme, box, baseline, { facts, energy }) {
  const [first = "", second = "", third = ""] = facts;
  const left = box.x + MARGIN;
  const width = box.width - 2 * MARGIN;
  useFace(g, 9);
  write(g, first, left, baseline, theme.ink);
  const right = ellipsised(g, second, width - widthOf(g, first) - 4);
  write(g, right, left + width - widthOf(g, right), baseline, theme.ink);
  if (energy === null) {
    write(g, ellipsised(g, third, width), left, baseline + LINE, theme.ink);
    return;
  }
  const word = `Energy ${Math.round(energy)}`;
  write(g, word, left, baseline + LINE, theme.ink);
  const start = left + Math.ceil(widthOf(g, "Energy 10")) + 4;
  const step = (left + width - start) / MOST_ENERGY;
  for (let i = 0; i < MOST_ENERGY; i++) {
    const lit = i < Math.round(energy);
    const colour = lit ? mixed(theme.second, theme.note, i / (MOST_ENERGY - 1)) : mixed(theme.ground, theme.ink, 0.14);
    fill(g, colour, Math.round(start + i * step), baseline + LINE - 6, Math.max(1, Math.floor(step) - 1), 6);
  }
}

/**
 * Before anything was heard: the wheel unlit, and what to press.
 *
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {Box} box
 * @param {string} invitation
 * @param {string} promise
 */
export function drawBlank(g, theme, box, invitation, promise) {
  drawWheel(g, theme, box, { ...BLANK });
  const below = box.y + WHEEL_TOP + 2 * RADIUS;
  useFace(g, 11);
  centred(g, theme.ink, box, invitation, below + 18);
  useFace(g, 9);
  wrapped(g, promise, box.width - 2 * MARGIN, 2).forEach((line, i) => {
    centred(g, theme.dim, box, line, below + 31 + i * 11);
  });
}

/** @type {Card} */
const BLANK = { name: "", key: "", camelot: "", sure: 0, other: "", otherCamelot: "", facts: [], energy: null };

/** @param {MGraphics} g @param {readonly number[]} colour @param {Box} box @param {string} text @param {number} baseline */
function centred(g, colour, box, text, baseline) {
  write(g, text, box.x + (box.width - widthOf(g, text)) / 2, baseline, colour);
}

/** @param {MGraphics} g @param {Theme} theme @param {number} x @param {number} y @param {number} width @param {number} share 0-1 */
function bar(g, theme, x, y, width, share) {
  fill(g, mixed(theme.ground, theme.ink, 0.14), x, y, width, 2);
  if (share > 0) fill(g, theme.note, x, y, Math.max(1, Math.round(width * Math.min(1, share))), 2);
}

/** @param {MGraphics} g @param {readonly number[]} colour @param {number} x @param {number} y @param {number} width @param {number} height */
function fill(g, colour, x, y, width, height) {
  g.set_source_rgba([...colour]);
  g.rectangle(x, y, width, height);
  g.fill();
}
