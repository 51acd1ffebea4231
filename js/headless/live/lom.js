/**
 * The part of the Live Object Model this headless Live knows, as a table: class -> children, properties with
 * type, range and access, functions with arguments. The table in `lom/` is written from the published page
 * (Max 9.1.4 / Live 12.3.5). What is not in it does not exist: reading or calling it is an error.
 */
import { LiveRefusal, LomMistake } from "./errors.js";
import { DEVICE_CLASSES } from "./lom/device.js";
import { SONG_CLASSES } from "./lom/song.js";
import { TRACK_CLASSES } from "./lom/track.js";
import { LiveObject } from "./model/object.js";
import * as structure from "./model/structure.js";

/** @typedef {import("./lom/parse.js").ClassSpec} ClassSpec */
/** @typedef {import("./lom/parse.js").Child} Child */
/** @typedef {import("./lom/parse.js").Property} Property */
/** @typedef {import("./lom/parse.js").Action} Action */

/** @type {ReadonlyMap<string, ClassSpec>} */
export const LOM = new Map([...SONG_CLASSES, ...TRACK_CLASSES, ...DEVICE_CLASSES].map((each) => [each.name, each]));

/** Functions that live outside the object's own class: they change the structure of the Set. */
/** @type {Record<string, (object: any, ...args: any[]) => unknown>} */
const STRUCTURE = {
  "Song.create_midi_track": (song, index) => structure.createTrack(song, { kind: "midi" }, index),
  "Song.create_audio_track": (song, index) => structure.createTrack(song, { kind: "audio" }, index),
  "Song.create_return_track": (song) => structure.createTrack(song, { kind: "return" }),
  "Song.create_scene": structure.createScene,
  "Song.delete_track": structure.deleteTrack,
  "Song.delete_return_track": structure.deleteReturnTrack,
  "Song.delete_scene": structure.deleteScene,
  "Song.duplicate_track": structure.duplicateTrack,
  "Song.duplicate_scene": structure.duplicateScene,
  "Song.move_device": structure.moveDevice,
};

/** @type {Child} */
const PARENT = { name: "canonical_parent", of: "Object", list: false, set: false, observe: false, since: "" };

/**
 * Classes of an object, its own first, then what it inherits from.
 *
 * @param {LiveObject} object
 * @returns {ClassSpec[]}
 */
export function classesOf(object) {
  const clip = object.type === "Clip" ? (/** @type {any} */ (object).is_midi_clip ? "MidiClip" : "AudioClip") : null;
  const classes = [];
  for (let name = clip ?? object.type; name; ) {
    const spec = LOM.get(name);
    if (!spec) throw new LomMistake(`The Live Object Model has no class "${name}".`);
    classes.push(spec);
    name = spec.base ?? "";
  }
  return classes;
}

/**
 * @template {{name: string, since: string}} T
 * @param {LiveObject} object
 * @param {"children" | "properties" | "functions"} kind
 * @param {string} name
 * @returns {T | null}
 */
function find(object, kind, name) {
  for (const spec of classesOf(object)) {
    const found = /** @type {T | undefined} */ (/** @type {unknown} */ (spec[kind].get(name)));
    if (found) return isOlder(object.set.version, found.since) ? null : found;
  }
  return null;
}

/** @param {string} version @param {string} since @returns {boolean} */
function isOlder(version, since) {
  if (since === "") return false;
  const [a, b] = [numbersOf(version), numbersOf(since)];
  return a[0] < b[0] || (a[0] === b[0] && (a[1] ?? 0) < (b[1] ?? 0));
}

/** Versions that were taken apart: the same few are compared at every request. @type {Map<string, number[]>} */
const numbers = new Map();

/** @param {string} version "12.3.5" @returns {number[]} */
function numbersOf(version) {
  let found = numbers.get(version);
  if (!found) {
    found = version.split(".").map((part) => Number.parseInt(part, 10));
    numbers.set(version, found);
  }
  return found;
}

/** @param {LiveObject} object @param {string} name @returns {Child | null} */
export function childSpec(object, name) {
  return name === "canonical_parent" ? PARENT : find(object, "children", name);
}

/** @param {LiveObject} object @param {string} name @returns {Property | null} */
export function propertySpec(object, name) {
  return find(object, "properties", name);
}

/** @param {LiveObject} object @param {string} name @returns {Action | null} */
export function actionSpec(object, name) {
  return find(object, "functions", name);
}

/**
 * Read a property or child.
 *
 * @param {LiveObject} object
 * @param {string} name
 * @returns {unknown} number, text, boolean, list, dictionary, LiveObject, list of them, or null
 * @throws {LomMistake} no such thing, or it cannot be read
 */
export function read(object, name) {
  if (childSpec(object, name)) return /** @type {any} */ (object)[name];
  const property = propertySpec(object, name);
  if (!property) throw new LomMistake(`get: no property called '${name}' on ${object.type}.`);
  if (!property.get) throw new LomMistake(`get: '${name}' of ${object.type} can only be observed.`);
  return /** @type {any} */ (object)[property.field];
}

