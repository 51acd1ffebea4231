/**
 * The dictionaries of one Max process, by name. `dict` objects, v8's Dict class and node.script's
 * getDict/setDict all work on these.
 *
 * Values are plain JSON-like data: numbers, strings, arrays and nested objects. A path such as `a::b[1]`
 * reaches inside, as in Max.
 */

/** @typedef {Record<string, any>} DictData */

/**
 * The steps of a dictionary path.
 * @param {string} path for example "notes[0]::pitch"
 * @returns {(string | number)[]}
 */
export function dictPath(path) {
  return String(path)
    .split("::")
    .flatMap((part) => {
      const found = /^([^[\]]+)((?:\[\d+\])*)$/u.exec(part);
      if (!found) return [part];
      const indexes = [...found[2].matchAll(/\[(\d+)\]/gu)].map((match) => Number(match[1]));
      return [found[1], ...indexes];
    });
}

/**
 * What Max can hold of a JS value: booleans become 0/1, undefined is left out, null is dropped.
 * @param {any} value
 * @returns {any}
 */
export function dictValue(value) {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value === null || value === undefined || typeof value === "function") return undefined;
  if (Array.isArray(value)) return value.map(dictValue).filter((item) => item !== undefined);
  if (typeof value === "object") {
    /** @type {DictData} */
    const data = {};
    for (const [key, inner] of Object.entries(value)) {
      const kept = dictValue(inner);
      if (kept !== undefined) data[key] = kept;
    }
    return data;
  }
  return value;
}

/**
 * @param {DictData} data
 * @param {string} path
 * @returns {any} undefined where there is nothing
 */
export function dictGet(data, path) {
  /** @type {any} */
  let here = data;
  for (const step of dictPath(path)) {
    if (here === null || typeof here !== "object") return undefined;
    here = here[step];
  }
  return here;
}

/**
 * Sets a value, making dictionaries on the way when `create` is true.
 * @param {DictData} data
 * @param {string} path
 * @param {any} value
 * @param {boolean} create
 * @returns {boolean} false when the way does not exist
 */
export function dictSet(data, path, value, create) {
  const steps = dictPath(path);
  /** @type {any} */
  let here = data;
  for (const step of steps.slice(0, -1)) {
    if (here[step] === undefined || typeof here[step] !== "object") {
      if (!create) return false;
      here[step] = {};
    }
    here = here[step];
  }
  const last = steps[steps.length - 1];
  const kept = dictValue(value);
  if (kept === undefined) delete here[last];
  else here[last] = kept;
  return true;
}

/**
 * @param {DictData} data
 * @param {string} path
 */
export function dictRemove(data, path) {
  const steps = dictPath(path);
  const parent = steps.length > 1 ? steps.slice(0, -1).reduce((here, step) => here?.[step], data) : data;
  if (parent && typeof parent === "object") delete (/** @type {any} */ (parent)[steps[steps.length - 1]]);
}

/** All named dictionaries; one lives while somebody refers to it. */
export class DictStore {
  /** @type {Map<string, {data: DictData, refs: number}>} */
  #dicts = new Map();

  /**
   * Refers to a dictionary, making an empty one when there is none.
   * @param {string} name
   */
  retain(name) {
    const entry = this.#dicts.get(name) ?? { data: {}, refs: 0 };
    entry.refs += 1;
    this.#dicts.set(name, entry);
  }

  /**
   * Ends one reference; the last one takes the dictionary with it.
   * @param {string} name
   */
  release(name) {
    const entry = this.#dicts.get(name);
    if (!entry) return;
    entry.refs -= 1;
    if (entry.refs <= 0) this.#dicts.delete(name);
  }

  /** @param {string} name */
  has(name) {
    return this.#dicts.has(name);
  }

  /**
   * The live data of a dictionary (not a copy).
   * @param {string} name
   * @returns {DictData | undefined}
   */
  data(name) {
    return this.#dicts.get(name)?.data;
  }

  /**
   * Puts other content under a name, making it when needed (one reference, as Max's own unnamed
   * dictionaries have).
   * @param {string} name
   * @param {DictData} data
   */
  put(name, data) {
    const entry = this.#dicts.get(name);
    const kept = dictValue(data) ?? {};
    if (entry) entry.data = kept;
    else this.#dicts.set(name, { data: kept, refs: 1 });
  }

  /** @returns {string[]} */
  names() {
    return [...this.#dicts.keys()];
  }
}
