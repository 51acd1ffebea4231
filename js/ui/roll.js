/** The piano-roll strip: a take at one glance. Pure drawing; positions in whole pixels so that it is sharp at 1x. */
import { ellipsised, useFace, widthOf, wrapped, write } from "./text.js";
import { mixed } from "./theme.js";

/** @typedef {import("./theme.js").Theme} Theme */

/** @typedef {{pitch: number, start: number, duration: number, velocity: number}} RollNote */
/** @typedef {{start: number, duration: number, symbol: string}} RollChord */

/**
 * @typedef {object} Roll
 * @property {number} length beats
 * @property {number} beatsPerBar
 * @property {RollNote[]} notes
 * @property {RollChord[]} chords
 * @property {string} label
 */

/** @typedef {{x: number, y: number, width: number, height: number}} Box */

/** @type {Roll} */
export const EMPTY = Object.freeze({ length: 16, beatsPerBar: 4, notes: [], chords: [], label: "" });

const LABEL = 13;
const LABEL_LINE = 11;
const SYMBOLS = 13;
const MARGIN = 4;
/** Below this height the label gives way to the notes. */
const ROOM_FOR_LABEL = 84;
/** Semitones shown at least, so that a single chord is not blown up. */
const LEAST_RANGE = 25;
/** Beat lines closer than this would be a grey fog. */
const LEAST_BEAT = 5;

/**
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {Box} box
 * @param {Roll} roll
 * @param {number} playhead beats; below 0: none
 */
export function drawRoll(g, theme, box, roll, playhead) {
  const labelled = box.height >= ROOM_FOR_LABEL;
  if (labelled) drawLabel(g, theme, box, roll);
  const head = labelled ? LABEL : 2;
  const symbols = { x: box.x + MARGIN, y: box.y + head, width: box.width - 2 * MARGIN, height: SYMBOLS };
  const field = {
    x: symbols.x,
    y: symbols.y + SYMBOLS,
    width: symbols.width,
    height: box.height - head - SYMBOLS - 3,
  };
  drawGrid(g, theme, field, roll);
  drawSymbols(g, theme, symbols, roll);
  drawNotes(g, theme, field, roll);
  if (playhead >= 0 && playhead <= roll.length) {
    fill(g, theme.second, xOf(field, roll, playhead), field.y, 1, field.height);
  }
}

/** @param {MGraphics} g @param {readonly number[]} colour @param {number} x @param {number} y @param {number} width @param {number} height */
function fill(g, colour, x, y, width, height) {
  g.set_source_rgba([...colour]);
  g.rectangle(x, y, width, height);
  g.fill();
}

/** @param {Box} field @param {Roll} roll @param {number} beat @returns {number} whole pixel */
const xOf = (field, roll, beat) => field.x + Math.round((beat / roll.length) * (field.width - 1));

/** Where no chord has a name, the label may go on in their row. @param {MGraphics} g @param {Theme} theme @param {Box} box @param {Roll} roll */
function drawLabel(g, theme, box, { label, chords }) {
  useFace(g, 9);
  wrapped(g, label, box.width - 2 * MARGIN, chords.length === 0 ? 2 : 1).forEach((line, i) => {
    write(g, line, box.x + MARGIN, box.y + 10 + i * LABEL_LINE, theme.dim);
  });
}

/** @param {MGraphics} g @param {Theme} theme @param {Box} field @param {Roll} roll */
function drawGrid(g, theme, field, roll) {
  const bars = roll.length / roll.beatsPerBar;
  // Alternate bars are tinted; a long take groups them, so that the tint never gets narrower than an eye likes.
  let group = 1;
  while ((field.width * group) / bars < 10) group *= 2;
  for (let bar = group; bar < bars; bar += group * 2) {
    const from = xOf(field, roll, bar * roll.beatsPerBar);
    const to = xOf(field, roll, Math.min(bars, bar + group) * roll.beatsPerBar);
    fill(g, mixed(theme.ground, theme.ink, 0.035), from, field.y, to - from, field.height);
  }
  if (field.width / roll.length >= LEAST_BEAT) {
    for (let beat = 1; beat < roll.length; beat++) {
      if (beat % roll.beatsPerBar === 0) continue;
      fill(g, mixed(theme.ground, theme.ink, 0.06), xOf(field, roll, beat), field.y, 1, field.height);
    }
  }
  for (let bar = 0; bar < bars; bar += group) {
    fill(g, mixed(theme.ground, theme.ink, 0.14), xOf(field, roll, bar * roll.beatsPerBar), field.y, 1, field.height);
  }
}

/** Pixels between two symbols. */
const SYMBOL_GAP = 4;

/**
 * The longest chords are named first; a name that would touch one already there is left out. Where not all fit, they are
 * written smaller, and in short spelling where that gains room.
 *
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {Box} row
 * @param {Roll} roll
 */
