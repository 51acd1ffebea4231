/** Arrange: a loop becomes scenes below it, nothing else is touched, and Undo takes just those away. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { deleteScene, deleteTrack } from "../../../../js/headless/live/model/structure.js";
import { addClip, note, ready } from "./desk.js";

const GRID = ["|||", "Four|Low||", "|||"];
const MADE = ["|||", "Four|Low||", "Four|||", "Four|Low|Pads|", "||Pads|", "|||"];

/** All of a clip that could be touched. @param {any} clip */
const whole = (clip) => JSON.stringify([clip.notes, clip.name, clip.color_index, clip.loop, clip.markers]);

async function made(options = {}) {
  const on = await ready(options);
  on.device.generate();
  await on.answer();
  return on;
}

test("it asks with every clip of the selected scene, the knobs and the Set", async () => {
  const on = await ready({ tempo: 124 });
  on.device.parameter("form", 2);
  on.device.parameter("scale", 2);
  on.device.parameter("contrast", 80);
  on.device.parameter("variation", 5);
  on.device.generate();
  const { parts, form, scale, contrast, variation, tempo, seed, plan, signature_numerator } = on.params();
  assert.deepEqual(
    [form, scale, contrast, variation, tempo, plan, signature_numerator],
    ["song", 200, 80, 5, 124, undefined, 4],
  );
  assert.equal(typeof seed, "number");
  assert.deepEqual(
    parts.map(({ name, length, notes, role }) => [name, length, notes.length, role]),
    [
      ["Beat", 4, 2, "drums"],
      ["Sub", 4, 2, "auto"],
      ["Pads", 4, 2, "auto"],
    ],
  );
});

test("a scene for each section, with a clip for each part, named and coloured as in the loop", async () => {
  const on = await ready();
  const before = on.clips.map(whole);
  on.device.generate();
  await on.answer();
  assert.deepEqual(on.scenes(), ["", "", "In, 2 bars", "Drop, 4 bars", "Out, 1 bar", ""]);
  assert.deepEqual(on.grid(), MADE);
  assert.deepEqual(on.clips.map(whole), before, "the loop is as it was");
  const drop = on.clip(1, 3);
  assert.deepEqual(
    [drop.color_index, drop.loop_start, drop.loop_end, drop.looping, drop.notes.map(({ start_time }) => start_time)],
    [4, 0, 16, true, [0, 15]],
  );
  assert.ok(
    on.set.scenes.every(({ tempo }) => tempo === -1),
    "no scene has a tempo of its own",
  );
  assert.equal(on.set.song.view.selected_scene, on.set.scenes[1], "the loop stays selected");
  assert.equal(on.words(), "Made 3 scenes below: Club, 7 bars, 0:14 min");
  assert.equal(on.why(), "Form: Club");
});

test("presses stack, and Undo and Restore walk through them", async () => {
  const on = await made();
  on.device.generate();
  await on.answer();
  assert.equal(on.set.scenes.length, 9);
  on.device.undo();
  assert.deepEqual([on.grid(), on.words()], [MADE, "Took 3 scenes away"]);
  on.device.undo();
  assert.deepEqual(on.grid(), GRID);
  on.device.undo();
  assert.equal(on.words(), "Nothing to undo");
  on.device.restore();
  assert.deepEqual([on.grid(), on.words()], [MADE, "Restored 3 scenes"]);
  on.device.restore();
  on.device.restore();
  assert.deepEqual([on.set.scenes.length, on.words()], [9, "Nothing to restore"]);
});

