import assert from "node:assert/strict";
import { test } from "node:test";
import { Fourier } from "../../../js/ui/fourier.js";
import { noteOf, PitchFinder } from "../../../js/ui/pitch.js";
import { Levels } from "../../../js/ui/spectrum.js";

const RATE = 44_100;

/** @param {number} size @param {(i: number) => number} at */
const made = (size, at) => Float64Array.from({ length: size }, (_, i) => at(i));

/** @param {number} hz @param {number} [level] */
const sine =
  (hz, level = 1) =>
  (/** @type {number} */ i) =>
    level * Math.sin((2 * Math.PI * hz * i) / RATE + 0.3);

/** Noise from a generator of its own. */
function noise(seed = 1) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

test("a full-scale sine on a bin reads 1 there, half of it beside it, and nothing far away", () => {
  const fourier = new Fourier(1024);
  const amplitudes = fourier.amplitudes(made(1024, (i) => Math.cos((2 * Math.PI * 100 * i) / 1024)));
  assert.ok(Math.abs(amplitudes[100] - 1) < 1e-9);
  assert.ok(Math.abs(amplitudes[101] - 0.5) < 1e-9);
  assert.ok(amplitudes[300] < 1e-9);
});

test("the transform agrees with the sum it stands for", () => {
  const size = 64;
  const random = noise(7);
  const samples = made(size, random);
  const found = new Fourier(size).amplitudes(samples);
  for (const bin of [0, 1, 5, 31]) {
    let [re, im] = [0, 0];
    for (let i = 0; i < size; i++) {
      const windowed = samples[i] * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size));
      re += windowed * Math.cos((2 * Math.PI * bin * i) / size);
      im -= windowed * Math.sin((2 * Math.PI * bin * i) / size);
    }
    assert.ok(Math.abs(found[bin] - (Math.hypot(re, im) * 4) / size) < 1e-9, `bin ${bin}`);
  }
});

test("the autocorrelation agrees with the sum it stands for", () => {
  const samples = made(32, noise(3));
  const found = new Fourier(64).autocorrelation(samples);
  for (const lag of [0, 1, 7, 31]) {
    let sum = 0;
    for (let i = 0; i + lag < 32; i++) sum += samples[i] * samples[i + lag];
    assert.ok(Math.abs(found[lag] - sum) < 1e-9, `lag ${lag}`);
  }
});

test("a size that is no power of two is refused", () => {
  assert.throws(() => new Fourier(1000), RangeError);
});

test("the pitch of single voices is found within three cents, over five octaves, with and without overtones", () => {
  const finder = new PitchFinder(2048);
  for (const hz of [65.41, 110, 261.63, 440, 987.77, 1975.5]) {
    const saw = (/** @type {number} */ i) => {
      let sum = 0;
      for (let k = 1; k <= 12 && k * hz < 18_000; k++) sum += Math.sin((2 * Math.PI * k * hz * i) / RATE) / k;
      return 0.3 * sum;
    };
    for (const voice of [sine(hz, 0.5), saw]) {
      const found = finder.find(made(2048, voice), RATE);
      assert.ok(found !== null, `${hz} Hz`);
      const cents = 1200 * Math.log2(found.hz / hz);
      assert.ok(Math.abs(cents) < 3, `${hz} Hz: ${cents} cents off`);
    }
  }
});

test("chords, noise and silence have no pitch", () => {
  const finder = new PitchFinder(2048);
  const random = noise(5);
  assert.equal(finder.find(made(2048, random), RATE), null);
  assert.equal(finder.find(new Float64Array(2048), RATE), null);
  const voices = [261.63, 311.13, 392].map((hz) => sine(hz, 0.3));
  assert.equal(
    finder.find(
      made(2048, (i) => voices.reduce((sum, voice) => sum + voice(i), 0)),
      RATE,
    ),
    null,
  );
});

test("notes are counted as Live does", () => {
  assert.deepEqual(noteOf(440), { note: "A3", cents: 0 });
  assert.deepEqual(noteOf(261.6256), { note: "C3", cents: 0 });
  assert.equal(noteOf(440 * 2 ** (20 / 1200)).cents, 20);
  assert.equal(noteOf(27.5).note, "A-1");
});

test("levels jump up at once and sink slowly; silence ends by being still", () => {
  const fourier = new Fourier(4096);
  const levels = new Levels(236, RATE, 4096);
  assert.ok(levels.take(fourier.amplitudes(made(4096, sine(1000))), 1 / 60));
  const top = Math.max(...levels.heights);
  const at = levels.heights.indexOf(top);
  // 1 kHz on a logarithmic scale from 30 Hz to 18 kHz.
  assert.ok(Math.abs(at - (236 * Math.log(1000 / 30)) / Math.log(600)) < 2, `column ${at}`);
  assert.ok(top > 0.95);
  const silence = new Float64Array(2048);
  levels.take(silence, 1 / 60);
  assert.ok(Math.max(...levels.heights) < top && Math.max(...levels.heights) > top - 0.02);
  let frames = 0;
  while (levels.take(silence, 1 / 60) && frames < 1000) frames++;
  assert.ok(frames > 60 && frames < 200, `${frames} frames`);
  assert.equal(Math.max(...levels.heights), 0);
});
