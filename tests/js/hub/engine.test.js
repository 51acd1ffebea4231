/** The Hub with the real engine: Max's half, Node's half and the devices' link in one process, the engine in its own. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { createLiveAPI } from "../../../js/headless/live/liveapi.js";
import { LiveSet } from "../../../js/headless/live/set.js";
import { Hub } from "../../../js/hub/hub.js";
import { nodeClock } from "../../../js/rpc/clock.js";
import { CODES } from "../../../js/rpc/errors.js";
import { FROM_HUB, TO_HUB } from "../../../js/rpc/hub.js";
import { createLink } from "../../../js/rpc/link.js";
import { seededRandom } from "../../../js/rpc/random.js";
import { MaxBus } from "../rpc/support/max_bus.js";
import { install, Mailbox, makeHome, makeNodeHub } from "./support/node_hub.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const python = [".venv/bin/python", ".venv/Scripts/python.exe"].map((at) => join(ROOT, at)).find(existsSync);

/** A Max with one Hub and one device, over the real engine. */
function setUp(test) {
  const folder = makeHome(test);
  const bus = new MaxBus();
  const clock = nodeClock();
  const panel = new Mailbox();
  /** @type {any} */
  let node = null;
  const toV8 = {
    node_awake: () => hub.awake(),
    node_to: (id, what, ...rest) => hub.toDevice(id, what, rest),
    node_engine: (json) => hub.engine(json),
    node_log: (line) => hub.log(line),
    node_call: (...piece) => void hub.call(...piece),
  };
  const hub = new Hub("h1", {
    outlet(index, selector, ...values) {
      bus.check(values);
      if (index === 1) panel.put(selector, ...values);
      else if (selector !== "script") node.hub.handlers[selector](...values);
      else if (values[0] === "start") node.hub.begin();
    },
    messnamed: bus.messnamed,
    Dict: bus.Dict,
    clock,
    random: seededRandom(1),
    LiveAPI: createLiveAPI(LiveSet.empty({ tracks: ["midi"], tempo: 131 })),
    maxVersion: "912",
  });
  node = makeNodeHub(test, {
    folder,
    configured: false,
    idleEvery: 10,
    // As node.script: never inside the call that caused it, always in order.
    outlet: (selector, ...values) => setImmediate(() => toV8[selector](...values)),
  });
  install(folder, { python, args: ["-m", "bridge", "serve"] });
  bus.receive(TO_HUB, (what, id, ...rest) => hub.device(what, id, rest));
  const states = new Mailbox();
  const link = createLink({
    id: "d1",
    name: "Chords",
    version: "0.1.0",
    max: { messnamed: bus.messnamed, Dict: bus.Dict, clock },
    onState: ({ light, words }) => states.put(light, words),
  });
  bus.receive(FROM_HUB, (selector, ...values) => link.receive(selector, values));
  test.after(() => {
    link.stop();
    hub.deleted();
  });
  return { bus, folder, hub, link, node: node.hub, panel, states };
}

describe("with the real engine", { skip: python ? false : "there is no .venv", timeout: 60_000 }, () => {
  it("a device that was there first gets its answer when the Hub has woken the engine", async (test) => {
    const { bus, folder, hub, link, panel } = setUp(test);
    link.start();
    const early = link.client.call("engine.status");
    hub.start();
    const status = await early;
    assert.equal(status.hub, true);
    assert.deepEqual(status.clients.map(({ kind }) => kind).sort(), ["device", "hub"]);
    assert.equal(status.clients.find(({ kind }) => kind === "hub").max, "912");
    await panel.first("ready light", ([what, light]) => what === "status" && light === "ready");
    await panel.first("version", ([what, version]) => what === "version" && version === status.version);
    const { token } = JSON.parse(readFileSync(join(folder, "endpoint.json"), "utf8"));
    assert.equal(JSON.stringify([bus.traffic, panel.all]).includes(token), false, "the token never enters Max");
  });

  it("a long answer comes whole, and an error with its hint", async (test) => {
    const { bus, hub, link } = setUp(test);
    hub.start();
    link.start();
    const catalogue = await link.client.call("rpc.discover");
    assert.ok(JSON.stringify(catalogue).length > 30_000 || catalogue.methods.length > 10);
    await assert.rejects(link.client.call("compose.chords", { bars: 0 }), (error) => {
      assert.equal(error.code, CODES.INVALID_PARAMS);
      assert.notEqual(error.hint, "");
      return true;
    });
    assert.ok(bus.longest <= 30_000);
  });

  it("the engine asks the Set through the Hub", async (test) => {
    const { hub, link } = setUp(test);
    hub.start();
    link.start();
    assert.equal((await link.client.call("live.song")).tempo, 131);
    const notes = [{ pitch: 60, start_time: 0, duration: 1 }];
    const wrote = await link.client.call("live.write", { notes, length: 4, track: 0, slot: 0 });
    assert.equal(wrote.written, 1);
    const clip = await link.client.call("live.clip", { track: 0, slot: 0 });
    assert.deepEqual(
      clip.notes.map(({ pitch }) => pitch),
      [60],
    );
    await assert.rejects(link.client.call("live.clip", { track: 9, slot: 0 }), (error) => {
      assert.equal(error.code, CODES.LIVE_REFUSED);
      assert.match(error.hint, /no track 9/);
      return true;
    });
  });

  it("an engine that nobody used sleeps, and the next call wakes it", async (test) => {
    const { hub, link, node, panel, states } = setUp(test);
    hub.start();
    link.start();
    await link.client.call("engine.status");
    const pid = node.pid;
    const from = states.all.length;
    hub.idleMinutes(0.0001);
    await panel.first("asleep", ([, light, words]) => light === "off" && /asleep/.test(words));
    await states.first("asleep", ([light, words]) => light === "away" && /asleep/.test(words), from);
    hub.idleMinutes(30);
    assert.equal((await link.client.call("engine.status")).hub, true);
    assert.notEqual(node.pid, pid);
  });

  it("an engine killed in mid request: said in words, woken again, nothing in line is lost", async (test) => {
    const { hub, link, node, states } = setUp(test);
    hub.start();
    link.start();
    await link.client.call("engine.status");
    const from = states.all.length;
    // It takes the request and does not answer it. (Windows cannot stop a process; there the end comes first.)
    if (process.platform !== "win32") process.kill(node.pid, "SIGSTOP");
    const asked = link.client.call("engine.status");
    const again = link.client.call("theory.key", { key: "7A" }, { idempotent: true });
    process.kill(node.pid, "SIGKILL");
    await assert.rejects(asked, (error) => error.code === CODES.LOST && error.hint !== "");
    const [, words] = await states.first("away", ([light]) => light === "away", from);
    assert.match(words, /Engine/);
    assert.ok(await again, "what may be asked twice is asked again");
    assert.equal((await link.client.call("engine.status")).hub, true);
  });
});
