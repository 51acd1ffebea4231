/** Questions of devices in an export: when their answers are told, and what happens without them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Scheduler } from "../../../../js/headless/max/scheduler.js";
import { TimedAnswers } from "../../../../js/headless/offline/answers.js";

const HUB = {};

/** @param {any} [options] */
function desk(options) {
  const scheduler = new Scheduler({
    time: "virtual",
    onError: (error) => {
      throw error;
    },
  });
  const answers = new TimedAnswers(scheduler, { least: 20, most: 40, seed: 1, ...options });
  /** @type {string[]} */
  const told = [];
  const frame = (/** @type {any} */ ...all) => JSON.stringify(all.length === 1 ? all[0] : all);
  return {
    scheduler,
    answers,
    told,
    /** @param {string} device @param {...any} calls */
    asks: (device, ...calls) =>
      answers.goes(HUB, { kind: "message", sel: "device", args: ["frame", device, frame(...calls)] }),
    /** @param {string} device @param {string} words @param {...any} replies */
    comes: (device, words, ...replies) =>
      answers.comes(HUB, { kind: "outlet", values: ["node_to", device, "frame", frame(...replies)] }, () => {
        told.push(`${words} at ${Math.round(scheduler.now())}`);
      }),
    /** @param {any[]} values @param {string} words */
    says: (values, words) => answers.comes(HUB, { kind: "outlet", values }, () => told.push(words)),
  };
}

const call = (/** @type {number} */ id) => ({ id, method: "compose.stream", params: {} });
const reply = (/** @type {number} */ id) => ({ id, result: {} });

test("answers are told at a time of the song that does not hang on when they come", () => {
  /** @param {(deed: ReturnType<typeof desk>) => void} meanwhile */
  const play = (meanwhile) => {
    const one = desk();
    one.asks("a", call(1));
    one.asks("b", call(1), call(2));
    meanwhile(one);
    one.scheduler.advance(100);
    return one.told.sort();
  };
  const inOrder = play(({ comes }) => {
    comes("a", "first", reply(1));
    comes("b", "both", reply(1), reply(2));
  });
  const lateAndTurned = play(({ comes, scheduler, answers }) => {
    scheduler.advance(5);
    comes("b", "both", reply(2), reply(1));
    assert.equal(answers.missing(scheduler.now() + 60), "compose.stream");
    comes("a", "first", reply(1));
    assert.equal(answers.missing(scheduler.now() + 60), "");
  });
  assert.deepEqual(inOrder, lateAndTurned);
  assert.equal(inOrder.length, 2);
  for (const line of inOrder) assert.match(line, /at (2\d|3\d|40)$/u);
});

test("until an answer is there time must not pass it", async () => {
  const { asks, comes, answers, scheduler, told } = desk();
  asks("a", call(7));
  assert.equal(answers.missing(19), "");
  assert.equal(answers.missing(41), "compose.stream");
  assert.equal(await answers.next(1), false);
  const next = answers.next(10_000);
  comes("a", "it", reply(7));
  assert.equal(await next, true);
  assert.equal(answers.missing(41), "");
  scheduler.advance(50);
  assert.equal(told.length, 1);
  assert.equal(answers.took.length, 1);
});

test("a long answer comes in pieces, a long question too", () => {
  const { answers, scheduler, told, says } = desk();
  const question = JSON.stringify(call(3));
  const piece = (/** @type {number} */ at, /** @type {string} */ text) =>
    answers.goes(HUB, { kind: "message", sel: "device", args: ["piece", "a", at, 2, text] });
  piece(0, question.slice(0, 9));
  assert.equal(answers.missing(99), "");
  piece(1, question.slice(9));
  assert.equal(answers.missing(99), "compose.stream");
  const answer = JSON.stringify(reply(3));
  says(["node_to", "a", "piece", 0, 2, answer.slice(0, 5)], "one");
  assert.equal(answers.missing(99), "compose.stream");
  says(["node_to", "a", "piece", 1, 2, answer.slice(5)], "two");
  assert.equal(answers.missing(99), "");
  scheduler.advance(50);
  assert.deepEqual(told, ["one", "two"]);
});

test("what nobody asked for waits until the play is over; what was asked before it comes at once", () => {
  const { answers, scheduler, told, says, comes } = desk();
  says(["node_log", "engine up"], "log");
  comes("a", "progress", { method: "job.progress", params: {} });
  comes("a", "old", reply(99));
  scheduler.advance(10);
  assert.deepEqual(told, ["old at 0"]);
  answers.release();
  scheduler.advance(1);
  assert.deepEqual(told.slice(1), ["log", "progress at 10"]);
});

test("connections are questions as well, through the Hub and by a socket; one that ends is told", () => {
  const { answers, scheduler, told, says } = desk();
  const socket = {};
  answers.goes(HUB, { kind: "message", sel: "device", args: ["open", "a", "{}"] });
  answers.goes(socket, { kind: "open" });
  answers.goes(socket, { kind: "message", data: JSON.stringify(call(1)) });
  assert.equal(answers.missing(50), "a connection");
  says(["node_to", "a", "opened"], "hub's way");
  answers.comes(socket, { kind: "open" }, () => told.push("own way"));
  assert.equal(answers.missing(50), "compose.stream");
  answers.comes(socket, { kind: "message", data: JSON.stringify(reply(1)) }, () => told.push("answer"));
  assert.equal(answers.missing(50), "");
  scheduler.advance(60);
  assert.deepEqual(told.sort(), ["answer", "hub's way", "own way"]);
  assert.equal(answers.lost, false);
  says(["node_to", "a", "closed", 1006, "gone"], "closed");
  assert.equal(answers.lost, true);
});

test("who is turned away before the hello was heard hears that in its time, and may come again", () => {
  const { answers, scheduler, told, says, asks } = desk();
  asks("a", { id: 1, method: "session.hello", params: {} });
  asks("ab", call(1));
  assert.equal(answers.missing(50), "session.hello");
  says(["node_to", "a", "closed", 4401, "too late"], "turned away");
  assert.equal(answers.missing(50), "compose.stream");
  assert.equal(answers.lost, false);
  scheduler.advance(60);
  assert.deepEqual(told, ["turned away"]);
  // Who has asked for more than to be let in has lost it.
  says(["node_to", "ab", "closed", 1006, "gone"], "closed");
  assert.equal(answers.lost, true);
});

test("an answer takes some time", () => {
  assert.throws(() => desk({ least: 0 }), /take some time/u);
});
