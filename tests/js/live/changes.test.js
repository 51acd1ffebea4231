import assert from "node:assert/strict";
import { test } from "node:test";
import { Changes } from "../../../js/live/changes.js";
import { Gone, LiveRefusal } from "../../../js/live/errors.js";
import { SONG } from "../../../js/live/paths.js";
import { addClip, stage } from "./support/stage.js";

function desk() {
  const on = stage({ tempo: 120 });
  return { ...on, song: on.set.song, changes: new Changes(on.live) };
}

/** @param {number} value */
const tempo = (value) => ({ ref: SONG, property: "tempo", value, words: "the tempo" });

/** @param {any} clip @param {string} value */
const named = (clip, value) => ({ ref: clip.id, property: "name", value, words: "the clip's name" });

test("what was set is put back and done again, over several presses", () => {
  const { changes, song } = desk();
  assert.equal(changes.undo(), "Nothing to undo");
  assert.equal(changes.restore(), "Nothing to restore");
  changes.make([tempo(174)]);
  changes.make([tempo(87)]);
  assert.equal(song.tempo, 87);
  assert.equal(changes.undo(), "Put back the tempo");
  assert.equal(song.tempo, 174);
  changes.undo();
  assert.equal(song.tempo, 120);
  assert.equal(changes.undo(), "Nothing to undo");
  assert.equal(changes.restore(), "Restored the tempo");
  changes.restore();
  assert.equal(song.tempo, 87);
  assert.deepEqual([changes.undoable, changes.restorable], [2, 0]);
});

test("one press may set several things; they go back in the reverse order, in one sentence", () => {
  const { changes, song } = desk();
  const made = changes.make([
    { ref: SONG, property: "root_note", value: 9, words: "the key" },
    { ref: SONG, property: "scale_name", value: "Minor", words: "the scale" },
    tempo(90),
  ]);
  assert.deepEqual(
    made.map(({ before, after }) => [before, after]),
    [
      [0, 9],
      ["Major", "Minor"],
      [120, 90],
    ],
  );
  assert.equal(changes.undo(), "Put back the key, the scale and the tempo");
  assert.deepEqual([song.root_note, song.scale_name, song.tempo], [0, "Major", 120]);
  changes.restore();
  assert.deepEqual([song.root_note, song.scale_name, song.tempo], [9, "Minor", 90]);
});

test("what already is as wished is not touched, and a press that changed nothing is not remembered", () => {
  const { changes } = desk();
  assert.deepEqual(changes.make([tempo(120)]), []);
  assert.equal(changes.undoable, 0);
});

test("what others set is remembered as they tell it", () => {
  const { changes, set, song } = desk();
  set.edit(() => song.set_tempo(100));
  changes.record([{ ref: SONG, property: "tempo", before: 120, after: 100, words: "the tempo" }]);
  changes.undo();
  assert.equal(song.tempo, 120);
});

test("what the user changed since is left alone, and said; set back by hand, Undo works again", () => {
  const { changes, set, song } = desk();
  changes.make([tempo(174)]);
  set.edit(() => song.set_tempo(140));
  assert.throws(
    () => changes.undo(),
    (error) => error instanceof LiveRefusal && error.message === "You changed the tempo since: Undo left it alone",
  );
  assert.equal(song.tempo, 140);
  set.edit(() => song.set_tempo(174));
  assert.equal(changes.undo(), "Put back the tempo");
  set.edit(() => song.set_tempo(133));
  assert.throws(() => changes.restore(), /You changed the tempo since: Restore left it alone/);
  assert.equal(song.tempo, 133);
});

test("of several things the untouched ones go back, and only those come again", () => {
  const { changes, set, song } = desk();
  const clip = addClip(set, 0, 0, 4);
  changes.make([tempo(174), named(clip, "Loop 174")]);
  set.edit(() => {
    clip.name = "Mine";
  });
  assert.equal(changes.undo(), "Put back the tempo. You changed the clip's name since: left alone");
  assert.deepEqual([song.tempo, clip.name], [120, "Mine"]);
  assert.equal(changes.restore(), "Restored the tempo");
  assert.deepEqual([song.tempo, clip.name], [174, "Mine"]);
});

test("what is gone is said, and the press before is next", () => {
  const { changes, set, song } = desk();
  const clip = addClip(set, 0, 0, 4);
  changes.make([tempo(90)]);
  changes.make([named(clip, "A minor")]);
  changes.make([tempo(100), named(clip, "B minor")]);
  set.edit(() => set.tracks[0].clip_slots[0].delete_clip());
  assert.equal(changes.undo(), "Put back the tempo. Gone since: the clip's name");
  assert.equal(changes.undo(), "Gone since: the clip's name");
  assert.equal(changes.undo(), "Put back the tempo");
  assert.equal(song.tempo, 120);
  assert.throws(() => changes.make([named(clip, "C")]), Gone);
});

test("a name made of digits is text all the same", () => {
  const { changes, set } = desk();
  const clip = addClip(set, 0, 0, 4);
  changes.make([named(clip, "174")]);
  assert.equal(changes.undo(), "Put back the clip's name");
  assert.equal(clip.name, "");
  changes.restore();
  assert.equal(clip.name, "174");
});

test("when Live keeps one of them, all are as before and nothing is remembered", () => {
  const { changes, set, song } = desk();
  const clip = addClip(set, 0, 0, 4);
  const outside = { ref: clip.id, property: "velocity_amount", value: 2, words: "the clip's velocity" };
  assert.throws(() => changes.make([tempo(174), outside]), /Live does not let that change now/);
  assert.equal(song.tempo, 120);
  assert.equal(changes.undoable, 0);
});

test("a deed of any kind travels the same road; one that does not move is told, and the others stay", () => {
  const { changes, set, song } = desk();
  let stuck = false;
  let on = true;
  const deed = {
    words: "the markers",
    gone: () => false,
    stands: (/** @type {boolean} */ done) => on === done,
    move: (/** @type {boolean} */ done) => {
      if (!stuck) on = done;
    },
  };
  set.edit(() => song.set_tempo(99));
  changes.record([deed, { ref: SONG, property: "tempo", before: 120, after: 99, words: "the tempo" }]);
  stuck = true;
  assert.throws(() => changes.undo(), /Live does not let that change now/);
  assert.deepEqual([song.tempo, changes.undoable], [99, 1]);
  stuck = false;
  assert.equal(changes.undo(), "Put back the markers and the tempo");
  assert.deepEqual([on, song.tempo], [false, 120]);
  assert.equal(changes.restore(), "Restored the markers and the tempo");
  assert.deepEqual([on, song.tempo], [true, 99]);
});

test("a new press ends what could be restored; the oldest of very many is forgotten", () => {
  const { changes, song } = desk();
  changes.make([tempo(60)]);
  changes.undo();
  for (let step = 1; step <= 40; step++) changes.make([tempo(100 + step)]);
  assert.equal(changes.restore(), "Nothing to restore");
  for (let step = 0; step < 32; step++) changes.undo();
  assert.equal(changes.undo(), "Nothing to undo");
  assert.equal(song.tempo, 108);
});
