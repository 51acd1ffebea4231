import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Client } from "../../../js/rpc/client.js";
import { CODES, RpcError } from "../../../js/rpc/errors.js";
import { seededRandom } from "../../../js/rpc/random.js";
import { ManualClock, settled } from "./support/clock.js";
import { FakePipe } from "./support/pipe.js";

const INFO = { kind: "test", name: "unit", version: "0" };

function setUp({ token, ...options } = {}) {
  const clock = new ManualClock();
  const pipes = [];
  const states = [];
  const client = new Client({
    clock,
    random: seededRandom(1),
    info: INFO,
    onState: (state) => states.push(state),
    connect() {
      pipes.push(new FakePipe(token));
      return pipes.at(-1);
    },
    ...options,
  });
  return { clock, pipes, states, client };
}

/** A client that is through with its hello. */
function ready(options) {
  const all = setUp(options);
  all.client.start();
  all.pipes[0].welcome();
  return all;
}

/** Rejections are looked at later; until then they are no accident. */
function watched(promise) {
  const outcome = { value: undefined, error: undefined };
  promise.then(
    (value) => {
      outcome.value = value;
    },
    (error) => {
      outcome.error = error;
    },
  );
  return outcome;
}

describe("hello", () => {
  it("goes first, with who this is and the token of the pipe", () => {
    const { client, pipes } = setUp({ token: "secret" });
    client.start();
    pipes[0].onOpen();
    assert.deepEqual(pipes[0].sent, [
      {
        jsonrpc: "2.0",
        id: "hello",
        method: "session.hello",
        params: { protocol: 1, client: INFO, token: "secret" },
      },
    ]);
  });

  it("has no token where the pipe has none", () => {
    const { client, pipes } = setUp();
    client.start();
    pipes[0].onOpen();
    assert.equal("token" in pipes[0].sent[0].params, false);
  });

  it("holds calls back until it is answered, and then lets them out in order", () => {
    const { client, pipes } = setUp();
    watched(client.call("a"));
    client.start();
    watched(client.call("b"));
    pipes[0].onOpen();
    watched(client.call("c"));
    assert.deepEqual(pipes[0].calls, []);
    pipes[0].says({ jsonrpc: "2.0", id: "hello", result: { engine: "9" } });
    assert.deepEqual(
      pipes[0].calls.map(({ method }) => method),
      ["a", "b", "c"],
    );
    assert.equal(client.session.engine, "9");
  });

  it("that is refused shows the engine's words and tries again", () => {
    const { client, pipes, clock } = setUp();
    client.start();
    pipes[0].onOpen();
    pipes[0].says({
      jsonrpc: "2.0",
      id: "hello",
      error: { code: -32602, message: "Other protocol", data: { hint: "Update." } },
    });
    assert.deepEqual(client.state, { name: "waiting", words: "Other protocol. Update." });
    assert.equal(pipes[0].closed, true);
    clock.move(1000);
    assert.equal(pipes.length, 2);
  });

  it("without an answer is given up", () => {
    const { client, pipes, clock } = setUp({ helloTimeout: 100 });
    client.start();
    pipes[0].onOpen();
    clock.move(100);
    assert.equal(client.state.name, "waiting");
    assert.match(client.state.words, /does not answer/);
  });
});

