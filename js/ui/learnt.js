/**
 * What was learnt of a taste: how the ratings lie from one star to five, what is preferred with how sure that is, and how
 * far to trust it. Pure drawing.
 */
import { fill } from "./gauges.js";
import { ellipsised, useFace, widthOf, wrapped, write } from "./text.js";
import { mixed } from "./theme.js";

/** @typedef {import("./theme.js").Theme} Theme */
/** @typedef {import("./roll.js").Box} Box */

/**
 * @typedef {object} Learnt
 * @property {string} name of the profile
 * @property {number} rated takes
 * @property {readonly number[]} distribution how many ratings lie nearest to 1, 2, 3, 4 and 5 stars
 * @property {readonly {words: string, sure: number}[]} likings strongest first; `sure`: 1 likely, 2 quite sure, 3 very sure
 * @property {string} trust "" for nothing to say
 * @property {string} trouble why nothing of it can be read; "" where it can
 */

const MARGIN = 6;
const SIZE = 9;
const LINE = 11;
/** Baseline of the head. */
const HEAD = 12;
/** Room above the bars for how many they stand for, their height, and the row of figures under them. */
const COUNTS = 26;
const BARS = 26;
const FIGURES = 10;
const GAP = 4;
const DOT = 4;
const DOTS = 3;
const DOT_STEP = DOT + 2;
const MOST_TRUST = 2;

/**
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {Box} box
 * @param {Learnt} learnt
 */
export function drawLearnt(g, theme, box, learnt) {
  drawHead(g, theme, box, learnt.name, `${learnt.rated} rated`);
  drawBars(g, theme, box, learnt.distribution);
  const room = box.width - 2 * MARGIN;
  useFace(g, SIZE);
  const trust = learnt.trust === "" ? [] : wrapped(g, learnt.trust, room, MOST_TRUST);
  const end = box.y + box.height - trust.length * LINE - (trust.length > 0 ? GAP : 0);
  drawLikings(g, theme, { ...box, y: belowBars(box), height: end - belowBars(box) }, learnt.likings);
  trust.forEach((line, i) => {
    write(g, line, box.x + MARGIN, end + 9 + i * LINE, theme.dim);
  });
}

/**
 * Nothing was rated yet.
 *
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {Box} box
 * @param {string} name of the profile, "" for none
 * @param {string} invitation "" for none
 * @param {string} promise
 */
export function drawUnrated(g, theme, box, name, invitation, promise) {
  if (name !== "") drawHead(g, theme, box, name, "");
  drawBars(g, theme, box, [0, 0, 0, 0, 0]);
  useFace(g, 12);
  write(g, invitation, box.x + MARGIN, belowBars(box) + 16, theme.ink);
  useFace(g, SIZE);
  wrapped(g, promise, box.width - 2 * MARGIN, 4).forEach((line, i) => {
    write(g, line, box.x + MARGIN, belowBars(box) + 31 + i * LINE, theme.dim);
  });
}

/** @param {Box} box */
const belowBars = ({ y }) => y + COUNTS + BARS + FIGURES + GAP;

/** @param {MGraphics} g @param {Theme} theme @param {Box} box @param {string} name @param {string} count */
function drawHead(g, theme, { x, y, width }, name, count) {
  useFace(g, SIZE);
  const taken = Math.ceil(widthOf(g, count));
  write(g, count, x + width - MARGIN - taken, y + HEAD, theme.dim);
  write(g, ellipsised(g, name, width - 2 * MARGIN - taken - 8), x + MARGIN, y + HEAD, theme.ink);
}

/** A bar for one star to five, as high as it has ratings beside the one that has most. @param {MGraphics} g @param {Theme} theme @param {Box} box @param {readonly number[]} counts */
function drawBars(g, theme, { x, y, width }, counts) {
  useFace(g, SIZE);
  const pitch = Math.floor((width - 2 * MARGIN + GAP) / counts.length);
  const bar = pitch - GAP;
  const most = Math.max(1, ...counts);
  const floor = y + COUNTS + BARS;
  for (const [star, count] of counts.entries()) {
    const left = x + MARGIN + star * pitch;
    fill(g, mixed(theme.ground, theme.ink, 0.14), left, floor - 1, bar, 1);
    const height = count === 0 ? 0 : Math.max(2, Math.round((count / most) * BARS));
    if (height > 0) fill(g, theme.note, left, floor - height, bar, height);
    const middle = (/** @type {string} */ text) => left + (bar - Math.ceil(widthOf(g, text))) / 2;
    if (count > 0) write(g, String(count), middle(String(count)), floor - height - 2, theme.dim);
    drawStars(g, theme, left + bar / 2, floor + 6, star + 1);
  }
}

/** As many small stars as the bar stands for. @param {MGraphics} g @param {Theme} theme @param {number} middle @param {number} y @param {number} count */
function drawStars(g, theme, middle, y, count) {
  const step = 5;
  g.set_source_rgba([...theme.dim]);
  for (let star = 0; star < count; star += 1) {
    drawStar(g, middle + (star - (count - 1) / 2) * step, y, 2.4);
  }
}

/** @param {MGraphics} g @param {number} x @param {number} y @param {number} radius */
function drawStar(g, x, y, radius) {
  for (let point = 0; point < 10; point += 1) {
    const angle = (point * Math.PI) / 5 - Math.PI / 2;
    const reach = point % 2 === 0 ? radius : radius * 0.45;
    const [px, py] = [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];
    if (point === 0) g.move_to(px, py);
    else g.line_to(px, py);
  }
  g.close_path();
  g.fill();
}

/** @param {MGraphics} g @param {Theme} theme @param {Box} box @param {Learnt["likings"]} likings */
function drawLikings(g, theme, { x, y, width, height }, likings) {
  useFace(g, SIZE);
  const room = width - 2 * MARGIN;
  write(g, likings.length === 0 ? "Nothing is sure yet: rate more takes" : "You prefer", x + MARGIN, y + 9, theme.dim);
  const last = y + height;
  let top = y + LINE;
  for (const { words, sure } of likings) {
    const lines = wrapped(g, words, room - DOTS * DOT_STEP - 4, 2);
    if (top + lines.length * LINE > last) return;
    lines.forEach((line, i) => {
      write(g, line, x + MARGIN, top + 9 + i * LINE, theme.ink);
    });
    for (let dot = 0; dot < DOTS; dot += 1) {
      const colour = dot < sure ? theme.note : mixed(theme.ground, theme.ink, 0.2);
      fill(g, colour, x + width - MARGIN - (DOTS - dot) * DOT_STEP + 2, top + 4, DOT, DOT);
    }
    top += lines.length * LINE;
  }
}
