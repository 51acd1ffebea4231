/**
 * Parameters of a device: what a box's `valueof` dictionary declares, checked, and as the Set's device
 * wants it.
 */

import { atomText, num } from "./atoms.js";

/**
 * @typedef {import("./atoms.js").Atom} Atom
 * @typedef {"automated" | "stored" | "hidden"} Visibility
 *
 * `kind`: 0 float, 1 int, 2 enum, 3 blob, 4 file. `initial` is null when no initial value is enabled.
 * @typedef {{longName: string, shortName: string, kind: number, min: number, max: number, items: string[],
 *   unitStyle: number, units: string, initial: Atom[] | null, visibility: Visibility, order: number,
 *   exponent: number, steps: number, defer: boolean, annotationName: string, info: string,
 *   problems: string[]}} ParameterInfo
 */

/** A stored value that is not a number: text, lists. */
export class Blob {
  /** @type {Atom[]} */
  value = [];

  /** @param {ParameterInfo} info */
  constructor(info) {
    this.info = info;
  }

  /** @param {Atom[]} value */
  set(value) {
    this.value = value;
  }
}

const VISIBILITY = /** @type {const} */ (["automated", "stored", "hidden"]);

/**
 * Reads a box's parameter, or null when it has none.
 * @param {any} json
 * @param {string} name object name
 * @returns {ParameterInfo | null}
 */
export function readParameter(json, name) {
  const valueof = json.saved_attribute_attributes?.valueof;
  const isLive = name.startsWith("live.");
  if (!valueof || (!json.parameter_enable && !isLive)) return null;
  const kind = Number(valueof.parameter_type ?? (name === "textedit" || name === "pattr" ? 3 : 0));
  const items = (valueof.parameter_enum ?? []).map(String);
  const min = Number(valueof.parameter_mmin ?? 0);
  const max = Number(valueof.parameter_mmax ?? (kind === 2 && items.length ? items.length - 1 : 127));
  /** @type {ParameterInfo} */
  const info = {
    longName: String(valueof.parameter_longname ?? json.varname ?? json.id),
    shortName: String(valueof.parameter_shortname ?? valueof.parameter_longname ?? ""),
    kind,
    min,
    max,
    items,
    unitStyle: Number(valueof.parameter_unitstyle ?? (kind === 0 ? 1 : 0)),
    units: String(valueof.parameter_units ?? ""),
    initial: valueof.parameter_initial_enable ? [valueof.parameter_initial ?? []].flat() : null,
    visibility: VISIBILITY[Number(valueof.parameter_invisible ?? 0)] ?? "automated",
    order: Number(valueof.parameter_order ?? 0),
    exponent: Number(valueof.parameter_exponent ?? 1),
    steps: Number(valueof.parameter_steps ?? 0),
    defer: Boolean(valueof.parameter_defer),
    annotationName: String(valueof.parameter_annotation_name ?? ""),
    info: String(valueof.parameter_info ?? ""),
    problems: [],
  };
  info.problems = check(info, valueof, json);
  return info;
}

/**
 * What Max or Live would take amiss in a declaration.
 * @param {ParameterInfo} info
 * @param {any} valueof
 * @param {any} json
 * @returns {string[]}
 */
function check(info, valueof, json) {
  const problems = [];
  if (!valueof.parameter_longname) problems.push("has no long name");
  if (info.kind < 0 || info.kind > 4) problems.push(`unknown parameter type ${info.kind}`);
  if (info.kind <= 2 && !(info.min < info.max)) problems.push(`range ${info.min} to ${info.max} is empty`);
  if (info.kind === 1 && info.max - info.min > 255) problems.push("an int parameter holds at most 256 values");
  if (info.kind === 2 && info.items.length > 0 && info.max !== info.items.length - 1) {
    problems.push(`${info.items.length} items, but the maximum is ${info.max}`);
  }
  if (info.kind === 2 && info.items.length === 0) problems.push("an enum parameter without items");
  if (info.kind <= 2 && info.initial) {
    const value = num(info.initial[0]);
    if (value < info.min || value > info.max)
      problems.push(`initial value ${value} is outside ${info.min} to ${info.max}`);
  }
  if (valueof.parameter_linknames && json.varname !== info.longName) {
    problems.push(`names are linked, but the scripting name is "${json.varname ?? ""}"`);
  }
  return problems;
}

const NOTES = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];

/** @param {number} value @param {number} digits */
function trimmed(value, digits) {
  return String(Number(value.toFixed(digits)));
}

/**
 * The text Live shows for a value. The unit styles are documented; the number of decimals is what Live shows
 * for common ranges, as far as pictures tell [inferred].
 * @param {ParameterInfo} info
 * @param {number} value
 * @returns {string}
 */
export function valueText(info, value) {
  if (info.kind === 2) return info.items[Math.round(value)] ?? String(Math.round(value));
  const whole = info.kind === 1;
  switch (info.unitStyle) {
    case 0:
      return String(Math.round(value));
    case 2:
      return Math.abs(value) >= 1000 ? `${trimmed(value / 1000, 2)} s` : `${trimmed(value, whole ? 0 : 1)} ms`;
    case 3:
      return Math.abs(value) >= 1000 ? `${trimmed(value / 1000, 2)} kHz` : `${trimmed(value, whole ? 0 : 1)} Hz`;
    case 4:
      return `${value.toFixed(1)} dB`;
    case 5:
      return `${trimmed(value, whole ? 0 : 1)} %`;
    case 6:
      return Math.round(value) === 0 ? "C" : `${Math.abs(Math.round(value))}${value < 0 ? "L" : "R"}`;
    case 7:
      return `${value > 0 ? "+" : ""}${trimmed(value, whole ? 0 : 2)} st`;
    case 8:
      return `${NOTES[((Math.round(value) % 12) + 12) % 12]}${Math.floor(Math.round(value) / 12) - 2}`;
    case 9:
      return custom(info.units, value, whole);
    default:
      return whole ? String(value) : value.toFixed(2);
  }
}

/**
 * @param {string} units printf form ("%.1f s"), or a bare unit
 * @param {number} value
 * @param {boolean} whole
 */
function custom(units, value, whole) {
  const form = /%(?:\.(\d+))?([dfis])/u.exec(units);
  if (!form) return `${whole ? value : trimmed(value, 2)} ${units}`.trim();
  const text = form[2] === "f" ? value.toFixed(Number(form[1] ?? 6)) : String(Math.round(value));
  return units.replace(form[0], () => text).replaceAll("%%", "%");
}

/**
 * The parameter as the Set's device model takes it.
 * @param {ParameterInfo} info
 * @param {Atom[] | null} stored value saved with the Set, if any
 */
export function parameterSpec(info, stored) {
  const initial = info.initial ? num(info.initial[0]) : info.min;
  return {
    name: info.shortName || info.longName,
    originalName: info.longName,
    min: info.min,
    max: info.max,
    defaultValue: initial,
    value: stored ? num(stored[0]) : initial,
    quantized: info.kind !== 0,
    ...(info.kind === 2 ? { items: [...info.items] } : {}),
    format: (/** @type {number} */ value) => valueText(info, value),
    visibility: info.visibility,
  };
}

/**
 * Text form of a blob's value.
 * @param {Atom[]} value
 */
export function blobText(value) {
  return value.map(atomText).join(" ");
}
