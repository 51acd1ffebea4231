/** Which track, device or parameter somebody outside means, by number or by name, and words when there is none. */
import { LiveRefusal } from "../errors.js";
import { below, mainTrack, returnTrack, track as trackPath } from "../paths.js";
import { trackName } from "../track.js";

/** @typedef {import("../live.js").Live} Live */

/**
 * @typedef {object} TrackPlace
 * @property {"track"|"return"|"main"} [kind] left out: "track"
 * @property {number} [track] from 0, left to right; of no matter for "main"
 */

/** Racks in racks that are looked into, and devices told of one track at most. */
const MOST_DEPTH = 3;
const MOST_DEVICES = 128;

/** Names that are told when none of them was meant. */
const MOST_NAMES = 8;

/** @param {TrackPlace} place @returns {string} */
export const pathOf = ({ kind = "track", track = 0 }) =>
  kind === "main" ? mainTrack() : kind === "return" ? returnTrack(track) : trackPath(track);

/** @param {Live} live @param {TrackPlace} place @returns {number} id @throws {LiveRefusal} when there is no such track */
export function trackAt(live, { kind = "track", track = 0 }) {
  const id = live.id(pathOf({ kind, track }));
  if (id === 0)
    throw new LiveRefusal(`There is no ${kind === "return" ? "return " : ""}track ${track}: the first one is 0`);
  return id;
}

/** A device: where it is, and in how many racks it stands. @typedef {{id: number, path: string, depth: number}} Standing */

/**
 * Devices in the order of the signal, those in racks behind their rack. What stands behind the pads of a drum rack is
 * left out: those are sounds.
 *
 * @param {Live} live
 * @param {string} path of a track or a chain
 * @param {number} [depth]
 * @returns {Standing[]}
 */
export function devicesOn(live, path, depth = 0) {
  /** @type {Standing[]} */
  const found = [];
  for (const [index, id] of live.children(path, "devices").entries()) {
    const own = below(path, "devices", index);
    found.push({ id, path: own, depth });
    if (depth >= MOST_DEPTH || !live.flag(id, "can_have_chains") || live.flag(id, "can_have_drum_pads")) continue;
    for (const chain of live.children(id, "chains").keys()) {
      found.push(...devicesOn(live, below(own, "chains", chain), depth + 1));
    }
  }
  return found.slice(0, MOST_DEVICES);
}

/**
 * @param {Live} live
 * @param {TrackPlace & {device: number|string}} place the device by its number from 0 as `devicesOn` counts, or its name
 * @returns {Standing}
 * @throws {LiveRefusal} when there is none
 */
export function deviceAt(live, { kind, track, device }) {
  const on = trackAt(live, { kind, track });
  const all = devicesOn(live, pathOf({ kind, track }));
  const names = () => all.map(({ id }) => live.text(id, "name"));
  const at = typeof device === "number" ? device : indexOf(names(), device);
  if (all[at] !== undefined) return all[at];
  const where = `"${trackName(live, on)}"`;
  if (all.length === 0) throw new LiveRefusal(`${where} holds no device`);
  if (typeof device === "number") {
    throw new LiveRefusal(`${where} has no device ${device}: it has ${all.length}, the first one is 0`);
  }
  throw new LiveRefusal(`${where} has no device "${device}": it has ${listed(names())}`);
}

/**
 * @param {Live} live
 * @param {Standing} device
 * @param {number|string} parameter number from 0, or its long or short name
 * @returns {{id: number, path: string, index: number}}
 * @throws {LiveRefusal} when there is none
 */
export function parameterAt(live, device, parameter) {
  const all = live.children(device.id, "parameters");
  const index = typeof parameter === "number" ? parameter : indexOfParameter(live, all, parameter);
  if (all[index] !== undefined) return { id: all[index], path: below(device.path, "parameters", index), index };
  const where = `"${live.text(device.id, "name")}"`;
  if (typeof parameter === "number") {
    throw new LiveRefusal(`${where} has no parameter ${parameter}: it has ${all.length}, the first one is 0`);
  }
  throw new LiveRefusal(`${where} has no "${parameter}": it has ${listed(all.map((id) => longName(live, id)))}`);
}

/** @param {Live} live @param {number} parameter id @returns {string} the long name: of a Max device `name` is the short one */
export const longName = (live, parameter) => live.text(parameter, "original_name");

/** @param {Live} live @param {number[]} all @param {string} name */
function indexOfParameter(live, all, name) {
  const long = indexOf(
    all.map((id) => longName(live, id)),
    name,
  );
  return long >= 0
    ? long
    : indexOf(
        all.map((id) => live.text(id, "name")),
        name,
      );
}

/** @param {string[]} names @param {string} name @returns {number} -1 for none; upper and lower case are the same */
const indexOf = (names, name) => names.findIndex((each) => each.toLowerCase() === name.toLowerCase());

/** @param {string[]} names */
const listed = (names) => names.slice(0, MOST_NAMES).join(", ") + (names.length > MOST_NAMES ? ", ..." : "");
