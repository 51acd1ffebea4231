/**
 * Companion from its built bytes against a real engine: that each of its cords would be missed, and what it says where
 * there is nothing to act on, where another one works, and where the engine is not there, hangs or dies.
 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { everyCordIsMissed, showsState } from "./support/cords.js";
import { alive, endpointOf, sharedEngine } from "./support/engine.js";
import { openGround } from "./support/ground.js";
import { FIRST_TIME, wakeEars } from "./support/hearing.js";
import {
  companionBytes,
  everything,
  inspectCompanion,
  inspectLooks,
  loopIn,
  pointAt,
  soundInKey,
  tuneIn,
} from "./support/inspect_companion.js";
import { BUILT, diary, heartbeats, LiveSet, ready, says, stageFor, untilSays, WAKE } from "./support/play.js";
import { Wire } from "./support/wire.js";

const skip = process.platform === "win32" && "no signal holds a process still there";

const set = () =>
  LiveSet.empty({
    scale: { root: 2, name: "Minor" },
    tracks: /** @type {any} */ ([{ name: "Keys" }, { name: "Bass" }, { kind: "audio", name: "Loops" }]),
  });

/**
 * A Live with Hub and Companion, ready.
 *
 * @param {import("node:test").TestContext} test
 * @param {import("./support/play.js").StageOptions} [options]
 */
async function companionFor(test, options = {}) {
  const stage = await stageFor(test, { set: set(), ...options });
  const hub = await stage.live.addDevice(BUILT.hub, { track: 1 });
  const companion = await stage.live.addDevice(BUILT.companion, { track: 0 });
  await ready(companion);
  return { ...stage, hub, companion };
}

/** @param {string} home @returns {number} */
const pidOf = (home) => endpointOf(home)?.pid ?? 0;

describe("Companion, looked over", { concurrency: 1, timeout: FIRST_TIME + 120_000 }, () => {
  const engine = sharedEngine();

  it("is in order, and misses each of its cords", async (test) => {
    const path = soundInKey(engine.home);
    const client = await wakeEars(engine.home, path);
    client.socket.close();
    const ground = await openGround(engine.home);
    try {
      const [all, looks] = [inspectCompanion, inspectLooks].map(
        (look) =>
          (/** @type {Parameters<import("./support/cords.js").Inspect>} */ ...spoilt) =>
            look(ground, path, ...spoilt),
      );
      await everyCordIsMissed(test, companionBytes(), all, (cord) =>
        showsState(cord) || cord.text.startsWith("route analyze") ? looks : undefined,
      );
    } finally {
      await ground.close();
    }
  });

  it("says what it cannot act on, and leaves it alone", async (test) => {
    const { live, hub, companion } = await companionFor(test, { home: engine.home });
    const wire = new Wire(hub);
    assert.match(says(companion), /Select a clip/);
    for (const button of ["Analyze", "Fit to Key"]) {
      companion.press(button);
      assert.match(says(companion), /No clip here: select one/);
    }
    companion.press("Undo");
    assert.match(says(companion), /Nothing to undo/);
    assert.deepEqual(wire.requests, []);
    const riff = tuneIn(live.set);
    live.set.edit(() => live.set.tracks[0].set_name("Drums"));
    pointAt(live, riff);
    const before = everything(riff);
    companion.press("Analyze");
    await untilSays(companion, /[Dd]rum/);
    companion.press("Fit to Key");
    await live.until(() => wire.answerTo(wire.last("compose.fit")), { what: "the answer for drums" });
    await untilSays(companion, /[Dd]rum/);
    assert.equal(everything(riff), before);
    assert.deepEqual(live.console, []);
  });

  it("its key and mode are kept with the Set, and moved by no automation", async (test) => {
    const { live, hub, companion } = await companionFor(test, { home: engine.home });
    companion.turn("Key", "G");
    companion.turn("Mode", "Phrygian");
    const stored = companion.state();
    companion.remove();
    const again = await live.addDevice(BUILT.companion, { track: 0, stored });
    await ready(again);
    assert.deepEqual([again.parameter("Key").text, again.parameter("Mode").text], ["G", "Phrygian"]);
    assert.ok(again.parameterNames.every((name) => again.parameter(name).visibility !== "automated"));
    const wire = new Wire(hub);
    pointAt(live, tuneIn(live.set));
    again.press("Fit to Key");
    await untilSays(again, "G phrygian");
    const { key, mode } = wire.last("compose.fit")?.params ?? {};
    assert.deepEqual([key, mode], ["G", "phrygian"]);
  });

  it("the second one in a Set says that it rests, and works when the first goes", async (test) => {
    const { live, hub, companion } = await companionFor(test, { home: engine.home });
    const wire = new Wire(hub);
    const second = await live.addDevice(BUILT.companion, { track: 1 });
    pointAt(live, tuneIn(live.set));
    await untilSays(second, "Another Companion is in this Set: this one rests");
    assert.throws(() => second.press("Analyze"), /not active/);
    assert.throws(() => second.press("Fit to Key"), /not active/);
    assert.deepEqual(wire.requests, []);
    assert.match(says(second), /this one rests/);
    companion.remove();
    await untilSays(second, /Riff.*Ready/);
    second.press("Analyze");
    await untilSays(second, "A minor (8A)");
    assert.deepEqual(live.console, []);
  });
});