describe("calls", () => {
  it("give their result by id, in whatever order the answers come", async () => {
    const { client, pipes } = ready();
    const first = client.call("one", { x: 1 });
    const second = client.call("two");
    const [a, b] = pipes[0].calls;
    assert.deepEqual(a.params, { x: 1 });
    assert.notEqual(a.id, b.id);
    pipes[0].says({ jsonrpc: "2.0", id: b.id, result: "second" });
    pipes[0].says({ jsonrpc: "2.0", id: a.id, result: "first" });
    assert.deepEqual(await Promise.all([first, second]), ["first", "second"]);
  });

  it("take answers that come in a batch, too", async () => {
    const { client, pipes } = ready();
    const both = Promise.all([client.call("one"), client.call("two")]);
    pipes[0].says(pipes[0].calls.map(({ id }, at) => ({ jsonrpc: "2.0", id, result: at })));
    assert.deepEqual(await both, [0, 1]);
  });

  it("reject with the engine's code, words and hint", async () => {
    const { client, pipes } = ready();
    const call = client.call("x");
    pipes[0].says({
      jsonrpc: "2.0",
      id: 1,
      error: { code: -32602, message: "bars is 0", data: { hint: "1 to 64", field: "bars" } },
    });
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof RpcError);
      assert.equal(error.code, -32602);
      assert.equal(error.hint, "1 to 64");
      assert.equal(error.data.field, "bars");
      return true;
    });
  });

  it("time out on their own, ask the pipe whether it stands, and ignore the late answer", async () => {
    const { client, pipes, clock } = ready();
    const slow = watched(client.call("slow", {}, { timeout: 50 }));
    const patient = client.call("patient", {}, { timeout: 500 });
    clock.move(60);
    await settled();
    assert.equal(slow.error.code, CODES.TIMED_OUT);
    assert.equal(pipes[0].checks, 1);
    pipes[0].says({ jsonrpc: "2.0", id: 1, result: "late" });
    pipes[0].says({ jsonrpc: "2.0", id: 2, result: "in time" });
    assert.equal(await patient, "in time");
  });

  it("lose patience in the line when they said how much they have", async () => {
    const { client, clock, pipes } = setUp();
    const call = watched(client.call("x", {}, { patience: 100 }));
    client.start();
    clock.move(100);
    await settled();
    assert.equal(call.error.code, CODES.TIMED_OUT);
    pipes[0].welcome();
    assert.deepEqual(pipes[0].calls, []);
  });

  it("can be cancelled in the line and in flight", async () => {
    const { client, pipes } = setUp();
    client.start();
    const inLine = client.request("one");
    const inFlight = client.request("two");
    const outcomes = [watched(inLine.done), watched(inFlight.done)];
    inLine.cancel();
    pipes[0].welcome();
    assert.deepEqual(
      pipes[0].calls.map(({ method }) => method),
      ["two"],
    );
    inFlight.cancel();
    await settled();
    assert.deepEqual(
      outcomes.map(({ error }) => error.code),
      [CODES.CANCELLED, CODES.CANCELLED],
    );
    assert.equal(client.outstanding, 0);
  });

  it("beyond the limit in flight wait for room", () => {
    const { client, pipes } = ready({ maxInFlight: 2 });
    for (const name of ["a", "b", "c"]) watched(client.call(name));
    assert.equal(pipes[0].calls.length, 2);
    pipes[0].says({ jsonrpc: "2.0", id: 1, result: null });
    assert.equal(pipes[0].calls[2].method, "c");
  });

  it("whose answer comes while they are sent are answered", async () => {
    const { client, pipes } = ready();
    pipes[0].send = (text) => pipes[0].says({ jsonrpc: "2.0", id: JSON.parse(text).id, result: "at once" });
    assert.equal(await client.call("x"), "at once");
  });
});

describe("a connection that breaks", () => {
  it("rejects what was sent, keeps what was not, and sends again what may be", async () => {
    const { client, pipes, clock } = ready({ maxInFlight: 2 });
    const once = watched(client.call("once"));
    const twice = client.call("twice", {}, { idempotent: true });
    const later = client.call("later");
    pipes[0].breaks();
    await settled();
    assert.equal(once.error.code, CODES.LOST);
    assert.notEqual(once.error.hint, "");
    clock.move(1000);
    pipes[1].welcome();
    assert.deepEqual(
      pipes[1].calls.map(({ method }) => method),
      ["twice", "later"],
    );
    pipes[1].says({ jsonrpc: "2.0", id: 2, result: 2 });
    pipes[1].says({ jsonrpc: "2.0", id: 3, result: 3 });
    assert.deepEqual(await Promise.all([twice, later]), [2, 3]);
  });

  it("while sending loses nothing, whatever its kind", async () => {
    const { client, pipes } = ready();
    pipes[0].broken = true;
    const call = client.call("x");
    assert.equal(pipes[0].closed, true);
    assert.equal(client.outstanding, 1);
    pipes[1].welcome();
    assert.equal(pipes[1].calls.length, 1);
    pipes[1].says({ jsonrpc: "2.0", id: 1, result: "there" });
    assert.equal(await call, "there");
  });

  it("waits longer each time, with jitter, and at most so long", () => {
    const { client, pipes, clock } = setUp({ longestWait: 2000 });
    client.start();
    const waits = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const before = clock.now();
      const count = pipes.length;
      pipes.at(-1).breaks();
      while (pipes.length === count) clock.move(1);
      waits.push(clock.now() - before);
    }
    assert.ok(waits[0] >= 125 && waits[0] <= 251, String(waits));
    assert.ok(waits[2] >= 500 && waits[2] <= 1001, String(waits));
    assert.ok(Math.max(...waits) <= 2001, String(waits));
    assert.equal(new Set(waits.slice(4)).size > 1, true, "jitter");
  });

  it("starts with short waits again once a connection has stood", () => {
    const { client, pipes, clock } = setUp();
    client.start();
    for (let attempt = 0; attempt < 6; attempt += 1) {
      pipes.at(-1).breaks();
      clock.move(5000);
    }
    pipes.at(-1).welcome();
    clock.move(3000);
    const count = pipes.length;
    pipes.at(-1).breaks();
    clock.move(251);
    assert.equal(pipes.length, count + 1);
  });

  it("is tried at once when something changed outside, or somebody calls", () => {
    const { client, pipes } = setUp();
    client.start();
    pipes[0].breaks();
    client.nudge();
    assert.equal(pipes.length, 2);
    client.nudge();
    assert.equal(pipes.length, 2, "one attempt is on its way");
    pipes[1].breaks();
    watched(client.call("x"));
    assert.equal(pipes.length, 3);
    assert.equal(pipes[2].needs, 1, "the pipe hears that somebody waits");
  });

  it("shows the words of the pipe, and keeps them while it tries again", () => {
    const { client, pipes, clock } = setUp();
    client.start();
    pipes[0].breaks(4404, "Drop Bandmate Hub on a MIDI track");
    clock.move(1000);
    assert.deepEqual(client.state, { name: "connecting", words: "Drop Bandmate Hub on a MIDI track" });
    pipes[1].onNotice("Engine asleep, waking it ...");
    assert.equal(client.state.words, "Engine asleep, waking it ...");
    pipes[1].welcome();
    assert.deepEqual(client.state, { name: "ready", words: "Ready" });
  });

  it("that cannot even be begun says why", () => {
    const { client } = setUp({
      connect() {
        throw new Error("No endpoint yet");
      },
    });
    client.start();
    assert.deepEqual(client.state, { name: "waiting", words: "No endpoint yet" });
  });

  it("that was given up cannot speak any more", () => {
    const { client, pipes, clock } = ready();
    pipes[0].breaks();
    clock.move(1000);
    pipes[1].welcome();
    pipes[0].breaks();
    pipes[0].onOpen();
    assert.equal(client.state.name, "ready");
    assert.equal(pipes[0].sent.length, 1);
  });
});

