/** `dict`: a named dictionary in the patch. */

import { fromAtoms, parseWord } from "../atoms.js";
import { Box } from "../box.js";
import { dictGet, dictPath, dictRemove, dictSet } from "../dicts.js";

/** @typedef {import("../atoms.js").Atom} Atom */

export class DictBox extends Box {
  /** @type {string} */
  target;

  /** @param {import("../box.js").BoxSpec} spec */
  constructor(spec) {
    super(spec);
    this.target = typeof this.args[0] === "string" ? this.args[0] : this.max.uniqueName();
    const isNew = !this.max.dicts.has(this.target);
    this.max.dicts.retain(this.target);
    if (isNew && spec.json.data && spec.json.saved_object_attributes?.embed) {
      this.max.dicts.put(this.target, spec.json.data);
    }
  }

  get data() {
    return this.max.dicts.data(this.target) ?? {};
  }

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    const key = args.length ? String(args[0]) : "";
    const value = args.length === 2 ? args[1] : args.slice(1);
    switch (sel) {
      case "bang":
        this.#name();
        break;
      case "dictionary":
        this.#copy(key);
        if (inlet === 0) this.#name();
        break;
      case "clear":
        this.max.dicts.put(this.target, {});
        break;
      case "set":
      case "replace":
        if (!dictSet(this.data, key, value, sel === "replace")) this.report("dict", `no way to "${key}"`);
        break;
      case "append": {
        const before = dictGet(this.data, key);
        dictSet(this.data, key, before === undefined ? value : [before, value].flat(), true);
        break;
      }
      case "remove":
      case "delete":
        dictRemove(this.data, key);
        break;
      case "get":
        this.#get(key);
        break;
      case "contains":
        this.outlet(1, key, [dictGet(this.data, key) === undefined ? 0 : 1]);
        break;
      case "getkeys":
        this.outlet(3, "list", Object.keys(this.data));
        break;
      case "getsize":
        this.outlet(2, key || "size", [Object.keys(key ? (dictGet(this.data, key) ?? {}) : this.data).length]);
        break;
      case "name":
        this.#rename(key);
        break;
      case "parse":
        this.#parse(args);
        break;
      case "dump":
        for (const name of Object.keys(this.data)) this.#get(name);
        break;
      default:
        this.report("unknown-message", `"${sel}" is not part of the headless Max`);
    }
  }

  #name() {
    this.outlet(0, "dictionary", [this.target]);
  }

  /** @param {string} name */
  #copy(name) {
    const source = this.max.dicts.data(name);
    if (!source) this.report("dict", `no dictionary named "${name}"`);
    else this.max.dicts.put(this.target, structuredClone(source));
  }

  /** @param {string} name */
  #rename(name) {
    this.max.dicts.retain(name);
    this.max.dicts.release(this.target);
    this.target = name;
  }

  /** @param {Atom[]} args */
  #parse(args) {
    try {
      this.max.dicts.put(this.target, JSON.parse(args.map(String).join(" ")));
      this.#name();
    } catch (error) {
      this.report("dict", `parse: ${/** @type {Error} */ (error).message}`);
    }
  }

  /** @param {string} key */
  #get(key) {
    const found = dictGet(this.data, key);
    const head = dictPath(key).length > 1 ? key : parseWord(key);
    if (found === undefined) this.report("dict", `no key "${key}"`);
    else if (typeof found === "object" && !Array.isArray(found)) {
      const name = this.max.uniqueName();
      this.max.dicts.put(name, structuredClone(found));
      this.outlet(1, String(head), ["dictionary", name]);
    } else {
      const out = fromAtoms([String(head), ...[found].flat()]);
      this.outlet(1, out.sel, out.args);
    }
  }

  /** @override */
  free() {
    this.max.dicts.release(this.target);
    super.free();
  }
}
