/** A clip as a picture: piano roll with keys, bars and the names of its chords. */
import { documentOf, el, label, num, rect } from "./svg.js";
import { mix } from "./themes.js";

/**
 * A note with Live's fields; `start` does for `start_time`, as the roll inside the device has it.
 * @typedef {{pitch: number, start_time?: number, start?: number, duration: number, velocity?: number,
 *   mute?: number | boolean}} RollNote
 */
/** @typedef {{start: number, duration: number, symbol?: string, figure?: string}} RollChord */

const INK = "#e9e7e2";
const DIM = "#8d8b86";
const GROUND = "#1c1c1e";
const WHITE_ROW = "#29292c";
const BLACK_ROW = "#232326";
const NOTE = "#ffb433";
const BASS = "#3fc1d4";
const NAMES = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];
const BLACK = new Set([1, 3, 6, 8, 10]);

const MARGIN = 28;
const KEYS = 44;
const HEAD = 64;
const CHORDS = 44;
const RULER = 20;

/** @param {RollNote} note @returns {number} beats */
const startOf = (note) => note.start_time ?? note.start ?? 0;

/** @param {number} pitch as Live counts: middle C (60) is C3 */
export const noteName = (pitch) => `${NAMES[pitch % 12]}${Math.floor(pitch / 12) - 2}`;

/**
 * Draw a clip.
 *
 * @param {object} options
 * @param {readonly RollNote[]} options.notes times in beats
 * @param {number} options.length of the clip, beats
 * @param {number} [options.beatsPerBar] default 4
 * @param {readonly RollChord[]} [options.chords] names above the notes; beats
 * @param {string} [options.title]
 * @param {string} [options.subtitle] a smaller line beside the title
 * @param {number} [options.width] pixels, default 1200
 * @returns {string} SVG
 */
export function renderPianoRoll({
  notes,
  length,
  beatsPerBar = 4,
  chords = [],
  title = "",
  subtitle = "",
  width = 1200,
}) {
  const { low, high } = range(notes);
  const rows = high - low + 1;
  const row = Math.max(7, Math.min(14, Math.floor(420 / rows)));
  const left = MARGIN + KEYS;
  const top = (title || subtitle ? HEAD : MARGIN) + (chords.length > 0 ? CHORDS : 0) + RULER;
  const [area, tall] = [width - left - MARGIN, rows * row];
  const x = (/** @type {number} */ beat) => left + (beat / length) * area;
  const y = (/** @type {number} */ pitch) => top + (high - pitch) * row;
  const height = top + tall + MARGIN;
  const clip = el("clipPath", { id: "roll" }, el("rect", { x: left, y: top, width: area, height: tall }));
  return documentOf(
    width,
    height,
    [
      rect(0, 0, width, height, GROUND),
      head(title, subtitle, width),
      lanes(low, high, left, area, y, row),
      grid(length, beatsPerBar, x, top, tall),
      chords.length > 0 ? chordNames(chords, length, x, top - RULER - CHORDS + 8, top + tall) : "",
      clip,
      el("g", { "clip-path": "url(#roll)" }, bars(notes, length, x, y, row)),
      keys(low, high, y, row),
      el("rect", { x: left, y: top, width: area, height: tall, fill: "none", stroke: "#3a3a3e" }),
    ].join(""),
  );
}

/** Lowest and highest row, with air around the notes and at least an octave and a half. @param {readonly RollNote[]} notes */
function range(notes) {
  const pitches = notes.map((note) => note.pitch);
  const low = pitches.length > 0 ? Math.min(...pitches) : 60;
  const high = pitches.length > 0 ? Math.max(...pitches) : 72;
  const missing = Math.max(0, 18 - (high - low));
  return {
    low: Math.max(0, low - 2 - Math.floor(missing / 2)),
    high: Math.min(127, high + 2 + Math.ceil(missing / 2)),
  };
}

/** @param {string} title @param {string} subtitle @param {number} width */
function head(title, subtitle, width) {
  const bold = { weight: 600, scale: 1 };
  const plain = { weight: 400, scale: 1 };
  return [
    title ? label(title, MARGIN, 42, { fill: INK, size: 22, face: bold, room: width * 0.6 }) : "",
    subtitle
      ? label(subtitle, width - MARGIN, 42, { fill: DIM, size: 14, anchor: "end", face: plain, room: width * 0.36 })
      : "",
  ].join("");
}

/**
 * @param {number} low
 * @param {number} high
 * @param {number} left
 * @param {number} area
 * @param {(pitch: number) => number} y
 * @param {number} row
 */
function lanes(low, high, left, area, y, row) {
  const out = [];
  for (let pitch = low; pitch <= high; pitch++) {
    out.push(rect(left, y(pitch), area, row, BLACK.has(pitch % 12) ? BLACK_ROW : WHITE_ROW));
    if (pitch % 12 === 0) out.push(rect(left, y(pitch) + row - 0.5, area, 1, "#3a3a3e"));
  }
  return out.join("");
}

/**
 * @param {number} length
 * @param {number} beatsPerBar
 * @param {(beat: number) => number} x
 * @param {number} top
 * @param {number} tall
 */
