/** What a press does: the clip that is heard or fitted, what is asked of the engine, and what is said and shown. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { RpcError } from "../../../../js/rpc/errors.js";
import { analysis, audioClip, clipKey, desk, fitted, midiClip, note, ready, settled, transposed } from "./desk.js";

const pitches = (/** @type {any} */ clip) => clip.notes.map((/** @type {any} */ { pitch }) => pitch);

test("without a clip it says so, and asks nothing", () => {
  const on = ready();
  for (const press of ["analyze", "fit"]) {
    on.device[/** @type {"analyze"|"fit"} */ (press)]();
    assert.equal(on.words(), "No clip here: select one");
  }
  assert.deepEqual(on.engine.asked, []);
});

test("Analyze hears the notes that the clip plays", async () => {
  const on = ready();
  const clip = midiClip(on, [note(60, 0, 1), note(64, 1, 1), note(67, 2, 2), note(61, 7, 1)], { name: "" });
  on.set.edit(() => clip.set_loop_end(4));
  on.device.analyze();
  const asked = on.last("hear.clip_key");
  assert.deepEqual(
    asked.params.notes.map((/** @type {any} */ each) => each.pitch),
    [60, 64, 67],
  );
  assert.equal(asked.params.drums, false);
  await asked.answer({ job: null, result: clipKey() });
  assert.equal(on.clip().name, "Bass", "the track's, where the clip has none");
  assert.deepEqual(on.card(), {
    key: "C major",
    camelot: "8B",
    sure: 0.9,
    other: "or A minor",
    otherCamelot: "8A",
    facts: ["3 notes", "C3–G3", "1 bar"],
    energy: null,
  });
  assert.deepEqual([on.state(), on.words(), on.why()], ["ready", "Heard C major (8B)", "A minor is its relative"]);
});

test("how sure it is, is said; drums have no key", async () => {
  const on = ready();
  midiClip(on, undefined, { track: 1 });
  const hear = async (/** @type {any} */ key) => {
    on.device.analyze();
    await on.last("hear.clip_key").answer({ job: null, result: key });
    return on.words();
  };
  assert.equal(await hear(clipKey({ confidence: 0.6 })), "Heard likely C major (8B)");
  assert.equal(await hear(clipKey({ confidence: 0.3 })), "Heard perhaps C major (8B)");
  on.set.edit(() => on.set.tracks[1].set_name("Drums"));
  const none = { key: null, camelot: null, confidence: 1, second: null, ambiguity: "", words: "No key: a drum clip." };
  assert.equal(await hear(clipKey(none)), "No key: a drum clip");
  assert.equal(on.last("hear.clip_key").params.drums, true);
  assert.deepEqual([on.card().key, on.card().sure, on.card().other], ["", 0, ""]);
});

test("the highlighted slot counts where Detail View shows no clip", async () => {
  const on = ready();
  midiClip(on);
  on.set.edit(() => {
    on.set.song.view.set_detail_clip(/** @type {any} */ (null));
    on.set.song.view.set_highlighted_clip_slot(on.set.tracks[1].clip_slots[0]);
  });
  on.device.analyze();
  assert.equal(on.engine.of("hear.clip_key").length, 1);
});

test("Analyze hears the stretch of the file that an audio clip plays, as a job with progress and Cancel", async () => {
  const on = ready({ tempo: 120 });
  audioClip(on);
  on.device.analyze();
  const asked = on.last("hear.analyze");
  assert.deepEqual(asked.params, {
    path: "/music/Break.wav",
    start: 0,
    end: 16,
    parts: ["rhythm", "key", "loudness", "energy"],
    tempo: 120,
  });
  await asked.answer({ job: "j1", analysis: null });
  on.clock.move(200);
  assert.deepEqual([on.state(), on.words(), on.buttons()], ["busy", "Listening ...", ["analyze text Cancel"]]);
  await on.engine.notify("job.progress", { job: "j1", done: 2, total: 5, text: "Key" });
  assert.equal(on.words(), "Listening ... 40 %");
  await on.engine.notify("job.done", { job: "j1", state: "done", result: analysis() });
  assert.deepEqual(on.buttons(), ["analyze text Cancel", "analyze text Analyze"]);
  assert.equal(on.words(), "Heard 174 BPM, likely F# minor (11A)");
  assert.equal(on.why(), "174.00 BPM, or 87.00");
  assert.equal(on.clip().name, "Break");
  assert.deepEqual(on.card(), {
    key: "F# minor",
    camelot: "11A",
    sure: 0.6,
    other: "or A major",
    otherCamelot: "11B",
    facts: ["174 BPM", "−8.2 LUFS", ""],
    energy: 7.6,
  });
});

