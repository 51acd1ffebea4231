import assert from "node:assert/strict";
import { once } from "node:events";
import { after, describe, it } from "node:test";
import WebSocket, { WebSocketServer } from "../../../js/node_modules/ws/wrapper.mjs";
import { nodeClock } from "../../../js/rpc/clock.js";
import { endpointBeside, readEndpoint } from "../../../js/rpc/endpoint.js";
import { FROM_HUB, NO_HUB, TO_HUB } from "../../../js/rpc/hub.js";
import { createLink } from "../../../js/rpc/link.js";
import { ManualClock } from "./support/clock.js";
import { MaxBus } from "./support/max_bus.js";

/** Max's File over a few texts in memory. */
const fileClass = (files) =>
  class {
    constructor(path) {
      this.text = files[path];
      this.isopen = this.text !== undefined;
    }
    readstring(most) {
      return this.text.slice(0, most);
    }
    close() {}
  };

const servers = [];
after(() => {
  for (const server of servers) {
    for (const client of server.clients) client.terminate();
    server.close();
  }
});

/** An engine that welcomes who knows the token and echoes methods. */
async function engine(token = "t0ken") {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  servers.push(server);
  await once(server, "listening");
  const hellos = [];
  server.on("connection", (socket) =>
    socket.on("message", (data) => {
      const { id, method, params } = JSON.parse(data);
      if (method === "session.hello") {
        hellos.push(params);
        if (params.token !== token) return socket.close(4401, "Wrong token");
      }
      socket.send(JSON.stringify({ jsonrpc: "2.0", id, result: method }));
    }),
  );
  return { server, hellos, port: server.address().port };
}

/** A Hub that answers and opens at once, or when woken, and echoes methods. */
function hubOn(bus, { asleep = false } = {}) {
  return bus.receive(TO_HUB, (what, id, text) => {
    const tell = (...message) => bus.messnamed(FROM_HUB, ...message);
    if (what === "open") {
      tell("hub", JSON.stringify({ hub: "h1", engine: "ready", words: "", version: "" }));
      if (!asleep) tell("opened", id);
    } else if (what === "wake") {
      tell("opened", id);
    } else if (what === "frame") {
      const message = JSON.parse(text);
      tell("frame", id, JSON.stringify({ jsonrpc: "2.0", id: message.id, result: `${message.method} by hub` }));
    }
  });
}

function linkOn(bus, max) {
  const states = [];
  const link = createLink({
    id: "d1",
    name: "Chords",
    version: "0.1.0",
    live: "12.3",
    maxVersion: "912",
    max: { messnamed: bus.messnamed, Dict: bus.Dict, ...max },
    onState: (state) => states.push(state),
  });
  bus.receive(FROM_HUB, (selector, ...values) => link.receive(selector, values));
  return { link, states };
}

const files = (port) => ({
  "/devices/bandmate.json": JSON.stringify({ endpoint: "/home/me/endpoint.json" }),
  "/home/me/endpoint.json": JSON.stringify({ port, token: "t0ken", pid: 7, protocol: 1 }),
});

