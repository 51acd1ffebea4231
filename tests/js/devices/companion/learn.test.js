/** Learn: what of a clip goes to the engine, what is said of it, and how it is taken back in the order of the presses. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { RpcError } from "../../../../js/rpc/errors.js";
import { audioClip, fitted, midiClip, note, ready, settled } from "./desk.js";

/** @param {number} from lowest pitch */
const line = (from) => [0, 3, 7, 12, 7].map((step, at) => note(from + step, at, 0.5));

/** @param {any} [changes] of what the engine tells of a style */
const style = (changes = {}) => ({
  id: "riff",
  name: "Riff",
  role: "bass",
  version: 1,
  bars: 2,
  notes: 5,
  sources: ["Riff"],
  words: ["Learnt from 1 clip, 2 bars, around 120 BPM.", "1.3 notes a beat."],
  ...changes,
});

/** @param {any} on */
const asked = (on) => on.last("compose.learn").params;

/** A clip that was learnt. @param {any} [changes] */
async function taught(changes) {
  const on = ready();
  const clip = midiClip(on, line(36));
  on.device.learn();
  await on.last("compose.learn").answer(style(changes));
  return { ...on, clip };
}

test("what the clip plays is learnt, under its name, with the Set's tempo and the clip's metre", async () => {
  const on = ready({ tempo: 97, signature: [3, 4] });
  midiClip(on, [...line(36), { ...note(20, 2, 1), mute: 1 }], { length: 6 });
  on.device.learn();
  const { name, role, lessons } = asked(on);
  assert.deepEqual([name, role, lessons.length], ["Riff", "bass", 1]);
  const [{ notes, ...about }] = lessons;
  assert.deepEqual(about, { name: "Riff", length: 6, tempo: 97, signature_numerator: 3, signature_denominator: 4 });
  assert.deepEqual(notes[1], { pitch: 39, start_time: 1, duration: 0.5, velocity: 100 });
  assert.equal(notes.length, 5, "what is muted is not learnt");
  await on.last("compose.learn").answer(style({ name: "Night bass", sources: ["a", "b"], notes: 96, version: 2 }));
  assert.equal(on.words(), 'Learnt "Night bass" from 2 clips, 96 notes: choose it in Bandmate Bass');
  assert.equal(on.why(), "1.3 notes a beat");
});

test("a loop that begins later is learnt from where it begins", () => {
  const on = ready();
  const clip = midiClip(on, [...line(36), ...line(48).map((each) => ({ ...each, start_time: each.start_time + 8 }))], {
    length: 16,
  });
  on.set.edit(() => {
    clip.set_loop_start(8);
    clip.set_start_marker(8);
  });
  on.device.learn();
  const [{ notes, length }] = asked(on).lessons;
  assert.deepEqual([notes[0].pitch, notes[0].start_time, notes.length, length], [48, 0, 5, 8]);
});

test("drums by the rack, with its pads; else by name, else by how low it lies", () => {
  const cases = [
    ["Keys", "Riff", 60, "melody"],
    ["Keys", "Riff", 30, "bass"],
    ["Keys", "Lead low", 30, "melody"],
    ["Sub", "Riff", 70, "bass"],
    ["Bass", "Lead over it", 60, "melody"],
    ["Drums", "Riff", 36, "drums"],
  ];
  for (const [track, name, from, role] of cases) {
    const on = ready({
      tracks: [
        { kind: "midi", name: "Own" },
        { kind: "midi", name: String(track) },
      ],
    });
    midiClip(on, line(Number(from)), { name: String(name) });
    on.device.learn();
    assert.equal(asked(on).role, role, `${name} on ${track}`);
    assert.equal("kit" in asked(on).lessons[0], false);
  }
  const on = ready();
  const rack = on.set.addRack(/** @type {any} */ (on.set.tracks[1]), { kind: "drums", chains: [] });
  on.set.edit(() => rack.addChain("Kick 909", 60));
  midiClip(on, line(60));
  on.device.learn();
  assert.deepEqual([asked(on).role, asked(on).lessons[0].kit], ["drums", [{ pitch: 60, name: "Kick 909" }]]);
});

test("a typed name goes before the clip's, the track's stands in for none", () => {
  const on = ready();
  midiClip(on, line(36), { name: "" });
  on.device.learn();
  assert.equal(asked(on).name, "Bass");
  on.device.learn();
  on.device.learnAs("  Night   bass ");
  on.device.learn();
  assert.deepEqual([asked(on).name, asked(on).lessons[0].name], ["Night bass", "Bass"]);
});

