/**
 * `node.script`: a real Node process beside Max.
 *
 * The entry must be a real file: one of an unfrozen device lies beside it, one of a frozen device is unpacked
 * from the packed files that carry flag 8. Messages go over IPC in both directions; life events leave the
 * right outlet as `<event> success|error dictionary <name>`. Output of the code and its printed lines leave
 * the left outlet. The process ends with its device.
 */

import { fork } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { atomText, fromAtoms, plain } from "../atoms.js";
import { Box } from "../box.js";
import { dictPath, dictSet, dictValue } from "../dicts.js";

/** @typedef {import("../atoms.js").Atom} Atom */

const BOOT = fileURLToPath(new URL("../node/boot.mjs", import.meta.url));
/** What a script gets as `max-api`. */
const API = fileURLToPath(new URL("../node/max-api.cjs", import.meta.url));
/** Flag of packed files that other programs must be able to open. */
const UNPACK = 8;
/** How long a process may take to end by itself after it was asked, ms. */
const GRACE = 2000;

/**
 * Lays `max-api` beside a script where Node looks for it by itself, which starts sooner than with a hook.
 * @param {string} folder
 */
function layApi(folder) {
  const home = join(folder, "node_modules", "max-api");
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "package.json"), '{"name":"max-api","main":"index.cjs"}');
  writeFileSync(join(home, "index.cjs"), `module.exports = require(${JSON.stringify(API)});`);
}

export class NodeScript extends Box {
  /** @type {import("node:child_process").ChildProcess | null} */
  child = null;
  /**
   * True when messages have somebody to go to: from the first handler on. Scripts in use send a ready message
   * at the end of their handlers and are answered at once, so loading need not be over [inferred].
   */
  ready = false;
  stopping = false;
  #folder = "";
  /** @type {Promise<void> | null} */
  #ended = null;
  #end = () => this.#kill();

  /** @override */
  connected() {
    this.entry = String(this.args[0] ?? "");
    if (!this.#path()) this.report("node", `can't find file ${this.entry}`);
    if (this.number("autostart", 0)) this.max.scheduler.defer(() => this.start([]));
  }

  /** Path of the entry file on disk, "" when there is none. */
  #path() {
    const packed = this.device.file(this.entry ?? "");
    if (packed) {
      // A packed file without the flag stays inside the device, where Node cannot open it.
      if (!(packed.flag & UNPACK)) return "";
      if (!this.#folder) {
        this.#folder = mkdtempSync(join(tmpdir(), "max-node-"));
        writeFileSync(join(this.#folder, packed.name), packed.bytes);
        layApi(this.#folder);
      }
      return join(this.#folder, packed.name);
    }
    const beside = this.device.folder ? join(this.device.folder, this.entry ?? "") : "";
    return beside && existsSync(beside) ? beside : "";
  }

  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    // Answers of the process must not depend on which of Max's threads asked.
    if (sel === "script") this.#script(String(args[0] ?? ""), args.slice(1));
    else if (!this.child || !this.ready) {
      this.report("node", `Node script not ready can't handle message ${sel}`);
    } else this.#post({ kind: "message", sel, args: args.map(plain), dict: this.#dictOf(sel, args) });
  }

  /** @param {string} sel @param {Atom[]} args */
  #dictOf(sel, args) {
    return sel === "dictionary" ? (this.max.dicts.data(String(args[0])) ?? {}) : undefined;
  }

  /** @param {string} verb @param {Atom[]} args */
  #script(verb, args) {
    if (verb === "start") this.start(args.map(atomText));
    else if (verb === "stop") this.stop();
    else if (verb === "running") this.outlet(1, "running", [this.child ? 1 : 0]);
    else if (verb === "status" || verb === "processStatus") {
      this.#life(verb, true, { running: this.child ? 1 : 0, pid: this.child?.pid ?? 0 });
    } else this.report("unknown-message", `script ${verb} is not part of the headless Max`);
  }

  /** @param {any} data */
  #post(data) {
    this.max.outside.goes(this, data);
    this.child?.send(data, (error) => {
      // A process that ended in the meantime tells so by its exit.
      if (error && !this.stopping && this.child?.connected) this.report("node", error.message);
    });
  }

