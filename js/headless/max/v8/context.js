/**
 * The global scope of a v8 script: a JS context of its own that holds the language, Max's functions and
 * classes, and nothing of Node. `setTimeout`, `console`, `fetch` and the like are not there in the Max
 * versions the devices are made for (setTimeout came with Max 9.2), so using one is a ReferenceError.
 */

import vm from "node:vm";
import { plain } from "../atoms.js";
import { makeBuffer } from "./buffer.js";
import { makeDict } from "./dict.js";
import { makeFile } from "./file.js";
import { makeLiveAPI } from "./liveapi.js";
import { strictObject } from "./objects.js";
import { makeTask } from "./task.js";
import { makeWebSocket } from "./websocket.js";

/**
 * @typedef {import("./dict.js").Script} Script
 */

const OS = { darwin: "macintosh", win32: "windows" };

/**
 * Makes the context with the plain names in it.
 * @param {Record<string, any>} names
 * @returns {{global: any, realm: {Error: any, JSON: any}}}
 */
export function makeRealm(names) {
  // Promise callbacks of the script run when its outermost call ends, not when Node gets round to it.
  // An ordinary global where Node can make one (20.18 on): the other kind asks Node at each use of a global name, which
  // makes `Number(x)` several times slower than it is in Max.
  const kind = vm.constants?.DONT_CONTEXTIFY ?? {};
  const context = vm.createContext(kind, { name: "v8", microtaskMode: "afterEvaluate" });
  const global = vm.runInContext("delete globalThis.console; globalThis", context);
  Object.assign(global, names);
  return {
    global: context,
    realm: vm.runInContext("({ Error, SyntaxError, ReferenceError, TypeError, JSON })", context),
  };
}

/**
 * Max's functions for one script.
 * @param {Script} script
 * @returns {Record<string, any>}
 */
export function maxNames(script) {
  const { box, max } = script;
  const words = (/** @type {any[]} */ args) =>
    args
      .flatMap((arg) => (Array.isArray(arg) ? arg : [arg]))
      .map(String)
      .join(" ");
  const line = (/** @type {any[]} */ args) => words(args).replace(/\n+$/u, "");

  return {
    post: (/** @type {any[]} */ ...args) => {
      for (const text of line(args).split("\n")) max.post(text);
    },
    cpost: () => {},
    error: (/** @type {any[]} */ ...args) => {
      box.report("posted", line(args));
    },
    messnamed: bare(script, "messnamed", (name, ...args) => box.messnamed(name, args)),
    outlet: bare(script, "outlet", (index, ...args) => box.sendFromScript(index, args)),
    outlet_array: (/** @type {number} */ index, /** @type {any[]} */ args) => box.sendFromScript(index, args),
    outlet_dictionary: (/** @type {number} */ index, /** @type {any} */ value) => box.sendDictionary(index, value),
    setinletassist: () => {},
    setoutletassist: () => {},
    assist: () => {},
    notifyclients: () => {},
    embedmessage: () => {},
    declareattribute: () => {},
    arrayfromargs: (/** @type {any[]} */ ...args) =>
      script.toRealm(args.flatMap((arg) => (typeof arg === "object" && arg !== null ? Array.from(arg) : [arg]))),
    require: (/** @type {string} */ name) => box.require(name),
    Buffer: makeBuffer(script),
    Dict: makeDict(script),
    Task: makeTask(script),
    File: makeFile(script),
    Global: makeGlobal(script),
    LiveAPI: makeLiveAPI(script),
    max: maxObject(script),
    patcher: patcherObject(script),
    box: boxObject(script, box),
    autowatch: 0,
    inlets: 1,
    outlets: 1,
    inlet: 0,
    messagename: "",
    ...(max.atLeast("9.2") ? { WebSocket: makeWebSocket(script) } : {}),
  };
}

/**
 * A function of Max that finds its script by `this`: called as a method of another object, or by `apply` with none, it
 * has crashed Live [reference, section 4].
 * @param {Script} script
 * @param {string} name
 * @param {(...args: any[]) => unknown} act
 */
function bare(script, name, act) {
  /** @this {unknown} @param {...any} args */
  function called(...args) {
    if (this !== undefined && this !== script.box.global) {
      script.box.report("bad-argument", `${name} must be called by its name alone, with no other "this"`);
      return undefined;
    }
    return act(...args);
  }
  return called;
}

/**
 * Global: an object of a name, shared by all v8 scripts of this Max.
 * @param {Script} script
 */
function makeGlobal({ max }) {
  return function Global(/** @type {string} */ name) {
    let shared = max.globals.get(String(name));
    if (!shared) {
      shared = Object.create({
        sendnamed(/** @type {string} */ target, /** @type {string} */ property) {
          max.send(target, { sel: String(/** @type {any} */ (this)[property]), args: [] });
        },
      });
      max.globals.set(String(name), /** @type {object} */ (shared));
    }
    return shared;
  };
}

/** @param {Script} script */
function maxObject({ box, max, toRealm }) {
  const [major, minor] = max.version.split(".");
  return strictObject(box, "max", {
    // Max gives its version as digits without dots [inferred from patches in use].
    version: `${major}${minor ?? 0}0`,
    os: /** @type {Record<string, string>} */ (OS)[process.platform] ?? "linux",
    apppath: "/",
    isruntime: 1,
    isplugin: 1,
    get time() {
      return max.scheduler.now();
    },
    getcolor(/** @type {string} */ name) {
      const color = max.themeColors[String(name)];
      if (!color) box.report("bad-argument", `max.getcolor: no colour "${name}"`);
      return toRealm(color ?? [0, 0, 0, 1]);
    },
  });
}

/** @param {Script} script */
function patcherObject(script) {
  const { box } = script;
  const { device, patcher } = box;
  return strictObject(box, "patcher", {
    filepath: device.path,
    name: device.name,
    locked: 1,
    get box() {
      return null;
    },
    get parentpatcher() {
      return null;
    },
    getnamed(/** @type {string} */ varname) {
      const found = patcher.named(String(varname));
      return found ? boxObject(script, found) : null;
    },
  });
}

/**
 * A box as a script sees it (Maxobj).
 * @param {Script} script
 * @param {import("../box.js").Box} target
 */
function boxObject(script, target) {
  const { box, toRealm } = script;
  return strictObject(box, "Maxobj", {
    valid: true,
    varname: target.varname,
    maxclass: target.json.maxclass,
    get rect() {
      const [x, y, w, h] = target.viewRect ?? target.rect;
      return toRealm([x, y, x + w, y + h]);
    },
    message(/** @type {string} */ sel, /** @type {any[]} */ ...args) {
      const msg = box.toMessage([sel, ...args]);
      if (msg) target.receive(0, msg);
    },
    getattr(/** @type {string} */ name) {
      const value = target.attributes[name]?.map(plain);
      return value === undefined ? null : toRealm(value.length === 1 ? value[0] : value);
    },
    setattr(/** @type {string} */ name, /** @type {any[]} */ ...value) {
      target.setAttribute(String(name), value.flat());
    },
    getvalueof() {
      return /** @type {any} */ (target).value ?? 0;
    },
  });
}
