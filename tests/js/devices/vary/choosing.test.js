/** Vary tells the engine which of its variations stays, and which were heard and passed over. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CHOSEN_MS } from "../../../../js/devices/vary/choosing.js";
import { VaryDevice } from "../../../../js/devices/vary/device.js";
import { show } from "../../live/support/stage.js";
import { addClip, note, ready, settled } from "../maker/desk.js";

/** @param {string} first letter of the takes */
const three = (first) => ({
  variations: [1, 2, 3].map((number) => ({
    notes: [note(60 + number, 1, 1)],
    distance: 0.1 * number,
    words: "moved",
    take: `${first}${number}`,
  })),
  length: 4,
  notices: [],
});

async function varied() {
  const on = ready(VaryDevice, "compose.vary");
  const clip = addClip(on.set, 0, 0, 4, [note(60, 0, 1)]);
  show(on.set, clip);
  on.device.generate();
  await on.answer(three("a"));
  return {
    ...on,
    told: () => on.engine.of("taste.chose").map(({ params: { take, over } }) => [take, over]),
    /** @param {number} ms */
    wait: async (ms) => {
      on.clock.move(ms);
      await settled();
    },
  };
}

test("the one it is left at is preferred to those that were heard before it", async () => {
  const on = await varied();
  on.device.next();
  await on.wait(CHOSEN_MS - 1000);
  assert.deepEqual(on.told(), [], "who steps on has not chosen");
  on.device.next();
  on.device.previous();
  await on.wait(CHOSEN_MS + 1);
  assert.deepEqual(on.told(), [["a2", ["a1", "a3"]]]);
  const [{ params }] = on.engine.of("taste.chose");
  assert.ok(params.reward.length > 0 && params.reward.length <= 80);
  assert.ok(params.seconds_ago >= CHOSEN_MS / 1000);
  await on.engine.of("taste.chose")[0].answer({});
  assert.ok(on.tasted.heard > 0, "Taste hears of it");
  await on.wait(10 * CHOSEN_MS);
  assert.equal(on.told().length, 1, "once");
});

test("another one that stays later is another choice", async () => {
  const on = await varied();
  on.device.next();
  await on.wait(CHOSEN_MS + 1);
  await on.engine.of("taste.chose")[0].answer({});
  on.device.previous();
  await on.wait(CHOSEN_MS + 1);
  assert.deepEqual(on.told(), [
    ["a2", ["a1"]],
    ["a1", ["a2"]],
  ]);
  const ids = on.engine.of("taste.chose").map(({ params }) => params.reward);
  assert.notEqual(ids[0], ids[1]);
});

test("where one alone was heard nothing was chosen", async () => {
  const on = await varied();
  await on.wait(3 * CHOSEN_MS);
  assert.deepEqual(on.told(), []);
});

test("who rolls anew, or undoes it all, wanted none of them", async () => {
  const on = await varied();
  on.device.next();
  on.device.generate();
  await on.answer(three("b"));
  await on.wait(2 * CHOSEN_MS);
  assert.deepEqual(on.told(), []);
  on.device.next();
  for (let i = 0; i < 2; i++) on.device.undo();
  await on.wait(2 * CHOSEN_MS);
  assert.deepEqual(on.told(), [], "the clip holds what another press has made");
});

test("Undo back to one of them chooses that one", async () => {
  const on = await varied();
  on.device.next();
  on.device.undo();
  await on.wait(2 * CHOSEN_MS);
  assert.deepEqual(on.told(), [["a1", ["a2"]]]);
});

test("while the engine is away it waits, and a device that goes has its say", async () => {
  const away = await varied();
  away.device.next();
  away.become("waiting", "Engine away");
  await away.wait(5 * CHOSEN_MS);
  assert.deepEqual(away.told(), []);
  away.become();
  await away.wait(1);
  assert.deepEqual(away.told(), [["a2", ["a1"]]]);
  assert.ok(away.engine.of("taste.chose")[0].params.seconds_ago > (4 * CHOSEN_MS) / 1000);

  const gone = await varied();
  gone.device.next();
  gone.device.remove();
  assert.deepEqual(gone.told(), [["a2", ["a1"]]]);
});
