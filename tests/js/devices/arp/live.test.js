/** Arp, played live: what the script asks for and what it tells the objects that play. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ArpDevice } from "../../../../js/devices/arp/device.js";
import { Feeder, messagesOf, plain, ticksOf } from "../../../../js/devices/arp/tables.js";
import { desk, settled } from "../maker/desk.js";

/** What compose.arp_live answers: eighths, a rest and a ratchet. */
const TABLES = {
  seed: 3,
  ticks: 240,
  steps: [
    { moves: true, strikes: [[0, 0.25, 99.6]] },
    { moves: false, strikes: [] },
    {
      moves: true,
      strikes: [
        [0.05, 0.1, 80],
        [0.25, 0.1, 61],
      ],
    },
  ],
  by_height: false,
  rounds: [[[0]], [[0], [1], [0, 1]]],
  cycles: [1, 3],
  accents: [12.4, -3],
  resolved: { figure: "up_down", rate: "1/8", octaves: 2 },
  notices: [],
};

/** @param {any} [options] */
function live(options) {
  /** @type {any[][]} */
  const told = [];
  class Played extends ArpDevice {
    /** @param {any} parts */
    constructor(parts) {
      super(parts, (...values) => told.push(values));
    }
  }
  const on = desk(Played, "compose.arp_live", options);
  on.device.start();
  on.become();
  /** @param {string} word */
  const last = (word) => told.findLast(([first]) => first === word)?.slice(1);
  return {
    ...on,
    told,
    last,
    answerLive: (/** @type {any} */ changes) =>
      on
        .asked()
        .at(-1)
        ?.answer({ ...TABLES, ...changes }),
  };
}

/** Observers have told what they saw. */
const observed = () => new Promise((next) => setImmediate(() => setImmediate(next)));

test("rates are told in ticks", () => {
  const found = ["1/1", "1/4D", "1/8T", "1/16", "1/32T", "auto"].map(ticksOf);
  assert.deepEqual(found, [1920, 720, 160, 120, 40, 120]);
});

test("tables become messages: rests are silent, times are ticks, rounds have rows of their own", () => {
  const messages = messagesOf(/** @type {any} */ (TABLES));
  assert.deepEqual(messages.slice(0, 3), [
    ["step", 0, 1, 0, 120, 100],
    ["step", 1, 0, 0, 0, -1000],
    ["step", 2, 1, 24, 48, 80, 120, 48, 61],
  ]);
  assert.deepEqual(messages.slice(3), [
    ["tones", 1024, 12, 0],
    ["tones", 2048, 12, 0],
    ["tones", 2049, -3, 1],
    ["tones", 2050, -3, 0, 1],
    ["size", 1, 1],
    ["size", 2, 3],
    ["octaves", 2],
    ["order", 2],
    ["form", 24, 3, 240],
  ]);
});

test("only what is new is told", () => {
  /** @type {any[][]} */
  const told = [];
  const feeder = new Feeder((...values) => told.push(values));
  feeder.feed(plain("1/16", 1));
  assert.deepEqual(told.at(-1), ["refresh"]);
  const count = told.length;
  feeder.feed(plain("1/16", 1));
  assert.equal(told.length, count);
  feeder.feed(plain("1/16", 3));
  assert.deepEqual(told.slice(count), [["octaves", 3], ["refresh"]]);
});

test("a plain pattern plays until the engine has told a better one, and what it says is said", async () => {
  const on = live();
  assert.deepEqual(on.told, [], "nothing is told while Live is off");
  on.device.parameter("live", 1);
  assert.deepEqual(on.last("form"), [12, 1, 120]);
  on.clock.move(30);
  assert.equal(on.asked().length, 1);
  const { params } = on.asked()[0];
  assert.equal(params.tempo, on.set.song.tempo);
  assert.equal(params.context.track_name, "Keys");
  assert.equal(params.swing_grid, "style");
  on.answerLive();
  await settled();
  assert.deepEqual(on.last("form"), [24, 3, 240]);
  assert.match(on.words(), /Live: up-down, 1\/8, 2 oct/);
});

test("turns of knobs are asked for together, one question at a time, and only those that are heard", async () => {
  const on = live();
  on.device.parameter("live", 1);
  on.device.parameter("density", 70);
  on.device.parameter("gate", 3);
  on.clock.move(30);
  assert.equal(on.asked().length, 1);
  assert.equal(on.params().gate, 50);
  on.device.parameter("swing", 40);
  on.device.parameter("complexity", 90);
  on.clock.move(30);
  assert.equal(on.asked().length, 1, "the first answer is awaited");
  on.answerLive();
  await settled();
  assert.equal(on.asked().length, 2);
  assert.equal(on.params().swing, 40);
  on.answerLive();
  await settled();
  on.device.parameter("complexity", 10);
  on.device.parameter("harmony", 1);
  on.clock.move(30);
  assert.equal(on.asked().length, 2);
});

test("a stop of the song ends what sounds, another metre is asked for", async () => {
  const on = live();
  on.device.parameter("live", 1);
  on.clock.move(30);
  on.answerLive();
  await settled();
  on.set.edit(() => on.set.song.start_playing());
  await observed();
  on.set.edit(() => on.set.song.stop_playing());
  await observed();
  assert.deepEqual(on.told.at(-1), ["stop"]);
  on.set.edit(() => on.set.song.assign("signature_numerator", 7));
  await observed();
  on.clock.move(30);
  assert.equal(on.params().signature_numerator, 7);
});

test("away from the engine it goes on, and says so", () => {
  const on = live();
  on.device.parameter("live", 1);
  on.become("away", "Engine asleep, waking it ...");
  assert.match(on.words(), /Engine asleep, waking it\. Live plays a plain pattern/);
  on.device.parameter("live", 0);
  assert.doesNotMatch(on.words(), /Live plays/);
});

test("what plays follows Macros: asked anew when they stand elsewhere for this device, and only then", async () => {
  const { device, board, clock, asked, answerLive } = live();
  device.parameter("live", 1);
  clock.move(100);
  await answerLive();
  const count = () => asked().length;
  const before = count();
  const stands = { energy: 0.5, tension: 0, darkness: 0, groove: 0 };
  const turn = (/** @type {any} */ now) => {
    board.steer({ id: "m", track: 1, place: [0, 0], stands: now });
    device.steeredAnew();
    clock.move(100);
  };
  turn(stands);
  assert.equal(count(), before + 1);
  assert.deepEqual(asked().at(-1)?.params.steer, stands);
  await answerLive();
  turn(stands);
  assert.equal(count(), before + 1);
  device.parameter("macros", 0);
  clock.move(100);
  assert.equal(asked().at(-1)?.params.steer, undefined);
  await answerLive();
  const still = count();
  turn({ ...stands, energy: 1 });
  assert.equal(count(), still, "it takes nothing of it");
});
