/** A stretch of the arrangement as a picture: automation lanes over the piano rolls of the parts that they steer. */
import { documentOf, el, label, num, rect } from "./svg.js";
import { mix } from "./themes.js";

/** @typedef {{name: string, points: readonly (readonly [beat: number, value: number])[]}} DrawnLane percent */
/** @typedef {{pitch: number, start: number, duration: number, velocity: number}} DrawnNote beats */
/** @typedef {{name: string, notes: readonly DrawnNote[], drums?: boolean}} DrawnPart drums lie row by row, whatever their pitch */

const INK = "#e9e7e2";
const DIM = "#8d8b86";
const GROUND = "#1c1c1e";
const FIELD = "#262629";
const LANES = ["#ff7a59", "#ffb433", "#c58bff", "#56cfe1"];
const PARTS = ["#ffb433", "#c58bff", "#3fc1d4", "#d9d7d2"];

const WIDTH = 1200;
const MARGIN = 28;
const NAMES = 92;
const HEAD = 62;
const RULER = 22;
const LANE = 50;
const GAP = 8;
/** Bars between two numbers, and between two lines that stand out. */
const PHRASE = 4;
/** Pixels of a row of notes with a pitch, and of a drum. */
const ROW = 4;
const DRUM = 9;
/** Lowest velocity that is drawn as softest. */
const SOFT = 30;

const BOLD = { weight: 600, scale: 1 };
const PLAIN = { weight: 400, scale: 1 };
const LEFT = MARGIN + NAMES;
const AREA = WIDTH - LEFT - MARGIN;

/**
 * @param {object} options
 * @param {string} options.title
 * @param {string} options.subtitle
 * @param {number} options.beats
 * @param {number} [options.beatsPerBar]
 * @param {readonly DrawnLane[]} options.lanes from the top
 * @param {readonly DrawnPart[]} options.parts from the top
 * @returns {string} SVG
 */
export function renderBuild({ title, subtitle, beats, beatsPerBar = 4, lanes, parts }) {
  const x = (/** @type {number} */ beat) => LEFT + (beat / beats) * AREA;
  const top = HEAD + RULER;
  let y = top;
  const drawn = lanes.map((lane, at) => {
    const place = y;
    y += LANE + GAP;
    return laneOf(lane, LANES[at % LANES.length], place, x);
  });
  y += GAP;
  for (const [at, part] of parts.entries()) {
    const rows = rowsOf(part);
    drawn.push(partOf(part, PARTS[at % PARTS.length], y, rows, x));
    y += rows.tall + GAP;
  }
  const bottom = y - GAP;
  const [right, middle] = [WIDTH - MARGIN, 40];
  return documentOf(
    WIDTH,
    bottom + MARGIN,
    [
      rect(0, 0, WIDTH, bottom + MARGIN, GROUND),
      label(title, MARGIN, middle, { fill: INK, size: 22, face: BOLD, room: 600 }),
      label(subtitle, right, middle, { fill: DIM, size: 14, anchor: "end", face: PLAIN, room: 520 }),
      ...drawn,
      grid(beats, beatsPerBar, x, top, bottom),
    ].join(""),
  );
}

/** @param {number} beats @param {number} bar @param {(beat: number) => number} x @param {number} top @param {number} bottom */
function grid(beats, bar, x, top, bottom) {
  const out = [];
  for (let number = 0; number * bar < beats; number++) {
    const strong = number % PHRASE === 0;
    const at = x(number * bar);
    if (number > 0) {
      const lines = `M${num(at)} ${num(top)}V${num(bottom)}`;
      out.push(el("path", { d: lines, stroke: strong ? "#5a5a60" : "#3a3a3e", opacity: strong ? 0.7 : 0.5 }));
    }
    if (strong) out.push(label(String(number + 1), at + 3, top - 8, { fill: DIM, size: 11, face: PLAIN }));
  }
  return out.join("");
}

/** @param {DrawnLane} lane @param {string} colour @param {number} y @param {(beat: number) => number} x */
function laneOf({ name, points }, colour, y, x) {
  const place = (/** @type {number} */ value) => y + LANE - 3 - (value / 100) * (LANE - 6);
  const line = points.map(([beat, value]) => `${num(x(beat))} ${num(place(value))}`).join("L");
  const area = `M${num(x(points[0][0]))} ${num(y + LANE)}L${line}L${num(x(points[points.length - 1][0]))} ${num(y + LANE)}Z`;
  return [
    rect(LEFT, y, AREA, LANE, FIELD),
    label(name, LEFT - 12, y + LANE / 2 + 4, { fill: colour, size: 13, anchor: "end", face: BOLD, room: NAMES }),
    el("path", { d: area, fill: colour, opacity: 0.22 }),
    el("path", { d: `M${line}`, fill: "none", stroke: colour, "stroke-width": 2, "stroke-linejoin": "round" }),
  ].join("");
}

/** @param {DrawnPart} part @returns {{tall: number, row: number, of: (pitch: number) => number}} rows from the top */
function rowsOf({ notes, drums = false }) {
  const pitches = [...new Set(notes.map(({ pitch }) => pitch))].sort((a, b) => b - a);
  if (drums) return { tall: Math.max(1, pitches.length) * DRUM, row: DRUM, of: (pitch) => pitches.indexOf(pitch) };
  const [high, low] = [pitches[0] ?? 60, pitches.at(-1) ?? 60];
  return { tall: (high - low + 3) * ROW, row: ROW, of: (pitch) => high + 1 - pitch };
}

/**
 * @param {DrawnPart} part
 * @param {string} colour
 * @param {number} y
 * @param {ReturnType<typeof rowsOf>} rows
 * @param {(beat: number) => number} x
 */
function partOf({ name, notes }, colour, y, { tall, row, of }, x) {
  /** Notes of one look, as one path: a picture of thousands would be heavy. @type {Map<number, string[]>} */
  const looks = new Map();
  for (const { pitch, start, duration, velocity } of notes) {
    const look = Math.round((4 * Math.max(0, velocity - SOFT)) / (127 - SOFT));
    const [from, to] = [x(start), Math.min(x(start + duration), LEFT + AREA)];
    const wide = Math.max(1.6, to - from - 0.6);
    const shape = `M${from.toFixed(1)} ${num(y + of(pitch) * row + 0.5)}h${wide.toFixed(1)}v${row - 1}h-${wide.toFixed(1)}z`;
    looks.set(look, [...(looks.get(look) ?? []), shape]);
  }
  const paths = [...looks]
    .sort(([a], [b]) => a - b)
    .map(([look, shapes]) => el("path", { d: shapes.join(""), fill: mix(FIELD, colour, 0.4 + 0.15 * look) }));
  return [
    rect(LEFT, y, AREA, tall, FIELD),
    label(name, LEFT - 12, y + tall / 2 + 4, { fill: colour, size: 13, anchor: "end", face: BOLD, room: NAMES }),
    ...paths,
  ].join("");
}
