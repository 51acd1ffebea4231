/** What a hand does to a parameter by its long name: the value it wants, and the lanes it draws. */

import { MaxError } from "./max/world.js";

/**
 * A value the parameter can hold.
 *
 * @param {import("./max/device.js").Device} device
 * @param {string} longName
 * @param {number | string} value native units, or the text of a menu's item
 * @returns {number}
 * @throws {MaxError} it has no such item, or the value is out of range
 */
export function wantedValue(device, longName, value) {
  const { info, parameter } = device.parameter(longName);
  if (!parameter) throw new MaxError("ui", `"${longName}" cannot be turned`);
  const items = parameter.items ?? info.items;
  const wanted = typeof value === "string" ? items.indexOf(value) : value;
  if (typeof value === "string" && wanted < 0) {
    throw new MaxError("ui", `"${longName}" has no item "${value}", only ${items.join(", ")}`);
  }
  if (!(wanted >= parameter.min && wanted <= parameter.max)) {
    throw new MaxError("ui", `"${longName}" goes from ${parameter.min} to ${parameter.max}, not to ${value}`);
  }
  return wanted;
}

/**
 * @param {import("./device.js").HeadlessDevice} facade
 * @param {string} longName
 * @param {ReadonlyArray<readonly [beat: number, value: number | string, curve?: readonly number[]]>} points
 * @param {import("./live/model/clip.js").Clip | null} clip a session clip; the arrangement when null
 */
export function drawAutomation({ device, live }, longName, points, clip) {
  const { automation } = live.set;
  const drawn = points.map(
    ([beat, value, curve]) => /** @type {const} */ ([beat, wantedValue(device, longName, value), curve]),
  );
  const { parameter } = device.parameter(longName);
  if (!parameter) throw new MaxError("ui", `"${longName}" cannot be automated`);
  const target = /** @type {import("./live/model/parameter.js").DeviceParameter} */ (parameter);
  if (clip) automation.drawInClip(clip, target, drawn);
  else automation.draw(target, drawn);
}
