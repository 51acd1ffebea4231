import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { it as one } from "node:test";
import { engineIs, FAKE_ENGINE, FakeDevice, install, makeHome, makeNodeHub, starts } from "./support/node_hub.js";

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

one("starts the engine, relays a device, and keeps the token to itself", async (test) => {
  const { hub, box } = makeNodeHub(test);
  hub.begin();
  assert.deepEqual(box.all[0], ["node_awake"]);
  const ready = await engineIs(box, "ready");
  assert.deepEqual(ready, { engine: "ready", words: "Engine ready", version: "0.1.0" });
  assert.equal((await engineIs(box, "starting")).words, "Engine asleep, waking it ...");
  const device = new FakeDevice(hub, box, "d1");
  const welcome = await device.open();
  assert.equal(welcome.client.name, "Chords");
  assert.equal((await device.call("compose.chords", { bars: 8 })).method, "compose.chords");
  assert.equal(JSON.stringify(box.all).includes("token-"), false);
});

one("carries long texts in pieces, both ways", async (test) => {
  const { hub, box } = makeNodeHub(test);
  hub.begin();
  const device = new FakeDevice(hub, box, "d1");
  await device.open();
  assert.equal(await device.call("test.long", { length: 50_000 }), "é".repeat(50_000));
  for (const message of box.all) for (const value of message) assert.ok(Buffer.byteLength(String(value)) <= 30_000);
  const text = JSON.stringify({ jsonrpc: "2.0", id: 77, method: "echo", params: { x: "y".repeat(70_000) } });
  const pieces = text.match(/.{1,30000}/g);
  for (const [at, piece] of pieces.entries()) hub.handlers.device("piece", "d1", at, pieces.length, piece);
  const [reply] = await device.frames.first("answer", ([message]) => message.id === 77);
  assert.ok(reply.result.length > 70_000);
});

one("an engine killed in mid request: the device hears it, a new one comes, and all goes on", async (test) => {
  const { hub, box } = makeNodeHub(test);
  hub.begin();
  const device = new FakeDevice(hub, box, "d1");
  await device.open();
  const first = hub.pid;
  const from = box.all.length;
  device.send("test.die");
  const [, , , code, words] = await device.closed(from);
  assert.equal(code, 1006);
  assert.match(words, /Engine away/);
  assert.match((await engineIs(box, "starting", from)).words, /waking it again/);
  await engineIs(box, "ready", from);
  await device.open();
  assert.equal((await device.call("again")).method, "again");
  assert.notEqual(hub.pid, first);
});

one("uses an engine that runs already, and starts none", async (test) => {
  const folder = makeHome(test);
  const other = spawn(process.execPath, [FAKE_ENGINE], { stdio: ["pipe", "ignore", "inherit"] });
  test.after(() => other.kill());
  while (!existsSync(join(folder, "endpoint.json"))) await new Promise((resolve) => setTimeout(resolve, 5));
  const { hub, box } = makeNodeHub(test, { folder });
  hub.begin();
  await engineIs(box, "ready");
  assert.equal(hub.pid, 0);
  assert.equal(starts(folder), 1);
  await hub.end();
  assert.equal(alive(other.pid), true, "what was there before stays");
});

one("takes over the file that a killed engine left behind", async (test) => {
  const folder = makeHome(test);
  writeFileSync(join(folder, "endpoint.json"), '{"port":1,"token":"old","pid":1}');
  const { hub, box } = makeNodeHub(test, { folder });
  hub.begin();
  await engineIs(box, "ready");
  assert.equal(starts(folder), 1);
});

one("stop, start and restart by hand", async (test) => {
  const { hub, box } = makeNodeHub(test);
  hub.begin();
  await engineIs(box, "ready");
  const first = hub.pid;
  hub.handlers.engine("stop");
  const stopped = await box.first(
    "stopped",
    ([selector, json]) => selector === "node_engine" && JSON.parse(json).words.includes("press Start"),
  );
  assert.equal(JSON.parse(stopped[1]).engine, "stopped");
  assert.equal(alive(first), false);
  hub.handlers.device("wake", "d1");
  await new Promise(setImmediate);
  assert.equal(hub.state.engine, "stopped", "a device does not undo what a hand did");
  let from = box.all.length;
  hub.handlers.engine("start");
  await engineIs(box, "ready", from);
  const second = hub.pid;
  from = box.all.length;
  hub.handlers.engine("restart");
  await engineIs(box, "stopped", from);
  await engineIs(box, "ready", from);
  assert.notEqual(hub.pid, second);
  assert.equal(alive(second), false);
});

one("says why there is no engine, and finds it once it is installed", async (test) => {
  const { hub, box, folder } = makeNodeHub(test, { configured: false });
  hub.begin();
  assert.equal((await engineIs(box, "missing")).words, "Engine not installed: run `bandmate install`");
  install(folder, { python: join(folder, "no", "python") });
  const gone = await box.first("Python not found", ([, json]) => String(json).includes("Python not found"));
  assert.equal(
    JSON.parse(gone[1]).words,
    `Python not found at ${join(folder, "no", "python")}: run \`bandmate install\` again`,
  );
  install(folder);
  await engineIs(box, "ready");
});

