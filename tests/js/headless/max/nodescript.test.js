import assert from "node:assert/strict";
import { test } from "node:test";
import { open, send, traced } from "../support/live.js";
import { Patch } from "../support/patch.js";

const ENTRY = `
  import maxApi, { MESSAGE_TYPES } from "max-api";
  import { readFileSync } from "node:fs";
  maxApi.addHandlers({
    add: (a, b) => maxApi.outlet("sum", a + b),
    env: (name) => maxApi.outlet("env", process.env[name] ?? "none", process.env.MAX_ENV),
    given: () => maxApi.outlet("given", ...process.argv.slice(2)),
    keep: async () => {
      await maxApi.setDict("from.node", { a: { b: [1, 2] } });
      await maxApi.updateDict("from.node", "a::c", "x");
      maxApi.outlet("dict", JSON.stringify(await maxApi.getDict("from.node")));
      try { await maxApi.getDict("no.such"); } catch (error) { maxApi.outlet("failed", error.message); }
    },
    thing: () => maxApi.outlet("thing", { k: 5 }),
    throw: () => { throw new Error("oh no"); },
    exit: (code) => process.exit(code),
    say: () => console.log("printed line"),
    [MESSAGE_TYPES.BANG]: () => maxApi.outletBang(),
    [MESSAGE_TYPES.NUMBER]: (n) => maxApi.outlet("number", n),
    [MESSAGE_TYPES.LIST]: (...list) => maxApi.outlet("many", list.length),
    [MESSAGE_TYPES.DICT]: (dict) => maxApi.outlet("dictionary_of", Object.keys(dict).join()),
  });
  maxApi.outlet("awake");
`;

/**
 * @param {import("node:test").TestContext} t
 * @param {{code?: string, name?: string, flag?: number, env?: Record<string, string>, strict?: boolean}} [shape]
 */
async function node(t, { code = ENTRY, name = "entry.mjs", flag = 8, env = {}, strict = true } = {}) {
  const live = await open(t, { time: "real", env, strict });
  const patch = new Patch().pack(name, code, flag);
  const id = patch.object(`node.script ${name} @autostart 0`, 1, 2, { varname: "node" });
  patch.cord(id, 0, patch.object("print out", 1, 0), 0).cord(id, 1, patch.object("print life", 1, 0), 0);
  const dev = await live.addDevice(patch.bytes());
  const lines = traced(dev);
  const saw = (/** @type {string} */ line) =>
    live.until(() => lines.some((each) => each.startsWith(line)), { what: line });
  return { live, dev, id, lines, saw };
}

test("a real process: life events, messages both ways, the end with the device", async (t) => {
  const { live, dev, id, lines, saw } = await node(t, { env: { BANDMATE_TEST: "yes" } });
  send(dev, id, 0, "script", "start", "--port", "5");
  await saw("node.1 loadend success dictionary");
  assert.ok(
    lines.findIndex((line) => line.startsWith("node.1 start success")) <
      lines.findIndex((line) => line.includes("loadstart")),
  );
  assert.ok(lines.includes("node.0 awake"));
  send(dev, id, 0, "add", 2, 3);
  send(dev, id, 0, "env", "BANDMATE_TEST");
  send(dev, id, 0, "given");
  send(dev, id, 0);
  send(dev, id, 0, 7);
  send(dev, id, 0, 1, 2, 3);
  await saw("node.0 many 3");
  for (const line of ["sum 5", "env yes maxforlive", "given --port 5", "bang", "number 7"]) {
    assert.ok(lines.includes(`node.0 ${line}`), line);
  }
  send(dev, id, 0, "script", "running");
  assert.equal(lines.at(-1), "node.1 running 1");
  const { child } = dev.box("node");
  dev.remove();
  await live.until(() => child.exitCode !== null || child.signalCode !== null, { what: "the end of the process" });
});

test("dictionaries travel both ways", async (t) => {
  const { live, dev, id, lines, saw } = await node(t);
  send(dev, id, 0, "script", "start");
  await saw("node.1 loadend success");
  send(dev, id, 0, "keep");
  await saw("node.0 failed");
  assert.ok(lines.includes('node.0 dict {"a":{"b":[1,2],"c":"x"}}'));
  send(dev, id, 0, "thing");
  await saw("node.0 thing dictionary");
  const name = lines.at(-1)?.split(" ").at(-1) ?? "";
  assert.deepEqual(live.max.dicts.data(name), { k: 5 });
  live.max.dicts.put("to.node", { x: 1, y: 2 });
  send(dev, id, 0, "dictionary", "to.node");
  await saw("node.0 dictionary_of x,y");
});

test("stop and start again; a second start and a stop of nothing are errors", async (t) => {
  const { live, dev, id, lines, saw } = await node(t, { strict: false });
  send(dev, id, 0, "script", "stop");
  send(dev, id, 0, "add", 1, 1);
  send(dev, id, 0, "script", "start");
  send(dev, id, 0, "script", "start");
  await saw("node.1 loadend");
  send(dev, id, 0, "script", "stop");
  await saw("node.1 terminated success");
  assert.deepEqual(
    live.errors.map((error) => error.message),
    ["Node script is not running", "Node script not ready can't handle message add", "Node script is already running"],
  );
  lines.length = 0;
  send(dev, id, 0, "script", "start");
  await saw("node.1 loadend success");
});

test("a process that ends by itself, badly, is told", async (t) => {
  const { dev, id, saw } = await node(t);
  send(dev, id, 0, "script", "start");
  await saw("node.1 loadend");
  send(dev, id, 0, "exit", 3);
  await saw("node.1 terminated error");
});

test("what goes wrong inside the process is an error here", async (t) => {
  const { live, dev, id, lines, saw } = await node(t, { strict: false });
  send(dev, id, 0, "script", "start");
  await saw("node.1 loadend");
  send(dev, id, 0, "throw");
  send(dev, id, 0, "nobody", 1);
  send(dev, id, 0, "say");
  await saw("node.0 stdout printed line");
  await live.until(() => live.errors.length === 2, { what: "two errors" });
  assert.match(live.errors.map((error) => `${error.kind} ${error.message}`).join("|"), /oh no/u);
  assert.match(live.errors.map((error) => error.message).join("|"), /no handler for "nobody"/u);
  assert.ok(lines.length > 0);
});

test("an entry that does not load says so", async (t) => {
  const { live, dev, id, saw } = await node(t, { code: "throw new Error('broken');", strict: false });
  send(dev, id, 0, "script", "start");
  await saw("node.1 loadend error");
  await saw("node.1 terminated error");
  assert.match(live.errors[0].message, /broken/u);
});

test("a packed entry without flag 8 is no file for Node", async (t) => {
  const { live } = await node(t, { flag: 0, strict: false });
  assert.match(live.errors[0].message, /can't find file entry.mjs/u);
});

test("require('max-api') of CommonJS works too", async (t) => {
  const code = "const api = require('max-api'); api.addHandler('hi', () => api.outlet('ho'));";
  const { dev, id, saw } = await node(t, { code, name: "entry.cjs" });
  send(dev, id, 0, "script", "start");
  await saw("node.1 loadend success");
  send(dev, id, 0, "hi");
  await saw("node.0 ho");
});
