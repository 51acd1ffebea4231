/** Vary: variations of the clip pointed at, one after the other, or all of them below it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { VaryDevice } from "../../../../js/devices/vary/device.js";
import { show } from "../../live/support/stage.js";
import { addClip, note, ready } from "../maker/desk.js";

const make = (/** @type {any} */ options) => ready(VaryDevice, "compose.vary", options);

/** @param {any} on @param {number} [slot] */
function pointed(on, slot = 0) {
  const clip = addClip(on.set, 0, slot, 4, [note(60, 0, 1)]);
  clip.name = "Riff";
  show(on.set, clip);
  return clip;
}

/** Three variations of one note each. */
const three = () => ({
  variations: [61, 62, 63].map((pitch, i) => ({
    notes: [note(pitch, 1, 1)],
    distance: 0.1 * (i + 1),
    words: `moved ${i + 1}`,
    take: "",
  })),
  length: 4,
});

/** @param {any} clip */
const pitches = (clip) => clip?.notes.map((/** @type {any} */ { pitch }) => pitch);

/** A device that has made three variations. @param {any} [options] @param {number} [slot] */
async function varied(options, slot) {
  const on = make(options);
  const clip = pointed(on, slot);
  on.device.generate();
  await on.answer(three());
  return { ...on, varied: clip };
}

test("it asks with the clip, the distance and how many", () => {
  const on = make();
  pointed(on);
  on.device.parameter("distance", 70);
  on.device.parameter("count", 9);
  on.device.parameter("keep", 1);
  on.device.generate();
  const { notes, length, distance, count, keep, role } = on.params();
  assert.deepEqual([length, distance, count, keep, role, notes.length], [4, 70, 9, "rhythm", "auto", 1]);
  assert.equal("clip_length" in on.params(), false);
});

test("the first one is written and told; Next and Previous go round; each can be undone", async () => {
  const on = await varied();
  assert.deepEqual(pitches(on.varied), [61]);
  assert.equal(on.words(), "Variation 1 of 3, 10 % away");
  assert.match(on.why(), /moved 1/);
  on.device.next();
  on.device.next();
  assert.deepEqual(pitches(on.varied), [63]);
  on.device.next();
  assert.deepEqual(pitches(on.varied), [61]);
  on.device.previous();
  assert.equal(on.words(), "Variation 3 of 3, 30 % away");
  on.device.undo();
  assert.deepEqual(pitches(on.varied), [61]);
  on.device.next();
  assert.deepEqual(pitches(on.varied), [62], "the steps go on from what lies there");
  for (let i = 0; i < 5; i++) on.device.undo();
  assert.deepEqual(pitches(on.varied), [60]);
  on.device.previous();
  assert.deepEqual(pitches(on.varied), [63]);
});

test("pressed again it varies what the user made, not its own variation", async () => {
  const on = await varied();
  on.device.next();
  on.device.generate();
  assert.deepEqual(
    on.params().notes.map(({ pitch }) => pitch),
    [60],
  );
});

test("To slots writes the others into the empty slots below, and leaves the rest alone", async () => {
  const on = await varied();
  addClip(on.set, 0, 1, 4, [note(99, 0, 1)]);
  show(on.set, on.varied);
  on.device.fillSlots();
  assert.deepEqual(pitches(on.clip(0, 1)), [99]);
  assert.deepEqual([pitches(on.clip(0, 2)), pitches(on.clip(0, 3))], [[62], [63]]);
  assert.deepEqual([on.clip(0, 2).name, on.clip(0, 2).length], ["Riff 2", 4]);
  assert.equal(on.words(), "Wrote 2 variations below");
  assert.equal(on.set.song.view.detail_clip, on.varied, "one still looks at the clip they came from");
  on.device.undo();
  on.device.undo();
  assert.deepEqual([on.clip(0, 2), on.clip(0, 3)], [null, null]);
});

test("where there is no room below, it says how many found none", async () => {
  const on = await varied({ scenes: 2 }, 0);
  on.device.fillSlots();
  assert.equal(on.words(), "Wrote 1 variation below. 1 variation found no empty slot: add a scene");
});

test("steps are for the clip whose variations they are", async () => {
  const on = make();
  pointed(on);
  on.device.next();
  assert.match(on.words(), /No variations of this clip yet: press Vary/);
  on.device.generate();
  await on.answer(three());
  const other = addClip(on.set, 1, 0, 4, [note(50, 0, 1)]);
  show(on.set, other);
  on.device.next();
  on.device.fillSlots();
  assert.match(on.words(), /No variations of this clip yet/);
  assert.deepEqual(pitches(other), [50]);
});

test("a clip of the arrangement has no slots below", async () => {
  const on = make();
  const clip = on.set.edit(() => on.set.tracks[0].create_midi_clip(8, 4));
  on.set.edit(() => clip.add_new_notes({ notes: [note(60, 0, 1)] }));
  show(on.set, clip);
  on.device.generate();
  await on.answer(three());
  on.device.fillSlots();
  assert.match(on.words(), /Slots are in the Session/);
});

test("a clip that cannot be varied is left alone", async () => {
  const on = make();
  const clip = pointed(on);
  on.device.generate();
  await on.answer({ variations: [], length: 4 });
  assert.match(on.words(), /does not let itself be varied/);
  assert.deepEqual(pitches(clip), [60]);
});
