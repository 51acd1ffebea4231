/** Drums: what it asks, and what a press in the grid does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DrumsDevice } from "../../../../js/devices/drums/device.js";
import { learnt } from "../../../../js/devices/drums/rows.js";
import { gridFromDict } from "../../../../js/ui/grid_dict.js";
import { show } from "../../live/support/stage.js";
import { addClip, note, ready as readyDesk, reply } from "../maker/desk.js";

/** @param {any} [options] */
function make(options) {
  const on = readyDesk(DrumsDevice, "compose.drums", options);
  return {
    ...on,
    grid: () => gridFromDict({ get: (key) => JSON.parse(on.json() || "{}")[key] }),
    field: () => on.sent.findLast(([index, word]) => index === 1 && word === "lanes")?.[3],
    hits: () => on.answer(hits()),
  };
}

const LANES = [
  ["kick", "Kick", 36],
  ["clap", "Clap", 39],
  ["hat", "Closed hat", 42],
].map(([role, name, pitch]) => ({ role, name, pitch, steps: [], velocities: [], tunes: [], locked: false }));

/** Four on the floor, two claps and the off-beats. @param {any[]} [lanes] */
const hits = (lanes = LANES) =>
  reply({
    length: 8,
    lanes,
    notes: lanes.flatMap(({ pitch }) =>
      [0, 1, 2, 3].map((at) => ({ pitch, start_time: at, duration: 0.25, velocity: 99 })),
    ),
    resolved: { style: "house", style_name: "House" },
  });

test("the first press asks with knobs and Set, for no key", () => {
  const on = make({ tempo: 126 });
  on.device.parameter("density", 150);
  on.device.parameter("phrase", 2);
  on.device.parameter("build", 1);
  on.device.generate();
  const { offer, context, ...params } = on.params();
  assert.deepEqual(offer, { explore: 0.25 });
  assert.equal(context.track_name, "Keys");
  assert.deepEqual(params, {
    tempo: 126,
    signature_numerator: 4,
    signature_denominator: 4,
    bars: 8,
    complexity: 35,
    variation: 25,
    fills: 40,
    ghosts: 50,
    humanise: 20,
    swing: 0,
    style: "auto",
    build: "build",
    swing_grid: "style",
    phrase: 16,
    density: 1.5,
    own: null,
    own_amount: 50,
  });
});

test("the pads of the track's own rack are its kit", () => {
  const on = make();
  const rack = on.set.addRack(on.set.tracks[0], { kind: "drums", chains: [] });
  on.set.edit(() => rack.addChain("Kick 909", 36));
  on.set.edit(() => rack.addChain("Hat Closed", 44));
  on.device.generate();
  assert.deepEqual(on.params().kit, [
    { pitch: 36, name: "Kick 909" },
    { pitch: 44, name: "Hat Closed" },
  ]);
});

test("the answer is written, drawn as lanes and told", async () => {
  const on = make();
  on.device.generate();
  await on.hits();
  assert.equal(on.clip().name, "Drums House");
  assert.equal(on.words(), "Wrote 12 hits, 2 bars, House");
  const { lanes, notes, label } = on.grid();
  assert.deepEqual(
    lanes.map(({ name, pitch }) => [name, pitch]),
    [
      ["Kick", 36],
      ["Clap", 39],
      ["Closed hat", 42],
    ],
  );
  assert.deepEqual([notes.length, label], [12, "House"]);
});

test("a press on a name mutes the lane and writes the same take without it", async () => {
  const on = make();
  on.device.generate();
  await on.hits();
  on.device.mute("clap");
  assert.equal(on.asked().length, 2);
  const second = on.params();
  assert.deepEqual([second.seed, second.offer], [1001, undefined]);
  assert.deepEqual(second.lanes, { clap: { mute: true, reroll: 0 } });
  assert.equal(on.field(), "clap mute");
  await on.answer(hits(LANES.filter(({ role }) => role !== "clap")));
  assert.deepEqual(
    on.grid().lanes.map(({ name, muted }) => [name, muted]),
    [
      ["Kick", false],
      ["Clap", true],
      ["Closed hat", false],
    ],
    "the silent lane keeps its row",
  );
  on.device.undo();
  assert.equal(on.clip().notes.length, 12, "one press, one undo");
  on.device.mute("clap");
  assert.equal(on.field(), "");
});

