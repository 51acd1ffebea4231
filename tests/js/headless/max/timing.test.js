import assert from "node:assert/strict";
import { test } from "node:test";
import { Scheduler } from "../../../../js/headless/max/scheduler.js";
import { open, send, traced } from "../support/live.js";
import { Patch } from "../support/patch.js";

/** @param {Partial<ConstructorParameters<typeof Scheduler>[0]>} [options] */
const virtual = (options = {}) =>
  new Scheduler({
    time: "virtual",
    onError: (error) => {
      throw error;
    },
    ...options,
  });

test("clocks run before what waits in the low queue, in order of their time", () => {
  const scheduler = virtual();
  /** @type {string[]} */
  const order = [];
  scheduler.defer(() => order.push(`low ${scheduler.thread}`));
  scheduler.at(0, () => order.push(`now ${scheduler.thread}`));
  scheduler.at(20, () => order.push("20"));
  scheduler.at(10, () => order.push("10"));
  scheduler.at(10, () => order.push("10 again"));
  scheduler.advance(20);
  assert.deepEqual(order, ["now scheduler", "low main", "10", "10 again", "20"]);
  assert.equal(scheduler.now(), 20);
});

test("a cancelled clock does not fire", () => {
  const scheduler = virtual();
  const clock = scheduler.at(5, () => assert.fail("fired"));
  assert.ok(clock.active);
  clock.cancel();
  scheduler.advance(10);
  assert.ok(!clock.active);
});

test("jitter makes the low queue late, the same way each time, and keeps its order", () => {
  const run = () => {
    const scheduler = virtual({ jitter: { seed: 7, low: [2, 20] } });
    /** @type {[number, number][]} */
    const seen = [];
    for (let i = 0; i < 5; i += 1) scheduler.defer(() => seen.push([i, scheduler.now()]));
    scheduler.advance(100);
    return seen;
  };
  const seen = run();
  assert.deepEqual(seen, run());
  assert.deepEqual(
    seen.map(([i]) => i),
    [0, 1, 2, 3, 4],
  );
  assert.ok(seen[0][1] >= 2 && seen[4][1] <= 20);
});

test("something that schedules itself with no delay is found out", () => {
  /** @type {unknown[]} */
  const errors = [];
  const scheduler = virtual({ onError: (error) => errors.push(error) });
  const again = () => scheduler.defer(again);
  again();
  scheduler.settle();
  assert.match(String(errors[0]), /never comes to rest/u);
});

test("real time: events come on Node's own loop", async () => {
  const scheduler = new Scheduler({ onError: (error) => assert.fail(String(error)) });
  const begin = scheduler.now();
  // The scheduler's own timer does not keep Node alive.
  const hold = setInterval(() => {}, 1000);
  const late = await new Promise((resolve) => {
    scheduler.at(15, () => scheduler.defer(() => resolve(scheduler.now() - begin)));
  });
  clearInterval(hold);
  assert.ok(late >= 15, `${late}`);
  scheduler.close();
});

test("delay, metro and deferlow in virtual time", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  const delay = patch.object("delay 50", 2, 1, { varname: "delay" });
  const metro = patch.object("metro 20", 2, 1, { varname: "metro" });
  const low = patch.object("deferlow", 1, 1, { varname: "low" });
  const dev = await live.addDevice(patch.bytes());
  const lines = traced(dev);
  send(dev, low, 0, "x");
  assert.deepEqual(lines, []);
  live.settle();
  assert.deepEqual(lines.splice(0), ["low.0 x"]);
  send(dev, delay, 0);
  live.advance(49);
  assert.deepEqual(lines, []);
  send(dev, delay, 0);
  live.advance(49);
  live.advance(1);
  assert.deepEqual(lines.splice(0), ["delay.0 bang"]);
  send(dev, metro, 0, 1);
  live.advance(60);
  send(dev, metro, 0, 0);
  live.advance(60);
  assert.equal(lines.splice(0).length, 4);
});

test("pipe holds each list its own time; clear forgets", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  const pipe = patch.object("pipe 0 0 0 0", 4, 3, { varname: "p" });
  const dev = await live.addDevice(patch.bytes());
  const lines = traced(dev);
  send(dev, pipe, 0, 60, 100, 250, 30);
  send(dev, pipe, 0, 64, 90, 250, 10);
  live.advance(10);
  assert.deepEqual(lines.splice(0), ["p.2 int 250", "p.1 int 90", "p.0 int 64"]);
  live.advance(20);
  assert.equal(lines.splice(0).length, 3);
  send(dev, pipe, 0, 1, 2, 3, 5);
  send(dev, pipe, 0, "clear");
  live.advance(10);
  assert.deepEqual(lines, []);
});

test("makenote ends its notes, on time or by stop", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  const make = patch.object("makenote 100 500", 3, 2, { varname: "m" });
  const dev = await live.addDevice(patch.bytes());
  const lines = traced(dev);
  send(dev, make, 0, 60);
  assert.deepEqual(lines.splice(0), ["m.1 int 100", "m.0 int 60"]);
  live.advance(500);
  assert.deepEqual(lines.splice(0), ["m.1 int 0", "m.0 int 60"]);
  send(dev, make, 0, 62, 80, 1000);
  send(dev, make, 0, "stop");
  assert.deepEqual(lines.splice(0), ["m.1 int 80", "m.0 int 62", "m.1 int 0", "m.0 int 62"]);
  live.advance(2000);
  assert.deepEqual(lines, []);
});

test("MIDI passes through as whole messages, with the time they left", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  patch.cord(patch.object("midiin", 1, 1), 0, patch.object("midiout", 1, 0), 0);
  const dev = await live.addDevice(patch.bytes());
  live.advance(12);
  dev.midiIn([
    [0x90, 60, 100],
    [62, 0],
    [0xf0, 1, 2, 0xf7],
    [0xc1, 5],
  ]);
  assert.deepEqual(dev.midiOut, [
    { time: 12, beat: 0, run: 0, bytes: [0x90, 60, 100] },
    { time: 12, beat: 0, run: 0, bytes: [0x90, 62, 0] },
    { time: 12, beat: 0, run: 0, bytes: [0xf0, 1, 2, 0xf7] },
    { time: 12, beat: 0, run: 0, bytes: [0xc1, 5] },
  ]);
});
