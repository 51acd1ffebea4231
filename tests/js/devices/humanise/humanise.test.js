/** Humanise: it acts on the clip pointed at, and always starts from the notes the user made. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HumaniseDevice } from "../../../../js/devices/humanise/device.js";
import { show } from "../../live/support/stage.js";
import { addClip, note, ready } from "../maker/desk.js";

const make = (/** @type {any} */ options) => ready(HumaniseDevice, "compose.humanise", options);
const LINE = [note(60, 0, 1), note(62, 1, 1), { ...note(64, 2, 1), probability: 0.5 }];

/** @param {any} on */
function pointed(on) {
  const clip = addClip(on.set, 1, 0, 4, LINE);
  show(on.set, clip);
  return clip;
}

/** The same notes, played. @param {any} params @param {number} late */
const played = ({ notes }, late = 0.05) => ({
  role: "melody",
  notes: notes.map((/** @type {any} */ each) => ({ ...each, start_time: each.start_time + late, velocity: 80 })),
  length: 4,
});

test("it asks with the clip's notes as they are, its length and the knobs", () => {
  const on = make({ tempo: 90 });
  pointed(on);
  on.device.parameter("timing", 30);
  on.device.parameter("velocity", 12);
  on.device.parameter("role", 1);
  on.device.generate();
  const { notes, clip_length, timing, velocity, amount, ghosts, role, tempo } = on.params();
  assert.deepEqual([clip_length, timing, velocity, amount, ghosts, role, tempo], [4, 30, 12, 100, 0, "drums", 90]);
  assert.deepEqual(
    notes.map(({ pitch, start_time, probability }) => [pitch, start_time, probability]),
    [
      [60, 0, 1],
      [62, 1, 1],
      [64, 2, 0.5],
    ],
  );
});

test("what comes back takes their place; the clip keeps its loop; Undo puts them back", async () => {
  const on = make();
  const clip = pointed(on);
  on.set.edit(() => clip.set_start_marker(1));
  on.device.generate();
  await on.answer(played(on.params()));
  assert.deepEqual(
    clip.notes.map(({ start_time }) => start_time),
    [0.05, 1.05, 2.05],
  );
  assert.deepEqual([clip.start_marker, clip.loop_start, clip.loop_end], [1, 0, 4]);
  assert.equal(on.words(), 'Played 3 notes as a soloist on "Pads"');
  on.device.undo();
  assert.deepEqual(
    clip.notes.map(({ start_time }) => start_time),
    [0, 1, 2],
  );
});

test("pressed again it starts from the user's notes; what the user changed since counts", async () => {
  const on = make();
  const clip = pointed(on);
  on.device.generate();
  await on.answer(played(on.params()));
  on.device.generate();
  const starts = () => on.params().notes.map(({ start_time }) => start_time);
  assert.deepEqual(starts(), [0, 1, 2]);
  await on.answer(played(on.params(), 0.1));
  on.device.undo();
  on.device.generate();
  assert.deepEqual(starts(), [0, 1, 2], "also after Undo");
  await on.answer(played(on.params(), 0.2));
  on.set.edit(() => clip.add_new_notes({ notes: [note(70, 3, 1)] }));
  on.device.generate();
  assert.deepEqual(starts(), [0.2, 1.2, 2.2, 3]);
});

test("a preview is heard and then written as it was", async () => {
  const on = make();
  const clip = pointed(on);
  on.device.preview();
  await on.answer(played(on.params()));
  assert.equal(clip.notes[0].start_time, 0);
  assert.match(on.words(), /^Preview: \w+ writes this take$/);
  on.device.generate();
  assert.equal(on.asked().length, 1);
  assert.equal(clip.notes[0].start_time, 0.05);
});

test("with no notes to play it says what to do, and makes no clip", () => {
  const on = make();
  on.device.generate();
  assert.match(on.words(), /No clip here: select one with notes/);
  show(on.set, addClip(on.set, 0, 0, 4));
  on.device.generate();
  assert.match(on.words(), /That clip is empty/);
  assert.equal(on.asked().length, 0);
});
