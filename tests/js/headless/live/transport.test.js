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
