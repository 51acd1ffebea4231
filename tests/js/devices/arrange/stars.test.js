/** A song is one take: it is rated while it is shown, and what becomes of it is told. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ready, reply } from "./desk.js";

/** Longer than anything is held. */
const LONG = 30_000;

const stars = (/** @type {any} */ on) =>
  on.sent.findLast((/** @type {any[]} */ each) => each[1] === "stars")?.[2] ?? -1;

/** @param {any} on @param {string} take */
async function made(on, take) {
  on.device.generate();
  await on.answer({ take });
}

/** What the engine is told in time. @param {any} on */
async function told(on) {
  for (let turn = 0; turn < 4; turn += 1) {
    on.clock.move(LONG / 4);
    for (const asked of on.engine.of("taste.reward")) await asked.answer({});
  }
  return on.engine.of("taste.reward").map((/** @type {any} */ { params: { take, kind } }) => `${take} ${kind}`);
}

test("the song that is shown is rated; a plan is none", async () => {
  const on = await ready();
  assert.equal(stars(on), -1);
  await made(on, "s1");
  assert.equal(stars(on), 0);
  on.device.rate(4);
  assert.equal(stars(on), 4);
  assert.equal(on.engine.of("taste.rate")[0].params.take, "s1");
  await on.engine.of("taste.rate")[0].answer({});
  assert.match(on.words(), /^Rated 4 stars/);
  // A knob that is turned shows the plan of another song.
  on.device.parameter("contrast", 10);
  await on.look();
  const [plan] = on.plans().slice(-1);
  await plan.answer(reply(plan.params));
  assert.equal(stars(on), -1);
});

test("walking through the song keeps its stars, and Undo and another press are told", async () => {
  const on = await ready();
  await made(on, "s1");
  on.device.rate(5);
  await on.engine.of("taste.rate")[0].answer({});
  await on.select(3);
  assert.equal(stars(on), 5);
  await made(on, "s2");
  assert.equal(stars(on), 0);
  on.device.undo();
  await on.look();
  // The former one is there again: it was not rerolled after all.
  assert.equal(stars(on), 5);
  assert.deepEqual(await told(on), ["s2 undone"]);
});
