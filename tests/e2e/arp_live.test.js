/** Arp, played live: the built device with the real engine, in a Live whose screen thread is late as on a busy computer. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { hanging, heardNotes } from "../../js/headless/heard_notes.js";
import { BUSY } from "../../js/headless/index.js";
import { letPass } from "../../js/headless/passing.js";
import { cordsOf, heardOf, playerIn, scripted, straysOf } from "./support/arp_player.js";
import { startEngine } from "./support/engine.js";
import { openGround } from "./support/ground.js";
import { Inspection } from "./support/inspection.js";
import { BUILT, says } from "./support/play.js";

// A process can be held still only where there are such signals.
const skip = process.platform === "win32";

/** A step waits this long for the rest of a chord, ms (m4l_devices/devices/arp_steps.py). */
const SETTLE = 2;
/** How far from its line a note may begin beyond that, ms: what Max's own scheduler strays by, see BUSY. */
const JITTER = 2.5;

/** A step of each rate, beats. */
const BEATS = { "1/4D": 1.5, "1/8T": 1 / 3, "1/16": 0.25, "1/16D": 0.375, "1/32": 0.125 };

/** Nothing but the figure, on the grid. */
const PLAIN = { Figure: "Up", Rate: "1/16", Octaves: "1 oct", Rhythm: "Straight", Gate: "50 %", "Swing Grid": "16ths" };

