/** Life as it is, in one Max: Hubs and devices that come and go in every order. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { NO_HUB } from "../../../js/rpc/hub.js";
import { settled } from "../rpc/support/clock.js";
import { FakeLiveAPI, FakeMax } from "./support/fake_max.js";

describe("one Hub", () => {
  it("touches neither Live nor node.script before live.thisdevice has spoken", () => {
    const max = new FakeMax();
    const made = FakeLiveAPI.made;
    const one = max.addHub("h1");
    one.hub.enabled(true);
    max.bus.messnamed("bandmate.req", "open", "d1", "{}");
    assert.equal(FakeLiveAPI.made, made);
    assert.equal(one.script.starts, 0);
    one.hub.start();
    assert.equal(one.script.starts, 1);
    assert.deepEqual(one.status, ["ready", "Engine ready"]);
  });

  it("tells node.script who is there, and how long the engine may idle", () => {
    const max = new FakeMax();
    const one = max.addHub("h1");
    one.hub.idleMinutes(45);
    one.hub.start();
    const [about, idle] = one.script.sent;
    assert.deepEqual(JSON.parse(about[1]), { hub: "h1", version: "0.1.0", max: "912", live: "12.3.5" });
    assert.deepEqual(idle, ["idle", 45]);
    one.hub.idleMinutes(10);
    assert.deepEqual(one.script.sent.at(-1), ["idle", 10]);
  });

  it("shows log lines and the engine's version", () => {
    const max = new FakeMax();
    const one = max.addHub("h1");
    one.hub.start();
    one.hub.log("a line");
    assert.ok(one.panel.some((message) => message.join(" ") === "version 0.1.0"));
    assert.deepEqual(one.panel.at(-1), ["log", "a line"]);
  });

  it("works for a device that was there before it", async () => {
    const max = new FakeMax();
    const device = max.addDevice("d1");
    const early = device.call("compose.chords");
    max.clock.move(20_000);
    assert.deepEqual(device.status, { light: "away", words: NO_HUB });
    max.addHub("h1").hub.start();
    assert.equal(await early, "compose.chords by h1");
    assert.equal(device.status.light, "ready");
  });

  it("starts node.script again when its process ends, and devices come back", async () => {
    const max = new FakeMax();
    const one = max.addHub("h1");
    one.hub.start();
    const device = max.addDevice("d1");
    await device.call("x");
    one.crash();
    assert.equal(device.status.light, "away");
    assert.match(device.status.words, /helper ended/);
    const waiting = device.call("y");
    max.clock.move(5000);
    assert.equal(await waiting, "y by h1");
    assert.equal(one.script.starts, 2);
  });

  it("says when node.script does not start, and keeps trying", () => {
    const max = new FakeMax();
    const one = max.addHub("h1", { works: false });
    one.hub.start();
    assert.deepEqual(one.status, ["busy", "Starting ..."]);
    max.clock.move(16_000);
    assert.deepEqual(one.status, ["away", "Node for Max does not start, trying again ..."]);
    one.script.works = true;
    max.clock.move(5000);
    assert.deepEqual(one.status, ["ready", "Engine ready"]);
  });

  it("says so when node.script reports an error", () => {
    const max = new FakeMax();
    const one = max.addHub("h1", { works: false });
    one.hub.start();
    one.hub.life("loadend", "error");
    assert.equal(one.status[0], "away");
  });

  it("that is switched off lets go of all, and is back when switched on", async () => {
    const max = new FakeMax();
    const one = max.addHub("h1");
    one.hub.start();
    const device = max.addDevice("d1");
    await device.call("x");
    one.hub.enabled(false);
    assert.equal(max.running.size, 0);
    assert.deepEqual(one.status, ["off", "Hub is switched off"]);
    assert.equal(device.status.light, "away");
    one.hub.enabled(true);
    assert.equal(await device.call("y"), "y by h1");
  });

  it("that is deleted leaves no timer, no process and no name, and the devices know", async () => {
    const max = new FakeMax();
    const one = max.addHub("h1");
    one.hub.start();
    const device = max.addDevice("d1");
    await device.call("x");
    const asked = device.call("test.silence");
    one.remove();
    await assert.rejects(asked, /went away/);
    assert.equal(one.clock.pending, 0);
    assert.equal(max.running.size, 0);
    assert.equal(max.bus.dicts.get("bandmate.hub").get("owner"), "");
    assert.deepEqual(device.status, { light: "away", words: NO_HUB });
    max.clock.move(10_000);
    assert.deepEqual(device.status, { light: "away", words: NO_HUB });
  });
});

describe("two Hubs", () => {
  function two() {
    const max = new FakeMax();
    const first = max.addHub("h1");
    const second = max.addHub("h2");
    first.hub.start();
    second.hub.start();
    return { max, first, second };
  }

  it("one leads, the other stays passive and says so", () => {
    const { max, first, second } = two();
    max.clock.move(60_000);
    assert.deepEqual([first.hub.leads, second.hub.leads], [true, false]);
    assert.equal(second.script.starts, 0);
    assert.deepEqual(second.status, ["off", "Another Hub in this Set does the work"]);
  });

  it("the second takes over at once when the first is deleted, and devices go on by themselves", async () => {
    const { max, first, second } = two();
    const device = max.addDevice("d1");
    assert.equal(await device.call("x"), "x by h1");
    first.remove();
    assert.equal(second.hub.leads, true);
    assert.equal(max.running.size, 1);
    assert.equal(await device.call("y"), "y by h2");
  });

  it("the second takes over within three seconds when the first vanishes without a word", async () => {
    const { max, first, second } = two();
    const device = max.addDevice("d1");
    await device.call("x");
    max.clock.move(4321);
    first.vanish();
    max.clock.move(3000);
    assert.equal(second.hub.leads, true);
    assert.equal(await device.call("y"), "y by h2");
  });

  it("nobody is deposed because Live held all Tasks for a while", () => {
    const { max, first, second } = two();
    for (let stall = 0; stall < 30; stall += 1) {
      max.clock.move(130);
      max.clock.stall(8000);
    }
    assert.deepEqual([first.hub.leads, second.hub.leads], [true, false]);
  });

  it("one that was taken for dead gives way", () => {
    const { max, first, second } = two();
    max.bus.dicts.get("bandmate.hub").set("owner", "h2");
    second.hub.device("released", "h1", []);
    assert.equal(second.hub.leads, false, "nobody has released it");
    max.clock.move(1000);
    assert.equal(first.hub.leads, false);
    assert.equal(max.running.size, 0);
  });

  it("a press on the passive one's panel reaches the leader", () => {
    const { max, first, second } = two();
    second.hub.command("engine", "restart");
    assert.deepEqual(first.script.sent.at(-1), ["engine", "restart"]);
    second.hub.command("script", "stop");
    assert.deepEqual(first.script.sent.at(-1), ["engine", "restart"], "and nothing else does");
    assert.equal(max.running.size, 1);
  });
});

describe("two Sets, one after the other", () => {
  it("the Hub of the next one leads, whatever the first left behind", async () => {
    const max = new FakeMax();
    const old = max.addHub("h1");
    old.hub.start();
    const oldDevice = max.addDevice("d1");
    await oldDevice.call("x");
    oldDevice.remove();
    old.vanish(); // Live closed the Set; suppose Max said nothing.
    const device = max.addDevice("d2");
    const next = max.addHub("h2");
    next.hub.start();
    max.clock.move(3000);
    assert.equal(next.hub.leads, true);
    assert.equal(await device.call("y"), "y by h2");
    assert.equal(
      next.script.sent.some((message) => message.includes("d1")),
      false,
    );
  });
});

describe("questions about Live", () => {
  it("are answered by js/live, in pieces where they are long", async () => {
    const max = new FakeMax();
    const one = max.addHub("h1");
    one.hub.start();
    await one.hub.call(7, 0, 2, '{"method":"live.so');
    await one.hub.call(7, 1, 2, 'ng","params":{}}');
    await settled();
    const [selector, number, index, count, text] = one.script.sent.at(-1);
    assert.deepEqual([selector, number, index, count], ["answer", 7, 0, 1]);
    assert.equal(JSON.parse(text).result.tempo, 123);
  });

  it("are refused in words", async () => {
    const max = new FakeMax();
    const one = max.addHub("h1");
    one.hub.start();
    await one.hub.call(1, 0, 1, '{"method":"live.delete_all"}');
    assert.equal(JSON.parse(one.script.sent.at(-1)[4]).error.code, -32601);
    await one.hub.call(2, 0, 1, '{"method":"live.clip","params":{"track":3}}');
    const { error } = JSON.parse(one.script.sent.at(-1)[4]);
    assert.deepEqual([error.code, error.data.hint], [-32006, "Give track and slot, or neither"]);
  });
});