/**
 * Write a property or a child that can be chosen.
 *
 * @param {LiveObject} object
 * @param {string} name
 * @param {unknown} value already a number, text, boolean or LiveObject
 * @throws {LomMistake} no such thing, read only, wrong type
 * @throws {LiveRefusal} out of range, or the Set forbids it now
 */
export function write(object, name, value) {
  const child = childSpec(object, name);
  const property = propertySpec(object, name);
  if (!child && !property) throw new LomMistake(`set: no property called '${name}' on ${object.type}.`);
  if (!(child ?? property)?.set) throw new LomMistake(`set: '${name}' of ${object.type} is read only.`);
  const fitted = child
    ? fitObject(value, child.of, `set: ${name}`)
    : fitValue(value, /** @type {Property} */ (property));
  const target = /** @type {any} */ (object);
  const setter = target[`set_${name}`];
  if (setter) setter.call(target, fitted);
  else target.assign(property?.field ?? name, fitted);
}

/**
 * Call a function.
 *
 * @param {LiveObject} object
 * @param {string} name
 * @param {unknown[]} args already numbers, texts, booleans, dictionaries or LiveObjects
 * @returns {unknown} what the function gives
 * @throws {LomMistake} no such function, wrong arguments
 * @throws {LiveRefusal} the Set forbids it now
 */
export function call(object, name, args) {
  const action = actionSpec(object, name);
  if (!action) throw new LomMistake(`call: ${object.type} has no function '${name}'.`);
  const wanted = action.args.filter((arg) => !arg.optional && !arg.rest).length;
  const most = action.args.some((arg) => arg.rest) ? Number.POSITIVE_INFINITY : action.args.length;
  if (args.length < wanted || args.length > most) {
    const words = action.args.map((arg) => arg.name + (arg.optional ? " (optional)" : "")).join(", ");
    throw new LomMistake(`call: ${name} wants ${words || "no arguments"}; got ${args.length}.`);
  }
  const fitted = args.map((value, at) => {
    const arg = action.args[Math.min(at, action.args.length - 1)];
    return fitArgument(value, arg.type, `call: ${name}: ${arg.name}`);
  });
  const outside = STRUCTURE[`${object.type}.${name}`];
  return outside ? outside(object, ...fitted) : /** @type {any} */ (object)[name](...fitted);
}

/**
 * @param {unknown} value
 * @param {Property} property
 */
function fitValue(value, property) {
  const fitted = fitScalar(value, property.type, `set: ${property.name}`);
  if (typeof fitted === "number" && (fitted < property.min || fitted > property.max)) {
    throw new LiveRefusal(
      `set: ${property.name}: ${fitted} is out of range; allowed: ${property.min} to ${property.max}.`,
    );
  }
  return fitted;
}

/**
 * @param {unknown} value
 * @param {string} type
 * @param {string} where
 */
function fitArgument(value, type, where) {
  if (LOM.has(type)) return fitObject(value, type, where);
  return type === "any" ? value : fitScalar(value, /** @type {any} */ (type), where);
}

/**
 * @param {unknown} value
 * @param {import("./lom/parse.js").ValueType} type
 * @param {string} where
 */
function fitScalar(value, type, where) {
  const number = typeof value === "boolean" ? Number(value) : value;
  const fits = {
    int: Number.isInteger(number),
    float: typeof number === "number" && Number.isFinite(number),
    bool: number === 0 || number === 1,
    text: typeof value === "string",
    dict: typeof value === "object" && value !== null && !Array.isArray(value),
    list: Array.isArray(value),
    signal: false,
    any: true,
  }[type];
  if (!fits) throw new LomMistake(`${where} wants ${WORDS[type]}, got ${shown(value)}.`);
  return type === "bool" ? number === 1 : type === "int" || type === "float" ? number : value;
}

const WORDS = Object.freeze({
  int: "a whole number",
  float: "a number",
  bool: "0 or 1",
  text: "text",
  dict: "a dictionary",
  list: "a list",
  signal: "nothing",
  any: "anything",
});

/** Classes that may stand where another is asked for. @type {Record<string, string[]>} */
const KIN = { Device: ["MaxDevice", "RackDevice"], Chain: ["DrumChain"], Track: ["Chain", "DrumChain"] };

/**
 * @param {unknown} value
 * @param {string} type
 * @param {string} where
 */
function fitObject(value, type, where) {
  if (!(value instanceof LiveObject)) throw new LomMistake(`${where} wants the id of a ${type}, got ${shown(value)}.`);
  const kin = where.startsWith("set") && type === "Track" ? [] : (KIN[type] ?? []);
  if (value.type !== type && !kin.includes(value.type)) {
    throw new LomMistake(`${where} wants a ${type}, got a ${value.type}.`);
  }
  return value;
}

/** @param {unknown} value */
function shown(value) {
  return value instanceof LiveObject ? `a ${value.type}` : (JSON.stringify(value) ?? String(value));
}
