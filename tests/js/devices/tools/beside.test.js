/** What parts follow: chords and kick beside the clip in Detail View, and the pads of its track's rack. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { chordsAndKickHere, chordsHere, padsHere } from "../../../../js/devices/tools/beside.js";
import { addClip, note, show, stage } from "../../live/support/stage.js";

const TRACKS = [
  { kind: "midi", name: "Bass" },
  { kind: "midi", name: "Pads" },
  { kind: "midi", name: "Drums" },
];
const CHORD = [57, 60, 64].map((pitch) => note(pitch, 0, 4));
const KICK = [0, 1, 2, 3].map((at) => note(36, at, 0.1));

function band() {
  const on = stage({ tracks: TRACKS });
  show(on.set, addClip(on.set, 0, 0, 8));
  return on;
}

test("nothing beside: nothing is followed", () => {
  const { live, posts } = band();
  assert.deepEqual(chordsAndKickHere(live, 8), { params: {}, follows: false, words: "" });
  assert.deepEqual(padsHere(live).params, {});
  assert.deepEqual(posts, []);
});

test("chords of the same scene go round beside the clip", () => {
  const { live, set } = band();
  addClip(set, 1, 0, 4, CHORD);
  const { params, follows, words } = chordsHere(live, 8);
  const notes = /** @type {any[]} */ (params.harmony_notes);
  assert.deepEqual([notes.length, follows, words], [6, true, 'Follows "Pads"']);
  assert.deepEqual(Object.keys(notes[0]), ["pitch", "start_time", "duration", "velocity"]);
});

test("a bass locks to the kick too, also where there are no chords", () => {
  const { live, set } = band();
  addClip(set, 2, 0, 4, KICK);
  assert.deepEqual(chordsAndKickHere(live, 4), {
    params: { kick: [0, 1, 2, 3] },
    follows: true,
    words: 'locks to the kick on "Drums"',
  });
  addClip(set, 1, 0, 4, CHORD);
  const both = chordsAndKickHere(live, 4);
  assert.deepEqual(Object.keys(both.params), ["harmony_notes", "kick"]);
  assert.equal(both.words, 'Follows "Pads", locks to the kick on "Drums"');
});

test("a clip where nothing can be written is followed by nothing, and nothing breaks", () => {
  const { live, set } = band();
  addClip(set, 1, 0, 4, CHORD);
  set.tracks[0].is_frozen = true;
  assert.deepEqual(chordsHere(live, 8).params, {});
});

test("no clip at all", () => {
  const { live, set } = stage({ tracks: [{ kind: "midi" }], scenes: 1 });
  assert.deepEqual(chordsHere(live, 8).params, {});
  assert.ok(set);
});
