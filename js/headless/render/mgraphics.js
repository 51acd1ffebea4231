/**
 * `mgraphics`: what a v8ui script draws on. Calls are checked and recorded; `picture` turns a record into SVG.
 *
 * An unknown call, a missing argument or a number that is none is an error: in Max it would be an error line
 * or, worse, an empty picture.
 */
import { faceOf, metricsOf, textWidth } from "./font.js";

/** One recorded call. @typedef {{call: string, args: any[]}} Call */

/** Number of numbers each call wants; `null`: checked by hand. @type {Record<string, number | null>} */
const CALLS = {
  set_source_rgba: null,
  set_source_rgb: null,
  set_line_width: 1,
  set_line_cap: null,
  set_line_join: null,
  set_dash: null,
  move_to: 2,
  line_to: 2,
  rel_move_to: 2,
  rel_line_to: 2,
  curve_to: 6,
  rel_curve_to: 6,
  arc: 5,
  arc_negative: 5,
  ellipse: 4,
  rectangle: 4,
  rectangle_rounded: 6,
  new_path: 0,
  close_path: 0,
  fill: 0,
  fill_preserve: 0,
  stroke: 0,
  stroke_preserve: 0,
  clip: 0,
  clip_preserve: 0,
  reset_clip: 0,
  paint: 0,
  paint_with_alpha: 1,
  save: 0,
  restore: 0,
  translate: 2,
  scale: 2,
  rotate: 1,
  identity_matrix: 0,
  select_font_face: null,
  set_font_size: 1,
  show_text: null,
  text_path: null,
};

const CHOICES = /** @type {Record<string, string[]>} */ ({
  set_line_cap: ["butt", "round", "square"],
  set_line_join: ["miter", "round", "bevel"],
});

/**
 * @param {string} call
 * @param {any[]} args
 * @returns {any[]} the arguments as they are recorded
 * @throws {TypeError} wrong number or kind of arguments
 */
function checked(call, args) {
  const numbers = (/** @type {any[]} */ list, /** @type {number} */ count) => {
    if (list.length !== count || !list.every((value) => typeof value === "number" && Number.isFinite(value))) {
      throw new TypeError(`mgraphics.${call} wants ${count} numbers, got (${args.map(String).join(", ")})`);
    }
    return [...list];
  };
  const count = CALLS[call];
  if (typeof count === "number") return numbers(args, count);
  switch (call) {
    case "set_source_rgba": {
      const list = Array.isArray(args[0]) ? args[0] : args;
      return list.length === 3 ? [...numbers(list, 3), 1] : numbers(list, 4);
    }
    case "set_source_rgb":
      return [...numbers(Array.isArray(args[0]) ? args[0] : args, 3), 1];
    case "set_dash": {
      const pattern = Array.isArray(args[0]) ? args[0] : [args[0]];
      return [numbers(pattern, pattern.length), ...numbers([args[1] ?? 0], 1)];
    }
    case "set_line_cap":
    case "set_line_join":
      if (!CHOICES[call].includes(args[0])) {
        throw new TypeError(`mgraphics.${call} wants ${CHOICES[call].join(", ")}, got ${String(args[0])}`);
      }
      return [args[0]];
    default:
      if (typeof args[0] !== "string" && typeof args[0] !== "number") {
        throw new TypeError(`mgraphics.${call} wants text, got ${String(args[0])}`);
      }
      return args.map(String);
  }
}

/**
 * Make a drawing surface for one v8ui box.
 *
 * @param {{width: number, height: number, redraw?: () => void}} options size in pixels; `redraw` asks for a paint
 * @returns {{api: any, begin: () => void, calls: () => Call[], texts: () => string[]}} `api` is the script's
 *   `mgraphics`; `begin` starts a new picture; `calls` and `texts` tell what the last one drew
 */
export function createMGraphics({ width, height, redraw = () => {} }) {
  /** @type {Call[]} */
  let record = [];
  let font = { name: "Ableton Sans Medium", weight: "normal", size: 10 };
  /** @type {Array<typeof font>} */
  let saved = [];
  const face = () => faceOf(font.name, font.weight);

  /** @type {Record<string, any>} */
  const api = {
    autofill: 1,
    relative_coords: 1,
    init: () => {},
    redraw: () => redraw(),
    text_measure: (/** @type {unknown} */ text) => {
      const { ascent, descent, unitsPerEm } = metricsOf(face().weight);
      const line = ((ascent + descent) * font.size * face().scale) / unitsPerEm;
      return [textWidth(String(text), font.size, face()), line];
    },
    font_extents: () => {
      const { ascent, descent, lineGap, unitsPerEm } = metricsOf(face().weight);
      const scale = (font.size * face().scale) / unitsPerEm;
      return [ascent * scale, descent * scale, (ascent + descent + lineGap) * scale, 0, 0];
    },
    getfontlist: () => ["Ableton Sans", "Ableton Sans Medium", "Ableton Sans Bold", "Arial"],
  };
  Object.defineProperty(api, "size", { get: () => [width, height], enumerable: true });
  const follow = /** @type {Record<string, (args: any[]) => void>} */ ({
    select_font_face: ([name, , weight = "normal"]) => {
      font = { ...font, name, weight };
    },
    set_font_size: ([size]) => {
      font = { ...font, size };
    },
    save: () => {
      saved.push(font);
    },
    restore: () => {
      const back = saved.pop();
      if (!back) throw new TypeError("mgraphics.restore without a save");
      font = back;
    },
  });
  for (const call of Object.keys(CALLS)) {
    api[call] = (/** @type {any[]} */ ...given) => {
      const args = checked(call, given);
      follow[call]?.(args);
      record.push({ call, args });
    };
  }
  return {
    api: new Proxy(api, {
      get(target, name) {
        if (typeof name === "string" && !(name in target)) throw new TypeError(`mgraphics has no "${name}"`);
        return target[/** @type {string} */ (name)];
      },
    }),
    begin: () => {
      record = [];
      saved = [];
      font = { name: "Ableton Sans Medium", weight: "normal", size: 10 };
      const { autofill, relative_coords } = api;
      record.push({ call: "begin", args: [{ width, height, autofill, relative_coords }] });
    },
    calls: () => [...record],
    texts: () => record.filter(({ call }) => call === "show_text" || call === "text_path").map(({ args }) => args[0]),
  };
}