test("Undo leaves what was changed, whatever it was, and says which", async () => {
  const changes = {
    notes: (on) => on.clip(0, 3).add_new_notes({ notes: [note(90, 0, 1)] }),
    name: (on) => on.clip(0, 3).assign("name", "Mine"),
    loop: (on) => on.clip(0, 3).set_loop_end(8),
    colour: (on) => on.clip(0, 3).assign("color_index", 60),
    "a clip less": (on) => on.set.tracks[0].clip_slots[3].delete_clip(),
    "the scene's name": (on) => on.set.scenes[3].assign("name", "Peak"),
    "the scene's tempo": (on) => on.set.scenes[3].assign("tempo", 130),
  };
  for (const [what, change] of Object.entries(changes)) {
    const on = await made();
    on.set.edit(() => change(on));
    on.device.undo();
    assert.equal(on.words(), "Took 2 scenes away. You changed Drop since: left alone", what);
    assert.equal(on.set.scenes.length, 4, what);
  }
  const on = await made();
  addClip(on.set, 1, 2, 4);
  on.device.undo();
  assert.equal(on.words(), "Took 2 scenes away. You changed In since: left alone");
});

test("Undo refuses where all of it was changed, and says so where it is gone", async () => {
  const on = await made();
  on.set.edit(() => {
    for (const row of [2, 3, 4]) on.set.scenes[row].assign("name", "Mine");
  });
  on.device.undo();
  assert.deepEqual([on.words(), on.set.scenes.length], ["You changed all of it since: Undo left it alone", 6]);
  const gone = await made();
  gone.set.edit(() => {
    for (const row of [4, 3, 2]) deleteScene(gone.set.song, row);
  });
  gone.device.undo();
  assert.deepEqual([gone.words(), gone.grid()], ["That song is gone already", GRID]);
});

test("clips that went with their track do not keep Undo from the rest", async () => {
  const on = await made();
  on.set.edit(() => deleteTrack(on.set.song, 1));
  on.device.undo();
  assert.deepEqual([on.words(), on.set.scenes.length], ["Took 3 scenes away", 3]);
});

test("a recording is copied where it plays, as it is", async () => {
  const on = await ready();
  const sound = on.set.edit(() => {
    const slot = on.set.tracks[3].clip_slots[1];
    slot.assign(
      "clip",
      on.set.audioClip(slot, { filePath: "/music/vox.wav", sampleLength: 441000, sampleRate: 44100 }),
    );
    slot.clip.name = "Take 3";
    return slot.clip;
  });
  on.device.generate();
  assert.deepEqual(on.params().parts[3], { name: "Vox", notes: [], length: 4, role: "auto", sound: true });
  await on.answer();
  assert.deepEqual(on.grid().slice(2, 5), ["Four|||", "Four|Low|Pads|Take 3", "|||Take 3"]);
  assert.deepEqual([on.clip(3, 4).length, on.clip(3, 4).file_path], [sound.length, "/music/vox.wav"]);
  assert.match(on.why(), /Vox: recordings play as they are, or rest/);
  on.set.edit(() => on.clip(3, 4).assign("pitch_coarse", 3));
  on.device.undo();
  assert.match(on.words(), /You changed Out since/);
});

test("what cannot be arranged is said before anything is asked", async () => {
  const empty = await ready();
  await empty.select(0);
  empty.device.generate();
  assert.equal(empty.words(), "No clips in this scene: select one with a loop");
  addClip(empty.set, 0, 0, 4);
  empty.device.generate();
  assert.equal(empty.words(), "The clips of this scene are empty");
  empty.set.edit(() => empty.clip(0, 0).assign("muted", true));
  empty.device.generate();
  assert.equal(empty.words(), "Nothing to arrange here. Beat is left out: its clip is off");
  assert.deepEqual([empty.whole().length, empty.set.scenes.length], [0, 3]);
});

test("frozen tracks, clips that are off and endless ones are left out in words", async () => {
  const on = await ready();
  on.set.edit(() => {
    on.set.tracks[0].is_frozen = true;
    on.clip(1, 1).assign("muted", true);
  });
  on.device.generate();
  await on.answer();
  const words =
    "Made 3 scenes below: Club, 7 bars, 0:14 min. Only Pads plays: add clips to the loop for more. " +
    "Beat is left out: it is frozen. Sub is left out: its clip is off";
  assert.equal(on.words(), words);
  const long = await ready();
  long.set.edit(() => long.clip(0, 1).set_loop_end(260));
  long.device.generate();
  assert.equal(long.params().parts.length, 2);
});

