import assert from "node:assert/strict";
import { test } from "node:test";
import { valueAt } from "../../../../js/headless/live/model/automation.js";
import { bench } from "./harness.js";

test("the play head follows the injected clock and the tempo", () => {
  const { api, clock, set } = bench({ tempo: 120 });
  const song = api("live_set");
  song.call("start_playing");
  clock.ms += 1000;
  assert.deepEqual(song.get("current_song_time"), [2]);
  song.set("tempo", 60);
  clock.ms += 1000;
  assert.deepEqual(song.get("current_song_time"), [3]);
  song.call("stop_playing");
  clock.ms += 5000;
  assert.equal(set.song.current_song_time, 3);
  assert.equal(song.call("get_current_beats_song_time"), "001.04.01.000");
});

test("the song loops inside its loop", () => {
  const { api, play, set } = bench();
  const song = api("live_set");
  song.set("loop", 1);
  song.set("loop_start", 4);
  song.set("loop_length", 4);
  song.set("current_song_time", 4);
  song.call("start_playing");
  play(9);
  assert.equal(Math.round(set.song.current_song_time * 1000) / 1000, 5);
});

test("a fired clip starts at once when the song stands, and on the next bar when it runs", () => {
  const live = bench();
  const { api, play, set } = live;
  live.clip();
  api("live_set tracks 0 clip_slots 1").call("create_clip", 4);
  api("live_set tracks 0 clip_slots 0").call("fire");
  assert.equal(set.song.is_playing, true);
  assert.deepEqual(api("live_set tracks 0").get("playing_slot_index"), [0]);
  play(1);
  api("live_set tracks 0 clip_slots 1").call("fire");
  assert.deepEqual(api("live_set tracks 0").get("fired_slot_index"), [1]);
  play(2);
  assert.deepEqual(api("live_set tracks 0").get("playing_slot_index"), [0]);
  play(1.5);
  assert.deepEqual(api("live_set tracks 0").get("playing_slot_index"), [1]);
  assert.equal(Math.round(api("live_set tracks 0 clip_slots 1 clip").get("playing_position")[0] * 10) / 10, 0.5);
  api("live_set").call("stop_playing");
  assert.deepEqual(api("live_set tracks 0").get("playing_slot_index"), [-1]);
});

test("an arrangement clip plays while the play head is in it", () => {
  const { api, play } = bench();
  api("live_set tracks 0").call("create_midi_clip", 4, 4);
  const clip = api("live_set tracks 0 arrangement_clips 0");
  api("live_set").call("start_playing");
  play(2);
  assert.deepEqual(clip.get("is_playing"), [0]);
  play(3);
  assert.deepEqual(clip.get("is_playing"), [1]);
  assert.deepEqual(clip.get("playing_position"), [1]);
});

test("automation moves a parameter as the song runs, until a hand takes over", () => {
  const { set, device, play } = bench();
  const density = device.parameter("Density");
  set.automation.draw(density, [
    [0, 0],
    [4, 100],
  ]);
  assert.equal(density.value, 50);
  set.song.start_playing();
  play(1);
  assert.equal(density.value, 25);
  density.move(80, "user");
  play(1);
  assert.equal(density.value, 80);
  assert.equal(density.automation_state, 2);
  set.song.re_enable_automation();
  play(1);
  assert.equal(density.value, 75);
  assert.throws(() => set.automation.draw(device.parameter("Seed"), [[0, 1]]), /cannot be automated/);
});

test("an envelope is linear between points, jumps where two stand together, and holds at its ends", () => {
  const points = [
    { time: 0, value: 0 },
    { time: 2, value: 10 },
    { time: 2, value: 50 },
    { time: 4, value: 50 },
  ];
  assert.deepEqual(
    [-1, 0, 1, 2, 3, 9].map((time) => valueAt(points, time)),
    [0, 0, 5, 50, 50, 50],
  );
});

