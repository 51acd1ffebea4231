import assert from "node:assert/strict";
import { test } from "node:test";
import { Envelope, MEASURE_MS } from "../../../../js/devices/listen/envelope.js";
import { moveDevice } from "../../../../js/headless/live/model/structure.js";
import { desk, ready } from "./desk.js";

const TEMPO = 120;
/** Measures in a beat. */
const BEAT = 60_000 / TEMPO / MEASURE_MS;

/**
 * Measures for some beats.
 *
 * @param {Envelope} envelope
 * @param {number} power
 * @param {number} beats
 * @param {number} [every] measures from onset to onset
 */
function runs(envelope, power, beats, every = 0) {
  let last = { level: 0, density: 0 };
  for (let tick = 0; tick < beats * BEAT; tick++) {
    if (every > 0 && tick % every === 0) envelope.onset();
    last = envelope.measure(power, TEMPO);
  }
  return last;
}

test("silence is 0, full scale is 1, and what lies between is heard in decibels", () => {
  assert.deepEqual(runs(new Envelope(), 0, 4), { level: 0, density: 0 });
  assert.equal(runs(new Envelope(), 1, 8).level, 1);
  const half = runs(new Envelope(), 10 ** (-27 / 10), 8).level;
  assert.ok(Math.abs(half - 0.5) < 0.01, `-27 dB, half of the way, is ${half}`);
});

test("a level comes up within a beat and goes down slowly, to nothing at last", () => {
  const envelope = new Envelope();
  assert.ok(runs(envelope, 1, 0.5).level > 0.9);
  const after = runs(envelope, 0, 1).level;
  assert.ok(after > 0.3 && after < 0.6, `a beat after the end it is ${after}`);
  assert.equal(runs(envelope, 0, 12).level, 0);
});

test("density is onsets against the beat: a third for one in each beat, 1 for triplets", () => {
  const one = runs(new Envelope(), 1, 24, BEAT).density;
  assert.ok(Math.abs(one - 1 / 3) < 0.06, `one a beat is ${one}`);
  const five = runs(new Envelope(), 1, 24, BEAT / 5).density;
  assert.equal(five, 1, `five a beat is ${five}`);
  const envelope = new Envelope();
  runs(envelope, 1, 24, BEAT);
  assert.ok(runs(envelope, 1, 4).density < one / 2, "onsets of long ago do not count");
});

test("what sounds is told under the device's id, with its track, and only what is new", () => {
  const on = ready();
  const track = on.live.id("live_set tracks 0");
  assert.deepEqual(on.sounding.all(), [{ track, level: 0, density: 0 }]);
  assert.deepEqual(
    on.from(2).findLast(([word]) => word === "measure"),
    ["measure", 1],
  );
  for (let tick = 0; tick < 40; tick++) on.meter.level(1);
  const [now] = on.sounding.all();
  assert.ok(now.level > 0.99);
  const { writes } = on.shared;
  for (let tick = 0; tick < 40; tick++) on.meter.level(1);
  assert.equal(on.shared.writes, writes, "nothing new is no news");
});

test("nobody hears of a track whose Listen is off, or gone", () => {
  const on = ready();
  for (let tick = 0; tick < 10; tick++) on.meter.level(1);
  on.listen.enable(false);
  assert.deepEqual(on.sounding.all(), []);
  assert.deepEqual(
    on.from(2).findLast(([word]) => word === "measure"),
    ["measure", 0],
  );
  on.meter.level(1);
  assert.deepEqual(on.sounding.all(), [], "a measure on its way comes to nothing");
  on.listen.enable(true);
  assert.equal(on.sounding.all()[0].level, 0, "it begins anew");
  on.listen.remove();
  assert.deepEqual(on.sounding.all(), []);
});

test("moved to another track it is that one's level", () => {
  const on = ready({ tracks: [{ kind: "audio" }, { kind: "audio" }] });
  on.set.edit(() => moveDevice(on.set.song, on.device, on.set.tracks[1], 0));
  for (let tick = 0; tick < 25; tick++) on.meter.level(1);
  assert.equal(on.sounding.all()[0].track, on.live.id("live_set tracks 1"));
});

test("before Live is there, nothing is told", () => {
  assert.deepEqual(desk().sounding.all(), []);
});
