/**
 * Arrange, as built, with the real engine: a loop becomes a song in scenes and on the timeline, Undo gives back the Set as it
 * was, what cannot be done is said and nothing is made; and no cord is there that nobody would miss.
 */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { deleteTrack } from "../../js/headless/live/model/structure.js";
import { openStage } from "../../js/headless/stage.js";
import { everyCordIsMissed } from "./support/cords.js";
import { sharedEngine } from "./support/engine.js";
import { openGround } from "./support/ground.js";
import { arrangeBytes, inspectArrange } from "./support/inspect_arrange.js";
import { Inspection } from "./support/inspection.js";
import { afterwards } from "./support/leaving.js";
import { BUILT, LiveSet, says } from "./support/play.js";
import { clickStar, starsOf } from "./support/stars.js";
import { Wire } from "./support/wire.js";

// A process can be held still only where there are such signals.
const skip = process.platform === "win32";

const TRACKS = ["House drums", "Sub bass", "Pads", "Lead"].map((name) => ({
  kind: /** @type {const} */ ("midi"),
  name,
}));

/** @param {number} pitch @param {number} start_time @param {number} duration */
const note = (pitch, start_time, duration, velocity = 100) => ({ pitch, start_time, duration, velocity });

/** Two bars that four tracks play together. */
const LOOP = [
  [0, 1, 2, 3, 4, 5, 6, 7].flatMap((beat) => [
    note(36, beat, 0.25, 110),
    note(42, beat + 0.5, 0.25, 90),
    ...(beat % 2 ? [note(38, beat, 0.25)] : []),
  ]),
  Array.from({ length: 16 }, (_, step) => note(step < 8 ? 38 : 34, step / 2, 0.4)),
  [50, 57, 60, 65].flatMap((pitch) => [note(pitch + 12, 0, 3.5, 80), note(pitch + 10, 4, 3.5, 80)]),
  Array.from({ length: 10 }, (_, step) => note(74 + ((step * 5) % 8), step * 0.75, 0.5, 96)),
];

/** @param {import("../../js/headless/index.js").LiveSet} set */
function furnish(set) {
  for (const [track, notes] of LOOP.entries()) {
    const slot = /** @type {any} */ (set.tracks[track].clip_slots[1]);
    slot.create_clip(8);
    slot.clip.name = `Loop ${track + 1}`;
    slot.clip.color_index = 10 + track;
    slot.clip.add_new_notes({ notes });
  }
  const above = /** @type {any} */ (set.tracks[1].clip_slots[2]);
  above.create_clip(4);
  above.clip.name = "Idea";
  set.song.view.set_selected_scene(set.scenes[1]);
}

/**
 * A Set with a loop and an Arrange that is ready, in virtual time.
 *
 * @param {string} home of an engine that runs
 */
async function loopReady(home) {
  const set = LiveSet.empty({ tempo: 124, scenes: 4, tracks: TRACKS });
  set.edit(furnish);
  const stage = await openStage({ home, set, time: "virtual", strict: false });
  const { live } = stage;
  const check = new Inspection(live);
  const hub = await live.addDevice(BUILT.hub, { track: 3 });
  const wire = new Wire(hub);
  const device = await live.addDevice(BUILT.arrange, { track: 0, select: false });
  await check.wait(() => says(device).includes("Ready"), "Arrange to be ready");
  /** @param {RegExp} words @param {string} [button] */
  const press = async (words, button = "Generate") => {
    device.press(button);
    await check.wait(() => words.test(says(device)), `${words}; it says "${says(device)}"`);
  };
  /** @param {number} row */
  const select = (row) => set.edit(() => set.song.view.set_selected_scene(set.scenes[row]));
  select(1);
  return { ...stage, set, device, wire, check, press, select };
}

/** All there is of the Set's clips and scenes. @param {import("../../js/headless/index.js").LiveSet} set */
const whole = (set) =>
  JSON.stringify([
    set.scenes.map(({ id, name, color_index, tempo }) => [id, name, color_index, tempo]),
    set.tracks.map((track) => [
      track.clip_slots.map(
        ({ clip }) => clip && [clip.id, clip.name, clip.color_index, clip.loop, /** @type {any} */ (clip).notes],
      ),
      track.arrangement_clips.map((clip) => [clip.id, clip.start_time, clip.end_time]),
    ]),
  ]);