function drawSymbols(g, theme, row, roll) {
  const right = row.x + row.width;
  const places = roll.chords.map(({ start, duration, symbol }, i) => {
    const x = xOf(row, roll, start);
    const next = i + 1 < roll.chords.length ? xOf(row, roll, roll.chords[i + 1].start) : right;
    return { x, room: next - x - SYMBOL_GAP, duration, symbol };
  });
  for (const { x } of places) fill(g, mixed(theme.ground, theme.ink, 0.3), x, row.y + row.height - 4, 1, 4);
  useFace(g, 9);
  const roomy = places.every(({ symbol, room }) => widthOf(g, symbol) <= room);
  if (!roomy) useFace(g, 8);
  /** @type {{shown: string, from: number, to: number}[]} */
  const named = [];
  for (const { x, room, symbol } of [...places].sort((a, b) => b.duration - a.duration || a.x - b.x)) {
    const shown = widthOf(g, symbol) <= room ? symbol : shortSymbol(symbol);
    const from = x + 2;
    const to = from + widthOf(g, shown);
    const touches = named.some((other) => from < other.to + SYMBOL_GAP && other.from < to + SYMBOL_GAP);
    if (to <= right && !touches) named.push({ shown, from, to });
  }
  for (const { shown, from } of named.sort((a, b) => a.from - b.from)) write(g, shown, from, row.y + 9, theme.ink);
}

/**
 * As a lead sheet shortens it: "Bbmaj7" -> "BbM7". Nothing that could be read as another chord: "C+9" would be augmented.
 *
 * @param {string} symbol
 * @returns {string}
 */
export const shortSymbol = (symbol) => symbol.replace("maj", "M").replace(/sus4$/, "sus");

/** @param {MGraphics} g @param {Theme} theme @param {Box} field @param {Roll} roll */
function drawNotes(g, theme, field, roll) {
  if (roll.notes.length === 0) return;
  const pitches = roll.notes.map((note) => note.pitch);
  const spread = Math.max(...pitches) - Math.min(...pitches) + 1;
  const range = Math.max(LEAST_RANGE, spread + 2);
  const top = Math.min(...pitches) + Math.floor((spread + range) / 2);
  const row = field.height / range;
  const height = Math.max(2, Math.min(5, Math.floor(row) - 1));
  for (const note of roll.notes) {
    const x = xOf(field, roll, note.start);
    const end = xOf(field, roll, Math.min(roll.length, note.start + note.duration));
    const y = field.y + Math.round((top - note.pitch - 0.5) * row - height / 2);
    const shade = 0.35 + 0.65 * (Math.max(0, Math.min(127, note.velocity)) / 127);
    fill(g, mixed(theme.ground, theme.note, shade), x + 1, y, Math.max(2, end - x - 1), height);
  }
}

/** What stands in an empty strip of four bars: start, length (beats), and how far down as a share of the height. */
/** @typedef {readonly [start: number, duration: number, down: number][]} Ghosts */

const BAR = 4;

/** Four chords. @type {Ghosts} */
export const CHORD_GHOSTS = [
  [0.62, 0.44, 0.3],
  [0.66, 0.5, 0.3],
  [0.58, 0.44, 0.24],
  [0.62, 0.38, 0.24],
].flatMap((rows, bar) => rows.map((down) => /** @type {[number, number, number]} */ ([bar * BAR, BAR, down])));

/** A line that rises, answers and comes to rest. @type {Ghosts} */
export const LINE_GHOSTS = [
  [0, 1.5, 0.6],
  [1.5, 1.5, 0.52],
  [3, 1, 0.44],
  [4, 2, 0.36],
  [6, 1, 0.52],
  [8, 1.5, 0.56],
  [9.5, 1.5, 0.44],
  [11, 1, 0.32],
  [12, 3, 0.24],
];

/**
 * What is seen before the first take: where notes will stand, and what to press.
 *
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {Box} box
 * @param {string} invitation
 * @param {string} promise
 * @param {Ghosts} [ghosts]
 */
export function drawEmpty(g, theme, box, invitation, promise, ghosts = CHORD_GHOSTS) {
  const field = { x: box.x + MARGIN, y: box.y + 4, width: box.width - 2 * MARGIN, height: box.height - 8 };
  drawGrid(g, theme, field, EMPTY);
  for (const [start, duration, down] of ghosts) {
    const x = xOf(field, EMPTY, start);
    const width = xOf(field, EMPTY, start + duration) - x - 3;
    fill(g, mixed(theme.ground, theme.note, 0.16), x + 2, field.y + Math.round(down * field.height), width, 3);
  }
  const middle = field.y + Math.round(field.height * 0.84);
  useFace(g, 11);
  centred(g, theme.ink, box, invitation, middle - 6);
  useFace(g, 9);
  centred(g, theme.dim, box, promise, middle + 7);
}

/** @param {MGraphics} g @param {readonly number[]} colour @param {Box} box @param {string} text @param {number} baseline */
function centred(g, colour, box, text, baseline) {
  const shown = ellipsised(g, text, box.width - 2 * MARGIN);
  write(g, shown, box.x + (box.width - widthOf(g, shown)) / 2, baseline, colour);
}
