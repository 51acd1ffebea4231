/** Switched on and off, deleted, and one of several in a Set. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { desk, fakeDict, midiClip, ready } from "./desk.js";

const RESTS = "Another Companion is in this Set: this one rests";

test("nothing is said or asked before the start", () => {
  const on = desk();
  on.device.parameter("key", 3);
  for (const press of /** @type {const} */ (["analyze", "fit", "undo", "restore"])) on.device[press]();
  assert.deepEqual([on.sent, on.engine.asked, on.engine.link.started], [[], [], 0]);
});

test("a second start bang does not connect twice", () => {
  const on = ready();
  on.device.start();
  assert.equal(on.engine.link.started, 1);
});

test("switched off, it stops its work; switched on, it comes back", () => {
  const on = ready();
  midiClip(on);
  on.device.analyze();
  on.device.enable(false);
  assert.deepEqual([on.state(), on.words()], ["off", "Device is off"]);
  assert.equal(on.engine.link.stopped, 1);
  on.device.analyze();
  on.device.receive("hub", ["{}"]);
  assert.deepEqual([on.engine.of("hear.clip_key").length, on.engine.link.heard], [1, []]);
  on.device.enable(true);
  on.engine.become("ready", "Ready");
  assert.deepEqual([on.engine.link.started, on.state(), on.words()], [2, "ready", "Ready"]);
});

test("loaded switched off, it does not connect and takes no seat", () => {
  const seat = fakeDict();
  const off = desk({ seat, id: "d1" });
  off.device.enable(false);
  off.device.start();
  assert.equal(off.engine.link.started, 0);
  assert.deepEqual([off.state(), off.words()], ["off", "Device is off"]);
  const other = ready({ seat, id: "d2" });
  assert.equal(other.words(), "Ready");
});

test("deleted, it leaves no timer behind and touches Live no more", () => {
  const on = ready();
  midiClip(on);
  on.device.analyze();
  on.device.remove();
  assert.equal(on.clock.pending, 0);
  assert.equal(on.live.started, false);
});

test("messages of the Hub reach the link", () => {
  const on = ready();
  on.device.receive("frame", ["d1", "{}"]);
  assert.deepEqual(on.engine.link.heard, [["frame", ["d1", "{}"]]]);
});

test("of two in a Set the second rests and says so; its buttons do nothing", () => {
  const seat = fakeDict();
  const first = ready({ seat, id: "d1" });
  const second = ready({ seat, id: "d2" });
  assert.deepEqual([first.words(), second.state(), second.words()], ["Ready", "off", RESTS]);
  assert.equal(second.engine.link.started, 0);
  midiClip(second);
  for (const press of /** @type {const} */ (["analyze", "fit", "undo", "restore"])) second.device[press]();
  assert.deepEqual([second.engine.asked, second.words()], [[], RESTS]);
  assert.deepEqual([first.active(), second.active()], [[1], [0]]);
});

test("when the first goes, or is switched off, the second takes over within a second, and the first then rests", () => {
  const seat = fakeDict();
  const first = ready({ seat, id: "d1" });
  const second = ready({ seat, id: "d2" });
  first.device.enable(false);
  second.clock.move(1000);
  second.engine.become("ready", "Ready");
  assert.deepEqual([second.words(), second.engine.link.started], ["Ready", 1]);
  assert.deepEqual(second.active(), [0, 1]);
  first.device.enable(true);
  assert.equal(first.words(), RESTS);
  second.device.remove();
  first.clock.move(1000);
  first.engine.become("ready", "Ready");
  assert.equal(first.words(), "Ready");
});

test("switched off while it rests, it says that it is off, and rests again when it is on", () => {
  const seat = fakeDict();
  ready({ seat, id: "d1" });
  const second = ready({ seat, id: "d2" });
  second.device.enable(false);
  assert.equal(second.words(), "Device is off");
  second.device.enable(true);
  assert.equal(second.words(), RESTS);
  assert.equal(second.active().at(-1), 0, "its switch alone makes nothing active");
  second.device.enable(true);
  assert.equal(second.active().length, 4, "Live says it once more");
});
