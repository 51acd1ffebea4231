/** What sounds together with the place a take is for, in the session and in the arrangement. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { beside, notesAlong, otherTracks } from "../../../js/live/beside.js";
import { kickBeside, padsOf } from "../../../js/live/drums.js";
import { chordsBeside, lineBeside, voices } from "../../../js/live/harmony.js";
import { findTarget } from "../../../js/live/target.js";
import { addClip, note, show, stage } from "./support/stage.js";

const TRACKS = ["Bass", "Pads", "Lead", "Drums"].map((name) => ({ kind: "midi", name }));
const CHORD = [note(60, 0, 4), note(63, 0, 4), note(67, 0, 4)];

/** A Set whose highlighted cell is the given scene of the first track. @param {number} [scene] */
function scene(scene = 0) {
  const on = stage({ tracks: TRACKS, scenes: 6 });
  on.set.song.view.set_highlighted_clip_slot(on.set.tracks[0].clip_slots[scene]);
  on.set.song.view.shownClip = null;
  return { ...on, target: () => findTarget(on.live) };
}

/** A Set that looks at an arrangement clip of the first track. @param {number} start @param {number} length */
function song(start, length) {
  const on = stage({ tracks: TRACKS });
  const clip = on.set.edit(() => on.set.tracks[0].create_midi_clip(start, length));
  show(on.set, clip);
  return { ...on, target: () => findTarget(on.live) };
}

/** @param {any} set @param {number} track @param {number} at @param {number} length @param {any[]} notes */
function lay(set, track, at, length, notes) {
  return set.edit(() => {
    const clip = set.tracks[track].create_midi_clip(at, length);
    clip.add_new_notes({ notes });
    return clip;
  });
}

/** @param {any[]|undefined} notes */
const places = (notes) =>
  notes?.map(({ pitch, start_time, duration }) => [pitch, start_time, duration]).sort((a, b) => a[1] - b[1]);

test("in the session the clips of the same scene sound together, round and round", () => {
  const { set, live, target } = scene(2);
  addClip(set, 1, 2, 4, [note(60, 1, 1), { ...note(61, 2, 1), mute: true }]);
  addClip(set, 1, 3, 4, [note(72, 0, 1)]);
  const [place, ...more] = beside(live, target(), otherTracks(live, target()), 8);
  assert.equal(more.length, 0);
  assert.deepEqual(places(notesAlong(live, place, target(), 8)), [
    [60, 1, 1],
    [60, 5, 1],
  ]);
});

test("a loop that begins later begins the take", () => {
  const { set, live, target } = scene();
  const clip = addClip(set, 1, 0, 8, [note(60, 1, 1), note(64, 5, 1)]);
  set.edit(() => clip.set_loop_start(4));
  const [place] = beside(live, target(), otherTracks(live, target()), 4);
  assert.deepEqual(places(notesAlong(live, place, target(), 4)), [[64, 1, 1]]);
});

test("muted clips and audio are not heard", () => {
  const { set, live, target } = scene();
  addClip(set, 1, 0, 4, CHORD).muted = true;
  assert.deepEqual(beside(live, target(), otherTracks(live, target()), 4), []);
});

test("in the arrangement it is what lies at the same time, cut to it", () => {
  const { set, live, target } = song(8, 8);
  lay(set, 1, 4, 6, [note(60, 0, 1), note(61, 4, 4)]);
  lay(set, 1, 12, 8, [note(62, 1, 2), note(63, 5, 2)]);
  lay(set, 1, 20, 4, [note(64, 0, 1)]);
  const [place] = beside(live, target(), otherTracks(live, target()), 8);
  assert.equal(place.clips.length, 2);
  assert.deepEqual(places(notesAlong(live, place, target(), 8)), [
    [61, 0, 2],
    [62, 5, 2],
  ]);
});

test("an arrangement clip that loops goes round from its start marker on", () => {
  const { set, live, target } = song(0, 12);
  const clip = lay(set, 1, 0, 12, [note(60, 0, 1), note(61, 2, 1), note(62, 3, 1)]);
  set.edit(() => {
    clip.set_looping?.(1);
    clip.set_loop_end(4);
    clip.set_loop_start(2);
    clip.set_start_marker(0);
  });
  const [place] = beside(live, target(), otherTracks(live, target()), 12);
  const found = places(notesAlong(live, place, target(), 12)) ?? [];
  assert.deepEqual(found.slice(0, 5), [
    [60, 0, 1],
    [61, 2, 1],
    [62, 3, 1],
    [61, 4, 1],
    [62, 5, 1],
  ]);
});

