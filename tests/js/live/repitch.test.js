import assert from "node:assert/strict";
import { test } from "node:test";
import { Changes } from "../../../js/live/changes.js";
import { Gone, LiveRefusal } from "../../../js/live/errors.js";
import { allNotes } from "../../../js/live/notes.js";
import { repitch } from "../../../js/live/repitch.js";
import { addClip, note, stage } from "./support/stage.js";

const LINE = [note(60, 0, 1), note(62, 1, 1), { ...note(64, 2, 1, 33), mute: true, probability: 0.5 }];

/** @param {any[]} [notes] */
function desk(notes = LINE) {
  const on = stage();
  const clip = addClip(on.set, 0, 0, 4, notes);
  const before = allNotes(on.live, clip.id);
  const changes = new Changes(on.live);
  /** @param {...number} pitches */
  const to = (...pitches) => {
    const after = before.map((each, i) => ({ ...each, pitch: pitches[i] }));
    changes.record([repitch(on.live, clip.id, before, after, "the notes of Lead")]);
  };
  const pitches = () => clip.notes.map((/** @type {any} */ each) => each.pitch);
  return { ...on, clip, before, changes, to, pitches };
}

test("other pitches, and all else as it was: the notes are the same ones", () => {
  const { clip, to, pitches, changes } = desk();
  const before = clip.notes.map((/** @type {any} */ each) => ({ ...each }));
  to(65, 62, 67);
  assert.deepEqual(pitches(), [65, 62, 67]);
  const without = (/** @type {any} */ { pitch: _, ...rest }) => rest;
  assert.deepEqual(clip.notes.map(without), before.map(without), "ids, times, velocities, chances");
  assert.equal(changes.undo(), "Put back the notes of Lead");
  assert.deepEqual(clip.notes, before);
  assert.equal(changes.restore(), "Restored the notes of Lead");
  assert.deepEqual(pitches(), [65, 62, 67]);
});

test("a chord may move onto pitches that others of it leave", () => {
  const { to, pitches, changes } = desk([note(60, 0, 4), note(62, 0, 4), note(64, 0, 4)]);
  to(62, 64, 66);
  assert.deepEqual(pitches(), [62, 64, 66]);
  changes.undo();
  assert.deepEqual(pitches(), [60, 62, 64]);
});

test("what the user changed since is left alone, and said", () => {
  const { set, clip, to, changes, pitches } = desk();
  to(65, 67, 69);
  set.edit(() => clip.add_new_notes({ notes: [note(40, 3, 1)] }));
  assert.throws(() => changes.undo(), /You changed the notes of Lead since: Undo left it alone/);
  assert.deepEqual(pitches(), [65, 67, 69, 40]);
});

test("a clip that changed between press and answer is not touched", () => {
  const { set, clip, to, pitches, changes } = desk();
  set.edit(() => clip.add_new_notes({ notes: [note(40, 3, 1)] }));
  assert.throws(() => to(65, 67, 69), /You changed that clip meanwhile: press again/);
  assert.deepEqual(pitches(), [60, 62, 64, 40]);
  assert.equal(changes.undoable, 0);
});

test("a frozen track and a clip that is gone are said", () => {
  const { set, to, pitches, changes } = desk();
  set.tracks[0].is_frozen = true;
  assert.throws(() => to(65, 67, 69), /is frozen: unfreeze it to write/);
  set.tracks[0].is_frozen = false;
  to(65, 67, 69);
  set.tracks[0].is_frozen = true;
  assert.throws(() => changes.undo(), /is frozen/);
  assert.deepEqual(pitches(), [65, 67, 69]);
  set.tracks[0].is_frozen = false;
  set.edit(() => set.tracks[0].clip_slots[0].delete_clip());
  assert.throws(() => to(65, 67, 69), Gone);
  assert.equal(changes.undo(), "Gone since: the notes of Lead");
});

test("when Live takes only some of it, the clip is as before and it is said", () => {
  const { clip, to, pitches, changes } = desk();
  const apply = clip.apply_note_modifications;
  clip.apply_note_modifications = (/** @type {any} */ { notes }) => apply.call(clip, { notes: notes.slice(1) });
  assert.throws(
    () => to(65, 67, 69),
    (problem) => problem instanceof LiveRefusal && /does not let that clip change/.test(problem.message),
  );
  assert.deepEqual(pitches(), [60, 62, 64]);
  assert.equal(changes.undoable, 0);
});
