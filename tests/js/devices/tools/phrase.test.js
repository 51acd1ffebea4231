/** A phrase is fitted to the selected time, to Live's grid and to its scale; property tests over all of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fit, snapper } from "../../../../js/devices/tools/phrase.js";
import { between, tonesOf } from "../../../../js/devices/tools/scale.js";
import fc from "../../../../js/node_modules/fast-check/lib/fast-check.js";
import { note } from "../../live/support/stage.js";

const MAJOR = [0, 2, 4, 5, 7, 9, 11];
const MINOR = [0, 2, 3, 5, 7, 8, 10];
const A_MINOR = { root: 9, intervals: MINOR };
const WAY = { snap: false, inScale: false, coarsest: 0.5 };

/** @param {any[]} notes @param {any} [more] */
const phraseOf = (notes, more = {}) => ({
  notes,
  length: 4,
  barLength: 4,
  chords: [],
  words: "",
  key: "A minor",
  tones: A_MINOR,
  ...more,
});

/** @param {any} [more] */
const contextOf = (more = {}) => ({
  start: 0,
  end: 4,
  grid: { interval: 0.25, on: true },
  scale: { on: false, root: 0, intervals: MAJOR, name: "Major" },
  ...more,
});

/** @param {any[]} notes */
const tune = (notes) => notes.map(({ pitch, start_time }) => [pitch, Math.round(start_time * 1000) / 1000]);

test("a longer selection repeats the phrase, a shorter one cuts it", () => {
  const phrase = phraseOf([note(60, 0, 1), note(62, 3, 1)]);
  assert.deepEqual(tune(fit(phrase, contextOf({ start: 2, end: 11 }), WAY)), [
    [60, 2],
    [62, 5],
    [60, 6],
    [62, 9],
    [60, 10],
  ]);
  const [only] = fit(phrase, contextOf({ start: 8, end: 8.5 }), WAY);
  assert.deepEqual([only.start_time, only.duration], [8, 0.5]);
  assert.deepEqual(fit(phrase, contextOf({ start: 3, end: 3 }), WAY), [], "no time is selected");
});

test("a phrase may begin before the selection, or lie in the clip as what it follows does", () => {
  const phrase = phraseOf([note(60, 0, 1), note(62, 3, 1)]);
  const starts = (/** @type {number} */ from) =>
    tune(fit(phrase, contextOf({ start: 6, end: 13 }), { ...WAY, from })).map(([, at]) => at);
  assert.deepEqual(starts(6), [6, 9, 10], "with the selection");
  assert.deepEqual(starts(4), [7, 8, 11, 12], "with the bar around it");
  assert.deepEqual(starts(0), [7, 8, 11, 12], "with the clip");
  assert.deepEqual(starts(8), [7, 8, 11, 12], "a selection that begins before the clip plays");
});

test("a player who is early is not cut off: what is played a hair before the selection belongs to it", () => {
  const early = phraseOf([note(60, 0, 0.5), note(62, 1.97, 1), note(64, 3.96, 0.02)]);
  const found = (/** @type {number} */ start, /** @type {number} */ end) =>
    tune(fit(early, contextOf({ start, end }), { ...WAY, from: 0 }));
  assert.deepEqual(found(2, 4), [
    [62, 2],
    [64, 3.96],
  ]);
  assert.deepEqual(found(0, 2), [[60, 0]], "the beat behind the end is left to what comes there");
  assert.deepEqual(found(2.5, 3.5), [], "a note that sounds already when the selection begins is not struck again");
});

test("a straight grid as fine as sixteenths leaves swing and looseness as they are", () => {
  const swung = [note(60, 0.01, 0.2), note(60, 0.333, 0.2), note(60, 0.667, 0.2)];
  for (const interval of [0.0625, 0.125, 0.25]) {
    const context = contextOf({ grid: { interval, on: true } });
    assert.deepEqual(fit(phraseOf(swung), context, { ...WAY, snap: true }), swung);
  }
});

test("a grid of eighths draws sixteenths onto its lines, each with its lateness", () => {
  const move = snapper(0.5, 0.5);
  assert.equal(move(1.02), 1.02);
  assert.ok(Math.abs(move(0.27) - 0.52) < 1e-9);
  assert.ok(Math.abs(move(0.74) - 0.99) < 1e-9);
});

test("a grid to look at is none to play on: it counts as the coarsest of the part", () => {
  for (const interval of [1, 2, 4, 16]) assert.equal(snapper(interval, 0.5)(1.5), 1.5);
  assert.equal(snapper(4, 1)(1.5), 2, "chords can be played on quarters");
  assert.equal(snapper(4, 0.25)(0.25), 0.25, "drums keep their sixteenths");
});

test("a triplet grid makes triplets of sixteenths, and leaves those there are", () => {
  const move = snapper(1 / 3, 0.5);
  assert.ok(Math.abs(move(0.25) - 1 / 3) < 1e-9);
  assert.ok(Math.abs(move(0.505) - 0.672) < 0.01);
  assert.equal(move(2 / 3), 2 / 3);
});

test("Grid off, in the tool or in Live, moves nothing", () => {
  const phrase = phraseOf([note(60, 0.25, 0.2)]);
  const coarse = { interval: 0.5, on: true };
  const starts = (/** @type {any} */ grid, /** @type {boolean} */ snap) =>
    fit(phrase, contextOf({ grid }), { ...WAY, snap })[0].start_time;
  assert.equal(starts(coarse, true), 0.5);
  assert.equal(starts(coarse, false), 0.25);
  assert.equal(starts({ ...coarse, on: false }, true), 0.25);
});