test("what went while the engine thought is left out, or nothing is made", async () => {
  const on = await ready();
  on.device.generate();
  on.set.edit(() => deleteTrack(on.set.song, 1));
  await on.answer();
  assert.deepEqual(on.grid(), ["||", "Four||", "Four||", "Four|Pads|", "|Pads|", "||"]);
  assert.match(on.words(), /"Sub" is gone/);

  const scene = await ready();
  scene.device.generate();
  scene.set.edit(() => deleteScene(scene.set.song, 1));
  await scene.answer();
  assert.deepEqual([scene.words(), scene.set.scenes.length], ["The scene of the loop is gone: select another one", 2]);

  const clips = await ready();
  clips.device.generate();
  clips.set.edit(() => {
    for (const track of [0, 1, 2]) clips.set.tracks[track].clip_slots[1].delete_clip();
  });
  await clips.answer();
  assert.deepEqual([clips.words(), clips.scenes()], ['Nothing was made: the clip of "Beat" is gone', ["", "", ""]]);
});

test("where Live takes no more scenes nothing is made", async () => {
  const on = await ready({ mostScenes: 5 });
  on.device.generate();
  await on.answer();
  assert.equal(on.words(), "Live takes only 5 scenes: 3 more are wanted");
  assert.deepEqual(on.grid(), GRID);
  on.device.undo();
  assert.equal(on.words(), "Nothing to undo");
});

test("where Live does not copy a clip all of it is taken back", async () => {
  const on = await ready();
  on.device.generate();
  on.set.tracks[2].clip_slots[1].duplicate_clip_to = () => {};
  await on.answer();
  assert.deepEqual([on.words(), on.grid()], ["Live did not copy a clip of the loop", GRID]);
});

test("a scene of the song stands for the loop it was made from", async () => {
  const on = await made();
  await on.select(3);
  on.device.generate();
  assert.deepEqual(
    on.params().parts.map(({ length }) => length),
    [4, 4, 4],
  );
  await on.answer();
  assert.deepEqual(on.grid(), [...MADE.slice(0, 2), ...MADE.slice(2, 5), ...MADE.slice(2)]);
  await on.select(3);
  on.set.edit(() => deleteScene(on.set.song, 1));
  on.device.generate();
  assert.equal(on.words(), "The loop of this song is gone: select another scene");
});

test("the seed: locked it stays, free it is drawn, a press that fails gives it back, Dice outranks the lock", async () => {
  const on = await ready();
  on.device.generate();
  const first = on.params().seed;
  await on.whole().at(-1)?.fail(new Error("no"));
  on.device.generate();
  assert.equal(on.params().seed, first);
  await on.answer();
  on.device.parameter("seed_lock", 1);
  on.device.generate();
  assert.equal(on.params().seed, first);
  await on.answer();
  on.device.dice();
  assert.notEqual(on.params().seed, first);
});

test("a press can be cancelled, and what comes after that is dropped", async () => {
  const on = await ready();
  on.device.generate();
  on.clock.move(200);
  assert.deepEqual([on.state(), on.words()], ["busy", "Arranging ..."]);
  on.device.generate();
  assert.deepEqual([on.words(), on.whole().at(-1)?.cancelled, on.grid()], ["Cancelled", true, GRID]);
});

test("without the engine it says how things stand, and the press waits", async () => {
  const on = await ready();
  await on.become("away", "Engine asleep, waking it ...");
  on.device.generate();
  on.clock.move(200);
  assert.deepEqual([on.state(), on.words()], ["away", "Engine asleep, waking it. Your press waits"]);
  await on.become();
  await on.answer();
  assert.match(on.words(), /^Made 3 scenes/);
});
