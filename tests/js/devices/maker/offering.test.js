/** The engine makes several takes and offers the best; its runners-up wait, and none of it needs a second request. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ArpDevice } from "../../../../js/devices/arp/device.js";
import { ChordsDevice } from "../../../../js/devices/chords/device.js";
import { MelodyDevice } from "../../../../js/devices/melody/device.js";
import { RpcError } from "../../../../js/rpc/errors.js";
import { show } from "../../live/support/stage.js";
import { addChords, addClip, note, ready, reply } from "./desk.js";

const make = (/** @type {any} */ options) => ready(ArpDevice, "compose.arp", options);

/** A runner-up: one note of its own pitch. @param {number} pitch @param {number} seed @param {string} [recipe] */
const other = (pitch, seed, recipe = "") =>
  reply({
    take: `t${pitch}`,
    seed,
    notes: [{ pitch, start_time: 0, duration: 1, velocity: 80 }],
    offered: { words: `Made of ${pitch}.`, recipe },
  });

/** @param {any} [changes] of what is offered, with two runners-up */
const offered = (changes) => ({
  offered: { words: "Sparse, as you like it.", recipe: "night_arp" },
  others: [other(61, 2001, "slow_arp"), other(62, 2002)],
  ...changes,
});

/** @param {any} on @returns {number[]} pitches in the first clip */
const pitches = (on, track = 0, slot = 0) => on.clip(track, slot).notes.map((/** @type {any} */ each) => each.pitch);

/** @param {any} on @param {string} word @returns {any[]|undefined} what the controls were told last of it */
const shown = (on, word) =>
  on.sent.findLast((/** @type {any[]} */ [index, each]) => index === 1 && each === word)?.slice(2);

/** A desk with a take that was offered and written. @param {any} [options] */
async function written(options) {
  const on = make(options);
  on.device.generate();
  await on.answer(offered());
  return on;
}

test("Generate asks for the best of several by what Explore says and what sounds beside, and shows its seed", async () => {
  const on = make({ drums: ["Drums"] });
  addChords(on.set, 1, 0);
  addClip(on.set, 3, 0, 4, [note(36, 0, 1)]);
  on.device.generate();
  const { offer, ...params } = on.params();
  assert.equal("seed" in params, false);
  assert.equal(offer.explore, 0.25);
  assert.deepEqual(offer.around, params.harmony_notes, "drums have no pitch to fit");
  await on.answer(offered());
  assert.deepEqual(shown(on, "seed"), ["set", 1001]);
  assert.match(on.why(), /Sparse, as you like it$/);
});

test("the chords hear what plays in their scene from where they begin", () => {
  const on = ready(ChordsDevice, "compose.chords");
  addClip(on.set, 2, 0, 4, [note(62, 1, 1)]);
  on.device.parameter("bars", 2);
  on.device.generate();
  assert.deepEqual(
    on.params().offer.around.map((/** @type {any} */ each) => [each.pitch, each.start_time]),
    [
      [62, 1],
      [62, 5],
    ],
  );
});

test("Next writes the runners-up one by one, each its own step back, without a request and without an engine", async () => {
  const on = await written();
  const first = pitches(on);
  on.become("away", "The engine is away");
  on.device.next();
  assert.deepEqual(pitches(on), [61]);
  assert.equal(on.words(), "Wrote 1 note, 8 bars, D minor");
  assert.deepEqual(shown(on, "seed"), ["set", 2001]);
  on.device.undo();
  assert.deepEqual(pitches(on), first);
  on.device.next();
  assert.deepEqual(pitches(on), [62], "those that are left survive an undo");
  on.device.next();
  assert.deepEqual(pitches(on), [62]);
  assert.equal(on.words(), "No runner-up left: Generate draws new ones");
  on.device.undo();
  on.device.undo();
  assert.equal(on.clip(), null);
  assert.equal(on.asked().length, 1);
});

test("Next writes where the user points", async () => {
  const on = await written();
  show(on.set, addClip(on.set, 1, 2, 4, [note(90, 0, 1)]));
  on.device.next();
  assert.deepEqual(pitches(on, 1, 2), [61]);
  assert.equal(pitches(on).length, 8);
  on.set.edit(() => {
    on.set.song.view.set_detail_clip(/** @type {any} */ (null));
    on.set.song.view.set_highlighted_clip_slot(on.set.tracks[0].clip_slots[3]);
  });
  on.device.next();
  assert.deepEqual(pitches(on, 0, 3), [62]);
});

