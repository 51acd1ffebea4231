/** The apply cycle: what a MIDI Tool is given, when a cycle goes on and when it ends, what its answer replaces. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { traced } from "../support/live.js";
import { answering, clipOpen, melody, ONE, toolPatch, UP } from "../support/tool.js";

test("the context comes first, from the middle outlet, then the notes", async (t) => {
  const { live, panel } = await clipOpen(t);
  const tool = await live.openTool(toolPatch("natt", UP).bytes());
  panel.select(1, 3);
  const lines = traced(tool);
  tool.apply();
  assert.deepEqual(
    lines.filter((line) => line.startsWith("in.")).map((line) => line.split(" ").slice(0, 2).join(" ")),
    ["in.1 dictionary", "in.0 dictionary"],
  );
});

test("the context tells selection, grid and scale", async (t) => {
  const { live, panel, clip } = await clipOpen(t);
  const told = answering("(given, context) => { heard = context; return given; }").replace(
    "var told",
    "var heard, told",
  );
  const tool = await live.openTool(toolPatch("natt", told).bytes());
  panel.select(1, 3);
  panel.mark(2.5);
  panel.setGrid({ interval: 0.5, enabled: false });
  tool.apply();
  const heard = JSON.parse(JSON.stringify(tool.box("code").global.heard));
  assert.deepEqual(heard, {
    clip: {
      time_selection_start: 1,
      time_selection_end: 3,
      insert_marker_time: 2.5,
      first_note_start: 0,
      last_note_end: 3.5,
      lowest_pitch: 60,
      highest_pitch: 65,
    },
    grid: { interval: 0.5, enabled: 0 },
    scale: { scale_mode: 1, root_note: 9, scale_intervals: [0, 2, 3, 5, 7, 8, 10], scale_name: "Minor" },
  });
  panel.select();
  panel.mark(null);
  panel.setScale({ root: 2, name: "Dorian", intervals: [0, 2, 3, 5, 7, 9, 10], on: true });
  tool.apply();
  const { clip: place, scale } = tool.box("code").global.heard;
  assert.deepEqual(
    [place.time_selection_start, place.time_selection_end],
    [0, clip.loop_end],
    "nothing selected: the loop",
  );
  assert.equal(place.insert_marker_time, undefined);
  assert.deepEqual([scale.root_note, scale.scale_name], [2, "Dorian"], "the clip's own scale");
});

test("a transformation is given the selected notes, else those of the time, else all", async (t) => {
  const { live, panel, clip } = await clipOpen(t);
  const tool = await live.openTool(toolPatch("natt", UP).bytes());
  panel.selectNotes((note) => note.pitch === 64);
  tool.apply();
  assert.deepEqual(melody(clip), [[60, 0], [62, 1], [66, 2], [65, 3]]); // biome-ignore format: a tune
  panel.select(1, 2);
  tool.apply();
  assert.deepEqual(melody(clip), [[60, 0], [64, 1], [66, 2], [65, 3]]); // biome-ignore format: a tune
  panel.select();
  tool.apply();
  assert.deepEqual(melody(clip), [[62, 0], [66, 1], [68, 2], [67, 3]]); // biome-ignore format: a tune
});

test("a changed note stays the same note; without notes nothing comes out", async (t) => {
  const { live, panel, clip } = await clipOpen(t);
  const tool = await live.openTool(toolPatch("natt", UP).bytes());
  const ids = clip.notes.map((/** @type {any} */ note) => note.note_id);
  tool.apply();
  assert.deepEqual(clip.notes.map((/** @type {any} */ note) => note.note_id), ids); // biome-ignore format: one line
  panel.select(3.75, 4);
  const lines = traced(tool);
  tool.apply();
  assert.deepEqual(lines, []);
  assert.deepEqual(panel.statusBar, []);
});

test("a generator is given no notes, and its answer replaces the selected time", async (t) => {
  const { live, panel, clip } = await clipOpen(t);
  const tool = await live.openTool(toolPatch("nagg", ONE).bytes());
  panel.select(1, 3);
  tool.apply();
  assert.deepEqual(melody(clip), [[60, 0], [60, 1], [65, 3]]); // biome-ignore format: a tune
  panel.select();
  tool.apply();
  assert.deepEqual(melody(clip), [[60, 0]], "nothing selected: the loop");
});

test("rounds of one cycle see the same notes and are one undo step", async (t) => {
  const { live, set, clip } = await clipOpen(t);
  const tool = await live.openTool(toolPatch("natt", UP).bytes());
  const steps = set.history.count;
  for (let round = 0; round < 3; round += 1) tool.press("Again");
  assert.equal(clip.notes[0].pitch, 62, "each round began from the notes as they were");
  assert.equal(set.history.count, steps + 1);
  set.history.undo();
  assert.equal(clip.notes[0].pitch, 60);
});

for (const [what, act] of /** @type {[string, (on: any) => void][]} */ ([
  ["selects time", ({ panel }) => panel.select(0, 4)],
  ["selects notes", ({ panel }) => panel.selectNotes(() => true)],
  ["turns something in the Set", ({ set }) => set.edit(() => set.song.set_tempo(99))],
  ["opens the clip anew", ({ set, clip }) => set.edit(() => set.song.view.set_detail_clip(clip))],
])) {
  test(`a cycle ends when the person ${what}`, async (t) => {
    const on = await clipOpen(t);
    const tool = await on.live.openTool(toolPatch("natt", UP).bytes());
    tool.press("Again");
    act(on);
    tool.press("Again");
    assert.equal(on.clip.notes[0].pitch, 64);
  });
}

test("the panel's button begins and ends a cycle in one act", async (t) => {
  const { live, set, clip } = await clipOpen(t);
  const tool = await live.openTool(toolPatch("natt", UP).bytes());
  const steps = set.history.count;
  tool.apply();
  tool.apply();
  tool.press("Again");
  assert.equal(clip.notes[0].pitch, 66);
  assert.equal(set.history.count, steps + 3);
});

test("with Auto off a bang waits for the button", async (t) => {
  const { live, panel, clip } = await clipOpen(t);
  const tool = await live.openTool(toolPatch("natt", UP).bytes());
  panel.auto = false;
  tool.press("Again");
  assert.equal(clip.notes[0].pitch, 60);
  tool.apply();
  assert.equal(clip.notes[0].pitch, 62);
});

test("the range of pitches that is seen comes from the right outlet", async (t) => {
  const { live } = await clipOpen(t);
  const tool = await live.openTool(toolPatch("natt", UP).bytes());
  const lines = traced(tool);
  tool.input.pitches(36, 84);
  assert.deepEqual(lines, ["in.2 list 36 84"]);
});

test("no clip in Detail View: the status bar says so, and nothing comes out", async (t) => {
  const { live, panel, clip, set } = await clipOpen(t);
  const tool = await live.openTool(toolPatch("nagg", ONE).bytes());
  set.edit(() => clip.parent.delete_clip());
  const lines = traced(tool);
  tool.apply();
  assert.deepEqual(lines, []);
  assert.equal(panel.statusBar.length, 1);
});
