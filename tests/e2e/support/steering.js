/** A Macros device on the ground, and what those it steers make of it. */
import { BUILT } from "./play.js";

/** @typedef {import("../../../js/headless/index.js").HeadlessLive} HeadlessLive */
/** @typedef {import("../../../js/headless/index.js").HeadlessDevice} HeadlessDevice */

export const KNOBS = ["Energy", "Tension", "Darkness", "Groove"];

/** Where its knobs stand, percent: each device hears at least one of these. */
const STANDS = { Energy: 40, Tension: 60 };

/** @param {HeadlessLive} live @param {number} track */
export async function addMacros(live, track) {
  const macros = await live.addDevice(BUILT.macros, { track });
  for (const [name, value] of Object.entries(STANDS)) macros.turn(name, value);
  return macros;
}

/** The Macros that stands there. @param {HeadlessLive} live @returns {HeadlessDevice|undefined} */
export const macrosOf = (live) =>
  live.devices.find((each) => each.parameterNames.includes("Darkness") && !each.device.removed);

/**
 * Whether a request is steered as far as the device's Macros box lets it.
 *
 * @param {HeadlessLive} live
 * @param {HeadlessDevice} device
 * @param {any} params of the request
 * @returns {string} what is wrong with that; "" for nothing
 */
export function steeredWrongly(live, device, params) {
  const macros = macrosOf(live);
  if (macros === undefined) return params.steer === undefined ? "" : "Macros: none is there, yet it is steered";
  const amount = Number(device.parameter("Macros").value) / 100;
  const heard = KNOBS.map((knob) => [knob, params.steer?.[knob.toLowerCase()] ?? 0]).filter(([, value]) => value !== 0);
  if (amount > 0 && heard.length === 0) return "Macros: is turned up, yet nothing is steered";
  const wrong = heard.filter(
    ([knob, value]) => Math.abs(Number(value) - (Number(macros.parameter(String(knob)).value) / 100) * amount) > 1e-3,
  );
  return wrong.length === 0 ? "" : `Macros: shows ${amount * 100} %, yet it is steered by ${wrong}`;
}
