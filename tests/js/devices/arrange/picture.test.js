/** Arrange: what its picture shows, before a press and after it, and the song on the timeline. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { addClip, note, ready, reply } from "./desk.js";

/** A desk whose plan has been answered. @param {any} [options] */
async function planned(options) {
  const on = await ready(options);
  const asked = /** @type {any} */ (on.plans().at(-1));
  await asked.answer(reply(asked.params));
  return on;
}

test("before a press it shows the plan: sections, energy, and who plays", async () => {
  const on = await planned();
  assert.equal(on.params(), undefined, "nothing but plans is asked for");
  const { title, made, here, sections, lanes } = on.picture();
  assert.deepEqual([title, made, here], ["Plan: Club, 7 bars, 0:14 min", false, -1]);
  assert.deepEqual(sections[1], { name: "Drop", bars: 4, from: 0.5, to: 0.5 });
  assert.deepEqual(
    lanes.map(({ name, plays }) => [name, plays]),
    [
      ["Beat", [true, true, false]],
      ["Sub", [false, true, false]],
      ["Pads", [false, true, true]],
    ],
  );
  assert.equal(lanes[0].colour, on.clips[0].color);
});

test("a knob or another scene asks for another plan, once; the seed and its lock do not", async () => {
  const on = await planned();
  const before = on.plans().length;
  for (const value of [10, 20, 30]) on.device.parameter("contrast", value);
  await on.look();
  assert.deepEqual([on.plans().length, on.plans().at(-1)?.params.contrast], [before + 1, 30]);
  on.device.parameter("seed_lock", 1);
  on.device.parameter("seed", 12);
  await on.look();
  assert.equal(on.plans().length, before + 1);
  addClip(on.set, 1, 0, 8, [note(40, 0, 1)]);
  await on.select(0);
  assert.deepEqual(
    on
      .plans()
      .at(-1)
      ?.params.parts.map(({ length }) => length),
    [8],
  );
});

test("an old plan does not draw over a newer one", async () => {
  const on = await planned();
  on.device.parameter("contrast", 10);
  await on.look();
  const old = /** @type {any} */ (on.plans().at(-1));
  on.device.parameter("contrast", 90);
  await on.look();
  const young = /** @type {any} */ (on.plans().at(-1));
  await young.answer(reply(young.params, { form_name: "Young" }));
  await old.answer(reply(old.params, { form_name: "Old" }));
  assert.match(on.picture().title, /Young/);
});

test("where there is no loop it shows the form, or waits", async () => {
  const on = await planned();
  await on.select(0);
  assert.deepEqual(on.picture().sections, []);
  on.device.parameter("form", 1);
  on.device.parameter("scale", 0);
  await on.look();
  const { title, sections, lanes } = on.picture();
  assert.deepEqual(
    [title, sections.map(({ name, bars, from }) => [name, bars, from]), lanes],
    [
      "Club: select a scene with a loop",
      [
        ["In", 4, 0.3],
        ["Drop", 8, 1],
      ],
      [],
    ],
  );
});

test("a section of the plan is no scene yet; one of the song is selected, and shown as selected", async () => {
  const on = await planned();
  on.device.section(1);
  assert.equal(on.words(), "That is the plan: press Generate to lay it out");
  on.device.generate();
  await on.answer();
  assert.deepEqual([on.picture().made, on.picture().title], [true, "Club, 7 bars, 0:14 min"]);
  on.device.section(1);
  await on.look();
  assert.equal(on.set.song.view.selected_scene, on.set.scenes[3]);
  assert.deepEqual([on.picture().here, on.words()], [1, "Drop"]);
  on.device.undo();
  assert.equal(on.set.song.view.selected_scene, on.set.scenes[1], "back at the loop");
  on.device.section(1);
  assert.match(on.words(), /is gone/);
});

test("the song stays in the picture until a knob asks for another one", async () => {
  const on = await planned();
  on.device.generate();
  await on.answer();
  await on.look();
  assert.equal(on.picture().made, true);
  const before = on.plans().length;
  on.device.parameter("contrast", 15);
  await on.look();
  assert.equal(on.plans().length, before + 1);
  on.device.parameter("contrast", 60);
  await on.look();
  assert.equal(on.picture().made, true, "the knob is back where the song was made");
});

test("a section dragged in the picture is asked for by its name, written into the field, and given back", async () => {
  const on = await planned();
  on.device.sectionEnergy(1, 30);
  await on.look();
  assert.deepEqual(on.plans().at(-1)?.params.levels, { Drop: 0.3 });
  const field = () => on.sent.findLast(([index, word]) => index === 1 && word === "energy")?.slice(2);
  assert.deepEqual(field(), ["set", "Drop 30%"]);
  on.device.energy("Drop 30%, Out 5 %, nonsense, In 300");
  on.device.generate();
  assert.deepEqual(on.params().levels, { Drop: 0.3, Out: 0.05, In: 1 });
  await on.answer();
  for (const section of [0, 1, 2]) on.device.sectionPlain(section);
  on.device.sectionEnergy(9, 50);
  assert.deepEqual(field(), ["set", ""]);
  await on.look();
  assert.equal("levels" in (on.plans().at(-1)?.params ?? {}), false);
});