test("notes that come onto one place stay one, the loudest; none rings into the next", () => {
  const phrase = phraseOf([note(60, 0, 2, 50), note(60, 0.25, 0.2, 90), note(60, 1, 1, 70)]);
  const found = fit(phrase, contextOf({ grid: { interval: 0.5, on: true } }), { ...WAY, snap: true, coarsest: 0.5 });
  assert.deepEqual(
    found.map(({ start_time, duration, velocity }) => [start_time, duration, velocity]),
    [
      [0, 0.5, 50],
      [0.5, 0.2, 90],
      [1, 1, 70],
    ],
  );
  for (const loud of [90, 20]) {
    const twice = phraseOf([note(60, 0.5, 0.2, 50), note(60, 0.74, 0.2, loud)]);
    const one = fit(twice, contextOf({ grid: { interval: 1, on: true } }), { ...WAY, snap: true, coarsest: 1 });
    assert.deepEqual(
      one.map(({ velocity }) => velocity),
      [Math.max(50, loud)],
    );
  }
});

test("another scale: home goes home by the shortest way, each degree to its place", () => {
  const up = between({ root: 0, intervals: MAJOR }, A_MINOR);
  assert.deepEqual([60, 62, 64, 65, 67, 69, 71].map(up), [57, 59, 60, 62, 64, 65, 67]);
  const pentatonic = between(A_MINOR, { root: 9, intervals: [0, 3, 5, 7, 10] });
  assert.deepEqual([69, 71, 72, 77].map(pentatonic), [69, 72, 72, 76]);
});

test("Scale on keeps every note in Live's scale, off leaves them as they were composed", () => {
  const phrase = phraseOf([note(69, 0, 1), note(68, 1, 1)]);
  const scale = { on: true, root: 9, intervals: MINOR, name: "Minor" };
  const pitches = (/** @type {any} */ context, /** @type {boolean} */ inScale) =>
    fit(phrase, contextOf(context), { ...WAY, inScale }).map(({ pitch }) => pitch);
  assert.deepEqual(pitches({ scale }, true), [69, 67], "the leading tone comes into the scale");
  assert.deepEqual(pitches({ scale }, false), [69, 68], "or stays");
  assert.deepEqual(pitches({ scale: { ...scale, on: false } }, true), [69, 68], "no scale is on");
  assert.deepEqual(pitches({ scale: { ...scale, root: 2 } }, true), [74, 72], "another home");
  assert.deepEqual(pitches({ scale: { ...scale, root: 2 } }, false), [69, 68]);
});

test("drums know no scale", () => {
  const kit = phraseOf([note(36, 0, 0.1), note(37, 1, 0.1)], { tones: null, key: "" });
  const scale = { on: true, root: 9, intervals: [0], name: "One" };
  assert.deepEqual(tune(fit(kit, contextOf({ scale }), { ...WAY, inScale: true })), [
    [36, 0],
    [37, 1],
  ]);
});

test("names of keys are read as the engine spells them", () => {
  assert.deepEqual(tonesOf("A minor"), A_MINOR);
  assert.deepEqual(tonesOf("F# dorian"), { root: 6, intervals: [0, 2, 3, 5, 7, 9, 10] });
  assert.deepEqual(tonesOf("Bb harmonic_minor")?.root, 10);
  for (const odd of ["", "H minor", "A bebop"]) assert.equal(tonesOf(odd), null);
});

const anyNote = fc.record({
  pitch: fc.integer({ min: 0, max: 127 }),
  start_time: fc.integer({ min: 0, max: 399 }).map((at) => at / 100),
  duration: fc.integer({ min: 1, max: 300 }).map((length) => length / 100),
  velocity: fc.integer({ min: 1, max: 127 }),
});

test("whatever is selected: inside, sorted, no pitch over itself, in scale, the same again", () => {
  const scales = fc.uniqueArray(fc.integer({ min: 1, max: 11 }), { minLength: 0, maxLength: 8 });
  fc.assert(
    fc.property(
      fc.uniqueArray(anyNote, { maxLength: 20, selector: ({ pitch, start_time }) => `${pitch} ${start_time}` }),
      fc.integer({ min: -64, max: 64 }),
      fc.integer({ min: 1, max: 2000 }),
      fc.constantFrom(0, 1 / 6, 0.125, 0.25, 1 / 3, 0.5, 1, 4),
      scales,
      fc.integer({ min: 0, max: 11 }),
      fc.boolean(),
      (notes, start, span, interval, more, root, snap) => {
        const intervals = [0, ...more].sort((a, b) => a - b);
        const context = contextOf({
          start,
          end: start + span / 100,
          grid: { interval, on: true },
          scale: { on: true, root, intervals, name: "" },
        });
        const phrase = phraseOf(notes.map((each) => ({ ...note(0, 0, 1), ...each })));
        const found = fit(phrase, context, { snap, inScale: true, coarsest: 0.5 });
        for (const [i, { pitch, start_time, duration }] of found.entries()) {
          assert.ok(start_time >= context.start - 1e-9 && start_time + duration <= context.end + 1e-9, "outside");
          assert.ok(duration > 0 && pitch >= 0 && pitch <= 127);
          assert.ok(intervals.includes((((pitch - root) % 12) + 12) % 12), "out of scale");
          if (i > 0) assert.ok(found[i - 1].start_time <= start_time, "not sorted");
          for (const other of found.slice(i + 1)) {
            if (other.pitch === pitch) assert.ok(other.start_time >= start_time + duration - 1e-9, "rings into itself");
          }
        }
        assert.deepEqual(fit(phrase, context, { snap, inScale: true, coarsest: 0.5 }), found);
      },
    ),
    { numRuns: 300 },
  );
});
