/** Before anybody presses, the engine is told what a press would ask: once the hand rests, and without a word of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ArpDevice } from "../../../../js/devices/arp/device.js";
import { BassDevice } from "../../../../js/devices/bass/device.js";
import { ChordsDevice } from "../../../../js/devices/chords/device.js";
import { DrumsDevice } from "../../../../js/devices/drums/device.js";
import { HumaniseDevice } from "../../../../js/devices/humanise/device.js";
import { STILL_MS } from "../../../../js/devices/maker/ahead.js";
import { MelodyDevice } from "../../../../js/devices/melody/device.js";
import { RpcError } from "../../../../js/rpc/errors.js";
import { show } from "../../live/support/stage.js";
import { addChords, addClip, desk, note, ready, settled } from "./desk.js";

const METHOD = "taste.prepare";

/** Longer than any that a hand gives. */
const LONG_MS = 20_000;

/** @param {any} on @returns {any[]} what was told */
const told = (on) => on.engine.of(METHOD).map((/** @type {any} */ each) => each.params);

/** Answers what was told last. @param {any} on */
const answer = (on) => on.engine.of(METHOD).at(-1).answer({ drawn: 0 });

/** Live tells what changed after it has changed. */
const heard = () => new Promise((resolve) => setImmediate(resolve));

/** A device that was told of. @param {any} Device @param {string} method @param {any} [options] */
async function rested(Device, method, options) {
  const on = ready(Device, method, options);
  on.clock.move(STILL_MS);
  await answer(on);
  return on;
}

for (const [Device, role] of /** @type {const} */ ([
  [ChordsDevice, "chords"],
  [BassDevice, "bass"],
  [MelodyDevice, "melody"],
  [ArpDevice, "arp"],
  [DrumsDevice, "drums"],
])) {
  test(`${role}: what is told is what the press asks`, () => {
    const on = desk(Device, `compose.${role}`);
    addChords(on.set, 1, 0);
    on.device.start();
    on.become();
    on.clock.move(STILL_MS);
    const [{ role: whose, request }] = told(on);
    assert.equal(whose, role);
    on.device.generate();
    const { offer, ...params } = on.params();
    const { around: _, ...offered } = offer;
    assert.deepEqual(request, { ...params, offer: offered });
  });
}

test("a knob that moves is told once, when it has stood still", async () => {
  const on = await rested(BassDevice, "compose.bass");
  for (let density = 0; density < 40; density += 1) {
    on.device.parameter("density", density);
    on.clock.move(STILL_MS / 3);
  }
  assert.equal(told(on).length, 1);
  on.clock.move(STILL_MS);
  assert.deepEqual(
    told(on).map(({ request }) => request.density),
    [50, 39],
  );
});

test("one that moves on and on with nobody pressing is told ever more rarely, and where it comes to rest", async () => {
  const on = await rested(BassDevice, "compose.bass");
  for (let second = 0; second < 300; second += 1) {
    on.device.parameter("density", second % 100);
    on.clock.move(1000);
    await answer(on);
  }
  assert.ok(told(on).length < 8, `told ${told(on).length} times`);
  on.clock.move(LONG_MS);
  assert.equal(told(on).at(-1).request.density, 99);
  await answer(on);
  const rest = told(on).length;
  on.clock.move(10 * LONG_MS);
  assert.equal(told(on).length, rest);
  // Whoever comes back to it later, or presses, is not held to that.
  on.device.parameter("density", 3);
  on.clock.move(STILL_MS);
  assert.equal(told(on).length, rest + 1);
});

test("a press makes the next rest a short one again", async () => {
  const on = await rested(BassDevice, "compose.bass");
  for (let turn = 1; turn < 8; turn += 1) {
    on.device.parameter("density", turn);
    on.clock.move(STILL_MS);
    await answer(on);
  }
  const before = told(on).length;
  assert.ok(before < 7);
  on.device.generate();
  on.clock.move(LONG_MS);
  assert.equal(told(on).length, before, "a press asks for it itself");
  await on.answer();
  on.clock.move(STILL_MS);
  assert.equal(told(on).length, before + 1);
});

test("one is under way at a time, and the last change is not lost", async () => {
  const on = ready(BassDevice, "compose.bass");
  on.clock.move(STILL_MS);
  for (const density of [10, 20]) {
    on.device.parameter("density", density);
    on.clock.move(2 * STILL_MS);
  }
  assert.equal(told(on).length, 1);
  await answer(on);
  on.clock.move(2 * STILL_MS);
  assert.deepEqual(
    told(on).map(({ request }) => request.density),
    [50, 20],
  );
});

