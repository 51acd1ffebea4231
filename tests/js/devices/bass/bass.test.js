/** Bass: what only it asks. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { BassDevice } from "../../../../js/devices/bass/device.js";
import { addChords, addClip, note, ready } from "../maker/desk.js";

const make = (/** @type {any} */ options) => ready(BassDevice, "compose.bass", options);
const DRUMS = 3;

/** @param {any} on */
const kicks = (on) =>
  addClip(
    on.set,
    DRUMS,
    0,
    4,
    [0, 1.75, 2.5].map((at) => note(36, at, 0.25)),
  );

test("the knobs go onto the wire under their own names", () => {
  const on = make();
  for (const [place, name] of ["movement", "syncopation", "ghosts", "slide", "lock"].entries()) {
    on.device.parameter(name, 11 * (place + 1));
  }
  on.device.parameter("swing_grid", 2);
  on.device.generate();
  const { movement, syncopation, ghosts, slide, lock, swing_grid } = on.params();
  assert.deepEqual([movement, syncopation, ghosts, slide, lock, swing_grid], [11, 22, 33, 44, 55, "16"]);
});

test("it locks to the kick of the drums in the same scene, for the whole take", async () => {
  const on = make();
  kicks(on);
  on.device.parameter("bars", 2);
  on.device.generate();
  assert.deepEqual(on.params().kick, [0, 1.75, 2.5, 4, 5.75, 6.5]);
  await on.answer();
  assert.match(on.why(), /^Locks to the kick on "Drums"/);
});

test("at 0 % it does not listen; without drums it asks for none", () => {
  const on = make();
  on.device.generate();
  assert.equal("kick" in on.params(), false);
  on.device.generate();
  kicks(on);
  on.device.parameter("lock", 0);
  on.device.generate();
  assert.equal(on.params().lock, 0);
  assert.equal("kick" in on.params(), false);
});

test("drums are no chords to follow, chords are no kick", async () => {
  const on = make();
  kicks(on);
  addChords(on.set, 1, 0);
  on.device.generate();
  assert.deepEqual(new Set(on.params().harmony_notes.map(({ pitch }) => pitch)), new Set([60, 63, 64, 67, 71]));
  await on.answer();
  assert.match(on.why(), /^Follows "Pads"\. Locks to the kick on "Drums"/);
});

test("a drum clip that changed after the preview makes Generate compose anew", async () => {
  const on = make();
  const drums = kicks(on);
  on.device.preview();
  await on.answer();
  on.set.edit(() => drums.add_new_notes({ notes: [note(36, 3, 0.25)] }));
  on.device.generate();
  assert.equal(on.asked().length, 2);
  assert.equal(on.params().seed, 1001);
});
