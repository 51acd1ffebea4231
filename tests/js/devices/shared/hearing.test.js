import assert from "node:assert/strict";
import { test } from "node:test";
import { Hearing } from "../../../../js/devices/shared/hearing.js";
import { settled } from "../../rpc/support/clock.js";

/** An engine that answers when the test says so. */
function engine(name = "ready") {
  /** @type {Map<string, (params: any) => void>} */
  const listeners = new Map();
  /** @type {any[]} */
  const asked = [];
  const request = (/** @type {string} */ method, /** @type {any} */ params) => {
    /** @type {any} */
    const one = { method, params, withdrawn: false };
    one.done = new Promise((resolve, reject) => Object.assign(one, { answer: resolve, fail: reject }));
    asked.push(one);
    const cancel = () => {
      one.withdrawn = true;
      one.fail(new Error("withdrawn"));
    };
    return { done: one.done, cancel };
  };
  const client = {
    state: { name },
    request,
    call: (/** @type {string} */ method, /** @type {any} */ params) => request(method, params).done,
    on: (/** @type {string} */ event, /** @type {any} */ listener) => listeners.set(event, listener),
  };
  const hearing = new Hearing();
  hearing.listen(/** @type {any} */ (client));
  const tell = (/** @type {string} */ event, /** @type {any} */ params) => {
    listeners.get(event)?.(params);
    return settled();
  };
  return { hearing, asked, tell };
}

/** @param {Promise<any>} done */
const outcome = (done) =>
  done.then(
    (value) => ({ value }),
    (problem) => ({ problem }),
  );

test("what is known comes at once", async () => {
  const { hearing, asked } = engine();
  const { done } = hearing.ask("hear.analyze", { path: "/a.wav" }, () => {});
  asked[0].answer({ job: null, analysis: { bpm: 174 } });
  assert.deepEqual(await done, { bpm: 174 });
});

test("a job tells how far it is and ends in the answer; the jobs of others are not ours", async () => {
  const { hearing, asked, tell } = engine();
  /** @type {any[]} */
  const steps = [];
  const { done } = hearing.ask("hear.key", { path: "/a.wav" }, (progress) => steps.push(progress));
  asked[0].answer({ job: "j1", result: null });
  await settled();
  await tell("job.progress", { job: "j9", done: 5, total: 9, text: "other" });
  await tell("job.progress", { job: "j1", done: 1, total: 4, text: "Hearing the key" });
  await tell("job.done", { job: "j9", state: "done", result: "not ours" });
  await tell("job.done", { job: "j1", state: "done", result: { key: "A minor" } });
  assert.deepEqual(await done, { key: "A minor" });
  assert.deepEqual(steps, [{ done: 1, total: 4, text: "Hearing the key" }]);
});

test("a job that fails says why in the engine's words", async () => {
  const { hearing, asked, tell } = engine();
  const result = outcome(hearing.ask("hear.key", {}, () => {}).done);
  asked[0].answer({ job: "j1" });
  await settled();
  await tell("job.done", {
    job: "j1",
    state: "failed",
    error: { code: -32012, message: "Not audio", data: { hint: "Try a WAV." } },
  });
  const { problem } = /** @type {any} */ (await result);
  assert.equal(problem.message, "Not audio");
  assert.equal(problem.hint, "Try a WAV.");
});

test("cancelling ends the job in the engine, also when its name was still on its way", async () => {
  const { hearing, asked } = engine();
  const running = hearing.ask("hear.key", {}, () => {});
  const first = outcome(running.done);
  asked[0].answer({ job: "j1" });
  await settled();
  running.cancel();
  assert.equal(/** @type {any} */ (await first).problem.message, "Cancelled");
  assert.deepEqual([asked[1].method, asked[1].params], ["job.cancel", { job: "j1" }]);

  const early = hearing.ask("hear.key", {}, () => {});
  const second = outcome(early.done);
  early.cancel();
  assert.equal(asked[2].withdrawn, false, "it is out already: only its answer names the job");
  asked[2].answer({ job: "j2" });
  assert.equal(/** @type {any} */ (await second).problem.message, "Cancelled");
  assert.deepEqual([asked[3].method, asked[3].params], ["job.cancel", { job: "j2" }]);
});

test("what still waits in line is withdrawn and never goes out", async () => {
  const { hearing, asked } = engine("waiting");
  const waiting = hearing.ask("hear.key", {}, () => {});
  const result = outcome(waiting.done);
  waiting.cancel();
  assert.ok(asked[0].withdrawn);
  await result;
  assert.equal(asked.length, 1);
});

test("an engine that goes away ends the wait, with words", async () => {
  const { hearing, asked } = engine();
  const result = outcome(hearing.ask("hear.analyze", {}, () => {}).done);
  asked[0].answer({ job: "j1" });
  await settled();
  hearing.lost();
  const { problem } = /** @type {any} */ (await result);
  assert.match(problem.message, /went away/);
});