function grid(length, beatsPerBar, x, top, tall) {
  const out = [];
  const bars = Math.ceil(length / beatsPerBar - 1e-9);
  const every = Math.max(1, Math.ceil(bars / 32));
  if (bars <= 16) {
    for (let beat = 1; beat < length; beat++) {
      if (beat % beatsPerBar !== 0) out.push(rect(x(beat) - 0.5, top, 1, tall, "#2f2f33"));
    }
  }
  for (let bar = 0; bar < bars; bar++) {
    const at = x(bar * beatsPerBar);
    if (bar > 0) out.push(rect(at - 0.5, top, 1, tall, "#48484d"));
    if (bar % every !== 0) continue;
    out.push(rect(at - 0.5, top - 8, 1, 8, "#48484d"));
    out.push(label(String(bar + 1), at + 5, top - 6, { fill: DIM, size: 11, face: { weight: 500, scale: 1 } }));
  }
  return out.join("");
}

/** Chords of one name that follow each other, as one. @param {readonly RollChord[]} chords */
function merged(chords) {
  /** @type {RollChord[]} */
  const result = [];
  for (const chord of chords) {
    const last = result.at(-1);
    const same = last && last.symbol === chord.symbol && last.figure === chord.figure;
    if (same && Math.abs(last.start + last.duration - chord.start) < 1e-6) {
      result[result.length - 1] = { ...last, duration: last.duration + chord.duration };
    } else {
      result.push(chord);
    }
  }
  return result;
}

/**
 * @param {readonly RollChord[]} chords
 * @param {number} length
 * @param {(beat: number) => number} x
 * @param {number} top
 * @param {number} bottom
 */
function chordNames(chords, length, x, top, bottom) {
  return merged(chords)
    .filter(({ start }) => start < length)
    .map(({ start, duration, symbol = "", figure = "" }, at) => {
      const [left, right] = [x(start), x(Math.min(length, start + duration))];
      const room = right - left - 14;
      return [
        el("rect", { x: left + 1, y: top, width: Math.max(2, right - left - 2), height: 34, rx: 4, fill: "#2d2d31" }),
        el("rect", { x: left + 1, y: top, width: 3, height: 34, rx: 1.5, fill: NOTE }),
        label(symbol, left + 10, top + (figure ? 15 : 22), {
          fill: INK,
          size: 13,
          room,
          face: { weight: 600, scale: 1 },
        }),
        label(figure, left + 10, top + 28, { fill: DIM, size: 11, room, face: { weight: 400, scale: 1 } }),
        at > 0 ? el("path", { d: `M${num(left)} ${top + 44}V${bottom}`, stroke: NOTE, opacity: 0.22 }) : "",
      ].join("");
    })
    .join("");
}

/**
 * @param {readonly RollNote[]} notes
 * @param {number} length
 * @param {(beat: number) => number} x
 * @param {(pitch: number) => number} y
 * @param {number} row
 */
function bars(notes, length, x, y, row) {
  return notes
    .filter((note) => startOf(note) < length && startOf(note) + note.duration > 0)
    .map((note) => {
      const lowest = !notes.some(
        (other) =>
          other.pitch < note.pitch &&
          startOf(other) < startOf(note) + note.duration &&
          startOf(other) + other.duration > startOf(note),
      );
      const colour = lowest ? BASS : NOTE;
      const loud = Math.min(1, Math.max(0, (note.velocity ?? 100) / 127));
      const fill = note.mute ? "#55555a" : mix(WHITE_ROW, colour, 0.42 + 0.58 * loud);
      const left = x(startOf(note));
      const width = Math.max(3, x(startOf(note) + note.duration) - left - 1);
      return [
        el("rect", { x: left, y: y(note.pitch) + 0.5, width, height: row - 1, rx: 2, fill }),
        el("rect", {
          x: left,
          y: y(note.pitch) + 0.5,
          width: Math.min(2.5, width),
          height: row - 1,
          rx: 1,
          fill: mix(fill, "#ffffff", 0.45),
        }),
      ].join("");
    })
    .join("");
}

/** @param {number} low @param {number} high @param {(pitch: number) => number} y @param {number} row */
function keys(low, high, y, row) {
  const out = [];
  for (let pitch = low; pitch <= high; pitch++) {
    const black = BLACK.has(pitch % 12);
    out.push(rect(MARGIN, y(pitch), KEYS - 2, row, "#d9d7d2"));
    if (black) out.push(rect(MARGIN, y(pitch), (KEYS - 2) * 0.6, row, "#242426"));
    else if (pitch % 12 === 0 || pitch % 12 === 5)
      out.push(rect(MARGIN, y(pitch) + row - 0.5, KEYS - 2, 0.75, "#8d8b86"));
    if (pitch % 12 === 0) {
      const face = { weight: 500, scale: 1 };
      out.push(
        label(noteName(pitch), MARGIN + KEYS - 5, y(pitch) + row - 2, {
          fill: "#3a3a3e",
          size: Math.min(9, row),
          anchor: "end",
          face,
        }),
      );
    }
  }
  return out.join("");
}
