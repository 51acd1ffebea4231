/** Sounds whose tempo and key are known, since they are made here. */
import { writeFileSync } from "node:fs";
import { encodeWav } from "./max/wav.js";

export const RATE = 44_100;

/** A minor: i, iv, V, i; semitones over A. The G sharp leaves no doubt. */
const CHORDS = [
  [0, 3, 7],
  [-7, -4, 0],
  [-5, -1, 2],
  [0, 3, 7],
];

/**
 * Four on the floor with claps, off-beat hats and a saw pad of four chords in A minor over a bass, a bar each.
 *
 * @param {object} [options]
 * @param {number} [options.bpm]
 * @param {number} [options.bars]
 * @returns {Float32Array}
 */
export function track({ bpm = 125, bars = 4 } = {}) {
  const beat = (60 / bpm) * RATE;
  const sound = new Float32Array(Math.round(bars * 4 * beat));
  const hz = (/** @type {number} */ semitone) => 220 * 2 ** (semitone / 12);
  let noise = 1;
  const chords = CHORDS.map((chord) => ({ low: hz(chord[0] - 24), pad: chord.map(hz) }));
  for (let i = 0; i < sound.length; i++) {
    const { low, pad } = chords[Math.floor(i / (4 * beat)) % chords.length];
    const t = i / RATE;
    let value = 0.2 * saw(t * low);
    for (const note of pad) value += 0.07 * saw(t * note);
    const since = (i % beat) / RATE;
    value += 0.7 * Math.exp(-since * 28) * Math.sin(2 * Math.PI * (45 * since + 3 * (1 - Math.exp(-since * 45))));
    const off = ((i + beat / 2) % beat) / RATE;
    const clap = ((i + 3 * beat) % (2 * beat)) / RATE;
    noise = (Math.imul(noise, 1664525) + 1013904223) >>> 0;
    value += (0.16 * Math.exp(-off * 60) + 0.4 * Math.exp(-clap * 22)) * (noise / 2 ** 31 - 1);
    sound[i] = 0.8 * value;
  }
  return sound;
}

/** @param {number} turns */
const saw = (turns) => 2 * (turns - Math.floor(turns + 0.5));

/**
 * @param {number} hz
 * @param {number} seconds
 * @param {number} [level]
 * @returns {Float32Array}
 */
export const sine = (hz, seconds, level = 0.5) =>
  Float32Array.from({ length: Math.round(seconds * RATE) }, (_, i) => level * Math.sin((2 * Math.PI * hz * i) / RATE));

/**
 * Hits over a soft tone that goes on, so that none of them begins in silence.
 *
 * @param {number} seconds
 * @param {number} [spacing] seconds from one to the next
 * @param {number} [level] of the hits
 * @returns {Float32Array}
 */
export const hits = (seconds, spacing = 0.25, level = 0.8) =>
  sine(110, seconds, level / 20).map((sample, i) => {
    const since = (i / RATE) % spacing;
    return sample + level * Math.exp(-since * 25) * Math.sin(2 * Math.PI * 220 * since);
  });

/** @param {string} path @param {Float32Array} left @param {Float32Array} [right] */
export function writeSound(path, left, right = left) {
  writeFileSync(path, encodeWav({ rate: RATE, channels: [left, right], type: "float32" }));
}
