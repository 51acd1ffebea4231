/** A take is heard before it is written, and then written exactly as it was heard. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ArpDevice } from "../../../../js/devices/arp/device.js";
import { RpcError } from "../../../../js/rpc/errors.js";
import { ready } from "./desk.js";

const make = (/** @type {any} */ options) => ready(ArpDevice, "compose.arp", options);

test("Preview plays and draws a take, and nothing is written", async () => {
  const on = make({ tempo: 60 });
  on.device.preview();
  await on.answer();
  assert.equal(on.clip(), null);
  assert.deepEqual(on.played()[0], [38, 90, 2000, 0]);
  assert.equal(on.picture().notes.length, 8);
  assert.equal(on.words(), "Preview: Generate writes this take");
  assert.match(on.why(), /Style: House/);
});

test("Generate then writes that very take without asking again", async () => {
  const on = make();
  on.device.preview();
  await on.answer();
  const heard = on.picture().notes;
  on.device.generate();
  assert.equal(on.asked().length, 1);
  assert.equal(on.clip().notes.length, 8);
  assert.deepEqual(on.picture().notes, heard);
  assert.deepEqual(on.played().at(-1), ["stop"]);
  assert.equal(on.words(), "Wrote 8 notes, 8 bars, D minor");
  on.device.generate();
  assert.equal(on.asked().length, 2, "the next press makes a new take");
  assert.notEqual(on.asked()[1].params.seed, on.asked()[0].params.seed);
});

test("after a turn of a knob Generate makes the same idea anew, with the seed that was heard", async () => {
  const on = make();
  on.device.preview();
  await on.answer();
  on.device.parameter("density", 90);
  on.device.generate();
  assert.equal(on.asked().length, 2);
  const [heard, written] = on.asked().map(({ params }) => params);
  assert.equal(written.seed, heard.seed);
  assert.equal(written.density, 90);
});

test("Preview again: stop, then another take; after a knob the same one turned; locked the same one", async () => {
  const on = make();
  const seeds = () => on.asked().map(({ params }) => params.seed);
  on.device.preview();
  await on.answer();
  on.device.preview();
  assert.deepEqual(on.played().at(-1), ["stop"]);
  assert.equal(on.asked().length, 1);
  on.device.preview();
  await on.answer();
  assert.notEqual(seeds()[1], seeds()[0]);
  on.device.preview();
  on.device.parameter("density", 80);
  on.device.preview();
  await on.answer();
  assert.equal(seeds()[2], seeds()[1]);
  on.device.parameter("seed_lock", 1);
  on.device.preview();
  const sounded = on.played().length;
  on.device.preview();
  assert.equal(on.asked().length, 3, "the same take needs no engine");
  assert.equal(on.played().length, sounded + 8);
});

test("a preview that fails gives its seed back and says why", async () => {
  const on = make();
  on.device.parameter("seed", 77);
  on.device.preview();
  await on.asked()[0].fail(new RpcError(-32602, "gate is 300", { hint: "Use 1 to 200." }));
  assert.equal(on.words(), "gate is 300. Use 1 to 200");
  on.device.generate();
  assert.equal(on.params().seed, 77);
});

test("Undo forgets what was heard; a press on the picture plays what it shows", async () => {
  const on = make();
  on.device.generate();
  await on.answer();
  on.device.preview();
  await on.answer({ notes: [{ pitch: 50, start_time: 0, duration: 1, velocity: 80 }] });
  assert.equal(on.picture().notes.length, 1);
  on.device.undo();
  assert.equal(on.clip(), null);
  assert.equal(on.picture().notes.length, 0);
  on.device.audition();
  assert.equal(on.words(), "Nothing to hear yet: press Generate");
  on.device.restore();
  on.device.audition();
  assert.equal(on.words(), "Playing once: press again to stop");
  on.device.generate();
  assert.equal(on.asked().length, 3, "what was heard before the undo is not written");
});

test("a preview that has ended still waits to be written", async () => {
  const on = make({ tempo: 960 });
  on.device.preview();
  await on.answer();
  on.clock.move(60_000);
  assert.equal(on.words(), "Preview: Generate writes this take");
  assert.equal(on.clock.pending, 0);
});