describe("Companion and an engine that is not there", { concurrency: 2, timeout: FIRST_TIME + 120_000 }, () => {
  it("without a Hub it says what to drop; the press made meanwhile is answered", async (test) => {
    const { live } = await stageFor(test, { set: set() });
    const companion = await live.addDevice(BUILT.companion, { track: 0 });
    const riff = tuneIn(live.set);
    pointAt(live, riff);
    await untilSays(companion, "Drop Bandmate Hub on a MIDI track");
    const before = everything(riff);
    companion.press("Fit to Key");
    await untilSays(companion, "Your press waits");
    assert.equal(everything(riff), before);
    await live.addDevice(BUILT.hub, { track: 1 });
    await untilSays(companion, "D minor", WAKE);
    assert.notEqual(everything(riff), before);
    companion.press("Undo");
    assert.equal(everything(riff), before);
    assert.deepEqual(live.console, []);
  });

  it("killed while it works: it says so, wakes another, and the press is answered once", { skip }, async (test) => {
    const { live, companion, home } = await companionFor(test);
    const told = diary(companion);
    const riff = tuneIn(live.set);
    pointAt(live, riff);
    const before = everything(riff);
    const pid = pidOf(home);
    process.kill(pid, "SIGSTOP");
    companion.press("Fit to Key");
    await untilSays(companion, "Fitting ...");
    assert.equal(companion.box("Fit to Key").texts()[0], "Cancel");
    await heartbeats(live);
    process.kill(pid, "SIGKILL");
    await untilSays(companion, "D minor", WAKE);
    assert.ok(
      told.some((line) => /^away .*[Ee]ngine.*Your press waits/.test(line)),
      told.join("\n"),
    );
    assert.equal(companion.box("Fit to Key").texts()[0], "Fit to key");
    assert.equal(alive(pid), false);
    companion.press("Undo");
    assert.equal(everything(riff), before, "one press, one step back");
  });

  it("killed while it listens to a file: that is said, and the next press hears it", { skip }, async (test) => {
    const { live, hub, companion, home } = await companionFor(test);
    const wire = new Wire(hub);
    pointAt(live, loopIn(live.set, soundInKey(home)));
    companion.press("Analyze");
    const { result } = await live.until(() => wire.answerTo(wire.last("hear.analyze")), { what: "the job" });
    assert.ok(result.job, "it is heard at once: nothing to kill");
    process.kill(pidOf(home), "SIGKILL");
    await untilSays(companion, "The engine went away while it listened", WAKE);
    assert.equal(companion.box("Analyze").texts()[0], "Analyze");
    companion.press("Analyze");
    await untilSays(companion, /Heard 12[45][.\d]* BPM/, FIRST_TIME);
  });

  it("Cancel while it hangs: nothing comes then or later, and Live goes on", { skip }, async (test) => {
    const { live, companion, home } = await companionFor(test);
    const riff = tuneIn(live.set);
    pointAt(live, riff);
    const before = everything(riff);
    const pid = pidOf(home);
    process.kill(pid, "SIGSTOP");
    try {
      companion.press("Fit to Key");
      await untilSays(companion, "Fitting ...");
      await heartbeats(live);
      companion.press("Fit to Key");
      assert.match(says(companion), /Cancelled/);
    } finally {
      process.kill(pid, "SIGCONT");
    }
    companion.press("Analyze");
    await untilSays(companion, "A minor (8A)");
    assert.equal(everything(riff), before);
    assert.equal(pidOf(home), pid, "the same engine");
  });
});
