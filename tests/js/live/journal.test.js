import assert from "node:assert/strict";
import { test } from "node:test";
import { deposit } from "../../../js/live/deposit.js";
import { LiveRefusal } from "../../../js/live/errors.js";
import { Journal } from "../../../js/live/journal.js";
import { allNotes } from "../../../js/live/notes.js";
import { findTarget } from "../../../js/live/target.js";
import { addClip, note, show, stage } from "./support/stage.js";

const FIRST = { notes: [note(60, 0, 4), note(64, 0, 4)], length: 16, name: "Chords one", memo: "first" };
const SECOND = { notes: [note(62, 0, 8)], length: 8, name: "Chords two", memo: "second" };

/** @param {any} [options] */
function desk(options) {
  const on = stage(options);
  const journal = new Journal(on.live);
  /** @param {any} take */
  const write = (take) => deposit(on.live, journal, findTarget(on.live), take);
  return { ...on, journal, write };
}

/** @param {any} clip */
const facts = (clip) => ({
  name: clip.name,
  looping: clip.looping,
  loop: clip.loop,
  markers: clip.markers,
  notes: clip.notes.map((/** @type {any} */ each) => [each.pitch, each.start_time, each.duration]),
});

test("into an empty slot: a clip as long as the take, named, shown, and counted from what Live holds", () => {
  const { set, write } = desk();
  const done = write(FIRST);
  const { clip } = set.tracks[0].clip_slots[0];
  assert.equal(done.clip, clip.id);
  assert.equal(done.created, true);
  assert.deepEqual([done.wanted, done.found.length, done.start, done.span], [2, 2, 0, 16]);
  assert.deepEqual(facts(clip), {
    name: "Chords one",
    looping: true,
    loop: { start: 0, end: 16 },
    markers: { start: 0, end: 16 },
    notes: [
      [60, 0, 4],
      [64, 0, 4],
    ],
  });
  assert.equal(set.song.view.detail_clip, clip);
});

test("the next press acts on the clip that the last one made", () => {
  const { set, write } = desk();
  write(FIRST);
  const again = write(SECOND);
  assert.equal(again.created, false);
  assert.equal(set.tracks[0].clip_slots[1].clip, null);
  assert.equal(set.tracks[0].clip_slots[0].clip.length, 8);
});

test("a user's clip keeps its name and its place; its old content goes as far as it was heard", () => {
  const { set, live, write } = desk();
  const clip = addClip(set, 1, 0, 32, [note(40, 0, 1), note(41, 8, 1), note(42, 31, 1), note(43, 90, 1)]);
  set.edit(() => {
    clip.name = "My bass";
    clip.set_loop_start(8);
    clip.set_start_marker(8);
  });
  show(set, clip);
  const done = write(SECOND);
  assert.deepEqual([done.start, done.span], [8, 8]);
  assert.equal(clip.name, "My bass");
  assert.deepEqual(clip.loop, { start: 8, end: 16 });
  assert.deepEqual(
    allNotes(live, clip.id).map((each) => [each.pitch, each.start_time]),
    [
      [40, 0],
      [62, 8],
      [43, 90],
    ],
  );
});

test("an arrangement clip keeps its length: the take is repeated to its end", () => {
  const { set, write } = desk();
  const clip = set.edit(() => set.tracks[0].create_midi_clip(4, 20));
  show(set, clip);
  const done = write(SECOND);
  assert.equal(done.span, 20);
  assert.deepEqual(
    done.found.map((each) => [each.start_time, each.duration]),
    [
      [0, 8],
      [8, 8],
      [16, 4],
    ],
  );
  assert.deepEqual([clip.start_time, clip.end_time], [4, 24]);
});

