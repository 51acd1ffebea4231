/**
 * `v8`: JavaScript in a box, by Max 9's rules.
 *
 * The code runs in a context of its own (v8/context.js), always in the main thread: a message that comes in
 * the scheduler thread waits in the low-priority queue. While the global statements run, nothing may leave
 * an outlet. What the code throws is a red line in the console, and Max goes on.
 */

import vm from "node:vm";
import { float, fromAtoms, isFloat, isInt, MAX_SYMBOL, plain } from "../atoms.js";
import { Box } from "../box.js";
import { makeRealm, maxNames } from "../v8/context.js";
import { findSource } from "../v8/source.js";

/** @typedef {import("../atoms.js").Atom} Atom */

/** Functions Max calls by itself; a message of that name does not reach them. */
const CALLED_BY_MAX = new Set(["loadbang", "notifydeleted", "getvalueof", "setvalueof", "save", "paint"]);

/** Words the object keeps for itself (`open` opens the editor): they never reach the script. */
const TAKEN = new Set(["open", "wclose", "compile", "delprop", "getprop", "setprop"]);

/** When virtual time begins, ms as Date counts: 2025-01-01. */
const VIRTUAL_EPOCH = Date.UTC(2025, 0, 1);

export class V8 extends Box {
  /** The script's global object. @type {Record<string, any>} */
  global = {};
  /** True while the global statements run. */
  compiling = false;
  /** @type {Set<() => void>} */
  freeing = new Set();
  /** @type {any} */
  #realm = null;
  /** @type {vm.Script | null} */
  #run = null;
  /** @type {(() => void) | null} */
  #task = null;
  #builtins = new Set();
  /** @type {Map<string, any>} */
  #modules = new Map();

  /** @param {import("../box.js").BoxSpec} spec */
  constructor(spec) {
    super(spec);
    this.declared = { inlets: this.numinlets, outlets: this.numoutlets };
  }

  /** @override */
  create() {
    this.#compile();
  }

  /** Names a subclass adds to the script's scope. @returns {Record<string, any>} */
  extraNames() {
    return {};
  }

  #compile() {
    const source = findSource(this);
    const script = {
      box: this,
      max: this.max,
      freeing: this.freeing,
      toRealm: (/** @type {any} */ value) => this.#toRealm(value),
      enter: (/** @type {() => void} */ run) => this.enter(run),
    };
    const names = { ...maxNames(script), ...this.extraNames() };
    const { global, realm } = makeRealm(names);
    this.global = global;
    this.#realm = realm;
    if (this.max.scheduler.virtual) {
      // A script that measures time must see the time that passes in Max.
      vm.runInContext("Date", global).now = () => VIRTUAL_EPOCH + Math.floor(this.max.scheduler.now());
    }
    this.#builtins = new Set(Object.keys(names));
    global.jsarguments = this.#toRealm([source.name, ...(this.json.jsarguments ?? []), ...source.args.map(plain)]);
    this.#run = new vm.Script("globalThis[Symbol.for('bandmate.enter')]()", { filename: "max" });
    Object.defineProperty(global, Symbol.for("bandmate.enter"), { value: () => this.#task?.(), enumerable: false });
    if (source.text === null) {
      this.report("v8", `can't find file ${source.name}`);
    } else {
      this.compiling = true;
      this.enter(() =>
        new vm.Script(/** @type {string} */ (source.text), { filename: source.name }).runInContext(global),
      );
      this.compiling = false;
    }
    this.numinlets = Math.max(0, Math.trunc(Number(global.inlets) || 0));
    this.numoutlets = Math.max(0, Math.trunc(Number(global.outlets) || 0));
    for (const side of /** @type {const} */ (["inlets", "outlets"])) {
      const real = this[`num${side}`];
      if (real !== this.declared[side]) {
        this.report("box-count", `the code declares ${real} ${side}, the patch says ${this.declared[side]}`);
      }
    }
  }

  /**
   * A plain value as objects of the script's own context.
   * @param {any} value
   */
  #toRealm(value) {
    return value !== null && typeof value === "object" ? this.#realm.JSON.parse(JSON.stringify(value)) : value;
  }

  /**
   * Throws an error of the script's own context.
   * @param {string} type
   * @param {string} text
   * @returns {never}
   */
  throwInScript(type, text) {
    throw new this.#realm[type](text);
  }

  /**
   * Runs something inside the script: what it throws is reported, and its promise callbacks run when the
   * outermost call is over.
   * @param {() => void} run
   */
  enter(run) {
    if (this.freed) return;
    const guarded = () => {
      try {
        run();
      } catch (error) {
        this.#threw(error);
      }
    };
    if (this.#task) {
      guarded();
      return;
    }
    this.#task = guarded;
    const { scheduler } = this.max;
    try {
      scheduler.main(() => this.#run?.runInContext(/** @type {vm.Context} */ (this.global)));
    } finally {
      this.#task = null;
    }
  }

  /** @param {any} error */
  #threw(error) {
    const place = /(?:^|[\s(])([^\s()]+):(\d+):\d+\)?$/mu.exec(String(error?.stack ?? ""));
    const line = place && !place[1].startsWith("file:") ? `, line ${place[2]}` : "";
    const words = error?.message === undefined ? String(error) : `${error.name}: ${error.message}`;
    this.report("v8", `${words}${line}`);
  }