describe("a link", () => {
  it("goes by the websocket where Max has one and the engine can be found", async () => {
    const { port, hellos } = await engine();
    const bus = new MaxBus();
    const clock = nodeClock();
    const { link } = linkOn(bus, {
      clock,
      WebSocket,
      File: fileClass(files(port)),
      filepath: () => "/devices/Bandmate Chords.amxd",
    });
    link.start();
    assert.equal(await link.client.call("compose.chords"), "compose.chords");
    assert.equal(link.way, "websocket");
    assert.deepEqual(hellos[0], {
      protocol: 1,
      client: { kind: "device", name: "Chords", version: "0.1.0", live: "12.3", max: "912" },
      token: "t0ken",
    });
    assert.deepEqual(bus.traffic, [], "nothing goes through Max's global names");
    link.stop();
  });

  it("goes by the Hub where the endpoint is a leftover", async () => {
    const { port, server } = await engine();
    await new Promise((resolve) => server.close(resolve));
    const bus = new MaxBus();
    hubOn(bus);
    const { link } = linkOn(bus, {
      clock: nodeClock(),
      WebSocket,
      File: fileClass(files(port)),
      filepath: () => "/devices/Bandmate Chords.amxd",
    });
    link.start();
    assert.equal(await link.client.call("x"), "x by hub");
    assert.equal(link.way, "hub");
    assert.equal(JSON.stringify(bus.traffic).includes("t0ken"), false, "the token stays out of Max's global names");
    link.stop();
  });

  it("wakes an engine that sleeps, also when the websocket was tried first", async () => {
    const { port, server } = await engine();
    await new Promise((resolve) => server.close(resolve));
    const bus = new MaxBus();
    hubOn(bus, { asleep: true });
    const { link } = linkOn(bus, {
      clock: nodeClock(),
      WebSocket,
      File: fileClass(files(port)),
      filepath: () => "/devices/Bandmate Chords.amxd",
    });
    link.start();
    assert.equal(await link.client.call("x"), "x by hub");
    link.stop();
  });

  it("is there at once when a Hub speaks up while it waits for its next attempt", () => {
    const bus = new MaxBus();
    const clock = new ManualClock();
    const { link, states } = linkOn(bus, { clock });
    link.start();
    while (link.client.state.name !== "waiting") clock.move(10);
    hubOn(bus);
    bus.messnamed(FROM_HUB, "hub", JSON.stringify({ hub: "h1", engine: "ready", words: "", version: "" }));
    assert.equal(states.at(-1).light, "ready");
    link.stop();
  });

  it("goes by the Hub where Max has no websocket", async () => {
    const bus = new MaxBus();
    hubOn(bus);
    const { link, states } = linkOn(bus, { clock: new ManualClock() });
    link.start();
    assert.equal(await link.client.call("x"), "x by hub");
    assert.deepEqual(states.at(-1), { light: "ready", words: "Ready" });
    link.stop();
    assert.deepEqual(states.at(-1), { light: "off", words: "" });
  });

  it("says what to do when there is neither, keeps trying, and is there when a Hub comes", async () => {
    const bus = new MaxBus();
    const clock = new ManualClock();
    const { link, states } = linkOn(bus, { clock });
    link.start();
    const call = link.client.call("x");
    clock.move(1500);
    assert.deepEqual(states.at(-1), { light: "away", words: NO_HUB });
    clock.move(60_000);
    assert.deepEqual(states.at(-1), { light: "away", words: NO_HUB });
    assert.ok(bus.traffic.filter(([, what]) => what === "open").length > 5);
    hubOn(bus);
    bus.messnamed(FROM_HUB, "hub", JSON.stringify({ hub: "h1", engine: "ready", words: "", version: "" }));
    assert.equal(await call, "x by hub");
    link.stop();
    assert.equal(clock.pending, 0);
  });
});

describe("endpoint files", () => {
  it("are read only when they are whole", () => {
    assert.deepEqual(readEndpoint('{"port":4711,"token":"abc","pid":5}'), { port: 4711, token: "abc", pid: 5 });
    assert.deepEqual(readEndpoint('{"port":4711,"token":"abc"}'), { port: 4711, token: "abc", pid: 0 });
    for (const text of [
      null,
      "",
      "{",
      "null",
      "[]",
      '{"port":0,"token":"a"}',
      '{"port":70000,"token":"a"}',
      '{"port":80,"token":""}',
      '{"port":"80","token":"a"}',
    ]) {
      assert.equal(readEndpoint(text), null, String(text));
    }
  });

  it("are found beside the device, on Windows, too", () => {
    const File = fileClass({
      "C:\\Library/bandmate.json": JSON.stringify({ endpoint: "C:\\Data\\endpoint.json" }),
      "C:\\Data\\endpoint.json": '{"port":1234,"token":"t"}',
    });
    assert.equal(endpointBeside(File, "C:\\Library\\Chords.amxd")?.port, 1234);
    assert.equal(endpointBeside(File, "C:\\Elsewhere\\Chords.amxd"), null);
    assert.equal(endpointBeside(File, ""), null);
    assert.equal(endpointBeside(undefined, "/x/y"), null);
  });
});
