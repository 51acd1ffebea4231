/** What the declarations of the devices say, for comparing with what a device shows and sends. */
import { readFileSync } from "node:fs";

/** @typedef {import("../../../js/headless/index.js").HeadlessDevice} HeadlessDevice */

/** What was read. @type {Map<string, {parameters: any[]}>} */
const tables = new Map();

/** @param {string} id @returns {{parameters: any[]}} not to be changed */
export function tableOf(id) {
  const found = tables.get(id) ?? tableFrom(new URL(`../../../presets/devices/${id}.json`, import.meta.url));
  tables.set(id, found);
  return found;
}

/** @param {URL} file @returns {{parameters: any[]}} */
function tableFrom(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

const table = tableOf("chords");

/** What goes onto the wire otherwise: see steering.js for Macros. */
const NOT_SAID = ["Seed Lock", "Macros"];

/** Every control that holds a value. */
export const CONTROLS = table.parameters.filter(({ kind }) => !["button", "text", "memory"].includes(kind));

/**
 * What each control, as it stands, should put on the wire.
 *
 * @param {HeadlessDevice} device
 * @returns {[name: string, field: string, value: unknown][]}
 */
export const shownOnWire = (device) =>
  CONTROLS.filter(({ long }) => !NOT_SAID.includes(long)).map(({ long, selector, ids, initial }) => {
    const { value } = device.parameter(long);
    const id = ids ? ids[Number(value)] : Number(value);
    // The first item of these two stands for "nothing chosen".
    const none = ["key", "mode"].includes(selector) && Number(value) === initial;
    return [long, selector, none ? null : id];
  });

/** Names of the controls that take no hand now. @param {HeadlessDevice} device */
export const inactive = (device) => device.parameterNames.filter((name) => device.box(name).number("active", 1) === 0);

/**
 * The items of the Progression menu without the number that tells two of one name apart.
 *
 * @param {HeadlessDevice} device
 */
export const plainItems = (device) =>
  /** @type {string[]} */ (device.parameter("Progression").items).map((item) => item.replace(/ \(\d+\)$/, ""));

/**
 * Names of the controls that a device should have and has not.
 *
 * @param {string} id of the table in presets/devices
 * @param {HeadlessDevice} device
 * @returns {string[]}
 */
export const missing = (id, device) =>
  tableOf(id)
    .parameters.map(({ long }) => long)
    .filter((name) => !device.parameterNames.includes(name));