test("where Live refuses, the runner-up waits", async () => {
  const on = await written();
  on.set.tracks[0].is_frozen = true;
  on.device.next();
  assert.equal(pitches(on).length, 8);
  assert.deepEqual(shown(on, "seed"), ["set", 1001]);
  on.set.tracks[0].is_frozen = false;
  on.device.next();
  assert.deepEqual(pitches(on), [61]);
});

test("a locked seed asks for that one take, by the recipe that belongs to it", async () => {
  const on = await written();
  assert.deepEqual(shown(on, "recipe"), ["is", "1001", "night_arp"]);
  on.device.parameter("seed_lock", 1);
  on.device.generate();
  assert.deepEqual([on.params().seed, on.params().recipe, on.params().offer], [1001, "night_arp", undefined]);
  await on.answer();
  on.device.next();
  assert.equal(on.words(), "No runner-up: a locked seed means one take");
  on.device.parameter("seed", 5);
  on.device.generate();
  assert.deepEqual([on.params().seed, on.params().recipe], [5, undefined]);
  await on.answer();
  assert.deepEqual(shown(on, "recipe"), ["none"]);
});

test("after Next the seed and the recipe are those of the runner-up", async () => {
  const on = await written();
  on.device.next();
  assert.deepEqual(shown(on, "recipe"), ["is", "2001", "slow_arp"]);
  on.device.parameter("seed_lock", 1);
  on.device.generate();
  assert.deepEqual([on.params().seed, on.params().recipe], [2001, "slow_arp"]);
});

test("a Set that is opened again knows the recipe of the seed it shows", () => {
  const on = make();
  on.device.recipeKept(["is", 1001, "my", "own"]);
  on.device.parameter("seed", 1001);
  on.device.parameter("seed_lock", 1);
  on.device.generate();
  assert.deepEqual([on.params().seed, on.params().recipe], [1001, "my own"]);
  on.device.recipeKept(["none"]);
  on.device.generate();
  on.device.generate();
  assert.equal(on.params().recipe, undefined);
});

test("Dice and a typed seed ask for one take; a press that fails leaves the next one free", async () => {
  const on = await written();
  on.device.dice();
  assert.deepEqual([typeof on.params().seed, on.params().offer, on.params().recipe], ["number", undefined, undefined]);
  await on.answer();
  on.device.next();
  assert.equal(on.words(), "No runner-up left: Generate draws new ones");
  on.device.parameter("seed", 77);
  on.device.generate();
  assert.deepEqual([on.params().seed, on.params().offer], [77, undefined]);
  await on.answer();
  for (let press = 0; press < 2; press++) {
    on.device.generate();
    assert.deepEqual(on.params().offer, { explore: 0.25 });
    await on.asked().at(-1)?.fail(new RpcError(-32603, "no"));
  }
});

test("in a preview Next is heard, not written; Generate writes what was heard, and Next goes on from there", async () => {
  const on = make();
  on.device.preview();
  await on.answer(offered());
  on.device.next();
  assert.equal(on.clip(), null);
  assert.deepEqual(
    on.picture().notes.map(({ pitch }) => pitch),
    [61],
  );
  assert.equal(on.words(), "Preview: Generate writes this take");
  assert.equal(on.why(), "Style: House, from the track's name. Made of 61");
  on.device.generate();
  assert.deepEqual(pitches(on), [61]);
  on.device.next();
  assert.deepEqual(pitches(on), [62]);
  assert.equal(on.asked().length, 1);
});

test("a preview that was turned is made anew from its own seed and recipe", async () => {
  const on = make();
  on.device.preview();
  await on.answer(offered());
  on.device.next();
  on.device.parameter("density", 90);
  on.device.generate();
  const { seed, recipe, density, offer } = on.params();
  assert.deepEqual([seed, recipe, density, offer], [2001, "slow_arp", 90, undefined]);
});

test("what goes on from a clip goes on from that one only", async () => {
  const on = ready(MelodyDevice, "compose.melody");
  const clip = addClip(on.set, 0, 0, 8, [note(60, 0, 4)]);
  show(on.set, clip);
  on.device.goOn();
  assert.equal(on.params().offer.around, undefined);
  await on.answer(offered({ length: 4 }));
  show(on.set, addClip(on.set, 1, 2, 4, [note(90, 0, 1)]));
  on.device.next();
  assert.equal(on.words(), "These go on from another clip: select it, or press Continue here");
  show(on.set, clip);
  on.device.next();
  assert.deepEqual(pitches(on), [60, 61]);
});

test("without a take there is no runner-up", () => {
  const on = make();
  on.device.next();
  assert.equal(on.words(), "No runner-up left: Generate draws new ones");
});