test("what stands in the field as the Set is opened is what is asked for", async () => {
  const on = await planned();
  on.device.energy("Drop 2 45%");
  const before = on.plans().length;
  await on.look();
  on.device.energy("Drop 2 45%");
  await on.look();
  assert.deepEqual([on.plans().length, on.plans().at(-1)?.params.levels], [before + 1, { "Drop 2": 0.45 }]);
});

test("in a scene of the song a knob shows what a press would make of its loop, and the next scene the song again", async () => {
  const on = await planned();
  on.device.generate();
  await on.answer();
  await on.select(3);
  assert.deepEqual([on.picture().made, on.picture().here], [true, 1]);
  on.device.sectionEnergy(1, 20);
  await on.look();
  const asked = /** @type {any} */ (on.plans().at(-1));
  assert.deepEqual([asked.params.levels, asked.params.parts.length], [{ Drop: 0.2 }, 3]);
  await asked.answer(reply(asked.params));
  assert.equal(on.picture().made, false);
  on.device.sectionPlain(1);
  await on.look();
  assert.deepEqual([on.picture().made, on.picture().here], [true, 1], "asked for as it was made");
  on.device.parameter("contrast", 5);
  await on.select(4);
  assert.deepEqual([on.picture().made, on.picture().here], [true, 2]);
});

/** A desk that lays songs out on the timeline, its playhead at a beat. @param {number} at */
async function timed(at) {
  const on = await ready();
  on.device.parameter("to", 1);
  on.set.edit(() => on.set.song.moveHead(at));
  return on;
}

/** Name, start and end of what lies on a track's timeline. @param {any} on @param {number} track */
const laid = (on, track) =>
  on.set.tracks[track].arrangement_clips.map(({ name, start_time, end_time }) => [name, start_time, end_time]);

test("on the timeline: clips from the bar at the playhead on, and no scene", async () => {
  const on = await timed(5);
  on.device.generate();
  await on.answer();
  assert.equal(on.set.scenes.length, 3);
  assert.deepEqual(laid(on, 0), [
    ["Four, In", 8, 16],
    ["Four, Drop", 16, 32],
  ]);
  assert.deepEqual(laid(on, 2), [
    ["Pads, Drop", 16, 32],
    ["Pads, Out", 32, 36],
  ]);
  const [clip] = on.set.tracks[1].arrangement_clips;
  assert.deepEqual([clip.color_index, clip.notes.map(({ start_time }) => start_time)], [4, [0, 15]]);
  assert.equal(on.words(), "Made 3 sections from bar 3 on: Club, 7 bars, 0:14 min");
  on.device.section(2);
  on.set.tick();
  assert.deepEqual([on.set.song.current_song_time, on.words()], [32, "Out"]);
  on.set.edit(() => on.set.song.start_playing());
  on.device.section(1);
  assert.equal(on.words(), "Stop Live first: this moves its playhead");
});

test("on the timeline: Undo takes just those clips away, and leaves what was changed", async () => {
  const on = await timed(0);
  const mine = on.set.edit(() => on.set.tracks[0].create_midi_clip(64, 4));
  on.device.generate();
  await on.answer();
  on.device.undo();
  assert.deepEqual([on.words(), laid(on, 0).length, laid(on, 2)], ["Took 3 sections away", 1, []]);
  assert.equal(on.set.tracks[0].arrangement_clips[0], mine);
  on.device.restore();
  assert.equal(on.words(), "Restored 3 sections");
  on.set.edit(() => on.set.tracks[2].arrangement_clips[1].assign("name", "Mine"));
  on.device.undo();
  assert.equal(on.words(), "Took 2 sections away. You changed Out since: left alone");
  assert.deepEqual(laid(on, 2), [["Mine", 24, 28]]);
});

test("on the timeline nothing is cut: where clips lie it says from where on there is room", async () => {
  const on = await timed(0);
  on.set.edit(() => on.set.tracks[1].create_midi_clip(10, 8));
  on.device.generate();
  await on.answer();
  assert.equal(on.words(), 'Clips lie there on "Sub": from bar 6 on there is room');
  assert.deepEqual([laid(on, 0), laid(on, 1)], [[], [["", 10, 18]]]);
});

test("on the timeline recordings are left out in words", async () => {
  const on = await timed(0);
  on.set.edit(() => {
    const slot = on.set.tracks[3].clip_slots[1];
    slot.assign(
      "clip",
      on.set.audioClip(slot, { filePath: "/music/vox.wav", sampleLength: 441000, sampleRate: 44100 }),
    );
  });
  on.device.generate();
  await on.answer();
  assert.match(on.words(), /"Vox" stays in the Session: recordings need a hand there$/);
  assert.deepEqual(laid(on, 3), []);
});

test("switched off it is silent, and deleted it lets go", async () => {
  const on = await planned();
  on.device.enable(false);
  assert.deepEqual([on.state(), on.words()], ["off", "Device is off"]);
  const before = on.plans().length;
  await on.select(0);
  on.device.generate();
  on.device.section(0);
  assert.deepEqual([on.plans().length, on.params()], [before, undefined]);
  on.device.enable(true);
  on.device.remove();
  assert.equal(on.clock.pending, 0);
});
