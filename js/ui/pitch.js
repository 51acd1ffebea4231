/**
 * The pitch of a single voice: P. McLeod and G. Wyvill, "A smarter way to find pitch", ICMC 2005. The normalised square
 * difference of the sound with itself has its first high peak at the period; how high tells how clear the pitch is.
 */
import { Fourier } from "./fourier.js";

/** @typedef {{hz: number, clarity: number}} Pitch */

/** Peaks this near to the highest one count; the first of them is the period, not a multiple of it. */
const NEAR_HIGHEST = 0.9;
/** Below this the sound is a chord, a noise or a drum, and no pitch is said. */
const CLEAR = 0.93;
/** Mean square below which there is nothing to hear: -60 dBFS. */
const SILENT = 1e-6;
const LOWEST_HZ = 27;
const HIGHEST_HZ = 4500;

export class PitchFinder {
  #fourier;
  #size;

  /** @param {number} size samples looked at, a power of two */
  constructor(size) {
    this.#size = size;
    this.#fourier = new Fourier(2 * size);
  }

  /**
   * @param {ArrayLike<number>} samples
   * @param {number} rate samples a second
   * @returns {Pitch|null} null where no single voice sounds
   */
  find(samples, rate) {
    const nsdf = this.#normalised(samples);
    if (nsdf === null) return null;
    const most = Math.min(nsdf.length - 2, Math.floor(rate / LOWEST_HZ));
    const peaks = keyPeaks(nsdf, most);
    const highest = Math.max(0, ...peaks.map(({ height }) => height));
    const first = peaks.find(({ height }) => height >= NEAR_HIGHEST * highest);
    if (first === undefined || first.height < CLEAR) return null;
    const hz = rate / first.lag;
    return hz > HIGHEST_HZ ? null : { hz, clarity: Math.min(1, first.height) };
  }

  /** @param {ArrayLike<number>} samples @returns {Float64Array|null} -1..1 at each lag; null for silence */
  #normalised(samples) {
    const size = this.#size;
    const correlation = this.#fourier.autocorrelation(samples);
    if (correlation[0] / size < SILENT) return null;
    const nsdf = new Float64Array(size);
    // Energy of the two stretches that a lag compares; each lag loses one sample at either end.
    let energy = 2 * correlation[0];
    for (let lag = 0; lag < size; lag++) {
      nsdf[lag] = energy > 0 ? (2 * correlation[lag]) / energy : 0;
      energy -= samples[lag] ** 2 + samples[size - 1 - lag] ** 2;
    }
    return nsdf;
  }
}

/**
 * @param {Float64Array} nsdf
 * @param {number} most longest lag
 * @returns {{lag: number, height: number}[]} the highest point of each stretch above zero, but for the one at lag 0
 */
function keyPeaks(nsdf, most) {
  const peaks = [];
  let lag = 1;
  while (lag < most && nsdf[lag] > 0) lag++;
  while (lag < most) {
    while (lag < most && nsdf[lag] <= 0) lag++;
    let top = lag;
    while (lag < most && nsdf[lag] > 0) {
      if (nsdf[lag] > nsdf[top]) top = lag;
      lag++;
    }
    if (top > 0 && top < most && nsdf[top] > 0) peaks.push(between(nsdf, top));
  }
  return peaks;
}

/** A parabola through a peak and its neighbours. @param {Float64Array} nsdf @param {number} top */
function between(nsdf, top) {
  const [a, b, c] = [nsdf[top - 1], nsdf[top], nsdf[top + 1]];
  const bend = a - 2 * b + c;
  const shift = bend < 0 ? (0.5 * (a - c)) / bend : 0;
  return { lag: top + shift, height: b - 0.25 * (a - c) * shift };
}

const NOTES = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"];

/** @param {number} hz @returns {{note: string, cents: number}} as Live counts octaves: 440 Hz is A3 */
export function noteOf(hz) {
  const exact = 69 + 12 * Math.log2(hz / 440);
  const midi = Math.round(exact);
  return {
    note: `${NOTES[((midi % 12) + 12) % 12]}${Math.floor(midi / 12) - 2}`,
    cents: Math.round((exact - midi) * 100),
  };
}
