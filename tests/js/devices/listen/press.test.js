import assert from "node:assert/strict";
import { test } from "node:test";
import { RpcError } from "../../../../js/rpc/errors.js";
import { analysis, desk, heard, pointAt, ready, settled } from "./desk.js";

test("a press hears what the clip plays of its file, with the Set's tempo as a hint", async () => {
  const on = ready({ tempo: 120 });
  const clip = pointAt(on, { name: "Amen" });
  on.set.edit(() => {
    clip.looping = true;
    clip.loop = { start: 4, end: 12 };
  });
  on.listen.listen();
  const [{ params }] = on.engine.of("hear.analyze");
  assert.equal(params.path, "/music/Break.wav");
  // Four beats at 120 BPM are two seconds.
  assert.ok(Math.abs(params.start - 2) < 1e-6 && Math.abs(params.end - 6) < 1e-6, JSON.stringify(params));
  assert.equal(params.tempo, 120);
  await on.engine.of("hear.analyze")[0].answer({ job: null, analysis: analysis() });
  assert.equal(on.words(), "Heard Amen: 174 BPM, A minor");
  const figures = on.figures();
  assert.deepEqual([figures.bpm, figures.otherBpm, figures.camelot, figures.otherCamelot], ["174", "87", "8A", "8B"]);
  assert.equal(figures.peak, -0.4);
});

test("a file that has to be heard first shows how far it is, and the same button cancels", async () => {
  const on = ready();
  pointAt(on);
  on.listen.listen();
  await on.engine.of("hear.analyze")[0].answer({ job: "j1", analysis: null });
  await on.pass(160);
  assert.deepEqual([on.state(), on.words()], ["busy", "Listening ..."]);
  assert.deepEqual(on.from(1).at(-1), ["busy", "text", "Cancel"]);
  await on.engine.notify("job.progress", { job: "j1", done: 3, total: 12, text: "key" });
  assert.equal(on.words(), "Listening ... 25 %");
  on.listen.listen();
  assert.equal(on.words(), "Cancelled");
  assert.deepEqual(on.engine.of("job.cancel")[0].params, { job: "j1" });
  assert.deepEqual(on.from(1).at(-1), ["busy", "text", "Listen"]);
  await on.engine.notify("job.done", { job: "j1", state: "done", result: analysis() });
  assert.equal(on.words(), "Cancelled", "a late answer is not shown");
});

test("an engine that goes away while it listens is said; the next press works", async () => {
  const on = ready();
  pointAt(on);
  on.listen.listen();
  await on.engine.of("hear.analyze")[0].answer({ job: "j1", analysis: null });
  on.engine.become("away", "Engine away, trying again ...");
  await settled();
  assert.match(on.words(), /went away while it listened/);
  on.engine.become("ready", "Ready");
  on.listen.listen();
  await on.engine.of("hear.analyze")[1].answer({ job: null, analysis: analysis() });
  assert.match(on.words(), /^Heard Break/);
});

test("nothing to hear, a MIDI clip, a clip without a file and a recording one are said in words", async () => {
  const on = ready();
  on.listen.listen();
  assert.equal(on.words(), "No audio clip here: select one, or choose bars to hear the track");
  on.set.edit(() => {
    const cell = /** @type {any} */ (on.set.tracks[1]).clip_slots[0];
    cell.create_clip(4);
    on.set.song.view.set_detail_clip(cell.clip);
  });
  on.listen.listen();
  assert.equal(on.words(), "That is a MIDI clip: Companion hears those");
  const clip = pointAt(on, { slot: 1 });
  clip.file_path = "";
  on.listen.listen();
  assert.match(on.words(), /no file yet/);
  assert.equal(on.engine.of("hear.analyze").length, 0);
});

test("what the engine refuses is said in its words", async () => {
  const on = ready();
  pointAt(on);
  on.listen.listen();
  await on.engine.of("hear.analyze")[0].fail(new RpcError(-32010, "That file is not there", { hint: "Was it moved?" }));
  assert.equal(on.words(), "That file is not there. Was it moved?");
});

test("silence and noise are heard as what they are", async () => {
  const on = ready();
  await heard(on, {}, { bpm: null, key: null, key_notation: null, key_detail: null, loudness_db: null, energy: null });
  assert.equal(on.words(), "Heard Break: no beat and no key in it");
  assert.equal(on.figures().key, "");
  on.listen.setTempo();
  assert.equal(on.words(), "No tempo was heard: nothing to set");
  on.listen.setScale();
  assert.equal(on.words(), "No key was heard: nothing to set");
});

test("one press sets the Set's tempo or scale; undo and restore walk both ways", async () => {
  const on = ready({ tempo: 120 });
  await heard(on);
  on.listen.setTempo();
  assert.equal(on.words(), "Set the tempo to 174 BPM, was 120");
  on.listen.setScale();
  assert.equal(on.words(), "Set the scale to A minor");
  const { song } = on.set;
  assert.deepEqual([song.tempo, song.root_note, song.scale_name, song.scale_mode], [174, 9, "Minor", true]);
  on.listen.undo();
  assert.deepEqual([song.tempo, song.root_note, song.scale_mode], [174, 0, false]);
  on.listen.undo();
  assert.equal(song.tempo, 120);
  on.listen.undo();
  assert.equal(on.words(), "Nothing to undo");
  on.listen.restore();
  assert.equal(song.tempo, 174);
  song.set_tempo(90);
  on.listen.undo();
  assert.match(on.words(), /You changed the tempo since/);
  assert.equal(song.tempo, 90);
});

test("name and colour go onto the clip, and a second press does not pile them up", async () => {
  const on = ready();
  const clip = await heard(on, { name: "Amen" });
  on.listen.tagName();
  assert.equal(clip.name, "Amen [174 8A]");
  on.listen.tagName();
  assert.equal(clip.name, "Amen [174 8A]");
  assert.equal(on.words(), "The clip says so already");
  const before = clip.color;
  on.listen.tagColour();
  assert.notEqual(clip.color, before);
  on.listen.undo();
  assert.equal(clip.color, before);
  on.listen.undo();
  assert.equal(clip.name, "Amen");
});

test("a clip that was deleted meanwhile is not touched, and that is said", async () => {
  const on = ready();
  await heard(on);
  on.set.edit(() => /** @type {any} */ (on.set.tracks[0]).clip_slots[0].delete_clip());
  on.listen.tagName();
  assert.equal(on.words(), "That clip is gone: press Listen again");
});

test("before anything was heard the buttons say what to press", () => {
  const on = ready();
  for (const press of ["setTempo", "setScale", "tagName", "tagColour", "setLocators", "forget"]) {
    /** @type {any} */ (on.listen)[press]();
    assert.equal(on.words(), "Nothing heard yet: press Listen");
  }
});

test("switched off, the device does nothing; deleted, it leaves nothing running", async () => {
  const on = ready();
  pointAt(on);
  on.listen.enable(false);
  assert.deepEqual([on.state(), on.words()], ["off", "Device is off"]);
  on.listen.listen();
  assert.equal(on.engine.of("hear.analyze").length, 0);
  assert.deepEqual(on.from(3).at(-1), ["active", 0]);
  on.listen.enable(true);
  on.engine.become("ready", "Ready");
  on.listen.listen();
  on.listen.remove();
  assert.equal(on.clock.pending, 0);
});

test("before Live is there, nothing is asked of it", () => {
  const on = desk();
  on.listen.listen();
  on.listen.undo();
  assert.equal(on.engine.asked.length, 0);
  assert.equal(on.words(), "");
});
