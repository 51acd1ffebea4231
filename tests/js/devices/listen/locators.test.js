import assert from "node:assert/strict";
import { test } from "node:test";
import { heard, ready } from "./desk.js";

/** @param {ReturnType<typeof ready>} on */
const cues = (on) => on.set.song.cue_points.map(({ name, time }) => [name, time]);

/** An arrangement clip from bar 5, heard. @param {any} [changes] */
async function arranged(changes) {
  const on = ready({ tempo: 120 });
  const clip = await heard(on, { start: 16 }, changes);
  on.set.song.moveHead(3);
  return { on, clip };
}

test("sections get locators where they begin in the Arrangement; the playhead goes back", async () => {
  const { on } = await arranged();
  on.listen.setLocators();
  await on.pass(300);
  // Two beats a second: 4 s into the file are eight beats behind the clip's start.
  assert.deepEqual(cues(on), [
    ["Intro", 16],
    ["Drop", 24],
  ]);
  assert.equal(on.words(), "Set 2 locators");
  assert.equal(on.set.song.current_song_time, 3);
});

test("sensitivity decides how slight a section may be", async () => {
  const { on } = await arranged();
  on.listen.parameter("sensitivity", 90);
  on.listen.setLocators();
  await on.pass(300);
  assert.deepEqual(
    cues(on).map(([name]) => name),
    ["Intro", "Drop", "Part"],
  );
});

test("a place that has a locator keeps it; undo takes away only our own, restore sets them again", async () => {
  const { on } = await arranged();
  on.set.song.moveHead(16);
  on.set.song.set_or_delete_cue();
  on.set.song.cue_points[0].name = "Mine";
  on.listen.setLocators();
  await on.pass(300);
  assert.equal(on.words(), "Set 1 locator, 1 was there already");
  on.listen.undo();
  await on.pass(300);
  assert.equal(on.words(), "Took 1 locator away");
  assert.deepEqual(cues(on), [["Mine", 16]]);
  on.listen.restore();
  await on.pass(300);
  assert.deepEqual(cues(on), [
    ["Mine", 16],
    ["Drop", 24],
  ]);
});

test("a locator the user renamed is the user's own", async () => {
  const { on } = await arranged();
  on.listen.setLocators();
  await on.pass(300);
  on.set.song.cue_points[1].name = "Here it bangs";
  on.listen.undo();
  await on.pass(300);
  assert.deepEqual(cues(on), [["Here it bangs", 24]]);
});

test("faults get locators too; where there are none, that is said", async () => {
  const findings = [{ kind: "clipping", probability: 0.9, start: 2, end: 2.1, evidence: "Flat tops" }];
  const { on } = await arranged({ forensics: { findings } });
  on.listen.parameter("mark", 1);
  on.listen.setLocators();
  await on.pass(300);
  assert.deepEqual(cues(on), [["Clipping", 20]]);
  const clean = await arranged();
  clean.on.listen.parameter("mark", 1);
  clean.on.listen.setLocators();
  assert.equal(clean.on.words(), "No faults to mark in it");
});

test("while Live plays no playhead is moved; a clip of the session grid has no place in the Arrangement", async () => {
  const { on } = await arranged();
  on.set.edit(() => on.set.song.start_playing());
  on.listen.setLocators();
  await on.pass(50);
  assert.match(on.words(), /^Stop Live first/);
  assert.deepEqual(cues(on), []);
  const session = ready();
  await heard(session);
  session.listen.setLocators();
  assert.match(session.words(), /choose a clip there/);
});

test("cancelled half way, what was set can be undone", async () => {
  const sections = Array.from({ length: 12 }, (_, i) => ({
    start: i,
    end: i + 1,
    label: "part",
    energy: 5,
    confidence: 1,
  }));
  const { on } = await arranged({ sections });
  on.listen.setLocators();
  await on.pass(60);
  on.listen.undo();
  assert.equal(on.words(), "Cancelled");
  await on.pass(600);
  const some = cues(on).length;
  assert.ok(some > 0 && some < 12, `${some} of 12`);
  on.listen.undo();
  await on.pass(600);
  assert.deepEqual(cues(on), []);
});