test("nothing is told while the engine is away; when it is back it is told again", async () => {
  const on = desk(BassDevice, "compose.bass");
  on.device.start();
  on.device.parameter("density", 7);
  on.clock.move(LONG_MS);
  assert.equal(told(on).length, 0);
  on.become();
  on.clock.move(STILL_MS);
  assert.equal(told(on).length, 1);
  on.become("away", "Engine away");
  assert.ok(on.engine.of(METHOD)[0].cancelled);
  on.device.parameter("density", 8);
  on.clock.move(LONG_MS);
  assert.equal(told(on).length, 1);
  on.become();
  on.clock.move(STILL_MS);
  assert.equal(told(on)[1].request.density, 8);
});

test("a device that is off, or gone, tells nothing", async () => {
  for (const end of [(/** @type {any} */ d) => d.enable(false), (/** @type {any} */ d) => d.remove()]) {
    const on = ready(BassDevice, "compose.bass");
    end(on.device);
    on.clock.move(LONG_MS);
    assert.equal(told(on).length, 0);
  }
});

test("what goes wrong with it is said at the press, not before", async () => {
  const on = ready(BassDevice, "compose.bass");
  on.clock.move(STILL_MS);
  await on.engine.of(METHOD)[0].fail(new RpcError(-32602, "no such density", { hint: "Use another." }));
  assert.equal(on.words(), "Ready");
  on.set.tracks[0].is_frozen = true;
  on.device.parameter("density", 3);
  on.clock.move(STILL_MS);
  assert.deepEqual([told(on).length, on.words()], [1, "Ready"]);
  on.device.generate();
  assert.match(on.words(), /frozen/i);
});

test("where one take is meant, or a take waits to be written, there is nothing to tell", async () => {
  const on = await rested(BassDevice, "compose.bass");
  on.device.parameter("seed", 77);
  on.clock.move(LONG_MS);
  on.device.parameter("seed_lock", 1);
  on.clock.move(LONG_MS);
  assert.equal(told(on).length, 1);
  on.device.generate();
  await on.answer();
  on.device.parameter("seed_lock", 0);
  on.clock.move(LONG_MS);
  assert.equal(told(on).length, 2);
  await answer(on);
  on.device.preview();
  await on.answer();
  on.clock.move(LONG_MS);
  assert.equal(told(on).length, 2);
});

test("who points elsewhere is followed on the device's own track, where another press is meant", async () => {
  const on = await rested(BassDevice, "compose.bass");
  addClip(on.set, 1, 1, 4, [note(50, 0, 4), note(53, 0, 4), note(57, 0, 4)]);
  const point = async (/** @type {number} */ track, /** @type {number} */ slot) => {
    on.set.edit(() => on.set.song.view.set_highlighted_clip_slot(on.set.tracks[track].clip_slots[slot]));
    await heard();
    on.clock.move(2 * STILL_MS);
  };
  await point(1, 0);
  assert.equal(told(on).length, 1);
  await point(0, 1);
  assert.equal(told(on).length, 2);
  assert.ok(told(on)[1].request.harmony_notes.length > 0);
  await answer(on);
  const clip = addClip(on.set, 0, 2, 8, [note(40, 0, 1)]);
  on.set.edit(() => show(on.set, clip));
  await heard();
  on.clock.move(2 * STILL_MS);
  assert.equal(told(on).length, 3);
});

test("lanes that are wanted otherwise are told, and so is a progression that is typed", async () => {
  const drums = await rested(DrumsDevice, "compose.drums");
  drums.device.lanesText("clap mute");
  drums.clock.move(STILL_MS);
  assert.deepEqual(told(drums)[1].request.lanes, { clap: { mute: true, reroll: 0 } });
  const chords = await rested(ChordsDevice, "compose.chords");
  chords.device.ownText("ii V I");
  chords.clock.move(STILL_MS);
  await settled();
  assert.equal(told(chords)[1].request.progression, "ii V I");
});

test("a device that is offered nothing tells nothing", () => {
  const on = ready(HumaniseDevice, "compose.humanise");
  on.device.parameter("seed_lock", 1);
  on.clock.move(LONG_MS);
  assert.equal(told(on).length, 0);
});
