/** Groove: two swings that are always there, and the groove that was taken from a clip, kept until another is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { GrooveTool } from "../../../../js/devices/tools/groove_tool.js";
import table from "../../../../presets/devices/groove_tool.json" with { type: "json" };
import { addClip, note, show } from "../../live/support/stage.js";
import { desk, selected } from "./desk.js";

const TUNE = [note(60, 0, 0.5), note(62, 0.5, 0.5)];
const GROOVE = { name: "", grid: "16", cycle: 4, timing: [0.01], velocity: [90], heard: [3], swing: 10 };
const SWING_16 = 0;
const TAKEN = 2;

/** Every note as late as the first step. @param {any} params */
const late = ({ notes, groove }) => ({
  notes: notes.map((/** @type {any} */ each) => ({ ...each, start_time: each.start_time + groove.timing.at(-1) })),
  summary: "2 notes in another groove",
});

/** @param {any} [options] */
async function ready(options) {
  const on = desk(table, (parts, keep) => new GrooveTool(parts, keep), options);
  show(on.set, addClip(on.set, 0, 0, 4, TUNE));
  on.begin();
  on.gives(
    TUNE.map((each, i) => ({ ...each, note_id: i + 1, mute: 0 })),
    selected(0, 4),
  );
  return on;
}

test("a swing is there without a clip to take it from", async () => {
  const on = await ready();
  await on.answerAll(late);
  const { groove } = on.asked[0].params;
  assert.deepEqual([groove.grid, groove.cycle], ["16", 0.5]);
  assert.ok(Math.abs(groove.timing[1] - 1 / 12) < 1e-9, "the second sixteenth lies at two thirds of the eighth");
  on.round();
  assert.equal(on.words(), "2 notes in another groove");
});

test("Take asks for the groove of the clip one sees; it is given from then on, kept, and shown as chosen", async () => {
  const on = await ready();
  await on.answerAll(late);
  on.tool.take();
  const question = on.of("compose.groove_extract")[0];
  assert.equal(question.params.notes.length, 2);
  await question.answer({ groove: GROOVE, summary: "Took a groove of 16ths" });
  assert.equal(on.words(), "Took a groove of 16ths");
  assert.deepEqual(on.sent.filter(([index]) => index === 3), [[3, "set", TAKEN]]); // biome-ignore format: one line
  assert.deepEqual(on.written, [GROOVE]);
  await on.answerAll((params, method) => (method === "compose.groove_extract" ? { groove: GROOVE } : late(params)));
  assert.deepEqual(on.round()?.map((each) => each.start_time), [0.01, 0.51]); // biome-ignore format: one line
});

test("the groove that was kept is there again", async () => {
  const on = await ready({ kept: GROOVE });
  on.tool.parameter("groove", TAKEN);
  await on.answerAll(late);
  assert.ok(on.asked.some(({ params }) => params.groove.cycle === GROOVE.cycle));
  assert.deepEqual(on.round()?.map((each) => each.start_time), [0.01, 0.51]); // biome-ignore format: one line
});

test("none was taken: notes pass, and the tool says what to do", async () => {
  const on = await ready({ kept: { notes: [] } });
  on.tool.parameter("groove", TAKEN);
  assert.deepEqual(on.answer()?.map((each) => each.start_time), [0, 0.5]); // biome-ignore format: one line
  assert.match(on.words(), /press Take/);
  on.tool.parameter("groove", SWING_16);
  await on.answerAll(late);
  assert.notDeepEqual(on.round()?.map((each) => each.start_time), [0, 0.5]); // biome-ignore format: one line
});

test("Take with nothing to take from, or nobody to ask, says so", async () => {
  const on = await ready();
  on.set.edit(() => on.set.tracks[0].clip_slots[0].clip.setNotes([]));
  await on.look();
  on.tool.take();
  assert.match(on.words(), /No notes here/);
  on.state("away", "Engine asleep");
  on.tool.take();
  assert.equal(on.words(), "Engine away: no groove was taken");
  assert.equal(on.of("compose.groove_extract").length, 0);
});

test("what the engine refuses is said", async () => {
  const on = await ready();
  on.tool.take();
  await on.of("compose.groove_extract")[0].fail({ message: "Nothing sounds here", hint: "Choose another clip" });
  assert.equal(on.words(), "Nothing sounds here. Choose another clip");
});
