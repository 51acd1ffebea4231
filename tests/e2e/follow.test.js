/**
 * A Jam that follows a performance: the sound goes through the built Listen on another track, whose own objects measure it,
 * and moves what the built Jam asks the real engine for.
 */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { LiveSet } from "../../js/headless/index.js";
import { Export } from "../../js/headless/offline/render.js";
import { hits, RATE } from "../../js/headless/sounds.js";
import { openStage } from "../../js/headless/stage.js";
import { startEngine } from "./support/engine.js";
import { clearedOf, Inspection } from "./support/inspection.js";
import { BUILT, says } from "./support/play.js";
import { Wire } from "./support/wire.js";

const TEMPO = 180;
/** Of each performance, seconds: more than a bar is asked for ahead. */
const SECONDS = 2.8;
/** Samples and time of a piece of sound, after which both clocks meet. */
const PIECE = RATE / 20;
const PIECE_MS = 50;
const [BASS, GUITAR, HUB, BAND] = [0, 1, 2, 3];

/** @typedef {Awaited<ReturnType<typeof openGround>>} Ground */
/** @typedef {import("../../js/headless/index.js").HeadlessDevice} HeadlessDevice */

/** @param {string} home of an engine that runs */
async function openGround(home) {
  const tracks = [{ name: "House bass" }, { kind: "audio", name: "Guitar" }, { name: "Hub" }];
  const band = [
    { kind: "group", name: "Band" },
    { name: "Keys", group: BAND },
  ];
  const set = LiveSet.empty({ tempo: TEMPO, tracks: /** @type {any} */ ([...tracks, ...band]) });
  const { live, close } = await openStage({ home, set, time: "virtual" });
  const hub = await live.addDevice(BUILT.hub, { track: HUB });
  const wire = new Wire(hub);
  await new Inspection(live).wait(() => says(hub).includes("Engine ready"), "the Hub to find the engine");
  return { live, close, wire, play: new Export(live, { speed: 1 }) };
}

/** @param {Ground} ground @param {number} track */
async function addJam({ live, play }, track) {
  const jam = await live.addDevice(BUILT.jam, { track });
  await play.until(() => says(jam).includes("start the song for"), { what: "the first bars" });
  return jam;
}

/** What Jam asked for last: Density and Energy. @param {Ground} ground */
function asked({ wire }) {
  const { params } = wire.last("compose.stream") ?? {};
  const last = params?.points?.at(-1) ?? {};
  return { density: last.density ?? params?.macros.density, energy: last.energy ?? params?.macros.energy };
}

/**
 * The song runs while sound goes through Listen.
 *
 * @param {Ground} ground
 * @param {HeadlessDevice} listen
 * @param {Float32Array} sound
 */
async function plays({ play }, listen, sound) {
  for (let at = 0; at < sound.length; at += PIECE) {
    const piece = sound.subarray(at, at + PIECE);
    listen.process(piece, piece);
    await play.pass(PIECE_MS);
  }
}

/** Notes begun from now on. @param {HeadlessDevice} jam */
function notesFrom(jam) {
  const since = jam.midiOut.length;
  return () => jam.midiOut.slice(since).filter(({ bytes }) => (bytes[0] & 0xf0) === 0x90 && bytes[2] > 0);
}

/** @param {readonly {bytes: number[]}[]} notes */
const loudness = (notes) => notes.reduce((sum, { bytes }) => sum + bytes[2], 0) / notes.length;

describe("Jam follows a performance", { concurrency: 1, timeout: 600_000 }, () => {
  /** @type {Awaited<ReturnType<typeof startEngine>>} */ let engine;
  /** @type {Ground} */ let ground;

  before(async () => {
    engine = await startEngine();
    ground = await openGround(engine.home);
  });

  after(async () => {
    await ground?.close();
    await engine?.close();
  });

  it("plays more and harder where it is loud and busy, and the knobs stay where they are", async () => {
    const { live, play, wire } = ground;
    const known = live.devices.length;
    const jam = await addJam(ground, BASS);
    jam.turn("Follow", 1);
    jam.turn("Follow Amount", 100);
    assert.match(jam.parameter("Follow").text, /\(Guitar: no Listen\)/);
    await play.until(() => says(jam).includes('Put a Bandmate Listen on "Guitar"'), { what: "what is missing" });
    const listen = await live.addDevice(BUILT.listen, { track: GUITAR });
    await play.until(() => jam.parameter("Follow").text === "Guitar", { what: "Jam to see the Listen" });

    live.act(() => live.set.song.continue_playing());
    const soft = notesFrom(jam);
    await plays(ground, listen, new Float32Array(SECONDS * RATE));
    assert.deepEqual(asked(ground), { density: 0, energy: 0 });
    const quiet = soft();

    await plays(ground, listen, hits(SECONDS, 0.1));
    const hard = notesFrom(jam);
    await plays(ground, listen, hits(SECONDS, 0.1));
    const { density, energy } = asked(ground);
    assert.ok(density >= 80 && energy >= 80, `asked for a Density of ${density} and an Energy of ${energy}`);
    const loud = hard();
    assert.ok(loud.length > quiet.length, `${loud.length} notes where it is busy, ${quiet.length} where it is not`);
    assert.ok(loudness(loud) > loudness(quiet) + 5, `${loudness(loud)} after ${loudness(quiet)}`);
    assert.deepEqual([jam.parameter("Density").value, jam.parameter("Energy").value], [50, 50]);

    listen.setEnabled(false);
    const since = wire.requests.length;
    await plays(ground, listen, new Float32Array(1.5 * RATE));
    assert.deepEqual(asked(ground), { density: 50, energy: 50 }, "with the Listen off the knobs alone count");
    assert.ok(wire.requests.length > since);
    live.act(() => live.set.song.stop_playing());
    await play.pass(100);
    assert.deepEqual(live.console, []);
    clearedOf(live, known);
  });

  it("does not follow a group that it plays in, and says so", async () => {
    const { live, play } = ground;
    const known = live.devices.length;
    const listen = await live.addDevice(BUILT.listen, { track: BAND });
    const jam = await addJam(ground, BAND + 1);
    jam.turn("Follow", "Band");
    jam.turn("Follow Amount", 100);
    await play.until(() => says(jam).includes('Not followed: "Band" has this part in it'), { what: "its words" });
    const sound = hits(0.5);
    listen.process(sound, sound);
    await play.pass(500);
    assert.deepEqual(asked(ground), { density: 50, energy: 50 });
    clearedOf(live, known);
  });
});