describe("stop", () => {
  it("rejects all, closes the pipe and leaves no timer", async () => {
    const { client, pipes, clock } = ready({ maxInFlight: 1 });
    const outcomes = [watched(client.call("flying")), watched(client.call("waiting"))];
    client.stop();
    await settled();
    assert.deepEqual(
      outcomes.map(({ error }) => error.code),
      [CODES.STOPPED, CODES.STOPPED],
    );
    assert.equal(pipes[0].closed, true);
    assert.equal(clock.pending, 0);
    clock.move(60_000);
    assert.equal(pipes.length, 1);
  });

  it("may be followed by another start", () => {
    const { client, pipes } = ready();
    client.stop();
    client.start();
    pipes[1].welcome();
    assert.equal(client.state.name, "ready");
  });
});

describe("the other direction", () => {
  it("answers requests of the engine with results, promises of them and refusals in words", async () => {
    const { client, pipes } = ready();
    client.method("live.song", () => ({ tempo: 120 }));
    client.method("live.clip", async () => "clip");
    client.method("live.write", () => {
      throw Object.assign(new Error("That slot is empty"), { hint: "Choose another." });
    });
    client.method("live.tracks", () => {
      throw new Error("/home/somebody/secret.js broke");
    });
    for (const [id, method] of ["live.song", "live.clip", "live.write", "live.tracks", "live.none"].entries()) {
      pipes[0].says({ jsonrpc: "2.0", id: `e${id}`, method, params: {} });
    }
    await settled();
    const replies = Object.fromEntries(pipes[0].calls.map((reply) => [reply.id, reply]));
    assert.deepEqual(replies.e0.result, { tempo: 120 });
    assert.equal(replies.e1.result, "clip");
    assert.deepEqual(replies.e2.error, {
      code: CODES.LIVE_REFUSED,
      message: "That slot is empty",
      data: { hint: "Choose another." },
    });
    assert.equal(replies.e3.error.code, CODES.INTERNAL);
    assert.equal(JSON.stringify(replies.e3).includes("secret"), false);
    assert.equal(replies.e4.error.code, CODES.NO_METHOD);
  });

  it("answers a batch with a batch", async () => {
    const { client, pipes } = ready();
    client.anyMethod((method) => method);
    pipes[0].says([
      { jsonrpc: "2.0", id: "e1", method: "a" },
      { jsonrpc: "2.0", method: "just.telling" },
      { jsonrpc: "2.0", id: "e2", method: "b" },
    ]);
    await settled();
    assert.deepEqual(
      pipes[0].calls[0].map(({ result }) => result),
      ["a", "b"],
    );
  });

  it("does not answer into another connection", async () => {
    const { client, pipes, clock } = ready();
    let finish = () => {};
    client.method("slow", () => new Promise((resolve) => (finish = resolve)));
    pipes[0].says({ jsonrpc: "2.0", id: "e1", method: "slow" });
    pipes[0].breaks();
    clock.move(1000);
    pipes[1].welcome();
    finish("too late");
    await settled();
    assert.deepEqual(pipes[1].calls, []);
  });

  it("hears notifications until it stops listening", () => {
    const { client, pipes } = ready();
    const heard = [];
    const off = client.on("job.progress", (params) => heard.push(params.done));
    pipes[0].says({ jsonrpc: "2.0", method: "job.progress", params: { done: 1 } });
    off();
    pipes[0].says({ jsonrpc: "2.0", method: "job.progress", params: { done: 2 } });
    assert.deepEqual(heard, [1]);
  });

  it("survives what is no message at all", () => {
    const { client, pipes } = ready();
    for (const text of ["", "{", "null", "3", '"x"', "[null, 7]", '{"id":99,"result":1}']) pipes[0].onText(text);
    assert.equal(client.state.name, "ready");
  });
});
