/** What is made is a take that can be rated, and what becomes of it is told. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { BassDevice } from "../../../../js/devices/bass/device.js";
import { VaryDevice } from "../../../../js/devices/vary/device.js";
import { show } from "../../live/support/stage.js";
import { addClip, note, ready, reply, settled } from "./desk.js";

/** Longer than anything is held. */
const LONG = 30_000;

const stars = (/** @type {any} */ on) => on.sent.findLast((/** @type {any[]} */ each) => each[1] === "stars")?.[2];

/** What the engine was told: take and what. @param {any} on */
const told = (on) =>
  on.engine.of("taste.reward").map((/** @type {any} */ { params: { take, kind } }) => `${take} ${kind}`);

/** The take of a press, with notes of its own. @param {any} on @param {string} take @param {number} pitch */
async function made(on, take, pitch) {
  on.device.generate();
  await on.answer({ take, notes: [{ ...reply().notes[0], pitch }] });
}

/** Time passes, and the engine answers what it is told. @param {any} on */
async function later(on) {
  for (let turn = 0; turn < 4; turn += 1) {
    on.clock.move(LONG / 4);
    for (const asked of on.engine.asked) if (asked.method === "taste.reward") await asked.answer({});
    await settled();
  }
}

test("a press on a star rates the take that was written; Taste hears of it", async () => {
  const on = ready(BassDevice, "compose.bass");
  assert.equal(stars(on), -1);
  await made(on, "a", 40);
  assert.equal(stars(on), 0);
  on.device.rate(4);
  assert.equal(stars(on), 4);
  const [rating] = on.engine.of("taste.rate");
  assert.equal(rating.params.take, "a");
  assert.equal(rating.params.stars, 4);
  assert.equal(on.tasted.heard, 0);
  await rating.answer({});
  assert.match(on.words(), /^Rated 4 stars: Generate leans that way/);
  assert.equal(on.tasted.heard, 1);
});

test("another press with nothing else changed rerolls the take; with a knob turned it says nothing", async () => {
  const on = ready(BassDevice, "compose.bass");
  await made(on, "a", 40);
  await made(on, "b", 41);
  on.device.parameter("density", 90);
  await made(on, "c", 42);
  await later(on);
  assert.deepEqual(told(on), ["a rerolled"]);
});

test("Undo is told of the take it took away, and shows the stars of the one before; Restore takes it back", async () => {
  const on = ready(BassDevice, "compose.bass");
  await made(on, "a", 40);
  on.device.rate(5);
  await made(on, "b", 41);
  assert.equal(stars(on), 0);
  on.device.undo();
  assert.equal(stars(on), 5);
  on.device.restore();
  assert.equal(stars(on), 0);
  on.device.undo();
  on.device.undo();
  assert.equal(on.clip(), null);
  assert.equal(stars(on), -1);
  await on.engine.of("taste.rate")[0].answer({});
  await later(on);
  assert.deepEqual(told(on).sort(), ["a undone", "b undone"]);
});

test("a take that is heard before it is written can be rated", async () => {
  const on = ready(BassDevice, "compose.bass");
  on.device.preview();
  await on.answer({ take: "p" });
  assert.equal(stars(on), 0);
  on.device.rate(2);
  assert.equal(on.engine.of("taste.rate")[0].params.take, "p");
  on.device.generate();
  assert.equal(stars(on), 2);
});

test("switched off it shows no stars and rates nothing", async () => {
  const on = ready(BassDevice, "compose.bass");
  await made(on, "a", 40);
  on.device.enable(false);
  assert.equal(stars(on), -1);
  on.device.rate(3);
  assert.deepEqual(on.engine.of("taste.rate"), []);
});

test("of variations the one that lies in the clip is rated, and who steps through them rerolls none", async () => {
  const on = ready(VaryDevice, "compose.vary");
  show(on.set, addClip(on.set, 0, 0, 4, [note(60, 0, 1)]));
  on.device.generate();
  const variations = ["v1", "v2", "v3"].map((take, i) => ({
    take,
    notes: [note(61 + i, 1, 1)],
    distance: 0.1,
    words: "moved",
  }));
  await on.answer({ variations, length: 4 });
  on.device.next();
  on.device.rate(5);
  assert.equal(on.engine.of("taste.rate")[0].params.take, "v2");
  await on.engine.of("taste.rate")[0].answer({});
  await later(on);
  assert.deepEqual(told(on), []);
  // Another press with nothing changed does.
  on.device.generate();
  await on.answer({ variations: [{ ...variations[0], take: "v4", notes: [note(70, 1, 1)] }], length: 4 });
  await later(on);
  assert.deepEqual(told(on), ["v2 rerolled"]);
});
