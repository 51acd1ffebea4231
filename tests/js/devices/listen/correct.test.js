import assert from "node:assert/strict";
import { test } from "node:test";
import { fromCamelot, nameOf, parallel, relative } from "../../../../js/devices/shared/keys.js";
import { analysis, heard, ready } from "./desk.js";

test("x2 and /2 are told to the engine, and what it knows then is shown", async () => {
  const on = ready();
  await heard(on, { name: "Amen" }, { bpm: 87 });
  on.listen.scaleTempo(2);
  const [told] = on.engine.of("hear.correct");
  assert.deepEqual(told.params, { path: "/music/Break.wav", bpm: 174 });
  await told.answer({ bpm: 174, key: null });
  await on.engine.of("hear.analyze")[1].answer({ job: null, analysis: analysis({ corrected: true }) });
  assert.equal(on.words(), "174 BPM from now on");
  assert.equal(on.figures().bpm, "174");
  assert.equal(on.figures().corrected, true);
});

test("relative and parallel are told by name", async () => {
  const on = ready();
  await heard(on);
  on.listen.otherKey("relative");
  assert.deepEqual(on.engine.of("hear.correct")[0].params, { path: "/music/Break.wav", key: "C major" });
  on.listen.otherKey("parallel");
  assert.equal(on.engine.of("hear.correct")[1].params.key, "A major");
});

test("forgetting a correction brings back what was heard; without one there is nothing to forget", async () => {
  const on = ready();
  await heard(on);
  on.listen.forget();
  assert.match(on.words(), /You set nothing right/);
  await heard(on, { slot: 1 }, { corrected: true });
  on.listen.forget();
  await on.engine.of("hear.forget")[0].answer({ bpm: null, key: null });
  await on.engine.of("hear.analyze").at(-1)?.answer({ job: null, analysis: analysis() });
  assert.equal(on.words(), "As heard again");
});

test("a tempo outside of what Live plays is left alone", async () => {
  const on = ready();
  await heard(on, {}, { bpm: 600 });
  on.listen.scaleTempo(2);
  assert.match(on.words(), /from 20 to 999/);
  assert.equal(on.engine.of("hear.correct").length, 0);
});

test("relatives and parallels of all keys lead back to where they came from", () => {
  for (let hour = 1; hour <= 12; hour++) {
    for (const side of ["A", "B"]) {
      const key = /** @type {any} */ (fromCamelot(`${hour}${side}`));
      const other = /** @type {any} */ (fromCamelot(`${hour}${side === "A" ? "B" : "A"}`));
      assert.equal(relative(key), nameOf(other));
      assert.notEqual(parallel(key), nameOf(key));
    }
  }
  assert.equal(nameOf(/** @type {any} */ (fromCamelot("8A"))), "A minor");
  assert.equal(nameOf(/** @type {any} */ (fromCamelot("1A"))), "G# minor");
  assert.equal(fromCamelot("13A"), null);
});
