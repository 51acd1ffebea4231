/** v8's Dict class over the dictionaries of this Max. */

import { MAX_SYMBOL } from "../atoms.js";
import { dictGet, dictRemove, dictSet, dictValue } from "../dicts.js";

/**
 * What a script's classes need of the box they run in.
 * @typedef {{box: import("../objects/v8.js").V8, max: import("../world.js").Max,
 *   toRealm: (value: any) => any, enter: (run: () => void) => void, freeing: Set<() => void>}} Script
 */

/**
 * The first string of a value that no Max symbol can hold.
 * @param {any} value
 * @returns {string | null}
 */
function tooLong(value) {
  if (typeof value === "string") return value.length > MAX_SYMBOL ? value : null;
  if (value === null || typeof value !== "object") return null;
  for (const inner of Object.values(value)) {
    const found = tooLong(inner);
    if (found !== null) return found;
  }
  return null;
}

/**
 * The Dict class of one script.
 * @param {Script} script
 */
export function makeDict(script) {
  const { box, max } = script;
  const store = max.dicts;

  class Dict {
    #name;

    /** @param {string} [name] an unnamed dictionary gets a name of its own */
    constructor(name) {
      this.#name = name === undefined ? max.uniqueName() : box.device.local(String(name));
      store.retain(this.#name);
      script.freeing.add(this.freepeer);
    }

    get name() {
      return this.#name;
    }

    set name(name) {
      const next = box.device.local(String(name));
      store.retain(next);
      store.release(this.#name);
      this.#name = next;
    }

    freepeer = () => {
      if (!script.freeing.delete(this.freepeer)) return;
      store.release(this.#name);
    };

    get #data() {
      return store.data(this.#name) ?? {};
    }

    /** @param {any[]} values @returns {{value: any} | null} null (and an error) when Max cannot hold it */
    #fit(values) {
      const given = values.length === 1 ? values[0] : values;
      const value = given instanceof Dict ? structuredClone(store.data(given.name) ?? {}) : given;
      const isPlain = value !== null && typeof value === "object" && !Array.isArray(value) && !(given instanceof Dict);
      if (isPlain) {
        box.report("bad-argument", "Dict: a JS object must be set with setparse or parse");
        return null;
      }
      const long = tooLong(value);
      if (long !== null) {
        box.report("symbol-length", `Dict: a string holds ${MAX_SYMBOL} characters, this one has ${long.length}`);
        return null;
      }
      return { value };
    }

    /**
     * What a script gets of a stored value: dictionaries as Dict, a list of one as its item.
     * @param {any} value
     * @returns {any}
     */
    #out(value) {
      if (value === undefined) return null;
      if (Array.isArray(value)) {
        if (value.length === 0) return null;
        if (value.length === 1) return this.#out(value[0]);
        return script
          .toRealm(value.map((item) => (item && typeof item === "object" && !Array.isArray(item) ? null : item)))
          .map((/** @type {any} */ item, /** @type {number} */ index) =>
            item === null && value[index] !== null ? this.#out(value[index]) : item,
          );
      }
      if (value !== null && typeof value === "object") {
        const inner = new Dict();
        store.put(inner.name, structuredClone(value));
        return inner;
      }
      return value;
    }

    /** @param {string} key */
    get(key) {
      return this.#out(dictGet(this.#data, String(key)));
    }

    /** @param {string} key @param {...any} values */
    set(key, ...values) {
      const fit = this.#fit(values);
      if (fit && !dictSet(this.#data, String(key), fit.value, false))
        box.report("dict", `Dict.set: no way to "${key}"`);
    }

    /** @param {string} key @param {...any} values */
    replace(key, ...values) {
      const fit = this.#fit(values);
      if (fit) dictSet(this.#data, String(key), fit.value, true);
    }

    /** @param {string} key @param {...any} values */
    append(key, ...values) {
      const fit = this.#fit(values);
      if (!fit) return;
      const before = dictGet(this.#data, String(key));
      dictSet(this.#data, String(key), before === undefined ? fit.value : [before, fit.value].flat(), true);
    }

    /** @param {string} key @param {string} json */
    setparse(key, json) {
      const value = this.#read(json);
      if (value !== undefined) dictSet(this.#data, String(key), value, true);
    }

    /** @param {string} json */
    parse(json) {
      const value = this.#read(json);
      if (value !== undefined) store.put(this.#name, value);
    }

    /** @param {string} json @returns {any} */
    #read(json) {
      let value;
      try {
        value = JSON.parse(String(json));
      } catch (error) {
        box.report("dict", `Dict.parse: ${/** @type {Error} */ (error).message}`);
        return undefined;
      }
      const long = tooLong(value);
      if (long !== null) {
        box.report("symbol-length", `Dict: a string holds ${MAX_SYMBOL} characters, this one has ${long.length}`);
        return undefined;
      }
      return dictValue(value);
    }

    stringify() {
      return JSON.stringify(this.#data);
    }

    /** @param {string} key */
    contains(key) {
      return dictGet(this.#data, String(key)) === undefined ? 0 : 1;
    }

    /** @param {string} key */
    remove(key) {
      dictRemove(this.#data, String(key));
    }

    clear() {
      store.put(this.#name, {});
    }

    /** One key comes back as a text, several as an array, none as null: Max's own habit. */
    getkeys() {
      const keys = Object.keys(this.#data);
      return keys.length === 0 ? null : keys.length === 1 ? keys[0] : script.toRealm(keys);
    }

    /** @param {string} key */
    getsize(key) {
      const value = key === undefined ? this.#data : dictGet(this.#data, String(key));
      return value && typeof value === "object" ? Object.keys(value).length : value === undefined ? 0 : 1;
    }

    /** @param {string} key */
    gettype(key) {
      const value = dictGet(this.#data, String(key));
      if (value === undefined) return "";
      if (Array.isArray(value)) return "array";
      if (typeof value === "object") return "dictionary";
      return typeof value === "string" ? "symbol" : Number.isInteger(value) ? "int" : "float";
    }

    /** @param {string} name */
    clone(name) {
      store.put(String(name), structuredClone(this.#data));
    }

    getnames() {
      return script.toRealm(store.names());
    }
  }
  return Dict;
}
