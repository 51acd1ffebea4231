import assert from "node:assert/strict";
import { test } from "node:test";
import { LiveRefusal } from "../../../js/live/errors.js";
import { Watch } from "../../../js/live/hands/watch.js";
import { liveMethods } from "../../../js/live/reverse.js";
import { addClip, note, show, stage } from "./support/stage.js";

function asked(options = {}) {
  const on = stage(options);
  const methods = liveMethods(on.live, { watch: new Watch(on.live, /** @type {any} */ (on.LiveAPI)) });
  return { ...on, ask: (/** @type {string} */ name, params = {}) => /** @type {any} */ (methods[name](params)) };
}

test("live.song tells tempo, signature, scale and transport", () => {
  const { ask } = asked({ tempo: 125, scale: { root: 9, name: "Minor" } });
  assert.deepEqual(ask("live.song"), {
    tempo: 125,
    signature_numerator: 4,
    signature_denominator: 4,
    scale_root: 9,
    scale_name: "Minor",
    scale_mode: true,
    is_playing: false,
    time: 0,
  });
});

test("live.tracks tells kinds and clips", () => {
  const { ask, set } = asked();
  addClip(set, 1, 2, 6);
  const { tracks, complete } = ask("live.tracks");
  assert.equal(complete, true);
  assert.deepEqual(
    tracks.map((/** @type {any} */ track) => [track.index, track.name, track.kind, track.frozen]),
    [
      [0, "Keys", "midi", false],
      [1, "Bass", "midi", false],
      [2, "Vox", "audio", false],
    ],
  );
  assert.deepEqual(tracks[1].clips, [{ slot: 2, name: "", midi: true, length: 6 }]);
});

test("live.clip tells the clip in Detail View, or the one at a place", () => {
  const { ask, set } = asked();
  const clip = addClip(set, 1, 2, 6, [note(60, 0, 1)]);
  show(set, clip);
  const shown = ask("live.clip");
  assert.deepEqual([shown.track, shown.slot, shown.length, shown.notes], [1, 2, 6, [note(60, 0, 1)]]);
  assert.deepEqual(ask("live.clip", { track: 1, slot: 2 }), shown);
});

test("live.write writes where it was told, and tells what Live holds", () => {
  const { ask, set } = asked();
  const done = ask("live.write", { notes: [note(60, 0, 1)], length: 4, track: 1, slot: 1, name: "From outside" });
  assert.deepEqual(done, {
    track: 1,
    slot: 1,
    name: "From outside",
    created: true,
    wanted: 1,
    written: 1,
    start: 0,
    length: 4,
  });
  assert.equal(set.tracks[1].clip_slots[1].clip.name, "From outside");
});

test("places that are not there are refused in words, with a hint for the wire", () => {
  const { ask } = asked();
  for (const [name, params, words] of /** @type {[string, any, RegExp][]} */ ([
    ["live.clip", {}, /No clip is in Detail View/],
    ["live.clip", { track: 0, slot: 0 }, /empty/],
    ["live.clip", { track: 77, slot: 0 }, /no track 77/],
    ["live.clip", { track: 0, slot: 77 }, /no slot 77/],
    ["live.clip", { track: 0 }, /track and slot/],
    ["live.write", { notes: [], length: 4, track: 2, slot: 0 }, /takes no MIDI clip/],
  ])) {
    assert.throws(
      () => ask(name, params),
      (/** @type {any} */ error) => error instanceof LiveRefusal && words.test(error.message) && words.test(error.hint),
    );
  }
});