describe("Arrange", { concurrency: 1, skip, timeout: 600_000 }, () => {
  const engine = sharedEngine();

  /** @type {Awaited<ReturnType<typeof loopReady>>} */
  let on;
  before(async () => {
    on = await loopReady(engine.home);
  });
  after(() => on?.close());

  it("a loop becomes a song below it, and Undo gives the Set back as it was", async () => {
    const { set, device, wire, check, press } = on;
    const was = whole(set);
    const source = set.tracks.map((track) => /** @type {any} */ (track.clip_slots[1].clip));
    device.turn("Form", 6);
    device.turn("Contrast", 0);
    await press(/Made 4 scenes below: Sketch, 28 bars, 0:54 min/);
    const { result } = wire.answerTo(wire.last("compose.arrange"));
    const names = set.scenes.map(({ name }) => name);
    assert.deepEqual(names.slice(0, 4), ["", "", "Intro, 4 bars", "Build, 4 bars"]);
    for (const [at, section] of result.sections.entries()) {
      const clips = set.tracks.map((track) => /** @type {any} */ (track.clip_slots[2 + at].clip));
      for (const [part, clip] of clips.entries()) {
        const wanted = section.clips.find((/** @type {any} */ each) => each.part === part);
        assert.equal(clip?.notes.length ?? 0, wanted?.notes.length ?? 0, `${section.name}, ${TRACKS[part].name}`);
        if (!clip) continue;
        assert.deepEqual(
          [clip.name, clip.color_index, clip.loop_start, clip.loop_end],
          [source[part].name, source[part].color_index, 0, section.bars * 4],
        );
      }
    }
    const drop = names.indexOf("Drop, 16 bars");
    assert.equal(/** @type {any} */ (set.tracks[1].clip_slots[drop].clip).notes.length, 8 * LOOP[1].length);
    assert.equal(/** @type {any} */ (set.tracks[1].clip_slots[6].clip)?.name, "Idea", "what lay below moved down");

    device.press("Dice");
    await check.wait(() => set.scenes.length === 12, "another song");
    for (const _ of [1, 2]) await press(/Took 4 scenes away/, "Undo");
    assert.equal(whole(set), was);
    await press(/Nothing to undo/, "Undo");
    await press(/Restored 4 scenes/, "Restore");
    assert.deepEqual(
      set.scenes.map(({ name }) => name),
      names,
    );
    await press(/Took 4 scenes away/, "Undo");
  });

  it("on the timeline it goes behind what lies there, and Undo takes just that away", async () => {
    const { set, device, press } = on;
    set.edit(() => set.tracks[2].create_midi_clip(0, 16));
    const was = whole(set);
    device.turn("To", 1);
    await press(/Clips lie there on "Pads": from bar 5 on there is room/);
    assert.equal(whole(set), was);
    set.edit(() => set.song.moveHead(16));
    await press(/Made 4 sections from bar 5 on: Sketch/);
    assert.deepEqual(
      set.tracks[1].arrangement_clips.map(({ name, start_time, end_time }) => [name, start_time, end_time]),
      [
        ["Loop 2, Drop", 48, 112],
        ["Loop 2, Outro", 112, 128],
      ],
    );
    await press(/Took 4 sections away/, "Undo");
    assert.equal(whole(set), was);
  });

  it("what cannot be done is said, and nothing is made", async () => {
    const { set, device, press, select } = on;
    device.turn("To", 0);
    set.mostScenes = 6;
    const was = whole(set);
    await press(/Live takes only 6 scenes: 4 more are wanted/);
    select(0);
    await press(/No clips in this scene: select one with a loop/);
    select(2);
    await press(/The clips of this scene are empty/);
    assert.equal(whole(set), was);
    set.mostScenes = Number.POSITIVE_INFINITY;
    select(1);
  });

  it("what the hand changes stays: a track that goes meanwhile, a scene that was worked on", async () => {
    const { set, device, press, check } = on;
    device.press("Generate");
    // Before the answer can have come.
    set.edit(() => deleteTrack(set.song, 1));
    await check.wait(() => /Made 4 scenes below: Sketch.* "Sub bass" is gone/.test(says(device)), says(device));
    const [drop] = set.scenes.flatMap(({ name }, row) => (name.startsWith("Drop") ? [row] : []));
    set.edit(() => /** @type {any} */ (set.tracks[0].clip_slots[drop].clip).add_new_notes({ notes: [note(49, 3, 1)] }));
    await press(/Took 3 scenes away. You changed Drop since: left alone/, "Undo");
    assert.deepEqual(
      set.scenes.map(({ name }) => name),
      ["", "", "Drop, 16 bars", "", ""],
    );
  });

  it("a song is known again by its scenes when the Set is opened again: it has its stars, and another rating reaches it", async () => {
    const { set, device, live, wire, check, press, select } = on;
    const rated = () => wire.last("taste.rate")?.params;
    select(1);
    await press(/Made 4 scenes below: Sketch/);
    clickStar(device, 4);
    await check.wait(() => says(device).includes("Rated 4 stars"), says(device));
    const song = rated()?.take;
    const stored = device.state();
    device.remove();
    const again = await live.addDevice(BUILT.arrange, { track: 0, stored, select: false });
    const shown = starsOf(again);
    await check.wait(() => says(again).includes("Ready"), "Arrange to be ready again");
    select(set.scenes.findIndex(({ name }) => name.startsWith("Build")));
    // Who walks through scenes is not asked after at each.
    live.advance(200);
    await check.wait(() => shown.at(-1) === 4, `the stars of the song; shown were ${shown}`);
    clickStar(again, 2);
    await check.wait(() => says(again).includes("Rated 2 stars"), says(again));
    assert.deepEqual([rated()?.take, rated()?.stars], [song, 2]);
  });

  it("without a Hub it says what to do, and makes nothing", async (test) => {
    const set = LiveSet.empty({ scenes: 3, tracks: TRACKS });
    set.edit(furnish);
    const { live, close } = await openStage({ home: engine.home, set, time: "virtual", strict: false });
    afterwards(test, close);
    const device = await live.addDevice(BUILT.arrange, { track: 0 });
    device.press("Generate");
    live.advance(3000);
    assert.match(says(device), /Hub/);
    assert.equal(set.scenes.length, 3);
  });

  it("no cord of it is there that nobody would miss", async (test) => {
    const ground = await openGround(engine.home);
    try {
      await everyCordIsMissed(test, arrangeBytes(), (...spoilt) => inspectArrange(ground, ...spoilt));
    } finally {
      await ground.close();
    }
  });
});
