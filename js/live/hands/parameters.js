/** Parameters of devices and mixers: told, and turned from outside. A lane that the user drew is never overridden unasked. */
import { LiveRefusal } from "../errors.js";
import { isFrozen, trackName } from "../track.js";
import { deviceAt, devicesOn, longName, parameterAt, pathOf, trackAt } from "./places.js";

/** @typedef {import("../live.js").Live} Live */
/** @typedef {import("./deeds.js").Deeds} Deeds */
/** @typedef {import("../changes.js").Wish} Wish */
/** @typedef {import("./places.js").TrackPlace} TrackPlace */

/** Parameters told of one device at most: an answer has to fit through Max. */
const MOST = 512;

/** `automation_state` of the Live Object Model: played by a lane, or overridden by hand until the user re-enables it. */
const LANE = ["none", "playing", "overridden"];

/** @param {Live} live @param {number} parameter id */
export const laneOf = (live, parameter) => LANE[live.number(parameter, "automation_state")] ?? "none";

/** @param {Live} live @param {{id: number, index: number}} which */
export function tellParameter(live, { id, index }) {
  const [value, min, max] = ["value", "min", "max"].map((name) => live.number(id, name));
  const quantized = live.flag(id, "is_quantized");
  return {
    index,
    name: longName(live, id),
    value,
    min,
    max,
    share: max > min ? (value - min) / (max - min) : 0,
    text: String(live.call(id, "str_for_value", value) ?? value),
    quantized,
    items: quantized ? live.list(id, "value_items").map(String) : [],
    automation: laneOf(live, id),
    enabled: live.flag(id, "is_enabled"),
  };
}

/**
 * What turning a parameter comes to.
 *
 * @param {Live} live
 * @param {number} parameter id
 * @param {{value?: number, share?: number, force?: boolean}} to `value` in its own range, or `share` 0..1 of that range
 * @param {string} words what a person calls it, in the middle of a sentence
 * @returns {Wish}
 * @throws {LiveRefusal} it has a lane, is disabled, or does not reach so far
 */
export function turned(live, parameter, { value, share, force = false }, words) {
  if (laneOf(live, parameter) !== "none" && !force) {
    throw new LiveRefusal(`${capital(words)} has automation: it was left alone (force overrides the lane)`);
  }
  if (!live.flag(parameter, "is_enabled")) throw new LiveRefusal(`${capital(words)} is disabled or mapped to a macro`);
  const [min, max] = [live.number(parameter, "min"), live.number(parameter, "max")];
  const exact = value ?? min + (share ?? 0) * (max - min);
  if (exact < min - 1e-6 || exact > max + 1e-6) {
    throw new LiveRefusal(`${capital(words)} takes ${rounded(min)} to ${rounded(max)}, not ${rounded(exact)}`);
  }
  const inside = Math.min(max, Math.max(min, exact));
  return {
    ref: parameter,
    property: "value",
    value: live.flag(parameter, "is_quantized") ? Math.round(inside) : inside,
    words,
  };
}

/**
 * live.devices: what stands on a track.
 *
 * @param {Live} live
 * @param {TrackPlace} place
 */
export function tellDevices(live, { kind = "track", track = 0 }) {
  const at = trackAt(live, { kind, track });
  const devices = devicesOn(live, pathOf({ kind, track })).map(({ id, depth }, index) => ({
    index,
    name: live.text(id, "name"),
    kind: live.text(id, "class_display_name"),
    depth,
    on: live.flag(id, "is_active"),
    parameters: live.children(id, "parameters").length,
  }));
  return { kind, track, name: trackName(live, at), devices };
}

/**
 * live.parameters: all of one device.
 *
 * @param {Live} live
 * @param {TrackPlace & {device: number|string}} place
 */
export function tellParameters(live, { kind = "track", track = 0, device }) {
  const { id: at } = deviceAt(live, { kind, track, device });
  const all = live.children(at, "parameters");
  return {
    kind,
    track,
    name: live.text(at, "name"),
    parameters: all.slice(0, MOST).map((id, index) => tellParameter(live, { id, index })),
    complete: all.length <= MOST,
  };
}

/**
 * live.parameter: one parameter, turned first when a value is given.
 *
 * @param {Live} live
 * @param {Deeds} deeds
 * @param {TrackPlace & {device: number|string, parameter: number|string, value?: number, share?: number,
 *   force?: boolean}} params
 */
export function parameter(live, deeds, params) {
  const { kind = "track", track = 0, device, parameter: wanted, value, share, force } = params;
  const owner = deviceAt(live, { kind, track, device });
  const found = parameterAt(live, owner, wanted);
  if (value !== undefined && share !== undefined)
    throw new LiveRefusal("Give a value or a share of its range, not both");
  if (value !== undefined || share !== undefined) {
    refuseFrozenTurn(live, trackAt(live, { kind, track }), kind);
    const words = `${longName(live, found.id)} of ${live.text(owner.id, "name")}`;
    deeds.make([turned(live, found.id, { value, share, force }, words)]);
  }
  return { kind, track, device: live.text(owner.id, "name"), ...tellParameter(live, found) };
}

/** @param {Live} live @param {number} track @param {string} kind only tracks of the first kind can be frozen */
export function refuseFrozenTurn(live, track, kind) {
  if (kind === "track" && isFrozen(live, track)) {
    throw new LiveRefusal(`"${trackName(live, track)}" is frozen: unfreeze it to turn its devices`);
  }
}

/** @param {string} words */
export const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

/** @param {number} value */
const rounded = (value) => String(Math.round(value * 1000) / 1000);
