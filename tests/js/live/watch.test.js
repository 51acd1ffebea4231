import assert from "node:assert/strict";
import { test } from "node:test";
import { Watch } from "../../../js/live/hands/watch.js";
import { stage } from "./support/stage.js";

const KNOBS = ["Energy", "Tension", "Darkness", "Groove"].map((name) => ({ name, max: 100 }));
const MACROS = { name: "Bandmate Macros", className: "MxDeviceMidiEffect", type: 4, parameters: KNOBS };

/** A Set, a watch on it whose pauses end when the test says so, and what it told. */
function watching(options = {}) {
  const on = stage(options);
  /** @type {(() => void)[]} */
  let waiting = [];
  /** @type {any[]} */
  const told = [];
  const watch = new Watch(on.live, /** @type {any} */ (on.LiveAPI), {
    later: (_ms, run) => void waiting.push(run),
    tell: (changes) => told.push(...changes),
  });
  return {
    ...on,
    watch,
    song: /** @type {any} */ (on.set.song),
    tracks: /** @type {any[]} */ (on.set.tracks),
    wish: (/** @type {any[]} */ ...wishes) =>
      watch.set(wishes.map((wish) => ({ kind: "track", track: 0, device: "", parameter: "", ...wish }))),
    pauses: () => waiting.length,
    /** Lets observers speak and one pause end; what was told since. */
    hear: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      const due = waiting;
      waiting = [];
      for (const run of due) run();
      return told.splice(0);
    },
  };
}

const values = (/** @type {any[]} */ changes) => changes.map(({ wish, value }) => [wish.what, value]);

test("what is watched is told at once, and again when it is another value", async () => {
  const { wish, hear, set, song } = watching({ tempo: 120 });
  assert.deepEqual(wish({ what: "tempo" }), { watching: 1, missing: [] });
  assert.deepEqual(values(await hear()), [["tempo", { tempo: 120, automation: "none" }]]);
  assert.deepEqual(await hear(), []);
  set.edit(() => song.set_tempo(174));
  assert.deepEqual(values(await hear()), [["tempo", { tempo: 174, automation: "none" }]]);
});

test("a fader that races is told once a pause, with its last value", async () => {
  const { wish, hear, set, tracks, pauses } = watching();
  wish({ what: "mixer", track: 1 });
  await hear();
  const { volume } = tracks[1].mixer_device;
  for (let i = 0; i < 100; i++) {
    set.edit(() => volume.move(i / 200, "user"));
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.equal(pauses(), 1);
  const changes = await hear();
  assert.equal(changes.length, 1);
  assert.equal(changes[0].value.volume, 99 / 200);
});

test("transport, parameters and macros are told; nothing that was not wished for", async () => {
  const { wish, hear, set, song, tracks } = watching();
  const macros = set.addDevice(tracks[1], MACROS);
  const parameter = { what: "parameter", track: 1, device: "Bandmate Macros", parameter: "Groove" };
  assert.equal(wish({ what: "transport" }, { what: "macros" }, parameter).watching, 3);
  await hear();
  set.edit(() => song.start_playing());
  assert.deepEqual(
    (await hear()).map(({ wish, value }) => [wish.what, value.is_playing]),
    [["transport", true]],
  );
  set.edit(() => macros.parameter("Groove").move(25, "user"));
  const changes = await hear();
  assert.deepEqual(
    changes.map(({ wish, value }) => [wish.what, value.groove ?? value.share]),
    [
      ["macros", 0.25],
      ["parameter", 0.25],
    ],
  );
  set.edit(() => song.set_tempo(99));
  assert.deepEqual(await hear(), []);
});

test("the time is told to whom it interests", async () => {
  let now = 0;
  const { wish, hear, set, song } = watching({ tempo: 120, clock: { now: () => now } });
  wish({ what: "transport" }, { what: "time" });
  set.edit(() => song.start_playing());
  await hear();
  for (const beats of [1, 2]) {
    now = beats * 500;
    set.tick();
    assert.deepEqual(values(await hear()), [["time", { time: beats }]]);
  }
});

test("what is not there yet is said, and told from when it is", async () => {
  const { wish, hear, set, tracks } = watching();
  const { watching: found, missing } = wish({ what: "tempo" }, { what: "macros" }, { what: "mixer", track: 7 });
  assert.equal(found, 1);
  assert.match(missing.join(), /No Bandmate Macros in this Set.*no track 7/);
  await hear();
  set.addDevice(tracks[0], MACROS);
  assert.deepEqual(
    (await hear()).map((each) => each.wish.what),
    ["macros"],
  );
});

test("numbers mean places: a track that moves there is told", async () => {
  const { wish, hear, set, song } = watching();
  wish({ what: "mixer", track: 0 });
  await hear();
  set.edit(() => song.set.tracks && set.addTrack({ kind: "midi", name: "Last" }));
  await hear();
  const { deleteTrack } = await import("../../../js/headless/live/model/structure.js");
  set.edit(() => deleteTrack(song, 0));
  assert.deepEqual(
    (await hear()).map((each) => each.value.name),
    ["Bass"],
  );
});

test("after the end nothing is told, and observers are used again", async () => {
  const { wish, hear, watch, set, song, LiveAPI } = watching();
  for (let i = 0; i < 50; i++) wish({ what: "tempo" }, { what: "transport" }, { what: "mixer", track: 1 });
  const { constructed } = /** @type {any} */ (LiveAPI).count;
  for (let i = 0; i < 50; i++) wish({ what: "tempo" }, { what: "transport" }, { what: "mixer", track: 1 });
  assert.equal(/** @type {any} */ (LiveAPI).count.constructed, constructed);
  await hear();
  watch.stop();
  set.edit(() => song.set_tempo(99));
  assert.deepEqual(await hear(), []);
});