describe("Arp plays what is held", { concurrency: 1, skip, timeout: 600_000 }, () => {
  /** @type {Awaited<ReturnType<typeof startEngine>>} */ let engine;
  /** @type {Awaited<ReturnType<typeof openGround>>} */ let ground;
  /** @type {import("../../js/headless/index.js").HeadlessDevice} */ let device;

  before(async () => {
    engine = await startEngine();
    ground = await openGround(engine.home);
    device = await ground.live.addDevice(readFileSync(BUILT.arp), { track: 0 });
    await until(() => says(device).includes("Ready"), "the engine");
    for (const [name, value] of Object.entries(PLAIN)) device.turn(name, value);
    device.turn("Humanise", 0);
    await asks(() => device.turn("Live", 1));
    ground.live.max.scheduler.jitter = BUSY;
  });

  after(async () => {
    await ground?.close();
    await engine?.close();
  });

  /** @param {() => unknown} look @param {string} what */
  const until = (look, what) => new Inspection(ground.live).wait(look, what);

  /** Time passes until the device says something. @param {string} words */
  async function comesToSay(words) {
    for (let round = 0; !says(device).includes(words); round += 1) {
      assert.ok(round < 400, `it says: ${says(device)}`);
      await letPass(ground.live, 50, { most: 20 });
    }
  }

  /** Turns knobs while nothing is late, until what the engine answers has been told. @param {() => void} turn */
  async function asks(turn) {
    const { live, wire } = ground;
    live.max.scheduler.jitter = {};
    const since = wire.requests.length;
    turn();
    live.advance(60);
    const asked = await until(
      () => wire.requests.slice(since).findLast(({ method }) => method === "compose.arp_live"),
      "the question",
    );
    await until(() => wire.answerTo(asked), "the tables");
    live.max.scheduler.jitter = BUSY;
  }

  const song = () => ground.live.set.song;
  /** @param {number} tempo @param {number} [beat] */
  const starts = (tempo, beat = 0) =>
    ground.live.act(() => {
      song().set_tempo(tempo);
      song().transport.moveTo(beat);
      song().continue_playing();
    });
  const stops = () => ground.live.act(() => song().stop_playing());
  /** @param {number} beats */
  const pass = (beats) => ground.live.advance((beats * 60_000) / song().tempo);
  const on = (/** @type {number[]} */ ...keys) => device.midiIn(keys.map((key) => [0x90, key, 100]));
  const off = (/** @type {number[]} */ ...keys) => device.midiIn(keys.map((key) => [0x80, key, 0]));
  /** What is heard from now on. */
  const listen = () => {
    const since = device.midiOut.length;
    return () => heardNotes(device.midiOut.slice(since));
  };

  /** @param {ReturnType<typeof heardNotes>} notes @param {number} step beats @param {(beat: number) => number} [line] */
  function onTheGrid(notes, step, line = (beat) => Math.round(beat / step) * step) {
    for (const { beat, pitch } of notes) {
      const late = ((beat - line(beat)) * 60_000) / song().tempo - SETTLE;
      assert.ok(Math.abs(late) <= JITTER, `${pitch} at beat ${beat} is ${late.toFixed(2)} ms beside the grid`);
    }
  }

  /** @param {ReturnType<typeof heardNotes>} notes */
  const nothingHangs = (notes) => assert.deepEqual(hanging(notes), []);

  for (const [tempo, rate] of /** @type {[number, keyof typeof BEATS][]} */ ([
    [120, "1/16"],
    [87.5, "1/8T"],
    [174, "1/16D"],
    [63, "1/4D"],
    [150, "1/32"],
  ])) {
    it(`on the grid: ${rate} at ${tempo}`, async () => {
      if (rate !== "1/16") await asks(() => device.turn("Rate", rate));
      const heard = listen();
      starts(tempo);
      on(64, 60, 67);
      pass(6.05);
      off(64, 60, 67);
      stops();
      pass(1);
      const notes = heard();
      onTheGrid(notes, BEATS[rate]);
      assert.equal(notes.length, Math.floor(6 / BEATS[rate] + 1e-9) + 1);
      assert.deepEqual(
        notes.slice(0, 4).map(({ pitch }) => pitch),
        [60, 64, 67, 60],
      );
      nothingHangs(notes);
    });
  }

  it("goes with the tempo of the song, round its loop and wherever it jumps", async () => {
    await asks(() => device.turn("Rate", "1/16"));
    const { live } = ground;
    const heard = listen();
    starts(100);
    live.act(() =>
      live.set.automation.draw(song().tempoParameter, [
        [0, 100],
        [4, 180],
      ]),
    );
    on(60);
    pass(5);
    onTheGrid(heard(), 0.25);
    assert.ok(heard().length >= 16, `${heard().length} notes in a ramp`);
    live.act(() => live.set.automation.draw(song().tempoParameter, []));
    live.act(() => {
      song().set_loop_start(8);
      song().set_loop_length(2);
      song().set_loop(true);
      song().transport.moveTo(8);
    });
    const looped = listen();
    pass(5.9);
    onTheGrid(looped(), 0.25);
    assert.equal(looped().length, 24);
    live.act(() => song().set_loop(false));
    const jumped = listen();
    live.act(() => song().transport.moveTo(33.111));
    pass(3);
    // What is left of a look at the song may pass first: ten ticks.
    onTheGrid(jumped().slice(1), 0.25);
    assert.ok(jumped().length >= 11);
    off(60);
    stops();
  });

  it("takes other keys at the next step, without the engine", () => {
    const { wire } = ground;
    const asked = wire.requests.length;
    starts(120);
    const heard = listen();
    on(60, 64);
    pass(0.6);
    on(62);
    off(60);
    pass(0.5);
    assert.deepEqual(
      new Set(
        heard()
          .slice(3)
          .map(({ pitch }) => pitch),
      ),
      new Set([62, 64]),
    );
    onTheGrid(heard(), 0.25);
    off(62, 64);
    const [count, now] = [heard().length, ground.live.max.scheduler.now()];
    pass(1);
    assert.equal(heard().length, count);
    assert.ok(
      heard().every(({ off: end }) => end <= now + 1),
      "what sounds ends with the last key",
    );
    assert.equal(wire.requests.length, asked);
    stops();
  });

  it("hears a chord that comes a little late at once", () => {
    starts(60);
    pass(0.27);
    const heard = listen();
    on(60);
    pass(0.1);
    const [{ beat }] = heard();
    assert.ok(beat < 0.28, `it begins at beat ${beat}`);
    off(60);
    stops();
  });

  it("Hold goes on with the chord until the next one, and ends when it is let go", () => {
    device.turn("Hold", 1);
    starts(120);
    const heard = listen();
    on(60, 64);
    pass(0.5);
    off(60, 64);
    pass(1);
    assert.ok(heard().length >= 5);
    on(71);
    off(71);
    const next = listen();
    pass(1);
    assert.deepEqual(new Set(next().map(({ pitch }) => pitch)), new Set([71]));
    device.turn("Hold", 0);
    pass(0.1);
    const silent = listen();
    pass(2);
    assert.deepEqual(silent(), []);
    nothingHangs(heard());
    stops();
  });

  it("goes on at the song's tempo while the song stands, and ends what sounds when it stops", () => {
    starts(120);
    on(60);
    const heard = listen();
    pass(0.53);
    stops();
    ground.live.advance(1000);
    const standing = heard().slice(3);
    assert.ok(standing.length >= 7, `${standing.length} notes`);
    for (const [at, { on: time }] of standing.slice(1).entries()) {
      assert.ok(Math.abs(time - standing[at].on - 125) <= JITTER, `${time - standing[at].on} ms`);
    }
    off(60);
    ground.live.advance(50);
    nothingHangs(heard());
    const alone = listen();
    on(65);
    ground.live.advance(20);
    assert.equal(alone().length, 1, "the first key is heard at once");
    off(65);
  });

  it("passes notes while it is off, and all but notes while it is on; no switch leaves one hanging", async () => {
    const { live } = ground;
    const since = device.midiOut.length;
    on(60);
    device.midiIn([0xb0, 1, 64]);
    device.midiIn([0xe0, 5, 70]);
    pass(0.05);
    assert.deepEqual(
      device.midiOut
        .slice(since)
        .filter(({ bytes }) => bytes[0] >= 0xa0)
        .map(({ bytes }) => bytes),
      [
        [0xb0, 1, 64],
        [0xe0, 5, 70],
      ],
    );
    const heard = listen();
    device.turn("Live", 0);
    on(61);
    assert.equal(heard().length, 1);
    await asks(() => device.turn("Live", 1));
    off(61);
    pass(1);
    device.setEnabled(false);
    live.advance(30);
    nothingHangs(heardNotes(device.midiOut));
    device.setEnabled(true);
    live.max.scheduler.jitter = {};
    await comesToSay("Live:");
    off(60);
  });

  it("lets swing be heard on its grid", async () => {
    await asks(() => device.turn("Swing", 100));
    starts(120);
    const heard = listen();
    on(60);
    pass(4.01);
    const notes = heard();
    onTheGrid(notes, 0.25, (beat) => {
      const eighth = Math.floor(beat * 2 + 1e-3) / 2;
      return beat - eighth < 0.2 ? eighth : eighth + 1 / 3;
    });
    assert.equal(notes.length, 17);
    off(60);
    stops();
    await asks(() => device.turn("Swing", 0));
  });

  it("goes on when the engine dies, and says so; deleted, it leaves nothing behind", async () => {
    const { live } = ground;
    process.kill(engine.pid, "SIGKILL");
    live.max.scheduler.jitter = {};
    await comesToSay("Live plays on as it was");
    live.max.scheduler.jitter = BUSY;
    starts(120);
    const heard = listen();
    on(60, 67);
    pass(4.1);
    onTheGrid(heard(), 0.25);
    assert.equal(heard().length, 17);
    live.act(() => device.remove());
    nothingHangs(heardNotes(device.midiOut));
  });
});

describe("a player that plays from a script is found out", () => {
  const player = playerIn(readFileSync(BUILT.arp));

  it("as its notes stray", async () => {
    const [kept, strayed] = [await straysOf(player), await straysOf(scripted(player))];
    assert.ok(kept <= JITTER, `the player as built strays by ${kept} ms`);
    assert.ok(strayed > 5 * JITTER, `through a script it strays by only ${strayed} ms`);
  });
});

describe("a cut cord of Arp's player is noticed", { concurrency: 1 }, () => {
  const player = playerIn(readFileSync(BUILT.arp));
  const names = cordsOf(player);

  it("whichever it is", async () => {
    const whole = await heardOf(player);
    assert.equal(await heardOf(player), whole);
    assert.doesNotMatch(whole, /rror/);
    for (const [at, name] of names.entries()) {
      assert.notEqual(await heardOf(player, at, whole), whole, `nobody misses ${name}`);
    }
  });
});
