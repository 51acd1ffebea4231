/** A NodeHub over a home of its own, with a fake engine to start, and the means to wait for what it says. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { NodeHub } from "../../../../js/hub/node.js";
import { endpointIn, launchIn, watchEndpoint } from "../../../../js/hub/paths.js";
import WebSocket from "../../../../js/node_modules/ws/wrapper.mjs";
import { nodeClock } from "../../../../js/rpc/clock.js";
import { seededRandom } from "../../../../js/rpc/random.js";

export const FAKE_ENGINE = fileURLToPath(new URL("./fake_engine.mjs", import.meta.url));

/** Writes the configuration `bandmate install` would write. */
export function install(folder, { python = process.execPath, args = [FAKE_ENGINE] } = {}) {
  writeFileSync(
    join(folder, "config.json"),
    JSON.stringify({ python, arguments: args, version: "0.1.0", devices: [] }),
  );
}

/** How often an engine was started in a folder. */
export const starts = (folder) => {
  try {
    return readFileSync(join(folder, "starts"), "utf8").length;
  } catch {
    return 0;
  }
};

/** A Bandmate home for one test, removed after it. */
export function makeHome(test) {
  const folder = mkdtempSync(join(tmpdir(), "bandmate-hub-"));
  const before = process.env.BANDMATE_HOME;
  process.env.BANDMATE_HOME = folder;
  test.after(() => {
    if (before === undefined) delete process.env.BANDMATE_HOME;
    else process.env.BANDMATE_HOME = before;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return folder;
}

/** Messages as they come, and promises of those to come. */
export class Mailbox {
  all = [];
  #waiting = [];

  put = (...message) => {
    this.all.push(message);
    const happy = this.#waiting.filter(({ wanted }) => wanted(message));
    this.#waiting = this.#waiting.filter((each) => !happy.includes(each));
    for (const { resolve } of happy) resolve(message);
  };

  /** The first message from `from` on that is wanted. */
  async first(what, wanted, from = 0, ms = 10_000) {
    const there = this.all.slice(from).find(wanted);
    if (there) return there;
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`No ${what}; got ${JSON.stringify(this.all).slice(0, 2000)}`)), ms);
    });
    const came = new Promise((resolve) => this.#waiting.push({ wanted, resolve }));
    return Promise.race([came, late]).finally(() => clearTimeout(timer));
  }
}

/**
 * @returns {{ hub: NodeHub, box: Mailbox, folder: string, saved: number[] }}
 */
export function makeNodeHub(test, { folder = makeHome(test), configured = true, ...options } = {}) {
  if (configured) install(folder);
  const box = new Mailbox();
  const saved = [];
  const hub = new NodeHub({
    outlet: (...values) => box.put(...values),
    endpoint: () => endpointIn(folder),
    launch: () => launchIn(folder),
    saveIdle: (minutes) => saved.push(minutes),
    showFolder: () => box.put("folder shown"),
    folder,
    socket: (url) => new WebSocket(url, { perMessageDeflate: false }),
    clock: nodeClock(),
    random: seededRandom(3),
    version: "0.1.0",
    firstWait: 20,
    ...options,
  });
  // The Hub's timers keep no process alive; main.mjs has one that does, and so has a test.
  const alive = setInterval(() => {}, 60_000);
  const unwatch = watchEndpoint(folder, () => hub.nudge());
  test.after(() => {
    unwatch();
    clearInterval(alive);
    return hub.end();
  });
  return { hub, box, folder, saved };
}

/** A promise of the Hub being in a state. */
export async function engineIs(box, engine, from = 0) {
  const [, json] = await box.first(
    `engine ${engine}`,
    ([selector, text]) => selector === "node_engine" && JSON.parse(text).engine === engine,
    from,
  );
  return JSON.parse(json);
}

/** A device at the other end of v8: opens, says hello, calls. */
export class FakeDevice {
  #next = 0;
  #parts = [];
  frames = new Mailbox();

  constructor(hub, box, id) {
    Object.assign(this, { hub, box, id });
    const put = box.put;
    box.put = (...message) => {
      put(...message);
      const [selector, to, what, ...rest] = message;
      if (selector !== "node_to" || to !== id) return;
      if (what === "frame") this.frames.put(JSON.parse(rest[0]));
      if (what === "piece") {
        if (rest[0] === 0) this.#parts = [];
        this.#parts.push(rest[2]);
        if (rest[0] === rest[1] - 1) this.frames.put(JSON.parse(this.#parts.join("")));
      }
    };
  }

  async open() {
    const from = this.box.all.length;
    this.hub.handlers.device("open", this.id, '{"name":"Chords"}');
    await this.box.first(
      "opened",
      ([selector, id, what]) => selector === "node_to" && id === this.id && what === "opened",
      from,
    );
    return this.call("session.hello", { protocol: 1, client: { kind: "device", name: "Chords", version: "0" } });
  }

  send(method, params = {}) {
    this.#next += 1;
    const id = this.#next;
    this.hub.handlers.device("frame", this.id, JSON.stringify({ jsonrpc: "2.0", id, method, params }));
    return id;
  }

  async call(method, params) {
    const id = this.send(method, params);
    const [reply] = await this.frames.first(`answer to ${method}`, ([message]) => message.id === id);
    return reply.result;
  }

  closed(from = 0) {
    return this.box.first(
      "closed",
      ([selector, id, what]) => selector === "node_to" && id === this.id && what === "closed",
      from,
    );
  }
}
