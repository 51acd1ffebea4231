/**
 * The card of a clip: its name, its key on the wheel with how sure that is and what it may be instead, and what else
 * was heard. Pure drawing; positions in whole pixels so that it is sharp at 1x.
 */
import { drawCamelot } from "./camelot.js";
import { energyBlocks, sureBar } from "./gauges.js";
import { ellipsised, useFace, widthOf, wrapped, write } from "./text.js";

/** @typedef {import("./theme.js").Theme} Theme */
/** @typedef {import("./roll.js").Box} Box */

/**
 * What was heard of a clip.
 * @typedef {object} Card
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
/** Where the wheel ends. */
const BELOW = WHEEL_TOP + 2 * RADIUS;
/** From one line of facts to the next. */
const LINE = 11;
/** Between a word and what stands beside it. */
const GAP = 4;

/** @param {MGraphics} g @param {Theme} theme @param {Box} box @param {string} name of the clip @param {Card} card */
export function drawCard(g, theme, box, name, card) {
  const room = box.width - 2 * MARGIN;
  drawName(g, theme, box, name);
  drawWheel(g, theme, box, card);
  const below = box.y + BELOW;
  useFace(g, 13);
  centred(g, card.key ? theme.ink : theme.dim, box, ellipsised(g, card.key || "no key", room), below + 15);
  sureBar(g, theme, box.x + MARGIN, below + 19, room, card.sure);
  useFace(g, 9);
  centred(g, theme.dim, box, ellipsised(g, card.other, room), below + 30);
  drawFacts(g, theme, box, below + 41, card);
}

/**
 * Before anything was heard: the wheel unlit, and what to do.
 *
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {Box} box
 * @param {string} name of the clip; "" for none
 * @param {string} invitation
 * @param {string} promise
 */
export function drawBlank(g, theme, box, name, invitation, promise) {
  drawName(g, theme, box, name);
  drawWheel(g, theme, box, { camelot: "", otherCamelot: "", sure: 0 });
  useFace(g, 11);
  centred(g, theme.ink, box, invitation, box.y + BELOW + 18);
  useFace(g, 9);
  wrapped(g, promise, box.width - 2 * MARGIN, 2).forEach((line, i) => {
    centred(g, theme.dim, box, line, box.y + BELOW + 31 + i * LINE);
  });
}

/** @param {MGraphics} g @param {Theme} theme @param {Box} box @param {string} name */
function drawName(g, theme, box, name) {
  useFace(g, 9);
  centred(g, theme.ink, box, ellipsised(g, name, box.width - 2 * MARGIN), box.y + 10);
}

/** @param {MGraphics} g @param {Theme} theme @param {Box} box @param {Pick<Card, "camelot"|"otherCamelot"|"sure">} card */
function drawWheel(g, theme, box, { camelot, otherCamelot, sure }) {
  const x = box.x + Math.round(box.width / 2);
  const y = box.y + WHEEL_TOP + RADIUS;
  drawCamelot(g, theme, { x, y, radius: RADIUS }, { key: camelot, second: otherCamelot, confidence: sure });
  useFace(g, 12);
  const hour = camelot || "–";
  write(g, hour, x - widthOf(g, hour) / 2, y + 4, camelot ? theme.ink : theme.dim);
}

/**
 * Two to a line; in place of the third the energy, where it was heard.
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
  const right = ellipsised(g, second, width - widthOf(g, first) - GAP);
  write(g, right, left + width - widthOf(g, right), baseline, theme.ink);
  if (energy === null) {
    write(g, ellipsised(g, third, width), left, baseline + LINE, theme.ink);
    return;
  }
  write(g, `Energy ${Math.round(energy)}`, left, baseline + LINE, theme.ink);
  const word = Math.ceil(widthOf(g, "Energy 10")) + GAP;
  energyBlocks(g, theme, left + word, baseline + LINE - 6, width - word, energy);
}

/** @param {MGraphics} g @param {readonly number[]} colour @param {Box} box @param {string} text @param {number} baseline */
function centred(g, colour, box, text, baseline) {
  if (text !== "") write(g, text, box.x + (box.width - widthOf(g, text)) / 2, baseline, colour);
}
