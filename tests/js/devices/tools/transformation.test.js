/** A transformation answers at once about notes it has watched: any selection of them, the middle of a turn, unseen notes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Transformation } from "../../../../js/devices/tools/transformation.js";
import table from "../../../../presets/devices/fit_tool.json" with { type: "json" };
import { addClip, note, show } from "../../live/support/stage.js";
import { desk, selected } from "./desk.js";

/** @type {any} */
const FIT = {
  method: "compose.fit",
  noteForNote: true,
  promise: "",
  request: ({ controls }) => ({ key: controls.choice("key") }),
  read: ({ notes, words }) => ({ notes, words }),
};
/** @type {any} */
const VARY = { ...FIT, method: "compose.vary", noteForNote: false };

const TUNE = [note(60, 0, 1), note(62, 1, 1), note(64, 2, 1)];
/** As Live hands them over. */
const GIVEN = TUNE.map((each, i) => ({ ...each, note_id: i + 1, mute: 0 }));
const KEYS = ["follow", "C", "Db", "D"];

/** Each note as many semitones up as the key is far. @param {any} params */
const reply = ({ key, notes }) => ({
  notes: notes.map((/** @type {any} */ each) => ({ ...each, pitch: each.pitch + KEYS.indexOf(key) })),
  words: `Moved to ${key}`,
});

/** @param {any} [kind] */
async function ready(kind = FIT) {
  const on = desk(table, (parts) => new Transformation(parts, kind));
  const clip = addClip(on.set, 0, 0, 4, TUNE);
  show(on.set, clip);
  on.begin();
  on.tool.parameter("key", 1);
  await on.answerAll(reply);
  on.gives(GIVEN, selected(0, 4));
  return { ...on, clip };
}

const told = (/** @type {any} */ notes) => notes?.map((/** @type {any} */ each) => [each.note_id, each.pitch]);

test("the notes of the clip one sees are asked about before anybody presses", async () => {
  const on = await ready();
  assert.deepEqual(told(on.round()), [[1, 61], [2, 63], [3, 65]]); // biome-ignore format: a tune
  assert.equal(on.words(), "Moved to C");
});

test("note for note: any selection of the clip is answered from the whole", async () => {
  const on = await ready();
  const before = on.asked.length;
  on.gives([GIVEN[1]], selected(1, 2));
  assert.deepEqual(told(on.round()), [[2, 63]]);
  assert.equal(on.asked.length, before);
});

test("a control that is turned begins from the notes of the turn, not from what it made of them", async () => {
  const on = await ready();
  on.round();
  on.set.edit(() =>
    on.clip.setNotes(on.clip.notes.map((/** @type {any} */ each) => ({ ...each, pitch: each.pitch + 1 }))),
  );
  await on.look();
  await on.answerAll(reply);
  on.tool.parameter("key", 3);
  await on.answerAll(reply);
  assert.deepEqual(told(on.round()), [[1, 63], [2, 65], [3, 67]]); // biome-ignore format: a tune
  const now = on.clip.notes.map((/** @type {any} */ each) => ({ ...each }));
  on.gives(now, selected(0, 4));
  assert.deepEqual(pitchesOf(on.round()), [64, 66, 68], "and the next press goes on from what lies there");
});

const pitchesOf = (/** @type {any} */ notes) => notes?.map((/** @type {any} */ each) => each.pitch);

test("notes that were never met pass as they are; the next press knows them", async () => {
  const on = await ready();
  const strange = [{ ...note(50, 7, 1), note_id: 9, mute: 0 }];
  on.gives(strange, selected(0, 8));
  assert.deepEqual(told(on.round()), [[9, 50]]);
  assert.match(on.words(), /Listening to these notes: press Transform again/);
  await on.answerAll(reply);
  assert.deepEqual(told(on.round()), [[9, 51]]);
});

test("in the middle of a turn, notes stay as the turn has left them until the engine has said more", async () => {
  const on = await ready();
  on.round();
  on.tool.parameter("key", 8);
  assert.deepEqual(pitchesOf(on.answer()), [61, 63, 65]);
  assert.match(on.words(), /Listening/);
});

test("the engine is away: notes pass as they are, and that is said", async () => {
  const on = await ready();
  on.state("away", "Engine asleep");
  assert.deepEqual(told(on.round()), [[1, 60], [2, 62], [3, 64]]); // biome-ignore format: a tune
  assert.equal(on.words(), "Engine away: your notes are left as they are");
  on.state("ready");
  assert.deepEqual(pitchesOf(on.round()), [61, 63, 65]);
});

test("all of a note that the engine does not speak of stays", async () => {
  const on = await ready();
  const odd = { ...GIVEN[0], probability: 0.5, velocity_deviation: 9, release_velocity: 3, mute: 1 };
  on.gives([odd], selected(0, 4));
  assert.deepEqual(on.round(), [{ ...odd, pitch: 61 }]);
});

test("other notes than before: the selected ones are asked about, and those of the last round", async () => {
  const on = await ready(VARY);
  on.set.edit(() => {
    on.clip.selected = new Set([on.clip.notes[2].note_id]);
  });
  on.gives([GIVEN[2]], selected(0, 4));
  on.tool.refresh();
  await on.answerAll(reply);
  assert.deepEqual(told(on.round()), [[undefined, 65]], "they are new notes");
  on.gives(GIVEN.slice(1), selected(0, 4));
  on.round();
  assert.match(on.words(), /Listening/);
  await on.answerAll(reply);
  assert.deepEqual(pitchesOf(on.round()), [63, 65]);
});

test("with nothing to ask, notes pass and the reason is said", async () => {
  const on = await ready({ ...FIT, request: () => null, idle: () => "Take a groove first" });
  assert.deepEqual(told(on.round()), [[1, 60], [2, 62], [3, 64]]); // biome-ignore format: a tune
  assert.equal(on.words(), "Take a groove first");
});

test("no clip, an audio clip, a clip that goes: nothing to ask about, and no complaint", async () => {
  const on = desk(table, (parts) => new Transformation(parts, FIT));
  on.begin();
  assert.equal(on.asked.length, 0);
  const clip = addClip(on.set, 0, 0, 4, TUNE);
  show(on.set, clip);
  await on.look();
  assert.ok(on.asked.length > 0);
  on.set.edit(() => clip.parent.delete_clip());
  await on.look();
  on.tool.parameter("key", 2);
  assert.deepEqual(on.posts, []);
  on.tool.remove();
});
