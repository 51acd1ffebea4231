/** From path words ("live_set tracks 0 clip_slots 1 clip") to objects. */
import { LomMistake } from "./errors.js";
import { childSpec, read } from "./lom.js";

/** @typedef {import("./set.js").LiveSet} LiveSet */
/** @typedef {import("./model/object.js").LiveObject} LiveObject */

/**
 * The object a path leads to.
 *
 * @param {LiveSet} set
 * @param {string} path roots: live_set, live_app, this_device, control_surfaces
 * @param {LiveObject | null} thisDevice the device whose code asks
 * @returns {LiveObject | null} null: nothing there now (an index out of range, an empty slot)
 * @throws {LomMistake} words the Live Object Model does not have
 */
export function resolvePath(set, path, thisDevice) {
  const words = path.replaceAll('"', "").trim().split(/\s+/);
  const root = words.shift() ?? "";
  /** @type {Record<string, () => LiveObject | null>} */
  const roots = {
    live_set: () => set.song,
    live_app: () => set.app,
    this_device: () => (thisDevice?.alive ? thisDevice : null),
    control_surfaces: () => null,
  };
  if (!Object.hasOwn(roots, root)) {
    throw new LomMistake(`goto: a path starts with ${Object.keys(roots).join(", ")}; "${path}" does not.`);
  }
  let object = roots[root]();
  if (root === "control_surfaces") return null;
  while (object && words.length > 0) object = step(object, words, path);
  return object;
}

/**
 * Follow one child, and its index where it is a list.
 *
 * @param {LiveObject} object
 * @param {string[]} words taken from the front
 * @param {string} path for messages
 * @returns {LiveObject | null}
 */
function step(object, words, path) {
  const name = /** @type {string} */ (words.shift());
  const child = childSpec(object, name);
  if (!child) throw new LomMistake(`goto: ${object.type} has no child '${name}' (in "${path}").`);
  const value = /** @type {any} */ (read(object, name));
  if (!child.list) return value;
  const index = words.shift();
  if (index === undefined || !/^\d+$/.test(index)) {
    throw new LomMistake(`goto: '${name}' is a list: an index must follow it (in "${path}").`);
  }
  return value[Number(index)] ?? null;
}
