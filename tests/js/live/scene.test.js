/** Scenes: inserting, taking away, what is in them; and copies of clips in other slots of their track. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lookOf, sameLook, told, twinIn } from "../../../js/live/clip_twin.js";
import { LiveRefusal } from "../../../js/live/errors.js";
import * as scenes from "../../../js/live/scene.js";
import { addClip, note, stage } from "./support/stage.js";

test("scenes are inserted where they are wanted and taken away again; what lies there moves", () => {
  const { set, live } = stage();
  const clip = addClip(set, 0, 1, 4);
  const before = scenes.sceneIds(live);
  const made = scenes.insertScenes(live, 1, 2);
  assert.deepEqual(scenes.sceneIds(live), [before[0], ...made, ...before.slice(1)]);
  assert.equal(set.tracks[0].clip_slots[3].clip, clip);
  assert.deepEqual([scenes.rowOf(live, made[1]), scenes.rowOf(live, 9999)], [2, -1]);
  scenes.removeScenes(live, [...made, 9999]);
  assert.deepEqual(scenes.sceneIds(live), before);
});

test("where Live takes no more, none of them stays", () => {
  const { set, live } = stage({ mostScenes: 4 });
  assert.throws(() => scenes.insertScenes(live, 0, 2), /Live takes only 4 scenes: 2 more are wanted/);
  assert.equal(set.scenes.length, 3);
});

test("a scene that Live keeps is said", () => {
  const { set, live } = stage({ scenes: 1 });
  assert.throws(() => scenes.removeScenes(live, [set.scenes[0].id]), /does not let that scene go/);
});

test("selecting a scene, and the clips in it", () => {
  const { set, live } = stage();
  const [low, high] = [addClip(set, 1, 2, 4), addClip(set, 0, 2, 4)];
  scenes.selectScene(live, set.scenes[2].id);
  assert.equal(set.song.view.selected_scene, set.scenes[2]);
  assert.equal(scenes.selectedScene(live), set.scenes[2].id);
  const slots = [0, 1].map((track) => set.tracks[track].clip_slots[2].id);
  assert.deepEqual(scenes.clipsOfScene(live, set.scenes[2].id), [
    { slot: slots[0], clip: high.id },
    { slot: slots[1], clip: low.id },
  ]);
  assert.equal(scenes.slotInRow(live, set.tracks[1].id, 9), 0);
});

test("a twin has the look of its clip, until somebody changes it", () => {
  const { set, live } = stage();
  const clip = addClip(set, 0, 0, 8, [note(60, 0, 1)]);
  set.edit(() => {
    clip.name = "Riff";
    clip.color_index = 20;
  });
  const [from, to] = [0, 1].map((row) => set.tracks[0].clip_slots[row]);
  const twin = twinIn(live, from.id, to.id);
  assert.equal(twin, to.clip?.id);
  const look = lookOf(live, twin);
  assert.ok(sameLook(look, lookOf(live, clip.id)));
  for (const change of [
    () => /** @type {any} */ (to.clip).assign("muted", true),
    () => /** @type {any} */ (to.clip).set_loop_start(2),
    () => /** @type {any} */ (to.clip).add_new_notes({ notes: [note(61, 0, 1)] }),
  ]) {
    set.edit(change);
    assert.ok(!sameLook(look, lookOf(live, twin)));
    set.song.undo();
    assert.ok(sameLook(look, lookOf(live, twin)));
  }
  assert.throws(() => twinIn(live, from.id, to.id), /was filled meanwhile/);
});

test("what Live does not tell is one value more to compare; what is gone is not", () => {
  const { set, live } = stage();
  const clip = addClip(set, 0, 0, 4);
  live.text = () => {
    throw new LiveRefusal("Live does not tell that here");
  };
  assert.equal(told(live, clip.id, "color"), "");
  Reflect.deleteProperty(live, "text");
  assert.equal(told(live, clip.id, "muted"), "0");
  set.edit(() => set.tracks[0].clip_slots[0].delete_clip());
  assert.throws(() => told(live, clip.id, "muted"), /gone/);
});

test("a slot that takes no copy is said", () => {
  const { set, live, posts } = stage();
  addClip(set, 0, 0, 8);
  assert.throws(() => twinIn(live, set.tracks[0].clip_slots[0].id, set.tracks[2].clip_slots[1].id), /did not copy/);
  assert.match(posts[0], /own kind/);
});
