/** Turns recorded mgraphics calls into SVG, with cairo's rules: one path, one source, a stack of states. */
import { faceOf } from "./font.js";
import { growth, IDENTITY, mapped, times } from "./matrix.js";
import { Path } from "./path.js";
import { el, escaped, num } from "./svg.js";
import { css } from "./themes.js";

/** @typedef {import("./mgraphics.js").Call} Call */
/** @typedef {import("./matrix.js").Matrix} Matrix */

/**
 * @typedef {{matrix: Matrix, source: number[], width: number, cap: string, join: string, dash: number[],
 *   dashStart: number, font: string, weight: string, size: number, clip: string}} State
 */

class Painter {
  /** @param {string} id start of the names of clips, so that several pictures fit in one document */
  constructor(id) {
    this.id = id;
    /** @type {string[]} */
    this.out = [];
    this.clips = 0;
    this.path = new Path();
    this.autofill = 0;
    this.area = [0, 0];
    /** @type {Matrix} */
    this.base = IDENTITY;
    /** @type {State[]} */
    this.stack = [];
    /** @type {State} */
    this.state = {
      matrix: IDENTITY,
      source: [0, 0, 0, 1],
      width: 2,
      cap: "butt",
      join: "miter",
      dash: [],
      dashStart: 0,
      font: "Ableton Sans Medium",
      weight: "normal",
      size: 10,
      clip: "",
    };
  }

  /** @param {{width: number, height: number, autofill: number, relative_coords: number}} surface */
  begin({ width, height, autofill, relative_coords }) {
    this.area = [width, height];
    this.autofill = autofill;
    // Relative coordinates: the middle is 0 0, the top is 1, the sides are plus and minus the aspect ratio.
    this.base = relative_coords ? [height / 2, 0, 0, -height / 2, width / 2, height / 2] : IDENTITY;
    this.put("matrix", this.base);
  }

  /** @template {keyof State} K @param {K} key @param {State[K]} value */
  put(key, value) {
    this.state = { ...this.state, [key]: value };
    if (key === "matrix") this.path.matrix = this.state.matrix;
  }

  /** @param {Record<string, string | number | undefined>} paint @param {boolean} keep whether the path stays */
  draw(paint, keep) {
    const clip = this.state.clip ? `url(#${this.state.clip})` : undefined;
    if (this.path.words.length > 0) {
      this.out.push(el("path", { d: this.path.words.join(""), ...paint, "clip-path": clip }));
    }
    for (const text of this.path.texts) this.out.push(el("g", { ...paint, "clip-path": clip }, text));
    if (!keep) this.fresh();
  }

  fresh() {
    this.path = new Path();
    this.path.matrix = this.state.matrix;
  }

  /** @param {boolean} keep */
  fill(keep) {
    this.draw({ fill: css(this.state.source) }, keep);
  }

  /** @param {boolean} keep */
  stroke(keep) {
    const { source, width, cap, join, dash, dashStart, matrix } = this.state;
    const scale = growth(matrix);
    this.draw(
      {
        fill: "none",
        stroke: css(source),
        "stroke-width": width * scale,
        "stroke-linecap": cap === "butt" ? undefined : cap,
        "stroke-linejoin": join === "miter" ? undefined : join,
        "stroke-dasharray": dash.length > 0 ? dash.map((part) => num(part * scale)).join(" ") : undefined,
        "stroke-dashoffset": dashStart ? dashStart * scale : undefined,
      },
      keep,
    );
  }

  /** @param {boolean} keep */
  clip(keep) {
    const id = `${this.id}clip${++this.clips}`;
    const within = this.state.clip ? `url(#${this.state.clip})` : undefined;
    this.out.push(el("clipPath", { id, "clip-path": within }, el("path", { d: this.path.words.join("") || "M0 0" })));
    this.put("clip", id);
    if (!keep) this.fresh();
  }

  /** @param {number} opacity */
  paint(opacity) {
    const [red, green, blue, alpha] = this.state.source;
    const clip = this.state.clip ? `url(#${this.state.clip})` : undefined;
    const [width, height] = this.area;
    this.out.push(el("rect", { width, height, fill: css([red, green, blue, alpha * opacity]), "clip-path": clip }));
  }

  /** @param {string} text @param {boolean} asPath */
  text(text, asPath) {
    const { font, weight, size, matrix, source } = this.state;
    const face = faceOf(font, weight);
    const [x, y] = this.path.here;
    const [tx, ty] = mapped(matrix, x, y);
    const [a, b, c, d] = matrix;
    // With relative coordinates y grows upwards, but letters stand upright.
    const upright = this.base === IDENTITY ? [a, b, c, d] : [Math.abs(a), b, c, Math.abs(d)];
    const plain = upright.join() === "1,0,0,1";
    const words = el(
      "text",
      {
        x: plain ? tx : undefined,
        y: plain ? ty : undefined,
        transform: plain ? undefined : `matrix(${[...upright, tx, ty].map(num).join(" ")})`,
        "font-family": "Inter, sans-serif",
        "font-weight": face.weight,
        "font-size": size * face.scale,
        "font-kerning": "none",
        "xml:space": "preserve",
        fill: asPath ? undefined : css(source),
        "clip-path": !asPath && plain && this.state.clip ? `url(#${this.state.clip})` : undefined,
      },
      escaped(text),
    );
    if (asPath) this.path.texts.push(words);
    else this.out.push(words);
  }

