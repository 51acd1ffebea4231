import assert from "node:assert/strict";
import { test } from "node:test";
import { LiveSet } from "../../../../js/headless/live/set.js";
import { bench, notesOf } from "./harness.js";

test("an empty Set is Live's own: two MIDI and two audio tracks, eight scenes, two returns", () => {
  const set = LiveSet.empty();
  assert.deepEqual(
    set.tracks.map((track) => track.name),
    ["1-MIDI", "2-MIDI", "3-Audio", "4-Audio"],
  );
  assert.deepEqual(
    set.song.return_tracks.map((track) => track.name),
    ["A-Return", "B-Return"],
  );
  assert.equal(set.scenes.length, 8);
  assert.ok(set.tracks.every((track) => track.clip_slots.length === 8 && track.mixer_device.sends.length === 2));
});

test("create_clip: only an empty MIDI slot, only a length above 0, no group slot", () => {
  const live = bench({ tracks: [{ kind: "midi" }, { kind: "group" }, { kind: "midi", group: 1 }, { kind: "audio" }] });
  const tries = [
    ["live_set tracks 0 clip_slots 0", 0, /length must be above 0/],
    ["live_set tracks 1 clip_slots 0", 4, /group slot/],
    ["live_set tracks 3 clip_slots 0", 4, /not a MIDI track/],
  ];
  for (const [path, length, words] of tries) {
    live.api(String(path)).call("create_clip", length);
    assert.match(live.posted.at(-1) ?? "", /** @type {RegExp} */ (words));
  }
  const slot = live.api("live_set tracks 0 clip_slots 0");
  slot.call("create_clip", 4);
  slot.call("create_clip", 4);
  assert.match(live.posted.at(-1) ?? "", /already holds a clip/);
  assert.equal(live.posted.length, 4);
});

test("create_audio_clip: audio tracks and existing absolute audio files only", () => {
  const live = bench();
  live.api("live_set tracks 0 clip_slots 0").call("create_audio_clip", "/x.wav");
  live.api("live_set tracks 2 clip_slots 0").call("create_audio_clip", "x.wav");
  live.api("live_set tracks 2 clip_slots 0").call("create_audio_clip", "/no/such/file.wav");
  assert.match(live.posted[0], /not an audio track/);
  assert.match(live.posted[1], /not an absolute path/);
  assert.match(live.posted[2], /not an audio file/);
});

test("loop and markers: an end at or before its start is refused; unlooped clips show their markers", () => {
  const live = bench();
  const clip = live.clip();
  clip.set("loop_end", 0);
  assert.match(live.posted[0], /cannot end \(0\) at or before its start \(0\)/);
  clip.set("loop_end", 8);
  assert.deepEqual(clip.get("length"), [8]);
  clip.set("looping", 0);
  assert.deepEqual(clip.get("loop_end"), [4]);
  clip.set("end_marker", 2);
  assert.deepEqual(clip.get("length"), [2]);
  clip.set("start_marker", 2);
  assert.match(live.posted[1], /start_marker/);
});

test("a frozen track refuses edits and says why", () => {
  const live = bench();
  const clip = live.clip();
  live.set.tracks[0].is_frozen = true;
  clip.call("add_new_notes", { notes: [{ pitch: 60, start_time: 0, duration: 1 }] });
  live.api("live_set tracks 0 clip_slots 1").call("create_clip", 4);
  live.api("this_device parameters 1").set("value", 10);
  live.api("live_set tracks 0").call("delete_device", 0);
  assert.equal(live.posted.length, 4);
  assert.ok(live.posted.every((text) => /frozen/.test(text)));
  assert.equal(notesOf(clip).length, 0);
  live.api("live_set tracks 0 mixer_device volume").set("value", 0.5);
  assert.equal(live.posted.length, 4);
});

test("the last track and the last scene stay", () => {
  const live = bench({ tracks: [{}], scenes: 1 });
  live.api("live_set").call("delete_track", 0);
  live.api("live_set").call("delete_scene", 0);
  assert.match(live.posted[0], /last track/);
  assert.match(live.posted[1], /last scene/);
});

test("deleting a group deletes what is in it", () => {
  const { api, set } = bench({
    tracks: [{}, { kind: "group" }, { group: 1 }, { kind: "group", group: 1 }, { group: 3 }],
  });
  api("live_set").call("delete_track", 1);
  assert.equal(set.tracks.length, 1);
});

test("parameters: native range, steps, texts, refusals", () => {
  const live = bench();
  const [density, style] = [live.api("this_device parameters 1"), live.api("this_device parameters 2")];
  density.set("value", 33.3);
  assert.deepEqual(density.get("value"), [33.3]);
  density.set("value", 101);
  assert.match(live.posted[0], /out of range for "Density": 0 to 100/);
  style.set("value", 1.4);
  assert.deepEqual(style.get("value"), [1]);
  assert.deepEqual(style.get("value_items"), ["Auto", "House", "Techno"]);
  assert.equal(style.call("str_for_value", 2), "Techno");
  assert.deepEqual(style.get("display_value"), ["House"]);
});

