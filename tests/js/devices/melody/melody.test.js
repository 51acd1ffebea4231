/** Melody: what only it asks, how it goes on, and how it answers a line. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { MelodyDevice } from "../../../../js/devices/melody/device.js";
import { show } from "../../live/support/stage.js";
import { addChords, addClip, note, ready } from "../maker/desk.js";

const make = (/** @type {any} */ options) => ready(MelodyDevice, "compose.melody", options);
const LEAD = 2;
/** Row of the Counter menu: Off, Pads, Lead ... */
const COUNTER_LEAD = 2;

/** A bar and a bit of melody in a clip that is shown. @param {any} on @param {number} length */
function begun(on, length) {
  const clip = addClip(on.set, 0, 0, length, [note(62, 0, 1), note(65, 2, 1), { ...note(69, 4, 1), probability: 0.5 }]);
  show(on.set, clip);
  return clip;
}

const four = () => Array.from({ length: 4 }, (_, beat) => ({ ...note(74, beat, 1), start_time: beat }));

test("the knobs go onto the wire under their own names", () => {
  const on = make();
  on.device.parameter("tension", 81);
  on.device.parameter("rests", 12);
  on.device.parameter("leaps", 13);
  on.device.parameter("range", 24);
  on.device.parameter("contour", 2);
  on.device.parameter("phrase", 2);
  on.device.generate();
  const { tension, rests, leaps, range, contour, phrase, swing_grid } = on.params();
  assert.deepEqual([tension, rests, leaps, range, contour, phrase, swing_grid], [81, 12, 13, 24, "rise", 8, "style"]);
  assert.deepEqual(["before" in on.params(), "line" in on.params()], [false, false]);
});

test("Continue takes up what is there and fills the empty bars behind it", async () => {
  const on = make();
  begun(on, 16);
  on.device.goOn();
  const { before, clip_length } = on.params();
  assert.deepEqual(
    before.map(({ pitch, start_time }) => [pitch, start_time]),
    [
      [62, 0],
      [65, 2],
      [69, 4],
    ],
  );
  assert.equal(clip_length, 8, "two bars hold notes, two are empty");
  await on.answer({ notes: four(), length: 8 });
  assert.equal(on.clip().length, 16);
  const notes = on.clip().notes.map(({ pitch, start_time }) => [pitch, start_time]);
  assert.deepEqual(notes.slice(2, 5), [
    [69, 4],
    [74, 8],
    [74, 9],
  ]);
  assert.equal(on.clip().notes[2].probability, 0.5, "what was there keeps all it had");
  assert.equal(on.words(), "Added 4 notes, 4 bars, D minor");
  on.device.undo();
  assert.equal(on.clip().notes.length, 3);
});

test("a full session clip grows by Bars", async () => {
  const on = make();
  begun(on, 8);
  on.device.parameter("bars", 4);
  on.device.goOn();
  assert.equal("clip_length" in on.params(), false);
  assert.equal(on.params().bars, 4);
  await on.answer({ notes: four(), length: 16 });
  assert.equal(on.clip().length, 24);
  assert.equal(on.picture().chords[0].start, 8, "the chords of what was added stand where it begins");
  on.device.undo();
  assert.equal(on.clip().length, 8);
});

test("a full clip of the arrangement stays as it is, and that is said", () => {
  const on = make();
  const clip = on.set.edit(() => on.set.tracks[0].create_midi_clip(0, 6));
  on.set.edit(() => clip.add_new_notes({ notes: [note(60, 0, 1), note(62, 5, 1)] }));
  show(on.set, clip);
  on.device.goOn();
  assert.match(on.words(), /The clip is full to its end/);
  assert.equal(on.asked().length, 0);
});

test("with nothing to go on from, it says what to do", () => {
  const on = make();
  on.device.goOn();
  assert.match(on.words(), /No clip to continue/);
  show(on.set, addClip(on.set, 0, 1, 4, [{ ...note(60, 0, 1), mute: true }]));
  on.device.goOn();
  assert.match(on.words(), /That clip is empty/);
  assert.equal(on.asked().length, 0);
});

test("the harmony is that of the bars it fills", () => {
  const on = make();
  begun(on, 16);
  addClip(on.set, 1, 0, 16, [note(50, 0, 8), note(53, 0, 8), note(57, 0, 10), note(48, 8, 8), note(52, 8, 8)]);
  on.device.goOn();
  const { harmony_notes: notes } = on.params();
  assert.deepEqual(
    notes.map(({ pitch, start_time, duration }) => [pitch, start_time, duration]),
    [
      [57, 0, 2],
      [48, 0, 8],
      [52, 0, 8],
    ],
  );
});

test("Generate after Continue writes a melody of its own again", async () => {
  const on = make();
  begun(on, 16);
  on.device.goOn();
  await on.answer({ notes: four(), length: 8 });
  on.device.generate();
  assert.equal("before" in on.params(), false);
});

test("Counter answers the line of a track", async () => {
  const on = make();
  addChords(on.set, 1, 0);
  addClip(on.set, LEAD, 0, 4, [note(76, 0, 1), note(77, 1, 1)]);
  assert.deepEqual(on.items("counter")?.slice(0, 4), ["Off", "Pads", "Lead", "Drums"]);
  on.device.parameter("bars", 2);
  on.device.parameter("counter", COUNTER_LEAD);
  on.device.generate();
  assert.deepEqual(
    on.params().line.map(({ pitch, start_time }) => [pitch, start_time]),
    [
      [76, 0],
      [77, 1],
      [76, 4],
      [77, 5],
    ],
  );
  await on.answer();
  assert.match(on.why(), /Follows "Pads"\. Answers "Lead"/);
});

test("a line that is not there is said", () => {
  const on = make();
  on.device.parameter("counter", COUNTER_LEAD);
  on.device.generate();
  assert.match(on.words(), /No line on that track here/);
  assert.equal(on.asked().length, 0);
});