test("undo goes back press by press to the very first state, restore comes all the way again", () => {
  const { set, journal, write } = desk();
  const clip = addClip(set, 0, 0, 12, [note(50, 0, 1), note(51, 11, 1)]);
  set.edit(() => {
    clip.name = "Mine";
    clip.set_start_marker(2);
  });
  show(set, clip);
  const states = [facts(clip)];
  for (const take of [FIRST, SECOND, FIRST]) {
    write(take);
    states.push(facts(clip));
  }
  for (const state of states.slice(0, -1).reverse()) {
    assert.equal(journal.undo().moved, true);
    assert.deepEqual(facts(clip), state);
  }
  assert.deepEqual(journal.undo(), { words: "Nothing to undo", clip: 0, moved: false, memo: null });
  for (const state of states.slice(1)) {
    assert.equal(journal.restore().moved, true);
    assert.deepEqual(facts(clip), state);
  }
  assert.equal(journal.restore().words, "Nothing to restore");
});

test("a clip that did not loop is back as it was", () => {
  const { set, journal, write } = desk();
  const clip = addClip(set, 0, 0, 8, [note(50, 1, 1)]);
  set.edit(() => {
    clip.looping = false;
    clip.set_end_marker(6);
  });
  show(set, clip);
  const before = facts(clip);
  write(FIRST);
  assert.equal(clip.looping, true);
  journal.undo();
  assert.deepEqual({ ...facts(clip), loop: null }, { ...before, loop: null });
});

test("undo takes a clip away that the take made; restore makes it anew, and undo still knows it", () => {
  const { set, journal, write } = desk();
  write(FIRST);
  write(SECOND);
  const slot = set.tracks[0].clip_slots[0];
  const second = facts(slot.clip);
  journal.undo();
  assert.equal(journal.undo().words, "Took the new clip away");
  assert.equal(slot.clip, null);
  journal.restore();
  assert.equal(journal.restore().memo, "second");
  assert.deepEqual(facts(slot.clip), second);
  journal.undo();
  journal.undo();
  assert.equal(slot.clip, null);
});

test("the memo of the take that lies there again comes back", () => {
  const { journal, write } = desk();
  write(FIRST);
  write(SECOND);
  assert.equal(journal.undo().memo, "first");
  assert.equal(journal.restore().memo, "second");
});

test("what the user changed since is left alone, and said", () => {
  const { set, journal, write } = desk();
  write(FIRST);
  const { clip } = set.tracks[0].clip_slots[0];
  write(SECOND);
  set.edit(() => clip.add_new_notes({ notes: [note(100, 3, 1)] }));
  const edited = facts(clip);
  assert.throws(
    () => journal.undo(),
    (error) => error instanceof LiveRefusal && /You changed that clip/.test(error.message),
  );
  assert.deepEqual(facts(clip), edited);
  // Another take on top is undone to the user's edit.
  write(FIRST);
  journal.undo();
  assert.deepEqual(facts(clip), edited);
});

test("a new clip that the user renamed is not taken away", () => {
  const { set, journal, write } = desk();
  write(FIRST);
  const slot = set.tracks[0].clip_slots[0];
  set.edit(() => {
    slot.clip.name = "Keeper";
  });
  assert.throws(() => journal.undo(), /You changed that clip/);
  assert.equal(slot.clip.name, "Keeper");
});

test("a name and a loop the user set meanwhile outlive an undo of the notes", () => {
  const { set, journal, write } = desk();
  const clip = addClip(set, 0, 0, 4, [note(50, 0, 1)]);
  show(set, clip);
  write(FIRST);
  set.edit(() => {
    clip.name = "Chorus";
    clip.set_loop_end(12);
  });
  journal.undo();
  assert.equal(clip.name, "Chorus");
  assert.deepEqual(clip.loop, { start: 0, end: 12 });
  assert.deepEqual(facts(clip).notes, [[50, 0, 1]]);
});