test("where there is nothing to learn it says so, and asks nothing", () => {
  const cases = /** @type {[string, (on: any) => void][]} */ ([
    ["No clip here: select one", () => {}],
    ["That is audio: select a clip with notes to learn from", audioClip],
    ["That clip is empty: select one with notes to learn from", (on) => midiClip(on, [])],
    ["Only 3 sounding in that clip: a style needs 4 notes or more", (on) => midiClip(on)],
  ]);
  for (const [words, furnish] of cases) {
    const on = ready();
    furnish(on);
    on.device.learn();
    assert.deepEqual([on.words(), on.engine.of("compose.learn").length], [words, 0]);
  }
});

test("what the engine refuses is told in its sentence, without a name of the wire", async () => {
  const on = ready();
  midiClip(on, line(36));
  on.device.learn();
  const hint = '"Riff" plays drums: learn into it from drums clips.';
  await on
    .last("compose.learn")
    .fail(new RpcError(-32602, `role: bass is not allowed. ${hint}`, { field: "role", hint }));
  await settled();
  assert.equal(on.words(), '"Riff" plays drums: learn into it from drums clips');
  on.device.learn();
  await on.last("compose.learn").fail(new RpcError(-32010, "The store is damaged", { hint: "Delete it." }));
  await settled();
  assert.equal(on.words(), "The store is damaged. Delete it");
});

test("a lesson that lasts is told, and its button cancels it", async () => {
  const on = ready();
  midiClip(on, line(36));
  on.device.learn();
  on.clock.move(160);
  assert.deepEqual([on.words(), on.buttons().at(-1)], ["Learning ...", "learn text Cancel"]);
  on.device.learn();
  await settled();
  assert.deepEqual([on.words(), on.buttons().at(-1)], ["Cancelled", "learn text Learn"]);
  assert.equal(on.last("compose.learn").cancelled, true);
});

test("Undo forgets the lesson, Restore learns it again", async () => {
  const on = await taught({ version: 3 });
  on.device.undo();
  assert.deepEqual(on.last("compose.unlearn").params, { style: "riff", version: 3 });
  await on.last("compose.unlearn").answer({ style: style({ version: 2, sources: ["a", "b"], notes: 12 }) });
  assert.equal(on.words(), 'Took that back: "Riff" is learnt from 2 clips, 12 notes');
  const lesson = on.last("compose.learn").params;
  on.device.restore();
  assert.equal(on.engine.of("compose.learn").length, 2);
  assert.deepEqual(on.last("compose.learn").params, lesson);
  await on.last("compose.learn").answer(style({ version: 4 }));
  on.device.undo();
  assert.equal(on.last("compose.unlearn").params.version, 4);
  await on.last("compose.unlearn").answer({ style: null });
  assert.equal(on.words(), 'Forgot "Riff"');
  on.device.undo();
  assert.equal(on.words(), "Nothing to undo");
});

test("changes of the Set and lessons are taken back in the order of the presses", async () => {
  const on = await taught();
  on.device.fit();
  await on.last("compose.fit").answer(fitted(on.last("compose.fit"), 2));
  const moved = on.clip.notes[0].pitch;
  on.device.learn();
  await on.last("compose.learn").answer(style({ version: 2 }));
  on.device.undo();
  await on.last("compose.unlearn").answer({ style: style() });
  assert.equal(on.clip.notes[0].pitch, moved);
  on.device.undo();
  assert.match(on.words(), /^Put back the notes of Riff/);
  on.device.undo();
  await on.last("compose.unlearn").answer({ style: null });
  on.device.restore();
  await on.last("compose.learn").answer(style());
  on.device.restore();
  assert.match(on.words(), /^Restored the notes of Riff/);
  assert.equal(on.clip.notes[0].pitch, moved);
  on.device.restore();
  await on.last("compose.learn").answer(style({ version: 2 }));
  on.device.restore();
  assert.equal(on.words(), "Nothing to restore");
});

test("what others have taught or forgotten since is left alone, and Undo goes on to what lies before", async () => {
  for (const [field, hint, words] of [
    ["version", '"Riff" has learnt more since: it was left alone.', '"Riff" has learnt more since: it was left alone'],
    ["style", "Nothing was learnt yet: learn one from a clip first.", '"Riff" is forgotten already'],
  ]) {
    const on = await taught();
    on.device.undo();
    await on.last("compose.unlearn").fail(new RpcError(-32602, "no", { field, hint }));
    await settled();
    assert.equal(on.words(), words);
    on.device.undo();
    assert.equal(on.words(), "Nothing to undo");
  }
});

test("an engine that goes away with a lesson is told, and the way back stays", async () => {
  const on = await taught();
  on.device.undo();
  await on.last("compose.unlearn").fail(new RpcError(-32091, "The engine went away", { hint: "Press again." }));
  await settled();
  assert.equal(on.words(), "The engine went away. Press again");
  on.device.undo();
  assert.equal(on.engine.of("compose.unlearn").length, 2);
});