  /**
   * Calls a function of the script when it has it.
   * @param {string} name
   * @param {any[]} args
   * @returns {boolean}
   */
  call(name, args = []) {
    const fn = this.global[name];
    if (typeof fn !== "function" || this.#builtins.has(name)) return false;
    this.enter(() => fn.apply(this.global, args));
    return true;
  }

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    const { scheduler } = this.max;
    // Tail of the queue, so that messages keep their order [inferred; the guide only says "deferred"].
    if (scheduler.thread === "scheduler") scheduler.defer(() => this.#deliver(inlet, sel, args));
    else this.#deliver(inlet, sel, args);
  }

  /**
   * @param {number} inlet
   * @param {string} sel
   * @param {Atom[]} args
   */
  #deliver(inlet, sel, args) {
    if (this.freed) return;
    if (TAKEN.has(sel)) {
      this.report("unknown-message", `"${sel}" is taken by the object itself and does not reach the script`);
      return;
    }
    const values = args.map(plain);
    const fn = this.#handler(sel, values);
    if (!fn) {
      this.report("unknown-message", `no function ${sel === "int" || sel === "float" ? `msg_${sel}` : sel}`);
      return;
    }
    this.enter(() => {
      this.global.inlet = inlet;
      this.global.messagename = sel === "int" || sel === "float" ? `msg_${sel}` : sel;
      fn.apply(this.global, values);
    });
  }

  /**
   * The function that answers a message.
   * @param {string} sel
   * @param {any[]} values changed in place where a float becomes an int
   */
  #handler(sel, values) {
    const own = (/** @type {string} */ name) => {
      const fn = this.global[name];
      const open = typeof fn === "function" && !this.#builtins.has(name) && !fn.local;
      return open && Object.hasOwn(this.global, name) ? fn : null;
    };
    if (sel === "int") return own("msg_int") ?? own("msg_float") ?? own("anything");
    if (sel === "float") {
      if (own("msg_float")) return own("msg_float");
      if (own("msg_int")) values[0] = Math.trunc(values[0]);
      return own("msg_int") ?? own("anything");
    }
    if (CALLED_BY_MAX.has(sel)) return own("anything");
    return own(sel) ?? own("anything");
  }

  /**
   * Values of a script as a message; arrays are unrolled one level.
   * @param {any[]} given
   * @returns {import("../atoms.js").Message | null} null (and an error) when one of them is no atom
   */
  toMessage(given) {
    const atoms = given.flatMap((value) => (Array.isArray(value) ? value : [value])).map((value) => this.#atom(value));
    return atoms.includes(null) ? null : fromAtoms(/** @type {Atom[]} */ (atoms));
  }

  /**
   * A JS number without a fraction leaves as an int, as in Max.
   * @param {any} value
   * @returns {Atom | null}
   */
  #atom(value) {
    if (typeof value === "string") return value;
    if (typeof value === "boolean") return value ? 1 : 0;
    if (typeof value === "bigint") return Number(value);
    if (typeof value === "number" && Number.isFinite(value))
      return isInt(value) || isFloat(value) ? value : float(value);
    this.report(
      "bad-argument",
      `cannot send ${value === null ? "null" : Array.isArray(value) ? "a nested array" : typeof value === "number" ? String(value) : typeof value}`,
    );
    return null;
  }

  /**
   * `outlet(index, ...)` of the script.
   * @param {number} index
   * @param {any[]} args
   */
  sendFromScript(index, args) {
    if (this.compiling) {
      this.report("v8", `outlet ${index} used in global code: nothing is connected yet`);
      return;
    }
    if (args.length === 1 && args[0]?.constructor === this.global.Dict) {
      this.outlet(index, "dictionary", [args[0].name]);
      return;
    }
    if (args.flat().length === 0) {
      this.report("bad-argument", `outlet ${index} with nothing to send`);
      return;
    }
    const msg = this.toMessage(args);
    if (msg) this.outlet(index, msg.sel, msg.args);
  }

  /**
   * @param {number} index
   * @param {any} value a plain object: goes out as a dictionary
   */
  sendDictionary(index, value) {
    const name = this.max.uniqueName();
    this.max.dicts.put(name, JSON.parse(JSON.stringify(value)));
    this.sendFromScript(index, ["dictionary", name]);
  }

  /**
   * `messnamed(name, ...)` of the script.
   * @param {string} name
   * @param {any[]} args
   */
  messnamed(name, args) {
    const msg = this.toMessage(args);
    if (!msg) return;
    for (const atom of [msg.sel, ...msg.args]) {
      if (typeof atom === "string" && atom.length > MAX_SYMBOL) {
        this.report("symbol-length", `messnamed: a symbol holds ${MAX_SYMBOL} characters, this one has ${atom.length}`);
        return;
      }
    }
    this.max.send(this.device.local(String(name)), msg);
  }

  /**
   * Max's require: JavaScript files of the device only, never Node's modules.
   * @param {string} name
   */
  require(name) {
    const file = this.device.file(name) ?? this.device.file(`${name}.js`);
    if (!file) {
      this.report("v8", `require: can't find module "${name}"`);
      this.throwInScript("Error", `Cannot find module '${name}'`);
    }
    const known = this.#modules.get(file.name);
    if (known) return known.exports;
    const module = { exports: this.#toRealm({}) };
    this.#modules.set(file.name, module);
    const code = `(function (exports, module, require) {${file.bytes.toString("utf8")}\n})`;
    const body = new vm.Script(code, { filename: file.name }).runInContext(/** @type {vm.Context} */ (this.global));
    body(module.exports, module, (/** @type {string} */ other) => this.require(other));
    return module.exports;
  }

  /** @override */
  loadbang() {
    this.call("loadbang");
  }

  /** @override */
  free() {
    this.call("notifydeleted");
    for (const end of [...this.freeing]) end();
    super.free();
  }
}
