/** Brings notes that were written in one scale into another: home to home by the shortest way, degree to degree. */
import { MODES, TONICS } from "./keys.js";

/** @typedef {import("./round.js").Scale} Scale */
/** @typedef {Pick<Scale, "root" | "intervals">} Tones */

const OCTAVE = 12;
const HIGHEST = 127;

/** @param {number} value */
const wrapped = (value) => ((value % OCTAVE) + OCTAVE) % OCTAVE;

/** @param {string} name of a key as the engine spells it: "D minor", "F# dorian" @returns {Tones|null} */
export function tonesOf(name) {
  const [, tonic, mode] = /^([A-G][#b]?) (.+)$/.exec(name) ?? [];
  const root = TONICS[tonic];
  const intervals = MODES[mode?.replaceAll("_", " ")];
  return root === undefined || intervals === undefined ? null : { root, intervals: [...intervals] };
}

/** The nearest tone of a scale; of two, the lower. @param {number} pitch @param {Tones} tones @returns {number} */
function nearest(pitch, { root, intervals }) {
  for (let away = 0; away < OCTAVE; away++) {
    for (const near of [pitch - away, pitch + away]) if (intervals.includes(wrapped(near - root))) return near;
  }
  return pitch;
}

/**
 * @param {Tones} from the scale the notes were written in
 * @param {Tones} to
 * @returns {(pitch: number) => number} every answer lies in the new scale, 0 to 127
 */
export function between(from, to) {
  const shift = wrapped(to.root - from.root + 6) - 6;
  const alike = from.intervals.length === to.intervals.length;
  return (pitch) => {
    const degree = from.intervals.indexOf(wrapped(pitch - from.root));
    const bent = alike && degree >= 0 ? to.intervals[degree] - from.intervals[degree] : 0;
    const there = nearest(pitch + shift + bent, to);
    return there < 0 ? there + OCTAVE : there > HIGHEST ? there - OCTAVE : there;
  };
}
