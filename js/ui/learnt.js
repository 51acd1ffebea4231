/**
 * What was learnt of a taste: how the ratings lie from one star to five, what is preferred and what the knobs of Macros came
 * to mean, with how sure that is, and how far to trust it. Pure drawing.
 */
import { fill } from "./gauges.js";
import { ellipsised, useFace, widthOf, wrapped, write } from "./text.js";
import { mixed } from "./theme.js";

/** @typedef {import("./theme.js").Theme} Theme */
/** @typedef {import("./roll.js").Box} Box */

/** Something that was learnt; `sure`: 1 likely, 2 quite sure, 3 very sure. @typedef {{words: string, sure: number}} Lesson */

/**
 * @typedef {object} Learnt
 * @property {string} name of the profile
 * @property {number} rated takes
 * @property {readonly number[]} distribution how many ratings lie nearest to 1, 2, 3, 4 and 5 stars
 * @property {readonly Lesson[]} likings strongest first
 * @property {readonly Lesson[]} knobs what they mean otherwise than usual, the farthest first
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
const BARS = 22;
const FIGURES = 10;
const GAP = 4;
const DOT = 4;
const DOTS = 3;
const DOT_STEP = DOT + 2;
const MOST_TRUST = 2;

/** What stands above likings and above knobs, and in place of them while there are none. */
const LIKINGS = { head: "You prefer", none: "Nothing sure yet: rate more takes" };
const KNOBS = { head: "Macros mean", none: "Rate what Macros steer: they learn" };

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
  drawLessons(g, theme, { ...box, y: belowBars(box), height: end - belowBars(box) }, learnt);
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

/** Lines that belong together. @typedef {{lines: string[], sure: number}} Row `sure` 0: no dots */

/** As many of either kind as there is room for, in turns. @param {MGraphics} g @param {Theme} theme @param {Box} box @param {Learnt} learnt */
function drawLessons(g, theme, { x, y, width, height }, { likings, knobs }) {
  useFace(g, SIZE);
  const room = width - 2 * MARGIN;
  /** @param {readonly Lesson[]} lessons @returns {Row[]} */
  const rows = (lessons) =>
    lessons.map(({ words, sure }) => ({ lines: wrapped(g, words, room - DOTS * DOT_STEP - 4, 2), sure }));
  /** @param {typeof LIKINGS} words @param {number} count @returns {Row} */
  const head = (words, count) => ({ lines: wrapped(g, count === 0 ? words.none : words.head, room, 1), sure: 0 });
  const parts = [
    [head(LIKINGS, likings.length), ...rows(likings)],
    [head(KNOBS, knobs.length), ...rows(knobs)],
  ];
  const shown = fitting(parts, Math.floor(height / LINE));
  const taken = shown.flat().reduce((sum, row) => sum + row.lines.length * LINE, 0);
  const apart = Math.min(GAP, height - taken);
  let top = y;
  for (const row of shown.flat()) {
    // What room is left sets the second part off.
    if (row === shown[1][0]) top += apart;
    row.lines.forEach((line, i) => {
      write(g, line, x + MARGIN, top + 9 + i * LINE, row.sure === 0 ? theme.dim : theme.ink);
    });
    if (row.sure > 0) drawDots(g, theme, x + width - MARGIN, top + 4, row.sure);
    top += row.lines.length * LINE;
  }
}

/**
 * The first rows of each part: in turns one more of each as long as it fits, a head only with what stands under it.
 *
 * @param {Row[][]} parts each begins with its head
 * @param {number} lines there is room for
 * @returns {Row[][]}
 */
function fitting(parts, lines) {
  const counts = parts.map(() => 0);
  const full = parts.map(() => false);
  let left = lines;
  while (full.includes(false)) {
    for (const [i, part] of parts.entries()) {
      if (full[i]) continue;
      const more = counts[i] === 0 ? part.slice(0, 2) : part.slice(counts[i], counts[i] + 1);
      const needed = more.reduce((sum, row) => sum + row.lines.length, 0);
      full[i] = more.length === 0 || needed > left;
      if (full[i]) continue;
      counts[i] += more.length;
      left -= needed;
    }
  }
  return parts.map((part, i) => part.slice(0, counts[i]));
}

/** How sure something is. @param {MGraphics} g @param {Theme} theme @param {number} right @param {number} y @param {number} sure 1-3 */
function drawDots(g, theme, right, y, sure) {
  for (let dot = 0; dot < DOTS; dot += 1) {
    const colour = dot < sure ? theme.note : mixed(theme.ground, theme.ink, 0.2);
    fill(g, colour, right - (DOTS - dot) * DOT_STEP + 2, y, DOT, DOT);
  }
}
