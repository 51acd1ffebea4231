/**
 * Limits of the JavaScript side, found by running into them. Out: { inFlight, liveAnswerMs }
 *
 * `inFlight`: requests one client has under way at most. `liveAnswerMs`: after so long the Hub answers the engine even
 * though Live has not.
 */
import { NodeHub } from "../../../js/hub/node.js";
import { Client } from "../../../js/rpc/client.js";
import { ManualClock } from "../rpc/support/clock.js";
import { say } from "./talk.js";

/** A socket whose other end is an engine that says hello and then nothing. */
class QuietEngine {
  /** @type {any[]} */
  sent = [];
  /** @param {string} text */
  send(text) {
    const message = JSON.parse(text);
    this.sent.push(message);
    if (message.method === "session.hello") {
      this.say({ id: message.id, result: { protocol: 1, engine: "0.1.0", methods: [], session: "s1" } });
    }
  }
  /** @param {any} message */
  say(message) {
    /** @type {any} */ (this).onmessage({ data: JSON.stringify({ jsonrpc: "2.0", ...message }) });
  }
  close() {}
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

async function inFlight() {
  const engine = new QuietEngine();
  /** @type {any} */
  const transport = {
    open: () => transport.onOpen(),
    send: (/** @type {string} */ text) => engine.send(text),
    close() {},
  };
  Object.assign(engine, { onmessage: (/** @type {any} */ { data }) => transport.onText(data) });
  const client = new Client({
    connect: () => transport,
    clock: /** @type {any} */ (new ManualClock()),
    random: () => 0.5,
    info: { kind: "test", name: "", version: "" },
  });
  client.start();
  for (let i = 0; i < 500; i += 1) client.call("engine.status").catch(() => {});
  await turn();
  return engine.sent.filter(({ method }) => method === "engine.status").length;
}

async function liveAnswerMs() {
  const clock = new ManualClock();
  const engine = new QuietEngine();
  const hub = new NodeHub({
    outlet() {},
    endpoint: () => ({ port: 1, token: "t", pid: 0 }),
    launch: () => ({ problem: "" }),
    saveIdle() {},
    showFolder() {},
    folder: "",
    socket: () => /** @type {any} */ (engine),
    clock: /** @type {any} */ (clock),
    random: () => 0.5,
    version: "0.1.0",
  });
  hub.begin();
  await turn();
  /** @type {any} */ (engine).onopen();
  await turn();
  engine.say({ id: "e1", method: "live.song", params: {} });
  let ms = 0;
  while (!engine.sent.some(({ id }) => id === "e1") && ms < 60_000) {
    clock.move(50);
    ms += 50;
    await turn();
  }
  return ms;
}

say({ inFlight: await inFlight(), liveAnswerMs: await liveAnswerMs() });