  /** @param {string[]} args */
  start(args) {
    if (this.child || this.freed) {
      if (this.child) this.report("node", "Node script is already running");
      return;
    }
    const path = this.#path();
    if (!path) {
      this.report("node", `can't find file ${this.entry}`);
      this.#life("start", false, { message: "file not found" });
      return;
    }
    const child = fork(BOOT, [path, ...args], {
      env: { ...process.env, ...this.max.env, MAX_ENV: "maxforlive" },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      cwd: this.#folder || this.device.folder,
    });
    this.child = child;
    this.ready = false;
    this.stopping = false;
    this.max.endings.add(this.#end);
    const comes = (/** @type {any} */ data, /** @type {() => void} */ run) => this.max.outside.comes(this, data, run);
    child.on("message", (data) => comes(data, () => this.#heard(child, data)));
    for (const stream of /** @type {const} */ (["stdout", "stderr"])) {
      createInterface({ input: /** @type {any} */ (child[stream]) }).on("line", (line) => {
        comes({ kind: stream, line }, () => this.#printed(stream, line));
      });
    }
    this.#ended = new Promise((resolve) => {
      child.on("exit", (code, signal) => {
        comes({ kind: "exit", code, signal }, () => this.#exited(child, code, signal));
        resolve();
      });
      child.on("error", () => resolve());
    });
    this.max.scheduler.defer(() => this.#life("start", true, { pid: child.pid ?? 0 }));
  }

  /** Asks the process to end, and ends it when it does not. */
  stop() {
    if (!this.child) {
      this.report("node", "Node script is not running");
      return;
    }
    this.#kill();
  }

  /** @returns {Promise<void>} */
  async #kill() {
    const { child } = this;
    if (!child) return;
    this.stopping = true;
    this.ready = false;
    child.kill("SIGTERM");
    const last = setTimeout(() => child.kill("SIGKILL"), GRACE);
    await this.#ended;
    clearTimeout(last);
  }

  /** @param {string} stream @param {string} line */
  #printed(stream, line) {
    this.max.post(`node.script ${stream}: ${line}`);
    if (stream === "stdout") this.outlet(0, "stdout", [line]);
  }

  /**
   * @param {import("node:child_process").ChildProcess} child
   * @param {any} data
   */
  #heard(child, data) {
    if (child !== this.child || this.freed) return;
    switch (data.kind) {
      case "ready":
        this.ready = true;
        break;
      case "loadstart":
        this.#life("loadstart", true, {});
        break;
      case "loadend":
        this.ready = data.ok;
        if (!data.ok) this.report("node", data.message);
        this.#life("loadend", data.ok, { message: data.message ?? "" });
        break;
      case "outlet":
        this.#out(data.values);
        break;
      case "post":
        if (data.level === "error") this.report("node", data.text);
        else this.max.post(data.text);
        break;
      case "unhandled":
        this.report("unknown-message", `no handler for "${data.sel}" in ${this.entry}`);
        break;
      case "dict":
        this.#dict(data);
        break;
      default:
        this.report("node", `unknown word from the process: ${JSON.stringify(data)}`);
    }
  }

  /** @param {any[]} values of maxApi.outlet; an object goes out as a dictionary */
  #out(values) {
    const atoms = values.flat().flatMap((value) => {
      if (value !== null && typeof value === "object") {
        const name = this.max.uniqueName();
        this.max.dicts.put(name, value);
        return ["dictionary", name];
      }
      return value === null || value === undefined ? [] : [typeof value === "boolean" ? Number(value) : value];
    });
    const out = fromAtoms(atoms);
    this.outlet(0, out.sel, out.args);
  }

  /** @param {{ask: number, verb: string, id: string, path?: string, value?: any}} data */
  #dict({ ask, verb, id, path, value }) {
    const { dicts } = this.max;
    const name = this.device.local(id);
    if (verb === "set") dicts.put(name, value);
    else if (verb === "update") {
      if (!dicts.has(name)) dicts.put(name, {});
      if (path && dictPath(path).length) dictSet(/** @type {any} */ (dicts.data(name)), path, dictValue(value), true);
    } else if (!dicts.has(name)) {
      this.#post({ kind: "answer", ask, error: `no dictionary named ${name}` });
      return;
    }
    this.#post({ kind: "answer", ask, value: dicts.data(name) });
  }

  /**
   * @param {import("node:child_process").ChildProcess} child
   * @param {number | null} code
   * @param {string | null} signal
   */
  #exited(child, code, signal) {
    if (child !== this.child) return;
    const asked = this.stopping;
    this.child = null;
    this.ready = false;
    this.max.endings.delete(this.#end);
    if (this.freed) return;
    if (asked) this.#life("stop", true, { code: code ?? 0 });
    this.#life("terminated", asked || code === 0, { code: code ?? -1, signal: signal ?? "" });
  }

  /**
   * A life event from the right outlet.
   * @param {string} event
   * @param {boolean} ok
   * @param {Record<string, any>} facts
   */
  #life(event, ok, facts) {
    if (this.freed) return;
    const name = this.max.uniqueName();
    this.max.dicts.put(name, facts);
    this.outlet(1, event, [ok ? "success" : "error", "dictionary", name]);
  }

  /** @override */
  free() {
    if (this.child) void this.#kill();
    const folder = this.#folder;
    if (folder) {
      const clear = () => rmSync(folder, { recursive: true, force: true });
      if (this.#ended) void this.#ended.then(clear);
      else clear();
    }
    super.free();
  }
}