one("shows the last words of an engine that does not start", async (test) => {
  const { hub, box, folder } = makeNodeHub(test);
  install(folder, { args: [FAKE_ENGINE, "broken"] });
  hub.begin();
  const { words } = await engineIs(box, "missing");
  assert.equal(words, "Engine does not start: ModuleNotFoundError: No module named 'bridge'");
  assert.ok(box.all.some(([selector, line]) => selector === "node_log" && line.includes("ModuleNotFoundError")));
  install(folder);
  hub.handlers.engine("start");
  await engineIs(box, "ready");
});

one("does not start an engine again and again that ends at once", async (test) => {
  const { hub, box, folder } = makeNodeHub(test, { firstWait: 60_000 });
  install(folder, { args: [FAKE_ENGINE, "brief"] });
  hub.begin();
  await box.first("its end", ([selector, line]) => selector === "node_log" && line.includes("brief"));
  for (let look = 0; look < 5; look += 1) {
    hub.nudge();
    await new Promise(setImmediate);
  }
  assert.equal(starts(folder), 1);
  hub.handlers.engine("start");
  await box.first("its second end", (message) => message !== undefined && starts(folder) === 2, box.all.length);
});

one("ends an engine that never becomes ready, and tries again", async (test) => {
  const { hub, box, folder } = makeNodeHub(test, { patience: 1200 });
  install(folder, { args: [FAKE_ENGINE, "mute"] });
  hub.begin();
  const [, json] = await box.first("words", ([selector, text]) => selector === "node_engine" && text.includes("long"));
  assert.equal(JSON.parse(json).words, "Engine takes long to start, trying again ...");
  install(folder);
  await engineIs(box, "ready");
});

one("hands questions about Live to v8, and the answers or refusals back", async (test) => {
  const { hub, box } = makeNodeHub(test);
  hub.begin();
  const device = new FakeDevice(hub, box, "d1");
  await device.open();
  const asked = device.call("test.ask", { method: "live.song", params: { x: 1 } });
  const [, number, index, count, text] = await box.first("node_call", ([selector]) => selector === "node_call");
  assert.deepEqual([index, count, JSON.parse(text)], [0, 1, { method: "live.song", params: { x: 1 } }]);
  hub.handlers.answer(number, 0, 2, '{"result":{"te');
  hub.handlers.answer(number, 1, 2, 'mpo":120}}');
  assert.deepEqual(await asked, { tempo: 120 });

  const from = box.all.length;
  const refused = device.call("test.ask", { method: "live.write", params: {} });
  const call = await box.first("node_call", ([selector]) => selector === "node_call", from);
  hub.handlers.answer(call[1], 0, 1, '{"error":{"code":-32006,"message":"No","data":{"hint":"Because."}}}');
  assert.deepEqual(await refused, { code: -32006, message: "No", data: { hint: "Because." } });

  const strange = await device.call("test.ask", { method: "os.remove", params: {} });
  assert.equal(strange.code, -32601);
});

one("puts the engine to sleep when nobody uses it, and wakes it for a device that needs it", async (test) => {
  const { hub, box, saved } = makeNodeHub(test, { idleEvery: 10 });
  const device = new FakeDevice(hub, box, "d1");
  hub.begin();
  await device.open();
  const pid = hub.pid;
  hub.handlers.idle(0.001);
  const waiting = setInterval(() => hub.handlers.device("open", "d2", "{}"), 5);
  test.after(() => clearInterval(waiting));
  assert.deepEqual(saved, [0.001]);
  const [, , , code, words] = await device.closed();
  assert.deepEqual([code, words], [4411, "Engine asleep until you need it"]);
  await engineIs(box, "off");
  clearInterval(waiting);
  hub.handlers.device("open", "d1", "{}");
  assert.equal(hub.state.engine, "off", "waiting does not wake it");
  hub.handlers.idle(30);
  const from = box.all.length;
  hub.handlers.device("wake", "d1");
  await engineIs(box, "ready", from);
  await box.first("opened", ([, id, what]) => id === "d1" && what === "opened", from);
  assert.equal(alive(pid), false);
});

one("shows each line of the engine's log once", async (test) => {
  const { hub, box } = makeNodeHub(test, { logEvery: 5 });
  hub.begin();
  await box.first("log line", ([selector]) => selector === "node_log");
  // Enough looks to see a line twice, were it shown twice.
  const device = new FakeDevice(hub, box, "d1");
  await device.open();
  while ((await device.call("test.looks")) < 4);
  const lines = box.all.filter(([selector]) => selector === "node_log");
  assert.deepEqual(lines, [
    ["node_log", "12:34 engine 0.1.0 listens"],
    ["node_log", "12:34 warning: slow disk"],
  ]);
});
