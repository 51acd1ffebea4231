/**
 * Live's themes: the colours a device is drawn with, and those patches ask for by `live_*` names.
 *
 * `mid_light` and `dark` follow the greys and accents of Live 12's "Default Light Neutral Medium" and "Default
 * Dark Neutral Medium" as published comparisons of those files list them; `light` is brighter, with a bright
 * display, in the manner of Live's light tone. Which theme key stands behind which `live_*` name is inferred.
 */

/** Red, green, blue, opacity; each 0..1. @typedef {[number, number, number, number]} Rgba */

/**
 * @typedef {object} Theme
 * @property {string} desktop behind the device
 * @property {string} surface the device's ground
 * @property {string} title ground of the title bar
 * @property {string} frame lines around the device
 * @property {string} text
 * @property {string} dim text that is inactive
 * @property {string} control ground of menus, number boxes and buttons
 * @property {string} edge lines around controls
 * @property {string} on ground of what is switched on
 * @property {string} onText text on it
 * @property {string} track the dial's ring
 * @property {string} arc the dial's value
 * @property {string} needle
 * @property {string} zombie what is inactive: arcs and switched-on grounds
 * @property {string} display ground of displays
 * @property {string} displayFrame
 * @property {string} displayText
 * @property {string} displayOne first colour on displays
 * @property {string} displayTwo second colour on displays
 */

/** @type {Readonly<Record<string, Theme>>} */
export const THEMES = Object.freeze({
  mid_light: {
    desktop: "#6e6e6e",
    surface: "#a5a5a5",
    title: "#bcbcbc",
    frame: "#4f4f4f",
    text: "#121212",
    dim: "#6e6e6e",
    control: "#cfcfcf",
    edge: "#6e6e6e",
    on: "#ffb901",
    onText: "#121212",
    track: "#6e6e6e",
    arc: "#00eeff",
    needle: "#121212",
    zombie: "#8a8a8a",
    display: "#242424",
    displayFrame: "#3d3d3d",
    displayText: "#cfcfcf",
    displayOne: "#ffb901",
    displayTwo: "#00eeff",
  },
  dark: {
    desktop: "#242424",
    surface: "#363636",
    title: "#464646",
    frame: "#111111",
    text: "#b5b5b5",
    dim: "#757575",
    control: "#1e1e1e",
    edge: "#111111",
    on: "#ffad56",
    onText: "#070707",
    track: "#1e1e1e",
    arc: "#03c3d5",
    needle: "#b5b5b5",
    zombie: "#5d5d5d",
    display: "#181818",
    displayFrame: "#2a2a2a",
    displayText: "#b5b5b5",
    displayOne: "#ffad56",
    displayTwo: "#03c3d5",
  },
  light: {
    desktop: "#9a9a9a",
    surface: "#d2d2d2",
    title: "#e3e3e3",
    frame: "#7b7b7b",
    text: "#0a0a0a",
    dim: "#8e8e8e",
    control: "#f0f0f0",
    edge: "#9c9c9c",
    on: "#ffb901",
    onText: "#0a0a0a",
    track: "#a2a2a2",
    arc: "#0097ad",
    needle: "#0a0a0a",
    zombie: "#b4b4b4",
    display: "#f4f4f4",
    displayFrame: "#c8c8c8",
    displayText: "#3d3d3d",
    displayOne: "#d17c00",
    displayTwo: "#0086a8",
  },
});

export const DEFAULT_THEME = "mid_light";

/**
 * A theme by name.
 *
 * @param {string} [name] mid_light (Live 12's default), dark, light
 * @returns {Theme}
 * @throws {Error} for a name that is no theme
 */
export function themeOf(name = DEFAULT_THEME) {
  const theme = THEMES[name];
  if (!theme) throw new Error(`There is no theme "${name}"; there are ${Object.keys(THEMES).join(", ")}.`);
  return theme;
}

/** Names patches use (`themecolor.<name>`) and the colour of the theme behind each. */
const NAMES = /** @type {Record<string, keyof Theme>} */ ({
  live_lcd_bg: "display",
  live_lcd_frame: "displayFrame",
  live_lcd_title: "displayText",
  live_lcd_control_fg: "displayOne",
  live_lcd_control_fg_alt: "displayTwo",
  live_lcd_control_fg_zombie: "zombie",
  live_control_fg: "text",
  live_control_fg_on: "onText",
  live_control_fg_zombie: "dim",
  live_control_bg: "control",
  live_control_text_bg: "control",
  live_control_selection: "on",
  live_surface_bg: "surface",
  live_surface_frame: "frame",
  live_value_arc: "arc",
  live_value_bar: "arc",
  live_value_arc_zombie: "zombie",
  live_meter_bg: "display",
  live_selection: "title",
  live_selection_standby: "zombie",
  live_contrast_frame: "edge",
  live_display_scale_text: "displayText",
  live_display_handle_one: "displayOne",
  live_display_handle_two: "displayTwo",
  live_arranger_grid_tiles: "displayFrame",
  textcolor: "text",
  textcolor_inverse: "onText",
  theme_textcolor: "text",
  theme_textcolor_inverse: "onText",
  bgcolor: "surface",
  selectioncolor: "on",
});

/** Colours which mean the same in every theme. */
const FIXED = Object.freeze({
  live_record: "#ff5559",
  live_assignment: "#00da48",
  live_assignment_text_bg: "#14401f",
});

/**
 * The table of theme colours as Max's code reads it.
 *
 * @param {string} [name] theme
 * @returns {Record<string, Rgba>}
 */
export function themeTable(name) {
  const theme = themeOf(name);
  const entries = Object.entries(NAMES).map(([key, field]) => [key, rgbaOf(theme[field])]);
  return Object.fromEntries([...entries, ...Object.entries(FIXED).map(([key, hex]) => [key, rgbaOf(hex)])]);
}

/** The default theme's table: what the headless Max hands to scripts. */
export const themeColors = themeTable();

/** @param {string} hex "#rrggbb" @returns {Rgba} */
export function rgbaOf(hex) {
  const value = Number.parseInt(hex.slice(1), 16);
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255, 1];
}

/**
 * A Max colour as CSS.
 *
 * @param {readonly number[]} rgba 0..1 each
 */
export function css([red, green, blue, alpha = 1]) {
  const byte = (/** @type {number} */ part) => Math.round(Math.min(1, Math.max(0, part)) * 255);
  const solid = `#${[red, green, blue].map((part) => byte(part).toString(16).padStart(2, "0")).join("")}`;
  return alpha >= 1 ? solid : `rgba(${byte(red)},${byte(green)},${byte(blue)},${Number(alpha.toFixed(3))})`;
}

/**
 * A colour between two.
 *
 * @param {string} from "#rrggbb"
 * @param {string} to "#rrggbb"
 * @param {number} share 0: from, 1: to
 */
export function mix(from, to, share) {
  const [a, b] = [rgbaOf(from), rgbaOf(to)];
  return css(a.map((part, at) => part + (b[at] - part) * share));
}