test("a transposed clip is shown in the key it sounds in", async () => {
  const on = ready();
  audioClip(on, { pitch_coarse: 3, pitch_fine: 49 });
  on.device.analyze();
  await on.last("hear.analyze").answer({ job: null, analysis: analysis() });
  // 49 cents and the 4 that the file is sharp are nearer to the next semitone.
  assert.deepEqual([on.card().key, on.card().other], ["Bb minor", "or Db major"]);
  assert.match(on.why(), /^The file is in F# minor: transposed \+4 it sounds in Bb minor\. 174/);
});

test("what the user set right in the file counts, and is sure", async () => {
  const on = ready();
  audioClip(on);
  on.device.analyze();
  await on.last("hear.analyze").answer({ job: null, analysis: analysis({ key: "8A", corrected: true }) });
  assert.deepEqual([on.card().key, on.card().sure], ["A minor", 1]);
  on.device.fit();
  await on.last("hear.analyze").answer({ job: null, analysis: analysis({ key: "8A", corrected: true }) });
  assert.deepEqual(
    [on.last("compose.fit_audio").params.clip_key, on.last("compose.fit_audio").params.confidence],
    ["8A", 1],
  );
});

test("Cancel ends the job, and its answer comes to nothing", async () => {
  const on = ready();
  audioClip(on);
  on.device.fit();
  await on.last("hear.analyze").answer({ job: "j1" });
  on.clock.move(200);
  assert.deepEqual(on.buttons(), ["fit text Cancel"]);
  on.device.fit();
  assert.deepEqual([on.words(), on.buttons().at(-1)], ["Cancelled", "fit text Fit to key"]);
  assert.deepEqual(on.last("job.cancel").params, { job: "j1" });
  await on.engine.notify("job.done", { job: "j1", state: "done", result: analysis() });
  assert.deepEqual([on.engine.of("compose.fit_audio"), on.card()], [[], null]);
});

test("Fit to key: all notes of the clip, the Set's scale, and what comes back lies in the clip", async () => {
  const on = ready({ scale: { root: 2, name: "Major" } });
  const clip = midiClip(on, [note(60, 0, 1), note(64, 1, 1), note(67, 9, 2)]);
  on.device.fit();
  const asked = on.last("compose.fit");
  const { notes, ...rest } = asked.params;
  assert.deepEqual(
    notes.map((/** @type {any} */ each) => [each.pitch, each.start_time]),
    [
      [60, 0],
      [64, 1],
      [67, 9],
    ],
  );
  assert.equal("note_id" in notes[0], false);
  assert.deepEqual(rest, {
    drums: false,
    start: 0,
    length: 8,
    key: null,
    mode: null,
    context: { scale_root: 2, scale_name: "Major", scale_mode: true, pitch_classes: null },
  });
  await asked.answer(fitted(asked, 2));
  assert.deepEqual(pitches(clip), [62, 66, 69]);
  assert.deepEqual([on.words(), on.why()], ["Transposed +2 to D major", "Key: D major, from Live's scale"]);
  // The card is heard again, as the clip is now.
  const again = on.last("hear.clip_key");
  assert.deepEqual(
    again.params.notes.map((/** @type {any} */ each) => each.pitch),
    [62, 66],
  );
  await again.answer({ job: null, result: clipKey({ key: "D major", camelot: "10B" }) });
  assert.equal(on.card().key, "D major");
  assert.equal(on.words(), "Transposed +2 to D major", "what was done stays said");

  on.device.undo();
  assert.deepEqual([pitches(clip), on.words()], [[60, 64, 67], "Put back the notes of Riff"]);
  await on.last("hear.clip_key").answer({ job: null, result: clipKey() });
  assert.equal(on.card().key, "C major");
  on.device.restore();
  assert.deepEqual([pitches(clip), on.words()], [[62, 66, 69], "Restored the notes of Riff"]);
  on.device.undo();
  on.device.undo();
  assert.equal(on.words(), "Nothing to undo");
});

test("the menus choose the key; without them and a scale the rest of the Set does, but not the clip itself", async () => {
  const on = ready();
  on.set.edit(() => {
    const slot = /** @type {any} */ (on.set.tracks[0].clip_slots[1]);
    slot.create_clip(16);
    slot.clip.add_new_notes({ notes: [note(62, 0, 10)] });
  });
  midiClip(on, [note(60, 0, 8)]);
  on.device.fit();
  const { context } = on.last("compose.fit").params;
  assert.deepEqual([context.scale_mode, context.pitch_classes], [false, [0, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0]]);
  await on.last("compose.fit").answer(fitted(on.last("compose.fit"), 0));
  on.device.parameter("key", 4);
  on.device.parameter("mode", 5);
  on.device.fit();
  const { key, mode, context: asked } = on.last("compose.fit").params;
  assert.deepEqual([key, mode, asked.pitch_classes], ["Eb", "dorian", null]);
});

test("a clip that is in key already, or that has none, stays and is not in the way of Undo", async () => {
  const on = ready();
  const clip = midiClip(on);
  on.device.fit();
  await on.last("compose.fit").answer(fitted(on.last("compose.fit"), 0));
  assert.equal(on.words(), "Already in D major: nothing moved");
  assert.deepEqual(pitches(clip), [60, 64, 67]);
  on.device.undo();
  assert.equal(on.words(), "Nothing to undo");
});

test("a clip that changed, or went, while the engine worked is left alone", async () => {
  const on = ready();
  const clip = midiClip(on);
  on.device.fit();
  on.set.edit(() => clip.add_new_notes({ notes: [note(40, 3, 1)] }));
  await on.last("compose.fit").answer(fitted(on.last("compose.fit"), 2));
  assert.equal(on.words(), "You changed that clip meanwhile: press again");
  assert.deepEqual(pitches(clip), [60, 64, 67, 40]);
  on.device.fit();
  on.set.edit(() => /** @type {any} */ (on.set.tracks[1].clip_slots[0]).delete_clip());
  await on.last("compose.fit").answer(fitted(on.last("compose.fit"), 2));
  assert.equal(on.words(), "That clip is gone: press again");
  assert.deepEqual(on.engine.of("hear.clip_key"), []);
});

test("Fit to key transposes audio from where it is, and back", async () => {
  const on = ready({ scale: { root: 9, name: "Minor" } });
  const clip = audioClip(on, { pitch_coarse: -2, pitch_fine: 10 });
  on.device.fit();
  await on.last("hear.analyze").answer({ job: null, analysis: analysis() });
  const asked = on.last("compose.fit_audio");
  assert.deepEqual(asked.params, {
    clip_key: "11A",
    confidence: 0.6,
    tuning_cents: 4,
    coarse: -2,
    fine: 10,
    key: null,
    mode: null,
    context: { scale_root: 9, scale_name: "Minor", scale_mode: true, pitch_classes: null },
  });
  assert.equal(on.card().key, "E minor");
  await asked.answer(transposed(asked, 5));
  assert.deepEqual([clip.pitch_coarse, clip.pitch_fine, on.card().key], [3, 10, "A minor"]);
  assert.deepEqual([on.words(), on.why()], ["Transposed +5 to A minor", ""]);
  on.device.undo();
  assert.deepEqual([clip.pitch_coarse, on.card().key, on.words()], [-2, "E minor", "Put back the pitch of Break"]);
  on.device.restore();
  assert.deepEqual([clip.pitch_coarse, on.words()], [3, "Restored the pitch of Break"]);
  on.set.edit(() => {
    clip.pitch_coarse = 7;
  });
  on.device.undo();
  assert.equal(on.words(), "You changed the pitch of Break since: Undo left it alone");
  assert.equal(clip.pitch_coarse, 7);
});

test("notes and pitch are undone in the order they were done", async () => {
  const on = ready();
  const riff = midiClip(on);
  on.device.fit();
  await on.last("compose.fit").answer(fitted(on.last("compose.fit"), 2));
  const loop = audioClip(on);
  on.device.fit();
  await on.last("hear.analyze").answer({ job: null, analysis: analysis() });
  await on.last("compose.fit_audio").answer(transposed(on.last("compose.fit_audio"), 3));
  assert.deepEqual([loop.pitch_coarse, pitches(riff)], [3, [62, 66, 69]]);
  on.device.undo();
  assert.deepEqual([loop.pitch_coarse, pitches(riff)], [0, [62, 66, 69]]);
  on.device.undo();
  assert.deepEqual([loop.pitch_coarse, pitches(riff)], [0, [60, 64, 67]]);
});

test("audio that cannot be transposed is refused in words", async () => {
  const on = ready();
  const clip = audioClip(on, { warp_mode: 3 });
  on.device.fit();
  assert.equal(on.words(), "Re-Pitch has a pitch of its own: choose another warp mode");
  assert.deepEqual(on.engine.asked, []);
  clip.warping = false;
  clip.sample_length = 16 * 44_100;
  on.device.fit();
  const none = {
    key: null,
    camelot: null,
    confidence: 0.9,
    second: null,
    ambiguity: "",
    words: "No key: drums or noise.",
  };
  await on.last("hear.analyze").answer({ job: null, analysis: analysis({ key: null, key_detail: none }) });
  assert.equal(on.words(), "No key: drums or noise. Nothing to transpose");
  assert.deepEqual(on.engine.of("compose.fit_audio"), []);
  on.device.fit();
  await on.last("hear.analyze").answer({ job: null, analysis: analysis() });
  await on.last("compose.fit_audio").answer(transposed(on.last("compose.fit_audio"), 3));
  assert.equal(on.words(), "Transposed +3 to A minor. Warp is off: its speed changes with it");
  on.set.tracks[2].is_frozen = true;
  on.device.fit();
  assert.match(on.words(), /is frozen: unfreeze it to write/);
});

test("a clip that was transposed by hand while the engine worked keeps that", async () => {
  const on = ready();
  const clip = audioClip(on);
  on.device.fit();
  await on.last("hear.analyze").answer({ job: null, analysis: analysis() });
  clip.pitch_coarse = 1;
  await on.last("compose.fit_audio").answer(transposed(on.last("compose.fit_audio"), 3));
  assert.deepEqual([clip.pitch_coarse, on.words()], [1, "You changed that clip meanwhile: press again"]);
});

test("the engine's own words are shown, and the button works again", async () => {
  const on = ready();
  audioClip(on);
  on.device.analyze();
  await on.last("hear.analyze").fail(new RpcError(-32010, "That file is not there", { hint: "Look where it went." }));
  assert.equal(on.words(), "That file is not there. Look where it went");
  on.device.analyze();
  assert.equal(on.engine.of("hear.analyze").length, 2);
});

test("too many notes are said; so is a clip that records", () => {
  const on = ready();
  const clip = midiClip(on);
  clip.notes = Array.from({ length: 10_001 }, (_, i) => ({ ...note(60, i / 4, 0.25), note_id: i + 100 }));
  on.device.fit();
  assert.equal(on.words(), "More than 10000 notes: fit a shorter clip");
  Object.defineProperty(clip, "is_recording", { value: true });
  on.device.analyze();
  assert.equal(on.words(), "That clip is recording: stop it first");
});

test("away, the press waits in words; an engine that goes takes its job along", async () => {
  const on = desk();
  on.device.start();
  on.engine.become("away", "Engine asleep, waking it ...");
  audioClip(on);
  on.device.analyze();
  on.clock.move(200);
  assert.equal(on.words(), "Engine asleep, waking it. Your press waits");
  on.engine.become("ready", "Ready");
  await on.last("hear.analyze").answer({ job: "j1" });
  on.engine.become("away", "Engine away");
  await settled();
  assert.match(on.words(), /The engine went away while it listened/);
});