test("observers of the play position hear it as time runs", () => {
  const { LiveAPI, api, deliver, play } = bench();
  /** @type {unknown[][]} */
  const heard = [];
  const observer = new LiveAPI((words) => heard.push(words), "live_set");
  observer.property = "current_song_time";
  deliver();
  api("live_set").call("start_playing");
  heard.length = 0;
  play(1);
  play(1);
  deliver();
  assert.deepEqual(heard, [
    ["current_song_time", 1],
    ["current_song_time", 2],
  ]);
});

test("the play head moves a moment after it was asked: a locator set at once lands where it was", () => {
  const { api, set } = bench();
  const song = api("live_set");
  song.set("current_song_time", 4);
  assert.deepEqual(song.get("current_song_time"), [0]);
  song.call("set_or_delete_cue");
  assert.deepEqual(
    set.song.cue_points.map((cue) => cue.time),
    [0],
  );
  set.tick();
  assert.deepEqual(song.get("current_song_time"), [4]);
  song.call("set_or_delete_cue");
  assert.deepEqual(
    set.song.cue_points.map((cue) => [cue.time, cue.name]),
    [
      [0, "1"],
      [4, "2"],
    ],
  );
  song.call("set_or_delete_cue");
  assert.deepEqual(
    set.song.cue_points.map((cue) => cue.time),
    [0],
  );
});

test("a locator snaps to the arrangement's grid where that is on", () => {
  const { api, set } = bench();
  const song = api("live_set");
  set.song.locatorGrid = 1;
  song.set("current_song_time", 2.4);
  set.tick();
  song.call("set_or_delete_cue");
  assert.deepEqual(api("live_set cue_points 0").get("time"), [2]);
  song.call("set_or_delete_cue");
  assert.equal(set.song.cue_points.length, 0);
});

test("the play head does not go past the song's length; a start does what was asked before", () => {
  const { api, set } = bench();
  const song = api("live_set");
  song.set("current_song_time", 1000);
  set.tick();
  assert.deepEqual(song.get("current_song_time"), song.get("song_length"));
  api("live_set tracks 0").call("create_midi_clip", 996, 8);
  song.set("current_song_time", 1000);
  song.call("start_playing");
  assert.deepEqual(song.get("current_song_time"), [1000]);
  song.call("stop_playing");
  song.call("jump_by", -10);
  set.tick();
  assert.deepEqual(song.get("current_song_time"), [990]);
});

test("a locator has a name that can be changed, and a time that cannot", () => {
  const { api, set, posted } = bench();
  const song = api("live_set");
  song.call("set_or_delete_cue");
  const cue = api("live_set cue_points 0");
  assert.deepEqual([cue.get("name"), cue.get("time")], [[1], [0]]);
  cue.set("name", "Drop");
  assert.deepEqual(cue.get("name"), ["Drop"]);
  assert.throws(() => cue.set("time", 8), /read only/u);
  assert.match(posted[0], /'time' of CuePoint is read only/u);
  api("live_set tracks 0").call("create_midi_clip", 0, 16);
  song.set("current_song_time", 12);
  set.tick();
  cue.call("jump");
  assert.deepEqual(song.get("current_song_time"), [12]);
  set.tick();
  assert.deepEqual(song.get("current_song_time"), [0]);
  set.history.undo();
  assert.equal(set.song.cue_points.length, 0);
});

test("tempo and scale are set within their ranges, and refused beyond them", () => {
  const { api, posted } = bench();
  const song = api("live_set");
  song.set("tempo", 126.5);
  song.set("root_note", 9);
  song.set("scale_name", "Minor");
  song.set("scale_mode", 1);
  song.set("tempo", 1000);
  song.set("tempo", 10);
  song.set("root_note", 12);
  song.set("scale_name", "Blue");
  assert.deepEqual(
    ["tempo", "root_note", "scale_name", "scale_mode", "scale_intervals"].map((name) => song.get(name)),
    [[126.5], [9], ["Minor"], [1], [0, 2, 3, 5, 7, 8, 10]],
  );
  assert.equal(posted.length, 4);
  assert.match(posted[2], /root_note: 12 is out of range; allowed: 0 to 11/u);
  assert.match(posted[3], /no scale "Blue"/u);
  assert.throws(() => song.set("root_note", "A"), /wants a whole number/u);
});
