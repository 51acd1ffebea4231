import assert from "node:assert/strict";
import { test } from "node:test";
import { Gone, NotStarted } from "../../../js/live/errors.js";
import { Live } from "../../../js/live/live.js";
import * as paths from "../../../js/live/paths.js";
import { addClip, stage } from "./support/stage.js";

test("nothing is asked of Live before live.thisdevice has spoken", () => {
  let made = 0;
  const live = new Live(
    /** @type {any} */ (
      class {
        constructor() {
          made++;
        }
      }
    ),
  );
  assert.throws(() => live.number(paths.SONG, "tempo"), NotStarted);
  assert.equal(made, 0);
});

test("after stop nothing is asked any more", () => {
  const { live } = stage();
  live.stop();
  assert.throws(() => live.number(paths.SONG, "tempo"), NotStarted);
});

test("many objects are visited with a handful of LiveAPI objects", () => {
  const { live, LiveAPI } = stage({ scenes: 40 });
  for (let lap = 0; lap < 3; lap++) {
    for (const track of live.children(paths.SONG, "tracks")) {
      for (const slot of live.children(track, "clip_slots")) live.flag(slot, "has_clip");
    }
  }
  assert.ok(LiveAPI.count.constructed <= 10, `${LiveAPI.count.constructed} LiveAPI objects were made`);
});

test("an id stays with its object when tracks move", () => {
  const { live } = stage();
  const [, bass] = live.children(paths.SONG, "tracks");
  assert.equal(live.text(bass, "name"), "Bass");
  live.call(paths.SONG, "create_midi_track", 0);
  // Six other places, so that no LiveAPI object still stands on the track.
  for (const slot of live.children(paths.track(0), "clip_slots")) live.flag(slot, "has_clip");
  for (const slot of live.children(paths.track(2), "clip_slots")) live.flag(slot, "has_clip");
  assert.equal(live.text(bass, "name"), "Bass");
});

test("a dead object is Gone, not somebody else", () => {
  const { live, set } = stage();
  addClip(set, 0, 0, 4);
  const clip = live.child(live.id(paths.clipSlot(0, 0)), "clip");
  assert.ok(live.exists(clip));
  set.edit(() => set.tracks[0].clip_slots[0].delete_clip());
  assert.equal(live.exists(clip), false);
  assert.throws(() => live.text(clip, "name"), Gone);
});

test("a place with nothing in it has id 0", () => {
  const { live } = stage();
  assert.equal(live.id(paths.clipSlot(0, 99)), 0);
  assert.equal(live.id(`${paths.clipSlot(0, 0)} clip`), 0);
  assert.equal(live.child(paths.SONG_VIEW, "detail_clip"), 0);
});

test("a name made of digits is still a text", () => {
  const { live } = stage();
  live.set(paths.track(0), "name", "808");
  assert.equal(live.text(paths.track(0), "name"), "808");
});

test("paths refuse what is no index", () => {
  for (const bad of [-1, 1.5, Number.NaN]) assert.throws(() => paths.track(bad), RangeError);
  assert.equal(paths.clipSlot(1, 2), "live_set tracks 1 clip_slots 2");
});

test("an observer tells of its object until it is given back, and is sent on to the next", async () => {
  const { live, set, LiveAPI } = stage();
  const clips = [0, 1, 2].map((slot) => addClip(set, 0, slot, 4));
  const spoken = () => new Promise((resolve) => setImmediate(resolve));
  /** @type {string[]} */
  const told = [];
  for (let lap = 0; lap < 10; lap++) {
    for (const clip of clips) {
      const give = live.observe(clip.id, "name", (value) => told.push(String(value)));
      await spoken();
      told.length = 0;
      set.edit(() => clip.assign("name", `lap ${lap}`));
      await spoken();
      assert.deepEqual(told, [`lap ${lap}`]);
      give();
      give();
      set.edit(() => clip.assign("name", ""));
      await spoken();
      assert.deepEqual(told, [`lap ${lap}`]);
    }
  }
  assert.ok(LiveAPI.count.constructed <= 10, `${LiveAPI.count.constructed} LiveAPI objects were made`);
  set.edit(() => set.tracks[0].clip_slots[0].delete_clip());
  assert.throws(() => live.observe(clips[0].id, "name", () => {}), Gone);
  const give = live.observe(clips[1].id, "name", (value) => told.push(String(value)));
  live.stop();
  give();
  told.length = 0;
  set.edit(() => clips[1].assign("name", "after the end"));
  await spoken();
  assert.deepEqual(told, []);
});