test("a deleted clip is said, and undo goes on with the press before", () => {
  const { set, journal, write } = desk();
  const clip = addClip(set, 1, 0, 4, [note(50, 0, 1)]);
  show(set, clip);
  write(SECOND);
  set.song.view.shownClip = null;
  set.song.view.set_highlighted_clip_slot(set.tracks[0].clip_slots[0]);
  write(FIRST);
  set.edit(() => set.tracks[0].clip_slots[0].delete_clip());
  assert.match(journal.undo().words, /gone/);
  assert.equal(journal.undo().moved, true);
  assert.deepEqual(facts(clip).notes, [[50, 0, 1]]);
});

test("restore does not write over a clip that lies in the slot by now", () => {
  const { set, journal, write } = desk();
  write(FIRST);
  journal.undo();
  const other = addClip(set, 0, 0, 4, [note(99, 0, 1)]);
  assert.throws(() => journal.restore(), /Another clip lies there now/);
  assert.deepEqual(facts(other).notes, [[99, 0, 1]]);
});

test("a slot that was filled between press and answer is not written to", () => {
  const { set, live, journal } = desk();
  const target = findTarget(live);
  const other = addClip(set, 0, 0, 4, [note(99, 0, 1)]);
  assert.throws(() => deposit(live, journal, target, FIRST), /filled meanwhile/);
  assert.deepEqual(facts(other).notes, [[99, 0, 1]]);
});

test("a clip that Live will not change is as it was, and the journal knows nothing of it", () => {
  const { set, live, journal } = desk();
  const clip = addClip(set, 0, 0, 4, [note(50, 0, 1)]);
  show(set, clip);
  const target = findTarget(live);
  const before = facts(clip);
  set.tracks[0].is_frozen = true;
  assert.throws(() => deposit(live, journal, target, FIRST), LiveRefusal);
  assert.deepEqual(facts(clip), before);
  assert.equal(journal.undo().words, "Nothing to undo");
});

test("what lies on a frozen track is not undone, in words, and can be once it is thawed", () => {
  const { set, journal, write } = desk();
  write(FIRST);
  const frozen = /is frozen: unfreeze it to write/;
  set.tracks[0].is_frozen = true;
  assert.throws(() => journal.undo(), frozen);
  set.tracks[0].is_frozen = false;
  assert.equal(journal.undo().moved, true);
  set.tracks[0].is_frozen = true;
  assert.throws(() => journal.restore(), frozen);
  set.tracks[0].is_frozen = false;
  assert.equal(journal.restore().moved, true);
});

test("the journal forgets the oldest of very many presses, not the newest", () => {
  const { set, journal, write } = desk();
  const clip = addClip(set, 0, 0, 4);
  show(set, clip);
  for (let press = 0; press < 40; press++) write({ ...FIRST, notes: [note(40 + press, 0, 1)] });
  let undone = 0;
  while (journal.undo().moved) undone++;
  assert.equal(undone, 32);
  assert.equal(clip.notes[0].pitch, 47);
});

test("into the loop brace: a clip as long as the loop, taken away by Undo and brought back by Restore", () => {
  const { set, live, journal, write } = desk();
  set.app.view.focus_view("Arranger");
  live.set("live_set", "loop_start", 8);
  live.set("live_set", "loop_length", 24);
  live.set("live_set", "loop", 1);
  const done = write(FIRST);
  const clips = () => /** @type {any[]} */ (set.tracks[0].arrangement_clips);
  assert.deepEqual([clips()[0].start_time, clips()[0].end_time, clips()[0].name], [8, 32, "Chords one"]);
  assert.deepEqual([done.span, done.found.length], [24, 4], "the take goes round to the end of the loop");
  assert.equal(set.tracks[0].clip_slots[0].clip, null);
  assert.equal(journal.undo().words, "Took the new clip away");
  assert.equal(clips().length, 0);
  journal.restore();
  assert.deepEqual([clips()[0].start_time, clips()[0].end_time, clips()[0].notes.length], [8, 32, 4]);
  journal.undo();
  set.edit(() => set.tracks[0].create_midi_clip(16, 4));
  assert.throws(() => journal.restore(), /Another clip lies there now/);
});