test("undo: one device's calls are one step, hidden parameters and automation none, a person's acts one each", () => {
  const live = bench();
  const { set, device } = live;
  assert.equal(set.history.count, 1);
  const clip = live.clip();
  clip.call("add_new_notes", { notes: [{ pitch: 60, start_time: 0, duration: 1 }] });
  assert.equal(set.history.count, 2);
  device.parameter("Seed").move(77, "patch");
  device.parameter("Density").move(10, "automation");
  assert.equal(set.history.count, 2);
  device.parameter("Density").move(20, "user");
  device.parameter("Density").move(30, "user");
  assert.equal(set.history.count, 4);
  clip.set("name", "after");
  assert.equal(set.history.count, 5);
  set.song.undo();
  set.song.undo();
  assert.equal(device.parameter("Density").value, 20);
  set.song.undo();
  set.song.undo();
  assert.equal(set.tracks[0].clip_slots[0].clip, null);
  set.song.redo();
  assert.equal(notesOf(clip).length, 1);
});

test("device glue hears every move with its source, undo included", () => {
  const { set, device } = bench();
  /** @type {Array<[number, string]>} */
  const moves = [];
  device.parameter("Density").listeners.add((value, source) => moves.push([value, source]));
  device.parameter("Density").move(60, "user");
  set.song.undo();
  assert.deepEqual(moves, [
    [60, "user"],
    [50, "undo"],
  ]);
});

test("a device in a rack in a rack: path, track, activity", () => {
  const { set, LiveAPI, device } = bench();
  const outer = set.addRack(set.tracks[1]);
  const inner = set.addRack(outer.chains[0]);
  set.edit(() => {
    set.tracks[0].assign("devices", []);
    device.assign("parent", inner.chains[0]);
    inner.chains[0].addDevice(device);
  });
  const here = new LiveAPI(null, "this_device");
  assert.equal(here.unquotedpath, "live_set tracks 1 devices 0 chains 0 devices 0 chains 0 devices 0");
  assert.equal(device.track, set.tracks[1]);
  assert.deepEqual(here.get("is_active"), [1]);
  outer.on.move(0, "user");
  assert.deepEqual(here.get("is_active"), [0]);
});

test("a drum rack fills its pads by note", () => {
  const set = LiveSet.empty();
  const rack = set.addRack(set.tracks[0], { kind: "drums", chains: ["Kick", "Snare"] });
  assert.deepEqual(
    rack.filled_drum_pads.map((pad) => [pad.note, pad.name]),
    [
      [36, "Kick"],
      [37, "Snare"],
    ],
  );
  assert.equal(rack.drum_pads[38].name, "D1");
});

test("a duplicated track copies clips and devices with new ids, and tells the glue", () => {
  const live = bench();
  const clip = live.clip();
  clip.call("add_new_notes", { notes: [{ pitch: 60, start_time: 0, duration: 1 }] });
  /** @type {any[]} */
  const copies = [];
  live.set.copyListeners.add((from, to) => copies.push([from, to]));
  live.api("live_set").call("duplicate_track", 0);
  const copy = live.set.tracks[1];
  assert.equal(copy.devices[0].name, "Chords");
  assert.notEqual(copy.devices[0].id, live.device.id);
  assert.deepEqual(copies, [[live.device, copy.devices[0]]]);
  const twin = live.api("live_set tracks 1 clip_slots 0 clip");
  assert.equal(notesOf(twin).length, 1);
  twin.call("remove_notes_extended", 0, 128, 0, 4);
  assert.equal(notesOf(clip).length, 1);
});

test("arrangement clips cut what they cover", () => {
  const { api, set } = bench();
  const track = api("live_set tracks 0");
  track.call("create_midi_clip", 0, 16);
  const id = track.call("create_midi_clip", 4, 4);
  assert.equal(id[0], "id");
  assert.deepEqual(
    set.tracks[0].arrangement_clips.map((clip) => [clip.start_time, clip.end_time]),
    [
      [0, 4],
      [4, 8],
      [8, 16],
    ],
  );
  track.call("create_midi_clip", 0, 32);
  assert.equal(set.tracks[0].arrangement_clips.length, 1);
});

test("view: the highlighted slot is where track and scene cross; choosing a slot shows its clip", () => {
  const live = bench();
  live.clip();
  const view = live.api("live_set view");
  view.set("highlighted_clip_slot", "id", live.set.tracks[0].clip_slots[0].id);
  assert.deepEqual(view.get("detail_clip"), ["id", live.set.tracks[0].clip_slots[0].clip?.id]);
  view.set("selected_scene", "id", live.set.scenes[3].id);
  assert.deepEqual(view.get("highlighted_clip_slot"), ["id", live.set.tracks[0].clip_slots[3].id]);
  live.set.edit(() => live.set.tracks[0].clip_slots[0].delete_clip());
  assert.deepEqual(view.get("detail_clip"), ["id", 0]);
});

test("moving a device keeps its id", () => {
  const live = bench();
  const song = live.api("live_set");
  const { device, set } = live;
  assert.equal(song.call("move_device", "id", device.id, "id", set.tracks[1].id, 0), 0);
  assert.equal(device.path, "live_set tracks 1 devices 0");
  assert.equal(set.byId(device.id), device);
});

test("create_scene and duplicate_scene: an edition with few scenes takes no more of them", () => {
  const live = bench({ scenes: 3, mostScenes: 4 });
  const song = live.api("live_set");
  song.call("create_scene", 1);
  assert.deepEqual([song.getcount("scenes"), live.posted], [4, []]);
  song.call("create_scene", -1);
  song.call("duplicate_scene", 0);
  assert.equal(song.getcount("scenes"), 4);
  assert.equal(live.posted.filter((words) => /this edition of Live takes 4 scenes/.test(words)).length, 2);
  song.call("delete_scene", 0);
  song.call("create_scene", -1);
  assert.equal(song.getcount("scenes"), 4);
});
