import assert from "node:assert/strict";
import { once } from "node:events";
import { createRequire } from "node:module";
import { test } from "node:test";
import { open, send } from "../support/live.js";
import { Patch } from "../support/patch.js";

// `ws` lies in js/node_modules, which a test outside js does not see by itself.
const { WebSocketServer } = createRequire(new URL("../../../../js/headless/index.js", import.meta.url))("ws");

const CODE = `
  let ws;
  function bang() {}
  function connect(url) {
    ws = new WebSocket(url);
    post("state", ws.readyState);
    ws.onopen = () => { post("open"); ws.send("hello"); };
    ws.onmessage = (event) => post("got", event.data);
    ws.addEventListener("close", (event) => post("close", event.code, event.reason));
    ws.onerror = (event) => post("failed");
  }
  function bye() { ws.close(1000, "done"); }
`;

/** @param {import("node:test").TestContext} t */
async function socketDevice(t) {
  const live = await open(t, { time: "real", max: "9.2" });
  const patch = new Patch();
  const id = patch.v8(CODE);
  return { live, id, dev: await live.addDevice(patch.bytes()) };
}

/** @param {import("node:test").TestContext} t */
async function echo(t) {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  server.on("connection", (/** @type {any} */ socket) => {
    socket.on("message", (/** @type {any} */ data) => socket.send(`${data} back`));
  });
  t.after(() => server.close());
  return { server, url: `ws://127.0.0.1:${/** @type {any} */ (server.address()).port}` };
}

test("a script's WebSocket talks to a real server and closes", async (t) => {
  const { url } = await echo(t);
  const { live, dev, id } = await socketDevice(t);
  send(dev, id, 0, "connect", url);
  await live.until(() => live.console.includes("got hello back"), { what: "the echo" });
  send(dev, id, 0, "bye");
  await live.until(() => live.console.includes("close 1000 done"), { what: "the close" });
  assert.deepEqual(live.console.slice(0, 2), ["state 0", "open"]);
});

test("nobody there: error, then close", async (t) => {
  const { live, dev, id } = await socketDevice(t);
  send(dev, id, 0, "connect", "ws://127.0.0.1:9");
  await live.until(() => live.console.at(-1)?.startsWith("close 1006"), { what: "the close" });
  assert.ok(live.console.includes("failed"));
});

test("the socket ends with its device", async (t) => {
  const { server, url } = await echo(t);
  const { live, dev, id } = await socketDevice(t);
  send(dev, id, 0, "connect", url);
  await live.until(() => live.console.includes("open"), { what: "the connection" });
  const [socket] = server.clients;
  const gone = once(socket, "close");
  dev.remove();
  await gone;
});