  /** @param {Matrix} inner */
  transform(inner) {
    this.put("matrix", times(this.state.matrix, inner));
  }
}

/** What each call does. @type {Record<string, (painter: Painter, args: any[]) => void>} */
const DO = {
  begin: (p, [surface]) => p.begin(surface),
  set_source_rgba: (p, args) => p.put("source", args),
  set_source_rgb: (p, args) => p.put("source", args),
  set_line_width: (p, [width]) => p.put("width", width),
  set_line_cap: (p, [cap]) => p.put("cap", cap),
  set_line_join: (p, [join]) => p.put("join", join),
  set_dash: (p, [dash, start]) => {
    p.put("dash", dash);
    p.put("dashStart", start);
  },
  move_to: (p, [x, y]) => p.path.move(x, y),
  line_to: (p, [x, y]) => p.path.line(x, y),
  rel_move_to: (p, [dx, dy]) => p.path.move(p.path.here[0] + dx, p.path.here[1] + dy),
  rel_line_to: (p, [dx, dy]) => p.path.line(p.path.here[0] + dx, p.path.here[1] + dy),
  curve_to: (p, [a, b, c, d, x, y]) => p.path.curve(a, b, c, d, x, y),
  rel_curve_to: (p, [a, b, c, d, x, y]) => {
    const [hx, hy] = p.path.here;
    p.path.curve(hx + a, hy + b, hx + c, hy + d, hx + x, hy + y);
  },
  arc: (p, [x, y, radius, from, to]) => p.path.arc(x, y, radius, radius, from, ahead(from, to, 1)),
  arc_negative: (p, [x, y, radius, from, to]) => p.path.arc(x, y, radius, radius, from, ahead(from, to, -1)),
  ellipse: (p, [x, y, width, height]) => p.path.ellipse(x, y, width, height),
  rectangle: (p, [x, y, width, height]) => p.path.rectangle(x, y, width, height),
  rectangle_rounded: (p, [x, y, width, height, ow, oh]) => p.path.rounded(x, y, width, height, ow, oh),
  new_path: (p) => p.fresh(),
  close_path: (p) => p.path.close(),
  fill: (p) => p.fill(false),
  fill_preserve: (p) => p.fill(true),
  stroke: (p) => p.stroke(false),
  stroke_preserve: (p) => p.stroke(true),
  clip: (p) => p.clip(false),
  clip_preserve: (p) => p.clip(true),
  reset_clip: (p) => p.put("clip", ""),
  paint: (p) => p.paint(1),
  paint_with_alpha: (p, [alpha]) => p.paint(alpha),
  save: (p) => {
    p.stack.push(p.state);
  },
  restore: (p) => {
    const back = p.stack.pop();
    if (!back) return;
    p.state = back;
    p.path.matrix = back.matrix;
  },
  translate: (p, [x, y]) => p.transform([1, 0, 0, 1, x, y]),
  scale: (p, [x, y]) => p.transform([x, 0, 0, y, 0, 0]),
  rotate: (p, [angle]) => p.transform([Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0]),
  identity_matrix: (p) => p.put("matrix", p.base),
  select_font_face: (p, [font, , weight = "normal"]) => {
    p.put("font", font);
    p.put("weight", weight);
  },
  set_font_size: (p, [size]) => p.put("size", size),
  show_text: (p, [text]) => p.text(text, false),
  text_path: (p, [text]) => p.text(text, true),
};

/** The end of an arc in the direction cairo goes. @param {number} from @param {number} to @param {1 | -1} direction */
function ahead(from, to, direction) {
  const full = 2 * Math.PI;
  let end = to;
  while ((end - from) * direction < 0) end += direction * full;
  return end;
}

/**
 * SVG of a record.
 *
 * @param {readonly Call[]} calls as `createMGraphics` recorded them
 * @param {{id?: string}} [options] `id`: start of the names of clips
 * @returns {string} SVG elements, to be put into a document or group
 */
export function picture(calls, { id = "p" } = {}) {
  const painter = new Painter(id);
  for (const { call, args } of calls) {
    const act = DO[call];
    if (!act) throw new TypeError(`a picture cannot do "${call}"`);
    act(painter, args);
  }
  if (painter.autofill && !painter.path.empty) painter.fill(false);
  return painter.out.join("");
}
