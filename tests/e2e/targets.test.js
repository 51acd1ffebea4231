/** Where a press of Generate writes, and what is said where it cannot. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createScene } from "../../js/headless/live/model/structure.js";
import { sharedEngine } from "./support/engine.js";
import { clickSlot, clipIn, LiveSet, music, playFor, says, written } from "./support/play.js";

const TRACKS = [{ name: "House chords" }, { name: "Bass" }, { kind: "audio", name: "Vox" }];

describe("where Chords writes", { concurrency: 1, timeout: 600_000 }, () => {
  const engine = sharedEngine();

  /** @param {import("node:test").TestContext} test @param {number} [scenes] */
  async function play(test, scenes = 4) {
    const set = LiveSet.empty({ tempo: 125, tracks: /** @type {any} */ (TRACKS), scenes });
    const all = await playFor(test, { set, home: engine.home });
    /** @param {(view: typeof set.song.view) => void} act */
    const look = (act) => set.edit(() => act(set.song.view));
    /** @param {number} track @param {number} slot */
    const slot = (track, slot) => set.tracks[track].clip_slots[slot];
    return { ...all, set, look, slot };
  }

  it("into the slot that is highlighted on its own track", async (test) => {
    const { live, chords } = await play(test);
    clickSlot(live, 0, 2);
    assert.doesNotMatch(await written(chords), / on "/);
    assert.ok(clipIn(live, 0, 2).notes.length > 0);
    assert.equal(clipIn(live, 0, 0), null);
  });

  it("into the slot that is highlighted on another MIDI track, and says so", async (test) => {
    const { live, chords } = await play(test);
    clickSlot(live, 1, 1);
    assert.match(await written(chords), / on "Bass"/);
    assert.ok(clipIn(live, 1, 1).notes.length > 0);
  });

  it("into the clip in Detail View before any slot", async (test) => {
    const { live, set, chords, look, slot } = await play(test);
    set.edit(() => slot(1, 3).create_clip(4));
    look((view) => view.set_detail_clip(clipIn(live, 1, 3)));
    look((view) => view.set_selected_track(set.tracks[0]));
    assert.equal(set.song.view.highlighted_clip_slot, slot(0, 0));
    assert.match(await written(chords), / on "Bass"/);
    assert.equal(clipIn(live, 0, 0), null);
    assert.equal(clipIn(live, 1, 3).length, 32, "a session clip takes the length of the take");
  });

  it("into the first empty slot of its own track when the highlighted one holds no MIDI", async (test) => {
    const { live, set, chords, slot } = await play(test);
    set.edit(() => slot(0, 0).create_clip(4));
    clickSlot(live, 2, 2);
    await written(chords);
    assert.ok(clipIn(live, 0, 1).notes.length > 0);
    assert.equal(clipIn(live, 0, 0).notes.length, 0);
    assert.equal(clipIn(live, 2, 2), null);
  });

  it("says when no slot is left, and writes when a scene is added", async (test) => {
    const { live, set, chords, slot } = await play(test, 2);
    set.edit(() => slot(0, 0).create_clip(4));
    set.edit(() => slot(0, 1).create_clip(4));
    clickSlot(live, 2, 0);
    chords.press("Generate");
    assert.match(says(chords), /No empty slot on "House chords": select a clip or add a scene/);
    set.edit(() => createScene(set.song));
    await written(chords);
    assert.ok(clipIn(live, 0, 2).notes.length > 0);
  });

  it("into an arrangement clip, which keeps its place and length", async (test) => {
    const { set, chords, look } = await play(test);
    for (const [start, length] of [
      [8, 6],
      [32, 48],
    ]) {
      set.edit(() => set.tracks[0].create_midi_clip(start, length));
      const clip = /** @type {any} */ (set.tracks[0].arrangement_clips.find(({ start_time }) => start_time === start));
      look((view) => view.set_detail_clip(clip));
      await written(chords);
      assert.deepEqual([clip.start_time, clip.end_time], [start, start + length]);
      assert.ok(clip.notes.length > 0);
      assert.ok(clip.notes.every((/** @type {any} */ note) => note.start_time + note.duration <= length + 1e-6));
      const last = Math.max(...clip.notes.map((/** @type {any} */ note) => note.start_time));
      assert.ok(last >= length - 6, `filled to its end: the last of ${length} beats begins at ${last}`);
      chords.press("Undo");
      assert.equal(clip.notes.length, 0);
      assert.deepEqual([clip.start_time, clip.end_time], [start, start + length]);
    }
  });

  it("keeps to the loop of a clip: what lies before its start stays", async (test) => {
    const { set, live, chords, look, slot } = await play(test);
    set.edit(() => slot(0, 0).create_clip(16));
    const clip = clipIn(live, 0, 0);
    set.edit(() => clip.add_new_notes({ notes: [{ pitch: 40, start_time: 1, duration: 1 }] }));
    set.edit(() => {
      clip.set_loop_start(4);
      clip.set_start_marker(4);
    });
    look((view) => view.set_detail_clip(clip));
    await written(chords);
    assert.deepEqual(music(clip).filter((line) => line.startsWith("40 1 ")).length, 1);
    const fresh = clip.notes.filter((/** @type {any} */ { start_time }) => start_time !== 1);
    assert.ok(fresh.length > 0 && fresh.every((/** @type {any} */ { start_time }) => start_time >= 4));
  });

  it("a slot filled, or a clip deleted, while the engine works is said and left alone", async (test) => {
    const { set, live, chords, slot } = await play(test);
    clickSlot(live, 0, 1);
    chords.press("Generate");
    set.edit(() => slot(0, 1).create_clip(2));
    await live.until(() => /That slot was filled meanwhile/.test(says(chords)));
    assert.equal(clipIn(live, 0, 1).notes.length, 0);
    clickSlot(live, 0, 1);
    chords.press("Generate");
    set.edit(() => slot(0, 1).delete_clip());
    await live.until(() => /That clip is gone: press again/.test(says(chords)));
    assert.equal(clipIn(live, 0, 1), null);
    assert.deepEqual(live.console, []);
  });
});
