import assert from "node:assert/strict";
import { test } from "node:test";
import { Standing } from "../../../../js/devices/shared/standing.js";
import { ManualClock, settled } from "../../rpc/support/clock.js";

/** A device's light and words, and the state of its link as the test says. */
function stand() {
  /** @type {any[]} */
  const shown = [];
  /** @type {(state: any) => void} */
  let tell = () => {};
  const standing = new Standing({
    clock: new ManualClock(),
    shown: { status: (/** @type {any[]} */ ...atoms) => shown.push(atoms), busy: () => {} },
    connect: (onState) => {
      tell = onState;
      return /** @type {any} */ ({ start() {}, stop() {}, client: {} });
    },
  });
  standing.start();
  const link = (/** @type {string} */ light, words = "") => tell({ light, words });
  link("ready");
  return { standing, link, now: () => shown.at(-1) };
}

test("what became of a press while the engine was away is said when it is back, however it came back", async () => {
  const { standing, link, now } = stand();
  /** @type {(problem: Error) => void} */
  let lose = () => {};
  const done = new Promise((_, reject) => {
    lose = reject;
  });
  standing.settle(
    standing.begin("Listening ...", () => {}),
    done,
    () => {},
  );
  link("away", "Engine gone");
  lose(new Error("It went away while it listened"));
  await settled();
  link("away", "Engine asleep, waking it ...");
  assert.deepEqual(now().slice(0, 2), ["away", "Engine asleep, waking it ..."]);
  link("ready");
  assert.deepEqual(now().slice(0, 2), ["ready", "It went away while it listened"]);
  link("away", "Engine gone");
  link("ready");
  assert.deepEqual(now().slice(0, 2), ["ready", "Ready"], "once");
});

test("a press made meanwhile is what counts: nothing of the one before is said", async () => {
  const { standing, link, now } = stand();
  link("away", "Engine gone");
  standing.settle(
    standing.begin("Listening ...", () => {}),
    Promise.reject(new Error("It went away")),
    () => {},
  );
  await settled();
  standing.begin("Noting it ...", () => {});
  link("ready");
  assert.deepEqual(now().slice(0, 2), ["ready", "Ready"]);
});

test("a hand on a button cancels what runs, else does something, and nothing while the device is off", () => {
  const { standing, now } = stand();
  let done = 0;
  let cancelled = 0;
  standing.press(() => {
    done++;
    standing.begin("Listening ...", () => cancelled++);
  });
  standing.press(() => done++);
  assert.deepEqual([done, cancelled, now()[1]], [1, 1, "Cancelled"]);
  standing.enable(false, () => {});
  standing.press(() => done++);
  assert.equal(done, 1);
});
