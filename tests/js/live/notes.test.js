import assert from "node:assert/strict";
import { test } from "node:test";
import { LiveRefusal } from "../../../js/live/errors.js";
import { addNotes, allNotes, fitted, notesBetween, parsed, removeAll, sameNotes } from "../../../js/live/notes.js";
import { addClip, note, stage } from "./support/stage.js";

test("notes come back with every field they went in with", () => {
  const { live, set } = stage();
  const clip = addClip(set, 0, 0, 8);
  const rich = {
    pitch: 60,
    start_time: 0.5,
    duration: 1.25,
    velocity: 77,
    mute: true,
    probability: 0.5,
    velocity_deviation: -12,
    release_velocity: 33,
  };
  addNotes(live, clip.id, [rich, note(64, 0, 1)]);
  assert.deepEqual(allNotes(live, clip.id), [note(64, 0, 1), rich]);
  assert.deepEqual(notesBetween(live, clip.id, 0.25, 4), [rich]);
});

test("removeAll also takes notes before zero and behind the loop", () => {
  const { live, set } = stage();
  const clip = addClip(set, 0, 0, 4, [note(60, -3.5, 1), note(62, 1, 1), note(64, 99.75, 4)]);
  removeAll(live, clip.id);
  assert.deepEqual(allNotes(live, clip.id), []);
});

test("Live's answer is read as text, as a list of one text, and as an object", () => {
  for (const answer of ['{"notes":[]}', ['{"notes":[]}'], { notes: [] }]) {
    assert.deepEqual(parsed(answer), { notes: [] });
  }
  for (const bad of ["not json", undefined, 1]) assert.throws(() => parsed(bad), LiveRefusal);
});

test("the same notes are the same in any order, and no others are", () => {
  const a = [note(60, 0, 1), note(64, 0, 1), note(60, 2, 1)];
  assert.ok(sameNotes(a, [a[2], a[0], a[1]]));
  assert.ok(sameNotes(a, [{ ...a[0], start_time: 1e-7 }, a[1], a[2]]));
  for (const [field, value] of Object.entries({
    pitch: 61,
    start_time: 0.5,
    duration: 2,
    velocity: 99,
    mute: true,
    probability: 0.9,
  })) {
    assert.equal(sameNotes(a, [{ ...a[0], [field]: value }, a[1], a[2]]), false, field);
  }
  assert.equal(sameNotes(a, a.slice(1)), false);
});

test("a take is cut where the clip is shorter", () => {
  const take = [note(60, 0, 4), note(62, 4, 4)];
  assert.deepEqual(fitted(take, 8, 6, 0), [note(60, 0, 4), note(62, 4, 2)]);
  assert.deepEqual(fitted(take, 8, 4, 0), [note(60, 0, 4)]);
});

test("a take is repeated where the clip is longer, and cut at its end", () => {
  const take = [note(60, 0, 2), note(62, 2, 2)];
  assert.deepEqual(
    fitted(take, 4, 7, 16).map((each) => [each.pitch, each.start_time, each.duration]),
    [
      [60, 16, 2],
      [62, 18, 2],
      [60, 20, 2],
      [62, 22, 1],
    ],
  );
});