test("a locked lane keeps what lies in the clip, also what a hand drew there", async () => {
  const on = make();
  on.device.generate();
  await on.hits();
  on.set.edit(() => on.clip().add_new_notes({ notes: [note(36, 3.5, 0.25)] }));
  on.device.lock("kick");
  assert.equal(on.asked().length, 1, "nothing sounds otherwise yet");
  assert.equal(on.words(), "Kick stays as it is");
  assert.equal(on.grid().lanes[0].locked, true);
  on.device.generate();
  assert.deepEqual(
    on.params().lanes.kick.keep.map(({ start_time }) => start_time),
    [0, 1, 2, 3, 3.5],
  );
});

test("a lane is rolled anew, again and again, and the others stay", async () => {
  const on = make();
  on.device.generate();
  await on.hits();
  on.device.reroll("hat");
  await on.hits();
  on.device.reroll("hat");
  const [, second, third] = on.asked().map(({ params }) => params);
  assert.deepEqual([second.seed, third.seed], [1001, 1001]);
  assert.deepEqual([second.lanes.hat.reroll, third.lanes.hat.reroll], [1, 2]);
});

test("a lane is thinned in the take that lies there, and given back", async () => {
  const on = make();
  on.device.generate();
  await on.hits();
  on.device.thin("hat", 40);
  const second = on.params();
  assert.equal(second.seed, 1001);
  assert.deepEqual(second.lanes, { hat: { reroll: 0, density: 0.4 } });
  assert.equal(on.field(), "hat density 40");
  assert.deepEqual(
    on.grid().lanes.map(({ density }) => density),
    [100, 100, 40],
  );
  await on.hits();
  on.device.mute("hat");
  on.device.plain("hat");
  assert.equal(on.params().lanes, undefined);
  assert.equal(on.field(), "");
});

test("a press in the grid never writes into a clip that is not the one it shows", async () => {
  const on = make();
  on.device.generate();
  await on.hits();
  show(on.set, addClip(on.set, 1, 2, 4, [note(60, 0, 1)]));
  on.device.mute("clap");
  assert.equal(on.asked().length, 1);
  assert.equal(on.words(), "Clap muted");
});

test("in a preview it is heard again as it is now, and still not written", async () => {
  const on = make();
  on.device.preview();
  await on.hits();
  on.device.mute("hat");
  await on.answer(hits(LANES.slice(0, 2)));
  assert.equal(on.clip(), null);
  on.device.generate();
  assert.equal(on.asked().length, 2);
  assert.equal(on.clip().notes.length, 8);
});

test("what the Set stored is there before the first press", () => {
  const on = make();
  on.device.lanesText("clap mute, kick lock 36");
  on.device.generate();
  assert.deepEqual(on.params().lanes, { clap: { mute: true, reroll: 0 }, kick: { reroll: 0 } });
});

test("a lane that a later take brings stands where the kit has it", () => {
  const row = (/** @type {string} */ role) => ({ role, name: role, pitch: 1 });
  const order = (/** @type {string[][]} */ ...takes) => [
    ...takes.reduce((known, roles) => learnt(known, roles.map(row)), new Map()).keys(),
  ];
  assert.deepEqual(order(["kick", "hat"], ["kick", "clap", "hat"]), ["kick", "clap", "hat"]);
  assert.deepEqual(order(["clap", "hat"], ["kick", "hat", "ride"]), ["kick", "clap", "hat", "ride"]);
});

test("notes of somebody else are rows by pitch, and no lane of ours", async () => {
  const on = make();
  const clip = addClip(on.set, 0, 0, 4, [note(48, 0, 1), note(36, 1, 1)]);
  show(on.set, clip);
  on.device.generate();
  await on.hits();
  on.device.undo();
  assert.deepEqual(
    on.grid().lanes.map(({ role, name }) => [role, name]),
    [
      ["", "C1"],
      ["", "C2"],
    ],
  );
  on.device.lock("");
  on.device.mute("kick");
  assert.equal(on.words(), "Kick muted");
});

test("switched off, the grid does nothing", async () => {
  const on = make();
  on.device.generate();
  await on.hits();
  on.device.enable(false);
  on.device.mute("clap");
  on.device.reroll("clap");
  on.device.thin("clap", 50);
  assert.equal(on.asked().length, 1);
  assert.equal(on.field(), undefined);
  on.device.enable(true);
  on.become();
  on.device.generate();
  assert.equal(on.params().lanes, undefined, "and nothing of it is remembered");
});