test("how many voices sound at a time", () => {
  assert.equal(voices(CHORD), 3);
  assert.equal(voices([note(60, 0, 1), note(62, 1, 1)]), 1);
  assert.equal(voices([]), 0);
});

test("chords are the fullest clip, never a line or drums; another scene's stand in", () => {
  const { set, live, target } = scene(2);
  addClip(set, 2, 2, 4, [note(72, 0, 1), note(74, 1, 1)]);
  addClip(set, 3, 2, 4, CHORD);
  assert.equal(chordsBeside(live, target(), 4), null);
  addClip(set, 1, 4, 4, [note(50, 0, 4), note(53, 0, 4)]);
  assert.equal(chordsBeside(live, target(), 4)?.notes[0].pitch, 50, "from below");
  addClip(set, 1, 1, 4, CHORD);
  assert.equal(chordsBeside(live, target(), 4)?.notes[0].pitch, 60, "from above before below");
  addClip(set, 1, 2, 4, [note(40, 0, 4), note(43, 0, 4)]);
  const found = chordsBeside(live, target(), 4);
  assert.deepEqual([found?.notes[0].pitch, found?.trackName], [40, "Pads"]);
});

test("only the clips of a Chords device, by its track or by its name", () => {
  const { set, live, target } = scene();
  addClip(set, 1, 0, 4, CHORD);
  assert.equal(chordsBeside(live, target(), 4, true), null);
  set.addDevice(/** @type {any} */ (set.tracks[1]), {
    name: "Bandmate Chords",
    className: "MxDeviceMidiEffect",
    type: 4,
  });
  assert.equal(chordsBeside(live, target(), 4, true)?.trackName, "Pads");
});

test("in the arrangement nothing stands in for what is not there", () => {
  const { set, live, target } = song(8, 8);
  lay(set, 1, 32, 8, CHORD);
  addClip(set, 1, 0, 4, CHORD);
  assert.equal(chordsBeside(live, target(), 8), null);
});

test("the line of one track", () => {
  const { set, live, target } = scene();
  addClip(set, 2, 0, 4, [note(72, 0, 1)]);
  const track = set.tracks[2].id;
  assert.deepEqual(places(lineBeside(live, target(), 8, track)?.notes), [
    [72, 0, 1],
    [72, 4, 1],
  ]);
  assert.equal(lineBeside(live, target(), 8, set.tracks[1].id), null);
});

test("the kick: General MIDI's, or the pads of the rack that are called so", () => {
  const { set, live, target } = scene();
  addClip(set, 3, 0, 4, [note(36, 0, 0.2), note(38, 1, 0.2), note(36, 2.5, 0.2), note(35, 2.5, 0.2), note(48, 3, 0.2)]);
  assert.deepEqual(kickBeside(live, target(), 8)?.onsets, [0, 2.5, 4, 6.5]);
  const rack = set.addRack(/** @type {any} */ (set.tracks[3]), { name: "Kit", kind: "drums", chains: [] });
  set.edit(() => rack.addChain("Kick 909", 48));
  set.edit(() => rack.addChain("Snare Tight", 38));
  assert.deepEqual(padsOf(live, set.tracks[3].id), [
    { note: 38, name: "Snare Tight" },
    { note: 48, name: "Kick 909" },
  ]);
  const found = kickBeside(live, target(), 8);
  assert.deepEqual([found?.onsets, found?.trackName], [[3, 7], "Drums"]);
});

test("no drums, no kick", () => {
  const { set, live, target } = scene();
  addClip(set, 1, 0, 4, [note(36, 0, 1)]);
  assert.equal(kickBeside(live, target(), 4), null);
});

test("pads that hold a sound tell their names", () => {
  const { set, live } = scene();
  const track = /** @type {any} */ (set.tracks[3]);
  const rack = set.addRack(track, { name: "Kit", kind: "drums", chains: [] });
  set.edit(() => rack.addChain("Open Hat", 46));
  set.edit(() => rack.addChain("Kick", 36));
  assert.deepEqual(padsOf(live, track.id), [
    { note: 36, name: "Kick" },
    { note: 46, name: "Open Hat" },
  ]);
  assert.deepEqual(padsOf(live, set.tracks[0].id), []);
});
