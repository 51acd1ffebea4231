/** Real Sets by other people, read when they lie beside the project (see the data folder's README). */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { SetFileError } from "../../../../js/headless/live/errors.js";
import { LiveSet } from "../../../../js/headless/live/set.js";

const folder = fileURLToPath(new URL("../../../../../shared/data/als/", import.meta.url));
const skip = existsSync(folder) ? false : "the folder of real Live Sets is not here";

/** @typedef {[file: string, version: string, tempo: number, tracks: number, returns: number, scenes: number]} Row */
/** @type {Row[]} */
const ROWS = [
  ["buildable-groups", "12.0.15", 120, 6, 2, 8],
  ["buildable-key-midi-mappings", "12.0.20", 120, 4, 2, 8],
  ["buildable-live-12-default", "12.0.5", 120, 4, 2, 8],
  ["buildable-routing", "12.0.15", 120, 6, 2, 8],
  ["buildable-sends", "12.0.20", 120, 2, 2, 8],
  ["danielbayley-live-tools", "9.1.7", 128, 2, 1, 10],
  ["dawtool-L12-automation", "12.0", 60, 1, 0, 8],
  ["dawtool-automation-intense", "10.1.7", 120.760574, 1, 0, 8],
  ["dawtool-automation-pathological", "10.1.7", 120.699997, 1, 0, 8],
  ["dawtool-automation", "10.1.7", 60, 1, 0, 8],
  ["dawtool-example-140", "10.1.7", 140, 1, 0, 8],
  ["dawtool-live9-patch-markers-noauto", "9.7.1", 135, 25, 2, 8],
  ["dawtool-markers-malformed-no-master-ae", "10.1.9", 120, 1, 0, 8],
  ["logic2ableton-default", "12.1", 120, 4, 2, 8],
];

for (const [file, version, tempo, tracks, returns, scenes] of ROWS) {
  test(`${file}: version, tempo, tracks, scenes`, { skip }, () => {
    const set = LiveSet.fromAls(`${folder}${file}.als`);
    const { song } = set;
    assert.deepEqual(
      [set.fileVersion, set.tempo, set.tracks.length, song.return_tracks.length, set.scenes.length],
      [version, tempo, tracks, returns, scenes],
    );
    assert.deepEqual([song.signature_numerator, song.signature_denominator], [4, 4]);
    assert.equal(song.name, file);
    for (const track of set.tracks) assert.equal(track.clip_slots.length, scenes);
  });
}

/** @param {LiveSet} set @returns {any[]} */
const clipsOf = (set) =>
  set.tracks.flatMap((track) => [...track.clip_slots.flatMap((slot) => slot.clip ?? []), ...track.arrangement_clips]);

test("Live 9.7: every clip and note, groups, racks, plug-ins, locators", { skip }, () => {
  const set = LiveSet.fromAls(`${folder}dawtool-live9-patch-markers-noauto.als`);
  const clips = clipsOf(set);
  const midi = clips.filter((clip) => clip.is_midi_clip);
  assert.deepEqual([clips.length, midi.length], [163, 39]);
  assert.equal(
    midi.reduce((sum, clip) => sum + clip.notes.length, 0),
    1759,
  );
  assert.ok(clips.every((clip) => clip.loop_end > clip.loop_start && clip.end_marker > clip.start_marker));
  const bass = set.tracks.find((track) => track.name === "Bass");
  assert.equal(bass?.devices[0].name, "FF Saturn");
  assert.equal(set.tracks.filter((track) => track.group_track === bass).length, 2);
  assert.deepEqual(
    set.song.cue_points.map((cue) => [cue.time, cue.name]),
    [
      [32, "Live9Marker"],
      [64, "Live9Marker2"],
      [128, "Live9Marker3"],
    ],
  );
  const drums = /** @type {any} */ (set.tracks[0].devices[0]);
  assert.equal(drums.type, "RackDevice");
  assert.ok(drums.chains.length > 0);
});

test("groups of Live 12", { skip }, () => {
  const set = LiveSet.fromAls(`${folder}buildable-groups.als`);
  assert.deepEqual(
    set.tracks.map((track) => [track.name, track.kind, track.group_track?.name ?? ""]),
    [
      ["Midi Group", "group", ""],
      ["2-MIDI", "midi", "Midi Group"],
      ["3-MIDI", "midi", "Midi Group"],
      ["Audio Group", "group", ""],
      ["5-Audio", "audio", "Audio Group"],
      ["6-Audio", "audio", "Audio Group"],
    ],
  );
});

test("audio clips, and locators out of order", { skip }, () => {
  const set = LiveSet.fromAls(`${folder}dawtool-example-140.als`);
  assert.ok(clipsOf(set).every((clip) => clip.is_audio_clip && clip.file_path.endsWith("divineboys-v1.mp3")));
  const malformed = LiveSet.fromAls(`${folder}dawtool-markers-malformed-no-master-ae.als`);
  assert.deepEqual(
    malformed.song.cue_points.map((cue) => cue.name),
    ["aa", "bb", "cc"],
  );
});

for (const [file, words] of /** @type {Array<[string, RegExp]>} */ ([
  ["dawtool-empty", /is empty/],
  ["dawtool-junk", /is not a Live Set/],
  ["dawtool-live8-patch-markers-auto", /made by Live 8\.1\.4/],
])) {
  test(`${file} is refused in words`, { skip }, () => {
    assert.throws(
      () => LiveSet.fromAls(`${folder}${file}.als`),
      (error) => {
        return error instanceof SetFileError && words.test(error.message) && error.hint.length > 10;
      },
    );
  });
}

test("warp markers of real files end in the hidden one; what is not warped counts in seconds", { skip }, () => {
  const clips = ["dawtool-live9-patch-markers-noauto", "dawtool-example-140"].flatMap((file) =>
    clipsOf(LiveSet.fromAls(`${folder}${file}.als`)).filter((clip) => clip.is_audio_clip),
  );
  assert.ok(clips.length > 100);
  for (const clip of clips) {
    const [last, hidden] = clip.warp_markers.warp_markers.slice(-2);
    assert.equal(hidden.beat_time - last.beat_time, 1 / 32);
    // A file is a little longer than its last marker at most: sample_time is in seconds, not in samples.
    assert.ok(hidden.sample_time < clip.duration + 1, clip.name);
  }
  const snares = clips.filter((clip) => clip.name === "Beefy Snare");
  assert.ok(snares.length > 5 && snares.every((clip) => !clip.warping && !clip.looping));
  for (const { lengthInBeats, start_time: start, end_time: end } of snares) {
    assert.ok(Math.abs(lengthInBeats - (end - start)) < 1e-6);
  }
});
