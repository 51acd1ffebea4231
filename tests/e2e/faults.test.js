/** What can go wrong between Live and the engine: it is said why, and it comes right again by itself or with one press. */
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { python } from "../../js/headless/stage.js";
import { alive, endpointOf, eventually } from "./support/engine.js";
import {
  BUILT,
  clipIn,
  diary,
  heartbeats,
  LiveSet,
  music,
  playFor,
  ready,
  says,
  stageFor,
  untilSays,
  WAKE,
  written,
} from "./support/play.js";
import { Wire } from "./support/wire.js";

const tracks = /** @type {any} */ ([{ name: "House chords" }]);
const set = () => LiveSet.empty({ tempo: 125, tracks });
const skip = process.platform === "win32" && "no signal holds a process still there";

/** @param {string} home @param {Record<string, unknown>} [other] what differs from a sound installation */
const configure = (home, other = {}) =>
  writeFileSync(
    join(home, "config.json"),
    JSON.stringify({ python: python(), arguments: ["-m", "bridge", "serve"], ...other }),
  );

/** @param {string} home @returns {number} */
const pidOf = (home) => endpointOf(home)?.pid ?? 0;

describe("faults", { concurrency: 2, timeout: 600_000 }, () => {
  it("the engine is killed while it works: the device says so, wakes another, and the press is answered once", {
    skip,
  }, async (test) => {
    const { live, hub, chords, home } = await playFor(test, { set: set() });
    const wire = new Wire(hub);
    const told = diary(chords);
    const pid = pidOf(home);
    process.kill(pid, "SIGSTOP");
    chords.press("Generate");
    await untilSays(chords, "Composing ...");
    assert.equal(chords.box("Generate").texts()[0], "Cancel");
    process.kill(pid, "SIGKILL");
    await live.until(() => clipIn(live)?.notes.length, { timeout: WAKE, what: "the notes after all" });
    await untilSays(chords, "Wrote");
    assert.ok(
      told.some((line) => /^away .*[Ee]ngine.*Your press waits/.test(line)),
      told.join("\n"),
    );
    assert.equal(chords.box("Generate").texts()[0], "Generate");
    const request = wire.last("compose.chords");
    assert.equal(clipIn(live).notes.length, wire.answerTo(request).result.notes.length);
    assert.notEqual(pidOf(home), pid);
    assert.equal(alive(pid), false);
    chords.press("Undo");
    assert.equal(clipIn(live), null, "one press, one step back");
    chords.press("Undo");
    assert.match(says(chords), /Nothing to undo/);
  });

  it("Cancel while the engine hangs: nothing is written then or later", { skip }, async (test) => {
    const { live, hub, chords, home } = await playFor(test, { set: set() });
    const wire = new Wire(hub);
    const pid = pidOf(home);
    process.kill(pid, "SIGSTOP");
    try {
      chords.press("Generate");
      await untilSays(chords, "Composing ...");
      chords.press("Generate");
      assert.match(says(chords), /Cancelled/);
      assert.equal(chords.box("Generate").texts()[0], "Generate");
    } finally {
      process.kill(pid, "SIGCONT");
    }
    const cancelled = wire.last("compose.chords");
    await written(chords);
    assert.notEqual(wire.last("compose.chords"), cancelled);
    const { result } = wire.answerTo(wire.last("compose.chords"));
    assert.equal(clipIn(live).notes.length, result.notes.length);
    assert.equal(pidOf(home), pid, "the same engine");
    chords.press("Undo");
    assert.equal(clipIn(live), null);
  });

  it("a device that was there before the Hub says what to do; a press made meanwhile is answered", async (test) => {
    const { live } = await stageFor(test, { set: set() });
    const chords = await live.addDevice(BUILT.chords, { track: 0 });
    await untilSays(chords, "Drop Bandmate Hub on a MIDI track");
    chords.press("Generate");
    await live.addDevice(BUILT.hub, { track: 0 });
    await live.until(() => clipIn(live)?.notes.length, { timeout: WAKE, what: "the notes of the early press" });
    await untilSays(chords, "Wrote");
    assert.deepEqual(live.console, []);
  });

  it("nothing is installed, then a wrong Python, then a broken one, then a good one: all in words", async (test) => {
    const { live, home } = await stageFor(test, { set: set(), installed: false });
    const hub = await live.addDevice(BUILT.hub, { track: 0 });
    const chords = await live.addDevice(BUILT.chords, { track: 0 });
    await untilSays(hub, "Engine not installed: run `bandmate install`", WAKE);
    await untilSays(chords, "Engine not installed: run `bandmate install`", WAKE);
    configure(home, { python: "/nowhere/bin/python3" });
    // The panel is narrow and cuts a long path.
    await untilSays(hub, /Python not found at .*run `bandmate install` again/, WAKE);
    await untilSays(chords, "Python not found at /nowhere/bin/python3", WAKE);
    chords.press("Generate");
    await live.until(() => says(chords).includes("Your press waits"), { what: "it to say that the press waits" });
    writeFileSync(join(home, "config.json"), "{ half");
    await untilSays(hub, "Settings of the engine cannot be read: run `bandmate install` again", WAKE);
    configure(home);
    await live.until(() => clipIn(live)?.notes.length, { timeout: WAKE, what: "the notes of the early press" });
    await ready(hub);
  });

  it("an engine that ends at its start: its own last words are shown, and a press of Start helps once it is mended", async (test) => {
    const { live, home } = await stageFor(test, { set: set(), installed: false });
    configure(home, { arguments: ["-c", "raise SystemExit('no engine in this Python')"] });
    const hub = await live.addDevice(BUILT.hub, { track: 0 });
    await untilSays(hub, "no engine in this Python", WAKE);
    configure(home);
    hub.press("Start");
    await untilSays(hub, "Engine ready", WAKE);
  });

  it("Stop stays stopped until Start; Restart gives another engine", async (test) => {
    const { live, hub, chords, home } = await playFor(test, { set: set() });
    const first = pidOf(home);
    hub.press("Stop");
    await untilSays(hub, "Engine stopped: press Start to wake it");
    await eventually(() => !alive(first), "the engine to leave");
    await untilSays(chords, "Engine stopped: press Start to wake it");
    chords.press("Generate");
    await heartbeats(live);
    assert.equal(endpointOf(home), null, "it has not come back by itself");
    assert.match(says(hub), /Engine stopped: press Start to wake it/);
    assert.equal(clipIn(live), null);
    hub.press("Start");
    await live.until(() => clipIn(live)?.notes.length, { timeout: WAKE, what: "the press that waited" });
    const second = pidOf(home);
    assert.notEqual(second, first);
    hub.press("Restart");
    await eventually(() => pidOf(home) !== second && pidOf(home) !== 0, "another engine");
    await ready(hub);
    await live.until(() => !/Wrote|away|stopp/i.test(says(chords)), { timeout: WAKE, what: "Chords to come back" });
    await written(chords);
    assert.equal(alive(second), false);
    assert.deepEqual(live.console, []);
  });

  it("the Hub is deleted: the device says so, its engine leaves; a new Hub brings both back", async (test) => {
    const { live, hub, chords, home } = await playFor(test, { set: set() });
    const pid = pidOf(home);
    hub.remove();
    await untilSays(chords, "Drop Bandmate Hub on a MIDI track");
    await eventually(() => !alive(pid), "the engine to leave with the Hub that started it");
    await live.addDevice(BUILT.hub, { track: 0 });
    await ready(chords);
    await written(chords);
    assert.ok(music(clipIn(live)).length > 0);
    assert.deepEqual(live.console, []);
  });

  it("the Hub's helper is killed: it comes back, and so does everything else", async (test) => {
    let helper = 0;
    const { live, home } = await stageFor(test, { set: set() });
    const hub = await live.addDevice(BUILT.hub, {
      track: 0,
      trace: (box, outlet, { sel, args }) => {
        if (box.name === "node.script" && outlet === 1 && sel === "start") {
          helper = /** @type {any} */ (live.max.dicts.data(String(args.at(-1)))).pid;
        }
      },
    });
    const chords = await live.addDevice(BUILT.chords, { track: 0 });
    await ready(chords);
    const [before, engine] = [helper, pidOf(home)];
    process.kill(before, "SIGKILL");
    await untilSays(hub, "The Hub's helper ended, starting it again ...");
    await eventually(() => !alive(engine), "its engine to leave: nobody holds its lifeline");
    await live.until(() => helper !== before, { timeout: WAKE, what: "another helper" });
    await ready(chords);
    await written(chords);
  });

  it("leftovers: an endpoint file of an engine that was killed, and one with nonsense in it", {
    skip,
  }, async (test) => {
    const { live, hub, chords, home } = await playFor(test, { set: set() });
    const stale = readFileSync(join(home, "endpoint.json"), "utf8");
    const pid = pidOf(home);
    hub.remove();
    await eventually(() => !alive(pid), "the engine to leave");
    for (const text of [stale, "{ half", JSON.stringify({ port: "x", token: 5 })]) {
      writeFileSync(join(home, "endpoint.json"), text, { mode: 0o600 });
      const next = await live.addDevice(BUILT.hub, { track: 0 });
      await ready(next);
      await ready(chords);
      assert.notEqual(pidOf(home), pid);
      const mine = pidOf(home);
      next.remove();
      await eventually(() => !alive(mine), "the engine to leave");
    }
    rmSync(join(home, "endpoint.json"), { force: true });
    assert.deepEqual(live.console, []);
  });
});
