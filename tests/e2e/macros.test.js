/** Macros: four knobs steer what every device makes, and none of their own knobs is ever moved. The built devices, a real engine. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { everyCordIsMissed } from "./support/cords.js";
import { startEngine } from "./support/engine.js";
import { openGround } from "./support/ground.js";
import { inspectMacros, macrosBytes } from "./support/inspect_macros.js";
import { Inspection } from "./support/inspection.js";
import { BUILT, clickSlot, clipIn, LiveSet, says, stageFor } from "./support/play.js";
import { macrosOf } from "./support/steering.js";

// A process can be held still only where there are such signals.
const skip = process.platform === "win32";

/** Longer than a Macros takes to show what is new, ms. */
const MOMENT = 60;

describe("Macros steers", { concurrency: 1, skip, timeout: 600_000 }, () => {
  /** @type {Awaited<ReturnType<typeof startEngine>>} */ let engine;
  /** @type {Awaited<ReturnType<typeof openGround>>} */ let ground;
  /** @type {import("../../js/headless/index.js").HeadlessDevice} */ let bass;
  /** @type {any} */ let plain;

  before(async () => {
    engine = await startEngine();
    ground = await openGround(engine.home);
    bass = await ready("bass", 0);
    bass.turn("Style", "Funk");
    bass.turn("Seed", 7);
    bass.press("Seed Lock");
    plain = await written();
  });

  after(async () => {
    await ground?.close();
    await engine?.close();
  });

  /** @param {() => unknown} look @param {string} what */
  const until = (look, what) => new Inspection(ground.live).wait(look, what);

  /** @param {"bass"|"melody"} name @param {number} track */
  async function ready(name, track) {
    const device = await ground.live.addDevice(readFileSync(BUILT[name]), { track });
    await until(() => says(device).includes("Ready"), name);
    return device;
  }

  /** A press of Generate: what was asked, and the notes in the clip. */
  async function written() {
    const { wire, live } = ground;
    const since = wire.requests.length;
    clickSlot(live, 0, 0);
    bass.press("Generate");
    const asked = await until(
      () => wire.requests.slice(since).find(({ method }) => method === "compose.bass"),
      "the question",
    );
    const { result } = /** @type {any} */ (await until(() => wire.answerTo(asked), "the bass"));
    const notes = clipIn(live).notes.map((/** @type {any} */ note) => ({ ...note }));
    assert.equal(notes.length, result.notes.length);
    return { steer: /** @type {any} */ (asked).params.steer, notes };
  }

  /** What a take sounds like. @param {{notes: any[]}} take */
  const music = ({ notes }) =>
    notes.map(({ pitch, start_time, duration, velocity }) => [pitch, start_time, duration, velocity].join(" "));

  /** Velocity of all notes together. @param {{notes: any[]}} take */
  const force = ({ notes }) => notes.reduce((sum, { velocity }) => sum + velocity, 0);

  const standing = () => bass.parameterNames.map((name) => [name, bass.parameter(name).value]);

  it("nothing while its knobs rest, and the next press when they are turned; no knob of the device moves", async () => {
    const { live } = ground;
    const macros = await live.addDevice(macrosBytes(), { track: 1 });
    const still = await written();
    assert.equal(still.steer, undefined);
    assert.deepEqual(music(still), music(plain));
    const knobs = standing();
    macros.turn("Energy", 100);
    const hard = await written();
    assert.deepEqual(hard.steer, { energy: 1, tension: 0, darkness: 0, groove: 0 });
    assert.ok(force(hard) > 1.15 * force(plain), `force ${force(plain)} became ${force(hard)}`);
    assert.match(says(bass), /Macros: energy \+100 %/);
    assert.deepEqual(standing(), knobs);
  });

  it("as far as the device's own Macros box lets it, and one that comes later at once", async () => {
    bass.turn("Macros", 50);
    assert.equal((await written()).steer.energy, 0.5);
    bass.turn("Macros", 0);
    assert.deepEqual(music(await written()), music(plain));
    bass.turn("Macros", 100);
    const macros = /** @type {any} */ (macrosOf(ground.live));
    const melody = await ready("melody", 1);
    ground.live.advance(MOMENT);
    assert.match(says(macros), /Steers 2 devices/);
    melody.remove();
    ground.live.advance(MOMENT);
    assert.match(says(macros), /Steers 1 device$/);
  });

  it("by its lanes while the song runs", async () => {
    const { live } = ground;
    const macros = /** @type {any} */ (macrosOf(live));
    const { song } = live.set;
    const { tempo } = song;
    const lane = macros.model.parameters.find((/** @type {any} */ { name }) => name === "Darkness");
    live.act(() => {
      song.set_tempo(120);
      live.set.automation.draw(lane, [
        [0, -100],
        [4, 100],
      ]);
      song.transport.moveTo(0);
      song.continue_playing();
    });
    const seen = [];
    for (let beat = 0; beat < 4; beat += 1) {
      live.advance(500);
      seen.push((await written()).steer.darkness);
    }
    live.act(() => {
      song.stop_playing();
      song.set_tempo(tempo);
      live.set.automation.draw(lane, []);
    });
    assert.deepEqual(
      seen,
      [...seen].sort((one, other) => one - other),
    );
    assert.ok(seen[0] < -0.3 && seen[3] > 0.8, String(seen));
  });

  it("no more when it is off, or gone", async () => {
    const macros = /** @type {any} */ (macrosOf(ground.live));
    macros.setEnabled(false);
    assert.deepEqual(music(await written()), music(plain));
    macros.setEnabled(true);
    assert.equal((await written()).steer.energy, 1);
    macros.remove();
    assert.deepEqual(music(await written()), music(plain));
  });

  it("the one farthest left of several, which the others say", async () => {
    const { live } = ground;
    const right = await live.addDevice(macrosBytes(), { track: 1 });
    right.turn("Tension", 80);
    assert.equal((await written()).steer.tension, 0.8);
    const left = await live.addDevice(macrosBytes(), { track: 0 });
    left.turn("Tension", -40);
    assert.equal((await written()).steer.tension, -0.4);
    live.advance(MOMENT);
    assert.match(says(right), /Rests: the Macros on "House chords" steers/);
    assert.match(says(left), /another Macros rests/);
    left.remove();
    assert.equal((await written()).steer.tension, 0.8);
    right.remove();
  });
});

describe("a cut cord of Macros is noticed", { timeout: 600_000 }, () => {
  it("whichever it is", async (test) => {
    const set = LiveSet.empty({ tracks: ["Left", "Right", "Bass"].map((name) => ({ kind: "midi", name })) });
    const { live } = await stageFor(test, { set, time: "virtual", strict: false, installed: false });
    await live.addDevice(readFileSync(BUILT.bass), { track: 2 });
    await everyCordIsMissed(test, macrosBytes(), (...spoilt) => inspectMacros(live, ...spoilt));
  });
});
