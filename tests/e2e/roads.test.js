/** Both ways from a device to the engine, and what is heavy on them: long texts, many devices. */
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { describe, it } from "node:test";
import { alive, endpointOf, eventually, sharedEngine } from "./support/engine.js";
import { afterwards } from "./support/leaving.js";
import {
  BUILT,
  clickSlot,
  clipIn,
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

const MOST = 30_000;
const MANY = 8;

/**
 * Chords as `bandmate install` leaves it in the User Library: with the note that tells where the engine is.
 *
 * @param {import("node:test").TestContext} test
 * @param {string} home
 */
function installed(test, home) {
  const folder = mkdtempSync(join(tmpdir(), "bandmate-library-"));
  afterwards(test, () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, basename(BUILT.chords));
  copyFileSync(BUILT.chords, path);
  writeFileSync(join(folder, "bandmate.json"), JSON.stringify({ endpoint: join(home, "endpoint.json") }));
  return path;
}

const tracks = /** @type {any} */ ([{ name: "House chords" }]);

/** Some settings, and the notes they give. @param {import("./support/play.js").HeadlessDevice} chords */
async function take(chords) {
  chords.turn("Style", "Jazz");
  chords.turn("Tension", 70);
  chords.turn("Seed", 2024);
  if (chords.parameter("Seed Lock").value === 0) chords.press("Seed Lock");
  await written(chords);
  return music(clipIn(chords.live));
}

describe("the roads to the engine", { concurrency: 1, timeout: 600_000 }, () => {
  const engine = sharedEngine();
  /** What the Hub's way gives. @type {string[]} */
  let byHub;

  it("Max 9.1: through the Hub", async (test) => {
    const { chords } = await playFor(test, { max: "9.1", home: engine.home });
    byHub = await take(chords);
    assert.ok(byHub.length > 20);
  });

  it("Max 9.2: by its own websocket, with no Hub at all, the same notes", async (test) => {
    const { live } = await stageFor(test, {
      max: "9.2",
      home: engine.home,
      set: LiveSet.empty({ tempo: 125, tracks }),
    });
    const chords = await live.addDevice(installed(test, engine.home), { track: 0 });
    await ready(chords);
    assert.deepEqual(await take(chords), byHub);
    assert.deepEqual(live.console, []);
  });

  it("Max 9.2 without the note beside the device: through the Hub, the same notes", async (test) => {
    const { hub, chords } = await playFor(test, { max: "9.2", home: engine.home });
    const wire = new Wire(hub);
    assert.deepEqual(await take(chords), byHub);
    assert.ok(wire.last("compose.chords"), "it went through the Hub");
  });

  it("Max 9.2, the engine killed: the Hub wakes another, and the device finds it by either way", async (test) => {
    const { live, home } = await stageFor(test, { max: "9.2", set: LiveSet.empty({ tempo: 125, tracks }) });
    const chords = await live.addDevice(installed(test, home), { track: 0 });
    await untilSays(chords, "Drop Bandmate Hub on a MIDI track");
    await live.addDevice(BUILT.hub, { track: 0 });
    await ready(chords);
    assert.deepEqual(await take(chords), byHub);
    const { pid } = /** @type {any} */ (endpointOf(home));
    process.kill(pid, "SIGKILL");
    await live.until(() => !says(chords).includes("Ready") && !says(chords).includes("Wrote"), {
      what: "it to notice",
    });
    await ready(chords);
    assert.deepEqual(await take(chords), byHub);
    await eventually(() => !alive(pid), "the old engine to be gone");
  });

  it("64 dense bars come whole through the Hub, in symbols that Max can hold", async (test) => {
    const { live, hub, chords } = await playFor(test, { home: engine.home });
    const wire = new Wire(hub);
    chords.turn("Bars", 64);
    chords.turn("Density", 100);
    chords.turn("Complexity", 100);
    chords.turn("Rhythm", "Pulse");
    await written(chords);
    const { result } = wire.answerTo(wire.last("compose.chords"));
    assert.ok(JSON.stringify(result).length > MOST, `only ${JSON.stringify(result).length} characters`);
    assert.ok(wire.traffic.dictsBack >= 1);
    assert.ok(wire.traffic.longest <= MOST, `a symbol of ${wire.traffic.longest} characters`);
    assert.equal(clipIn(live).notes.length, result.notes.length);
    assert.equal(clipIn(live).length, 256);
  });

  it("a text longer than a frame goes the other way, too, and is refused in words", async (test) => {
    const { live, hub, chords } = await playFor(test, { home: engine.home });
    const wire = new Wire(hub);
    chords.type("Own Progression", "i VI III VII ".repeat(2400));
    assert.equal(wire.traffic.dictsOut, 1);
    await untilSays(chords, /allowed: text of 1 to \d+ characters/);
    assert.ok(wire.traffic.longest <= MOST);
    assert.deepEqual(live.console, []);
  });

  it("eight devices at once through one Hub: each gets its own answer", async (test) => {
    const set = LiveSet.empty({
      tempo: 125,
      tracks: [...Array.from({ length: MANY }, (_, at) => ({ name: `Keys ${at + 1}` })), { kind: "audio" }],
    });
    const { live, hub, chords: first } = await playFor(test, { set, home: engine.home });
    const wire = new Wire(hub);
    const all = [first];
    for (let track = 1; track < MANY; track++) all.push(await live.addDevice(BUILT.chords, { track }));
    await live.until(() => all.every((chords) => says(chords).includes("Ready")), {
      timeout: WAKE,
      what: "all of them",
    });
    // A slot that holds no MIDI is highlighted, so that each writes on its own track.
    clickSlot(live, MANY, 0);
    for (const [at, chords] of all.entries()) {
      chords.turn("Bars", at + 1);
      chords.turn("Seed", 100 + at);
    }
    for (const chords of all) chords.press("Generate");
    await live.until(() => all.every((_chords, at) => clipIn(live, at)?.notes.length), { what: "notes on each track" });
    const asked = wire.requests.filter(({ method }) => method === "compose.chords");
    assert.equal(asked.length, MANY);
    assert.equal(new Set(asked.map(({ device }) => device)).size, MANY);
    for (const [at, request] of asked.entries()) {
      const { result } = wire.answerTo(request);
      assert.equal(result.seed, 100 + at);
      assert.equal(clipIn(live, at).length, 4 * (at + 1));
      assert.equal(clipIn(live, at).notes.length, result.notes.length);
    }
    assert.deepEqual(live.console, []);
  });
});
