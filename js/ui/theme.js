/**
 * Colours of the pictures: Live's own display colours, asked anew for each drawing, so that a change of theme shows at
 * once. Where Max does not know a name, a literal of Live's default theme stands in.
 */

/** Red, green, blue, opacity; each 0-1. @typedef {[number, number, number, number]} Colour */

/** @typedef {"ground"|"frame"|"ink"|"dim"|"note"|"second"} Role */

/**
 * @typedef {object} Theme
 * @property {Colour} ground the display's background
 * @property {Colour} frame lines that part regions
 * @property {Colour} ink text that matters
 * @property {Colour} dim text that explains
 * @property {Colour} note what was made
 * @property {Colour} second what is played now
 * @property {Colour} ready
 * @property {Colour} caution
 */

/** @type {Record<Role, [string, Colour]>} */
const SOURCES = {
  ground: ["live_lcd_bg", [0.106, 0.106, 0.106, 1]],
  frame: ["live_lcd_frame", [0.2, 0.2, 0.2, 1]],
  ink: ["live_lcd_title", [0.78, 0.78, 0.78, 1]],
  dim: ["live_lcd_title", [0.78, 0.78, 0.78, 1]],
  note: ["live_lcd_control_fg", [1, 0.71, 0.2, 1]],
  second: ["live_lcd_control_fg_alt", [0.22, 0.76, 0.84, 1]],
};

// Green and amber mean something on their own, so they do not follow the theme; on a bright display they are darker.
/** @type {Colour} */ const READY_ON_DARK = [0.42, 0.82, 0.42, 1];
/** @type {Colour} */ const READY_ON_BRIGHT = [0.1, 0.5, 0.16, 1];
/** @type {Colour} */ const CAUTION_ON_DARK = [0.98, 0.68, 0.24, 1];
/** @type {Colour} */ const CAUTION_ON_BRIGHT = [0.68, 0.4, 0.02, 1];

/** @param {readonly number[]} colour @returns {number} 0 black to 1 white, as the eye weighs it */
export const brightness = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** @param {Colour} from @param {Colour} to @param {number} share 0: from, 1: to @returns {Colour} opaque where both are */
export const mixed = (from, to, share) =>
  /** @type {Colour} */ (from.map((value, i) => value + (to[i] - value) * share));

/** @param {unknown} value @returns {value is Colour} */
const isColour = (value) =>
  Array.isArray(value) &&
  value.length === 4 &&
  value.every((part) => typeof part === "number" && part >= 0 && part <= 1);

/**
 * @param {((name: string) => unknown)|undefined} getcolor Max's `max.getcolor`; older versions have none
 * @returns {Theme}
 */
export function readTheme(getcolor) {
  /** @param {Role} role @returns {Colour} */
  const read = (role) => {
    const [name, literal] = SOURCES[role];
    try {
      const found = getcolor?.(name);
      // Max answers with an invisible colour for a name it does not know.
      return isColour(found) && found[3] > 0 ? found : literal;
    } catch {
      return literal;
    }
  };
  const ground = read("ground");
  const dark = brightness(ground) < 0.5;
  return {
    ground,
    frame: distinct(read("frame"), ground, dark),
    ink: legible(read("ink"), ground, dark),
    dim: mixed(ground, legible(read("dim"), ground, dark), 0.68),
    note: read("note"),
    second: read("second"),
    ready: dark ? READY_ON_DARK : READY_ON_BRIGHT,
    caution: dark ? CAUTION_ON_DARK : CAUTION_ON_BRIGHT,
  };
}

/** A frame as dark as the ground parts nothing. @param {Colour} colour @param {Colour} ground @param {boolean} dark @returns {Colour} */
const distinct = (colour, ground, dark) =>
  Math.abs(brightness(colour) - brightness(ground)) >= 0.04
    ? colour
    : mixed(ground, dark ? [1, 1, 1, 1] : [0, 0, 0, 1], 0.13);

/** Text must be read on any theme. @param {Colour} colour @param {Colour} ground @param {boolean} dark @returns {Colour} */
const legible = (colour, ground, dark) =>
  Math.abs(brightness(colour) - brightness(ground)) >= 0.4
    ? colour
    : dark
      ? [0.82, 0.82, 0.82, 1]
      : [0.12, 0.12, 0.12, 1];
