/** Between the model's values and what Max sees: atoms, ids, dictionaries, observed words. */
import { LiveRefusal } from "./errors.js";
import { classesOf, propertySpec } from "./lom.js";
import { LiveObject } from "./model/object.js";

/** @typedef {import("./set.js").LiveSet} LiveSet */

/**
 * The observed value: a key that differs when it changed, and the words for the callback.
 *
 * @param {LiveObject} object
 * @param {string} name
 * @returns {[key: string, words: unknown[]]}
 */
export function observed(object, name) {
  const property = propertySpec(object, name);
  if (property?.type === "signal") {
    const version = /** @type {any} */ (object)[property.field];
    return [`${object.id}:${versionOf(version)}`, ["bang"]];
  }
  const words = atoms(/** @type {any} */ (object)[property?.field ?? name]);
  // Of a dictionary only the change is told.
  if (property?.type === "dict") return [`${object.id}:${words}`, ["bang"]];
  return [`${object.id}:${JSON.stringify(words)}`, words];
}

/** The value an observer saw last, to be told from the one there now in a moment: most of what is observed stays. */
export class Seen {
  /** @type {LiveObject | null} */ #object = null;
  #name = "";
  #field = "";
  #signal = false;
  /** @type {unknown} */ #value = undefined;

  /**
   * Whether the value is for certain the one of the last time.
   *
   * @param {LiveObject} object
   * @param {string} name
   */
  same(object, name) {
    const known = object === this.#object && name === this.#name;
    if (!known) {
      const property = propertySpec(object, name);
      [this.#object, this.#name, this.#field] = [object, name, property?.field ?? name];
      this.#signal = property?.type === "signal";
    }
    const value = /** @type {any} */ (object)[this.#field];
    const same = known && (this.#signal ? value === this.#value : unchanged(this.#value, value));
    // A list is kept as a copy, in case it is changed in its place.
    if (!same) this.#value = Array.isArray(value) && !this.#signal ? [...value] : value;
    return same;
  }
}

/** @param {unknown} value */
const isPlain = (value) => typeof value !== "object" || value === null || value instanceof LiveObject;

/** @param {unknown} before @param {unknown} now @returns {boolean} false for whatever may have changed inside */
function unchanged(before, now) {
  if (isPlain(now)) return Object.is(before, now);
  if (!Array.isArray(now) || !Array.isArray(before) || now.length !== before.length) return false;
  return now.every((each, at) => isPlain(each) && Object.is(before[at], each));
}

/** @type {WeakMap<object, number>} */
const versions = new WeakMap();
let nextVersion = 1;

/** A number for each list that was ever observed: lists are replaced, not changed. @param {object} list */
function versionOf(list) {
  let version = versions.get(list);
  if (version === undefined) {
    version = nextVersion++;
    versions.set(list, version);
  }
  return version;
}

/**
 * A value as Max atoms.
 *
 * @param {unknown} value
 * @returns {unknown[]}
 */
export function atoms(value) {
  if (value === null || value === undefined) return ["id", 0];
  if (value instanceof LiveObject) return ["id", value.id];
  if (Array.isArray(value)) return value.flatMap(atoms);
  if (typeof value === "boolean") return [Number(value)];
  if (typeof value === "object") return [JSON.stringify(value)];
  // Live sends texts as words and Max reads words made of digits as numbers: a track named "808" gives 808.
  return [typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value];
}

/**
 * What a function gives, as `call` returns it.
 *
 * @param {unknown} value
 */
export function result(value) {
  if (value === undefined || value === null) return undefined;
  if (value instanceof LiveObject || Array.isArray(value)) return atoms(value);
  return atoms(value)[0];
}

/**
 * Arguments from Max: "id", N pairs and "id N" texts become objects, Dicts become dictionaries.
 *
 * @param {LiveSet} set
 * @param {unknown[]} args
 * @returns {unknown[]}
 * @throws {LiveRefusal} an id that is nobody's
 */
export function incoming(set, args) {
  const flat = args.length === 1 && Array.isArray(args[0]) && args[0][0] === "id" ? args[0] : args;
  const values = [];
  for (let at = 0; at < flat.length; at++) {
    const value = flat[at];
    const pair = value === "id" && typeof flat[at + 1] === "number";
    const id = pair ? Number(flat[++at]) : typeof value === "string" ? /^id (\d+)$/.exec(value)?.[1] : undefined;
    if (id === undefined) {
      values.push(dictionary(value));
      continue;
    }
    const object = set.byId(Number(id));
    if (!object) throw new LiveRefusal(`set: no valid object id (${id})`);
    values.push(object);
  }
  return values;
}

/** A Dict (anything that can stringify itself) or JSON text of an object, as a plain object. @param {unknown} value */
function dictionary(value) {
  const dict = /** @type {any} */ (value);
  if (typeof dict?.stringify === "function") return JSON.parse(dict.stringify());
  if (typeof value === "string" && value.startsWith("{")) {
    try {
      return JSON.parse(value);
    } catch {
      return value;
    }
  }
  return value;
}

/** @param {LiveObject} object */
export function describe(object) {
  const classes = classesOf(object);
  const lines = [`id ${object.id}`, `type ${object.type}`];
  for (const { children } of classes) {
    for (const child of children.values()) lines.push(`${child.list ? "children" : "child"} ${child.name} ${child.of}`);
  }
  for (const { properties } of classes) {
    for (const property of properties.values()) lines.push(`property ${property.name} ${property.type}`);
  }
  for (const { functions } of classes) for (const action of functions.values()) lines.push(`function ${action.name}`);
  return [...lines, "done"].join("\n");
}
