/**
 * The spectrum as one looks at it: levels along a logarithmic scale of pitch, that jump up and sink slowly. Louder lows
 * than highs are usual in music, so the picture tilts by three decibels an octave and a balanced mix looks level.
 */

const LOWEST_HZ = 30;
const HIGHEST_HZ = 18_000;
const FLOOR_DB = -78;
const TOP_DB = 0;
const TILT_DB = 3;
const PIVOT_HZ = 1000;
/** How fast a level sinks. */
const FALL_DB = 42;

/** @typedef {{from: number, to: number, tilt: number}} Column bins it covers, and its tilt in dB */

export class Levels {
  #columns;
  #height;

  /**
   * @param {number} width pixels
   * @param {number} rate samples a second
   * @param {number} size samples of the transform
   */
  constructor(width, rate, size) {
    const span = Math.log(HIGHEST_HZ / LOWEST_HZ);
    const hz = (/** @type {number} */ x) => LOWEST_HZ * Math.exp((span * x) / width);
    const bin = rate / size;
    /** @type {Column[]} */
    this.#columns = Array.from({ length: width }, (_, x) => ({
      from: hz(x) / bin,
      to: hz(x + 1) / bin,
      tilt: TILT_DB * Math.log2(hz(x + 0.5) / PIVOT_HZ),
    }));
    this.#height = new Float64Array(width);
  }

  /** 0 (floor) to 1 (full scale) of each column. */
  get heights() {
    return this.#height;
  }

  /**
   * @param {ArrayLike<number>} amplitudes of the bins
   * @param {number} seconds since the last time
   * @returns {boolean} whether anything is to be seen that was not, or the other way round
   */
  take(amplitudes, seconds) {
    const fall = (FALL_DB * seconds) / (TOP_DB - FLOOR_DB);
    let changed = false;
    this.#columns.forEach((column, x) => {
      const db = 20 * Math.log10(strongest(amplitudes, column) + 1e-9) + column.tilt;
      const now = Math.max(0, Math.min(1, (db - FLOOR_DB) / (TOP_DB - FLOOR_DB)));
      const before = this.#height[x];
      const next = Math.max(now, before - fall, 0);
      changed ||= next !== before;
      this.#height[x] = next;
    });
    return changed;
  }
}

/** @param {ArrayLike<number>} amplitudes @param {Column} column */
function strongest(amplitudes, { from, to }) {
  // At the low end a column is narrower than a bin: between two bins the level runs straight.
  if (to - from < 1) {
    const at = (from + to) / 2;
    const left = Math.floor(at);
    if (left + 1 >= amplitudes.length) return 0;
    return amplitudes[left] + (at - left) * (amplitudes[left + 1] - amplitudes[left]);
  }
  let most = 0;
  for (let bin = Math.floor(from); bin < to && bin < amplitudes.length; bin++) most = Math.max(most, amplitudes[bin]);
  return most;
}

/** Lines of the scale. @type {readonly {hz: number, text: string}[]} */
const MARKS = [
  { hz: 100, text: "100" },
  { hz: 1000, text: "1k" },
  { hz: 10_000, text: "10k" },
];

/** @param {number} hz @param {number} width @returns {number} pixel */
const place = (hz, width) => Math.round((width * Math.log(hz / LOWEST_HZ)) / Math.log(HIGHEST_HZ / LOWEST_HZ));

/**
 * @param {MGraphics} g
 * @param {import("./theme.js").Theme} theme
 * @param {[number, number]} size
 * @param {ArrayLike<number>} heights of the columns
 */
export function drawLevels(g, theme, [width, height], heights) {
  g.set_source_rgba([...theme.frame]);
  for (const { hz } of MARKS) {
    g.rectangle(place(hz, width), 0, 1, height);
    g.fill();
  }
  const top = (/** @type {number} */ x) => height - heights[x] * (height - 2);
  g.move_to(0, height);
  for (let x = 0; x < heights.length; x++) g.line_to(x, top(x));
  g.line_to(heights.length, height);
  g.close_path();
  const [r, green, b] = theme.note;
  g.set_source_rgba([r, green, b, 0.35]);
  g.fill();
  g.move_to(0, top(0));
  for (let x = 1; x < heights.length; x++) g.line_to(x, top(x));
  g.set_source_rgba([...theme.note]);
  g.set_line_width(1);
  g.stroke();
}

/** Figures of the scale, at the upper edge. @returns {{x: number, text: string}[]} @param {number} width */
export const scaleTexts = (width) => MARKS.map(({ hz, text }) => ({ x: place(hz, width) + 3, text }));
