import assert from "node:assert/strict";
import { execFileSync, fork } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { createContext, Script } from "node:vm";
import { bundle, ENTRIES } from "../../../js/bundle.mjs";
import { ManualClock } from "../rpc/support/clock.js";
import { MaxBus } from "../rpc/support/max_bus.js";
import { FakeLiveAPI } from "./support/fake_max.js";
import { install, Mailbox, makeHome } from "./support/node_hub.js";

const JS = fileURLToPath(new URL("../../../js/", import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), "bandmate-bundle-"));
after(() => rmSync(temporary, { recursive: true, force: true, maxRetries: 5 }));

const hubNode = ENTRIES.find(({ out }) => out === "bandmate-hub.mjs");
const hubV8 = ENTRIES.find(({ out }) => out === "hub.js");

describe("bundles", () => {
  it("are the same wherever the working tree lies, and name no place", async () => {
    const copy = join(temporary, "elsewhere");
    mkdirSync(copy);
    for (const part of ["bundle.mjs", "package.json", "hub", "live", "rpc"])
      cpSync(join(JS, part), join(copy, part), { recursive: true });
    symlinkSync(join(JS, "node_modules"), join(copy, "node_modules"), "junction");
    execFileSync(process.execPath, ["bundle.mjs"], { cwd: copy });
    for (const entry of [hubNode, hubV8]) {
      const text = await bundle(entry);
      const same = readFileSync(join(copy, "dist", entry.out), "utf8") === text;
      assert.ok(same, `${entry.out} differs between two places`);
      assert.equal(text.includes(JS) || text.includes(copy), false, `${entry.out} names a place`);
    }
  });

  it("for v8 are plain scripts: Max's globals first, nothing to import", async () => {
    const text = await bundle(hubV8);
    assert.match(text, /^autowatch = 0;\ninlets = 1;\noutlets = 2;\n/);
    assert.doesNotMatch(text, /^\s*(import|export)\s/m);
    assert.doesNotMatch(text, /\brequire\(/);
  });
});

describe("the v8 bundle", () => {
  it("does nothing while Max compiles it, and answers every message of its header", async () => {
    const bus = new MaxBus();
    const clock = new ManualClock();
    const out = [];
    class Task {
      constructor(fn) {
        this.fn = fn;
      }
      schedule(ms) {
        this.handle = clock.after(ms, this.fn);
      }
      cancel() {
        clock.cancel(this.handle);
      }
      freepeer() {}
    }
    let compiling = true;
    const context = createContext({
      outlet: (index, ...values) => {
        assert.equal(compiling, false, "nothing may be sent while Max compiles");
        bus.check(values);
        out.push([index, ...values]);
      },
      messnamed: bus.messnamed,
      Dict: bus.Dict,
      Task,
      LiveAPI: class extends FakeLiveAPI {},
      max: { version: "912" },
    });
    const made = FakeLiveAPI.made;
    new Script(await bundle(hubV8)).runInContext(context);
    compiling = false;
    assert.equal(FakeLiveAPI.made, made);
    const header = readFileSync(join(JS, "hub", "v8.js"), "utf8");
    for (const name of [
      "start",
      "enabled",
      "device",
      "node",
      "node_awake",
      "node_to",
      "node_engine",
      "node_log",
      "node_call",
      "engine_start",
      "engine_stop",
      "engine_restart",
      "open_folder",
      "idle_minutes",
      "notifydeleted",
    ]) {
      assert.equal(typeof context[name], "function", name);
      if (name !== "notifydeleted") assert.ok(header.includes(` ${name}`), `${name} is not documented`);
    }
    context.enabled(1);
    context.start();
    assert.deepEqual(out.at(-1), [0, "script", "start"]);
    context.node("start", "success", "dictionary", "u1");
    context.node_awake();
    context.device("open", "d1", "{}");
    assert.deepEqual(out.at(-1), [0, "device", "open", "d1", "{}"]);
    context.node_engine('{"engine":"ready","words":"Engine ready","version":"1"}');
    assert.deepEqual(out.at(-1), [1, "status", "ready", "Engine ready"]);
    context.notifydeleted();
    assert.ok(out.some((message) => message.join(" ") === "0 script stop"));
    assert.equal(clock.pending, 0);
  });
});

describe("the Node bundle", () => {
  /** Runs the one file as node.script does, with a max-api that speaks over Node's own channel. */
  async function run(test) {
    const folder = makeHome(test);
    install(folder);
    const place = join(temporary, "frozen");
    mkdirSync(join(place, "node_modules", "max-api"), { recursive: true });
    writeFileSync(join(place, "bandmate-hub.mjs"), await bundle(hubNode));
    writeFileSync(
      join(place, "node_modules", "max-api", "index.js"),
      `const handlers = {};
       process.on("message", ([name, ...values]) => handlers[name](...values));
       module.exports = {
         addHandlers: (added) => Object.assign(handlers, added),
         outlet: async (...values) => process.send(values),
       };`,
    );
    const child = fork(join(place, "bandmate-hub.mjs"), [], {
      cwd: temporary,
      stdio: ["ignore", "pipe", "inherit", "ipc"],
    });
    const box = new Mailbox();
    child.on("message", (message) => box.put(...message));
    let printed = "";
    child.stdout.on("data", (text) => (printed += text));
    test.after(() => child.kill("SIGKILL"));
    const ready = box.first("ready", ([selector, json]) => selector === "node_engine" && json.includes('"ready"'));
    await ready;
    const { pid } = JSON.parse(readFileSync(join(folder, "endpoint.json"), "utf8"));
    return { child, box, folder, pid, printed: () => printed };
  }

  const gone = async (pid) => {
    for (;;) {
      try {
        process.kill(pid, 0);
      } catch {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  it("needs no file beside it, prints nothing, and writes the idle time it is told", async (test) => {
    const { child, box, folder, printed } = await run(test);
    child.send(["device", "open", "d1", "{}"]);
    await box.first("opened", ([, id, what]) => id === "d1" && what === "opened");
    writeFileSync(join(folder, "settings.json"), '{"other":1}');
    child.send(["idle", 45]);
    child.send(["device", "frame", "d1", '{"jsonrpc":"2.0","id":1,"method":"session.hello","params":{"client":{}}}']);
    await box.first("hello", ([, , what]) => what === "frame");
    assert.deepEqual(JSON.parse(readFileSync(join(folder, "settings.json"), "utf8")), { other: 1, idle_minutes: 45 });
    assert.equal(printed(), "");
  });

  it("takes the engine with it when it is killed", { timeout: 10_000 }, async (test) => {
    const { child, pid } = await run(test);
    child.kill("SIGKILL");
    await gone(pid);
  });

  it("takes the engine with it when Max is gone", { timeout: 10_000 }, async (test) => {
    const { child, pid } = await run(test);
    const exited = new Promise((resolve) => child.on("exit", resolve));
    child.disconnect();
    await exited;
    await gone(pid);
  });
});
