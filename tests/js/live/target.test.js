import assert from "node:assert/strict";
import { test } from "node:test";
import { LiveRefusal } from "../../../js/live/errors.js";
import { findTarget } from "../../../js/live/target.js";
import { addClip, handOn, note, show, stage } from "./support/stage.js";

const CHORDS = { name: "Bandmate Chords", className: "MxDeviceMidiEffect", type: 4 };

/** @param {any} set @param {any} device */
const targetFrom = (set, device) => findTarget(handOn(set, device).live);

test("the clip in Detail View comes first", () => {
  const { live, set } = stage();
  const clip = addClip(set, 1, 2, 8);
  show(set, clip);
  const target = findTarget(live);
  assert.equal(target.clip, clip.id);
  assert.equal(target.trackName, "Bass");
  assert.equal(target.ownTrack, false);
  assert.equal(target.span, 0);
  assert.deepEqual(target.signature, [4, 4]);
});

test("an arrangement clip keeps its length", () => {
  const { live, set } = stage();
  const clip = set.edit(() => set.tracks[0].create_midi_clip(16, 12));
  show(set, clip);
  const target = findTarget(live);
  assert.equal(target.clip, clip.id);
  assert.equal(target.slot, 0);
  assert.equal(target.span, 12);
  assert.equal(target.ownTrack, true);
});

test("an audio clip in Detail View is passed over", () => {
  const { live, set } = stage();
  set.song.view.set_highlighted_clip_slot(set.tracks[2].clip_slots[0]);
  const target = findTarget(live);
  assert.equal(target.clip, 0);
  assert.equal(target.trackName, "Keys");
  assert.equal(target.slotNumber, 1);
});

test("the highlighted empty slot is used, else the first empty one of the own track", () => {
  const { live, set } = stage();
  set.song.view.set_highlighted_clip_slot(set.tracks[1].clip_slots[1]);
  assert.equal(findTarget(live).slot, set.tracks[1].clip_slots[1].id);

  set.song.view.set_highlighted_clip_slot(set.tracks[2].clip_slots[0]);
  addClip(set, 0, 0, 4);
  set.song.view.shownClip = null;
  const target = findTarget(live);
  assert.equal(target.slot, set.tracks[0].clip_slots[1].id);
  assert.equal(target.slotNumber, 2);
});

test("a highlighted slot with a MIDI clip in it means that clip", () => {
  const { live, set } = stage();
  const clip = addClip(set, 0, 0, 4);
  set.song.view.set_highlighted_clip_slot(set.tracks[0].clip_slots[0]);
  set.song.view.shownClip = null;
  assert.equal(findTarget(live).clip, clip.id);
});

test("no empty slot is said in words", () => {
  const { live, set } = stage({ scenes: 2 });
  addClip(set, 0, 0, 4);
  addClip(set, 0, 1, 4);
  set.song.view.set_highlighted_clip_slot(set.tracks[2].clip_slots[0]);
  set.song.view.shownClip = null;
  assert.throws(() => findTarget(live), /No empty slot on "Keys"/);
});

test("a frozen track is said in words, for a clip and for a slot", () => {
  const { live, set } = stage();
  const clip = addClip(set, 0, 0, 4);
  set.tracks[0].is_frozen = true;
  show(set, clip);
  assert.throws(() => findTarget(live), /"Keys" is frozen/);
  set.song.view.shownClip = null;
  assert.throws(
    () => findTarget(live),
    (error) => error instanceof LiveRefusal && /frozen/.test(error.message),
  );
});

test("a device inside racks finds its track", () => {
  const { set } = stage();
  const rack = set.addRack(set.tracks[1]);
  const inner = set.addRack(/** @type {any} */ (rack.chains[0]));
  const deep = set.addDevice(/** @type {any} */ (inner.chains[0]), CHORDS);
  set.song.view.set_highlighted_clip_slot(set.tracks[2].clip_slots[0]);
  const target = targetFrom(set, deep);
  assert.equal(target.trackName, "Bass");
  assert.equal(target.ownTrack, true);
});

test("a device on a return track or the main track says what to select", () => {
  const { set } = stage();
  set.song.view.set_highlighted_clip_slot(set.tracks[2].clip_slots[0]);
  for (const owner of [set.song.return_tracks[0], set.song.master_track]) {
    const device = set.addDevice(/** @type {any} */ (owner), { ...CHORDS, className: "MxDeviceAudioEffect", type: 2 });
    assert.throws(() => targetFrom(set, device), /holds no MIDI clips/);
  }
});

test("a device in a group works, and the group's own slots are passed over", () => {
  const { set } = stage({
    tracks: [
      { kind: "midi", name: "Keys" },
      { kind: "group", name: "All keys" },
      { kind: "midi", name: "Pad", group: 1 },
    ],
  });
  const device = set.addDevice(/** @type {any} */ (set.tracks[2]), CHORDS);
  set.song.view.set_highlighted_clip_slot(set.tracks[1].clip_slots[0]);
  const target = targetFrom(set, device);
  assert.equal(target.trackName, "Pad");
});

test("a clip's own signature goes before the Set's", () => {
  const { live, set } = stage();
  const clip = addClip(set, 0, 0, 6, [note(60, 0, 1)]);
  clip.signature_numerator = 3;
  show(set, clip);
  assert.deepEqual(findTarget(live).signature, [3, 4]);
});

/** A Set whose Arranger is in front, with its loop over four bars from the third on. */
function arranged() {
  const on = stage();
  on.set.app.view.focus_view("Arranger");
  on.live.set("live_set", "loop_start", 8);
  on.live.set("live_set", "loop_length", 16);
  on.live.set("live_set", "loop", 1);
  return on;
}

test("where the Arranger is in front, the loop brace on the own track", () => {
  const { live, set } = arranged();
  const target = findTarget(live);
  assert.deepEqual([target.clip, target.slot, target.at, target.span], [0, 0, 8, 16]);
  assert.equal(target.track, set.tracks[0].id);
  live.set("live_set", "loop", 0);
  assert.notEqual(findTarget(live).slot, 0);
});

test("a clip that lies in the loop is meant; of several one has to be selected", () => {
  const { live, set } = arranged();
  const clip = set.edit(() => set.tracks[0].create_midi_clip(20, 8));
  assert.deepEqual([findTarget(live).clip, findTarget(live).at, findTarget(live).span], [clip.id, 20, 8]);
  set.edit(() => set.tracks[0].create_midi_clip(0, 10));
  assert.throws(() => findTarget(live), /Several clips lie in the loop on "Keys": select one/);
});

test("a clip in Detail View comes before the loop", () => {
  const { live, set } = arranged();
  const clip = addClip(set, 1, 0, 4);
  show(set, clip);
  assert.equal(findTarget(live).clip, clip.id);
});
