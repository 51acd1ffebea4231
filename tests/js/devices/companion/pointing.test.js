/** The picture follows the clip one points at, and remembers what was heard of it as long as that holds. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analysis, audioClip, clipKey, desk, fitted, midiClip, note, ready, transposed } from "./desk.js";

/** Live's notifications come with the next turn. */
const told = () => new Promise((next) => setImmediate(next));

/** @param {any} on @param {any} clip */
async function show(on, clip) {
  on.set.edit(() => on.set.song.view.set_detail_clip(clip));
  await told();
}

/** Two MIDI clips, the second pointed at. @param {any} on */
async function two(on) {
  const riff = midiClip(on);
  const hook = midiClip(on, [note(62, 0, 1), note(66, 1, 1)], { track: 0, name: "Hook" });
  await told();
  return { riff, hook };
}

/** @param {any} on @param {any} [key] */
async function heard(on, key = clipKey()) {
  on.device.analyze();
  await on.last("hear.clip_key").answer({ job: null, result: key });
}

test("a clip is shown by its name as soon as one points at it", async () => {
  const on = ready();
  assert.deepEqual(on.clip(), { name: "", card: null });
  const { riff } = await two(on);
  assert.deepEqual(on.clip(), { name: "Hook", card: null });
  await show(on, riff);
  assert.deepEqual(on.clip(), { name: "Riff", card: null });
  on.set.edit(() => {
    on.set.song.view.set_selected_track(on.set.tracks[2]);
    /** @type {any} */ (on.set.tracks[1].clip_slots[0]).delete_clip();
  });
  await told();
  assert.deepEqual(on.clip(), { name: "", card: null });
  assert.deepEqual(on.engine.asked, [], "looking asks nothing");
});

test("so is one that lies in the slot that is highlighted", async () => {
  const on = ready();
  midiClip(on);
  await show(on, null);
  on.set.edit(() => on.set.song.view.set_selected_track(on.set.tracks[1]));
  await told();
  assert.equal(on.clip().name, "Riff");
});

test("what was said of one clip is not left standing under another", async () => {
  const on = ready();
  const { riff } = await two(on);
  await heard(on);
  assert.equal(on.words(), "Heard C major (8B)");
  await show(on, riff);
  assert.equal(on.words(), "Ready");
});

test("a clip one comes back to has its card again, without a question", async () => {
  const on = ready();
  const { riff, hook } = await two(on);
  await heard(on);
  await show(on, riff);
  assert.equal(on.card(), null);
  await show(on, hook);
  assert.equal(on.card().key, "C major");
  assert.equal(on.engine.of("hear.clip_key").length, 1);
});

test("a clip whose notes were changed since is as good as unheard", async () => {
  const on = ready();
  const { riff, hook } = await two(on);
  await heard(on);
  await show(on, riff);
  on.set.edit(() => hook.add_new_notes({ notes: [note(61, 2, 1)] }));
  await show(on, hook);
  assert.deepEqual(on.clip(), { name: "Hook", card: null });
});

test("a recording keeps its card while it plays the same stretch, in the key it sounds in now", async () => {
  const on = ready();
  const { riff } = await two(on);
  const loop = audioClip(on);
  on.device.analyze();
  await on.last("hear.analyze").answer({ job: null, analysis: analysis() });
  await show(on, riff);
  on.set.edit(() => {
    loop.pitch_coarse = 3;
  });
  await show(on, loop);
  assert.deepEqual([on.clip().name, on.card().key], ["Break", "A minor"]);
  await show(on, riff);
  on.set.edit(() => {
    loop.sample_length = 8 * 44_100;
  });
  await show(on, loop);
  assert.deepEqual(on.clip(), { name: "Break", card: null });
});

test("what comes in for a clip one has left is said with its name, and shown when one comes back", async () => {
  const on = ready();
  const { riff, hook } = await two(on);
  on.device.analyze();
  await show(on, riff);
  await on.last("hear.clip_key").answer({ job: null, result: clipKey() });
  assert.deepEqual([on.words(), on.clip()], ["Hook: Heard C major (8B)", { name: "Riff", card: null }]);
  await show(on, hook);
  assert.equal(on.card().key, "C major");
});

test("words of a press that runs stay while one points elsewhere", async () => {
  const on = ready();
  const { riff } = await two(on);
  on.device.analyze();
  on.clock.move(200);
  await show(on, riff);
  assert.deepEqual([on.state(), on.words()], ["busy", "Listening ..."]);
});

test("Undo of a clip that is not pointed at leaves the picture alone, and that clip unheard", async () => {
  const on = ready();
  const { riff, hook } = await two(on);
  on.device.fit();
  await on.last("compose.fit").answer(fitted(on.last("compose.fit"), 2));
  await on.last("hear.clip_key").answer({ job: null, result: clipKey() });
  await show(on, riff);
  const asked = on.engine.asked.length;
  on.device.undo();
  assert.deepEqual([on.words(), on.clip()], ["Put back the notes of Hook", { name: "Riff", card: null }]);
  await show(on, hook);
  assert.deepEqual(on.clip(), { name: "Hook", card: null });
  assert.equal(on.engine.asked.length, asked);
});

test("no more clips are remembered than a person comes back to", async () => {
  const on = ready();
  const { riff, hook } = await two(on);
  await heard(on);
  const slot = /** @type {any} */ (on.set.tracks[1].clip_slots[1]);
  for (let i = 0; i < 64; i++) {
    if (slot.clip) slot.delete_clip();
    slot.create_clip(4);
    slot.clip.add_new_notes({ notes: [note(60, 0, 1)] });
    await show(on, slot.clip);
    await heard(on);
  }
  assert.equal(on.card().key, "C major");
  await show(on, hook);
  assert.equal(on.card(), null);
  await show(on, riff);
  assert.deepEqual(on.clip(), { name: "Riff", card: null });
});

test("the other button ends what runs and does its own; Undo only ends it", async () => {
  const on = ready();
  const loop = audioClip(on);
  on.device.analyze();
  on.clock.move(200);
  on.device.fit();
  const [first, second] = on.engine.of("hear.analyze");
  assert.deepEqual(on.buttons(), ["analyze text Cancel", "analyze text Analyze"]);
  await first.answer({ job: null, analysis: analysis() });
  assert.equal(on.card(), null);
  await second.answer({ job: null, analysis: analysis() });
  on.device.undo();
  assert.equal(on.words(), "Cancelled");
  await on.last("compose.fit_audio").answer(transposed(on.last("compose.fit_audio"), 3));
  assert.equal(loop.pitch_coarse, 0);
});

test("off, or resting, it shows no clip; on again, the one that is pointed at", async () => {
  const on = desk();
  midiClip(on);
  on.device.enable(false);
  on.device.start();
  assert.deepEqual(on.clip(), { name: "", card: null });
  on.device.enable(true);
  await told();
  assert.equal(on.clip().name, "Riff");
  on.device.enable(false);
  assert.equal(on.clip().name, "");
});
