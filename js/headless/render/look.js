/**
 * What is drawn of a box: its JSON, laid over with what the running device says of it.
 *
 * A device that does not run can be drawn as well, straight from its bytes, with initial values.
 */
import { readParameter, valueText } from "../max/params.js";
import { css, rgbaOf, themeTable } from "./themes.js";

/** @typedef {import("./themes.js").Theme} Theme */
/** @typedef {import("../max/params.js").ParameterInfo} ParameterInfo */

/**
 * What a running device tells of one box; every field may be missing.
 *
 * @typedef {object} BoxState
 * @property {boolean} [visible] false hides the box
 * @property {Record<string, any[]>} [attributes] as the patch changed them
 * @property {boolean} [active] false: the inactive look
 * @property {number} [value] native units
 * @property {number} [raw] 0..1 along the control's travel
 * @property {string} [text] the words on it now
 * @property {string[] | null} [items]
 * @property {number} [min]
 * @property {number} [max]
 * @property {import("./mgraphics.js").Call[] | null} [calls] what a v8ui drew
 */

/**
 * One box, ready to be drawn.
 *
 * @typedef {object} Look
 * @property {any} box the box's JSON
 * @property {string} kind maxclass
 * @property {[x: number, y: number, width: number, height: number]} place on the device's face, pixels
 * @property {boolean} active
 * @property {number} value
 * @property {number} raw 0..1
 * @property {string} text words on it
 * @property {string[]} items
 * @property {ParameterInfo | null} info
 * @property {import("./mgraphics.js").Call[]} calls
 * @property {Theme} theme
 * @property {(name: string, otherwise: number) => number} number attribute as a number
 * @property {(name: string) => string | null} colour attribute as CSS, null when the box has none
 */

/**
 * @param {any} box
 * @param {BoxState} state
 * @param {{theme: Theme, themeName?: string}} scene
 * @returns {Look}
 */
export function lookOf(box, state, { theme, themeName }) {
  const info = box.maxclass === "v8ui" ? null : readParameter(box, String(box.maxclass));
  const value = state.value ?? Number(info?.initial?.[0] ?? info?.min ?? 0);
  const [min, max] = [state.min ?? info?.min ?? 0, state.max ?? info?.max ?? 1];
  const share = max > min ? (value - min) / (max - min) : 0;
  const attribute = (/** @type {string} */ name) => [state.attributes?.[name] ?? box[name] ?? []].flat();
  const number = (/** @type {string} */ name, /** @type {number} */ otherwise) => {
    const [first] = attribute(name);
    return first === undefined ? otherwise : Number(first);
  };
  return {
    box,
    kind: String(box.maxclass),
    place: /** @type {any} */ (attribute("presentation_rect").map(Number)),
    active: state.active ?? number("active", 1) !== 0,
    value,
    raw: Math.min(1, Math.max(0, state.raw ?? share ** (1 / (info?.exponent || 1)))),
    text:
      box.maxclass === "live.text" ? buttonText(attribute, value, number) : (state.text ?? ownText(box, info, value)),
    items: state.items ?? info?.items ?? [],
    info,
    calls: state.calls ?? [],
    theme,
    number,
    colour: (name) => colourOf(box, state, name, themeName),
  };
}

/**
 * Words on a live.text: a switch that is on shows its second ones.
 *
 * @param {(name: string) => any[]} attribute
 * @param {number} value
 * @param {(name: string, otherwise: number) => number} number
 */
function buttonText(attribute, value, number) {
  return attribute(value !== 0 && number("mode", 1) !== 0 ? "texton" : "text").join(" ");
}

/** @param {any} box @param {ParameterInfo | null} info @param {number} value */
function ownText(box, info, value) {
  if (info && info.kind <= 2 && String(box.maxclass).startsWith("live.")) return valueText(info, value);
  return String(box.text ?? "");
}

/**
 * A colour attribute: what the patch set, else the theme's colour the box is tied to, else the written one.
 *
 * @param {any} box
 * @param {BoxState} state
 * @param {string} name
 * @param {string} [themeName]
 */
function colourOf(box, state, name, themeName) {
  const written = box[name];
  const now = state.attributes?.[name];
  const changed = Array.isArray(now) && now.length >= 3 && String(now) !== String(written);
  const expression = box.saved_attribute_attributes?.[name]?.expression;
  const themed = /^themecolor\.(\w+)$/.exec(expression ?? "")?.[1];
  if (!changed && themed) return css(themeTable(themeName)[themed] ?? rgbaOf("#ff00ff"));
  const colour = changed ? now : written;
  return Array.isArray(colour) && colour.length >= 3 ? css(colour.map(Number)) : null;
}
