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
  assert.deepEqual(on.played().slice(0, 2), [["clear"], [1, 38, 90, 2000, 0]]);
  assert.deepEqual(on.played().slice(-2), [["count", 8], ["begin"]]);
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
  assert.deepEqual(on.asked()[1].params, on.asked()[0].params);
});

test("after a turn of a knob Generate makes the same idea anew, with the seed that was heard", async () => {
  const on = make();
  on.device.preview();
  await on.answer();
  on.device.parameter("density", 90);
  on.device.generate();
  assert.equal(on.asked().length, 2);
  const { seed, density, offer } = on.params();
  assert.deepEqual([seed, density, offer], [1001, 90, undefined]);
});

test("Preview again: stop, then another take; after a knob the same one turned; locked the same one", async () => {
  const on = make();
  const seeds = () => on.asked().map(({ params }) => params.seed ?? params.offer);
  on.device.preview();
  await on.answer();
  on.device.preview();
  assert.deepEqual(on.played().at(-1), ["stop"]);
  assert.equal(on.asked().length, 1);
  on.device.preview();
  await on.answer();
  assert.deepEqual(seeds(), [{ explore: 0.25 }, { explore: 0.25 }]);
  on.device.preview();
  on.device.parameter("density", 80);
  on.device.preview();
  await on.answer();
  assert.equal(seeds()[2], 1002);
  on.device.parameter("seed_lock", 1);
  on.device.preview();
  const sounded = on.played().length;
  on.device.preview();
  assert.equal(on.asked().length, 3, "the same take needs no engine");
  assert.equal(on.played().length, sounded + 8 + 3, "8 notes between clear, count and begin");
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

/** A desk with a take that lies in a clip, whose song runs. @param {any} [options] */
async function running(options) {
  const on = make(options);
  on.device.generate();
  await on.answer();
  on.set.edit(() => on.set.song.start_playing());
  return on;
}

test("while the song runs it waits for the next bar, and says when it has begun", async () => {
  const on = await running();
  on.device.preview();
  await on.answer();
  assert.deepEqual(on.played().at(-1), ["line", 1920]);
  assert.equal(on.words(), "Begins with the next bar");
  on.clock.move(500);
  assert.equal(on.sent.filter(([, word]) => word === "playhead").length, 0);
  on.device.playing.begun();
  assert.equal(on.words(), "Preview: Generate writes this take");
  on.clock.move(500);
  assert.ok(Number(on.sent.findLast(([, word]) => word === "playhead")?.[2]) > 0.5);
  on.device.playing.begun();
  on.device.preview();
  assert.deepEqual(on.played().at(-1), ["stop"]);
});

test("a press while it waits takes it back; what the patch says then is too late", async () => {
  const on = await running();
  const before = on.clock.pending;
  on.device.audition();
  assert.deepEqual(on.played().at(-1), ["line", 1920]);
  on.device.audition();
  assert.deepEqual(on.played().at(-1), ["stop"]);
  on.device.playing.begun();
  assert.equal(on.clock.pending, before);
});

test("a song that stops meanwhile does not keep it waiting", async () => {
  const on = await running();
  on.device.audition();
  on.set.edit(() => on.set.song.stop_playing());
  on.clock.move(60);
  assert.deepEqual(on.played().slice(-2), [["stop"], ["begin"]]);
  assert.equal(on.words(), "Playing once: press again to stop");
});

test("lines are bars, or what is finer and chosen for launching", async () => {
  for (const [quantisation, signature, line] of [
    [0, [4, 4], 1920],
    [1, [4, 4], 1920],
    [4, [3, 4], 1440],
    [4, [7, 8], 1680],
    [5, [4, 4], 960],
    [7, [4, 4], 480],
    [12, [4, 4], 80],
    [13, [4, 4], 60],
    [5, [1, 4], 480],
  ]) {
    const on = await running({ signature });
    on.set.edit(() => on.set.song.assign("clip_trigger_quantization", quantisation));
    on.device.audition();
    assert.deepEqual(on.played().at(-1), ["line", line], `${quantisation}`);
  }
});
