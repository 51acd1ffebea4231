/** A path as cairo builds it: points are mapped when they are given, curves are cubic. */
import { IDENTITY, mapped } from "./matrix.js";
import { num } from "./svg.js";

/** @typedef {import("./matrix.js").Matrix} Matrix */

/** Handle length of a cubic quarter circle. */
const QUARTER = 0.5522847498;

export class Path {
  constructor() {
    /** @type {string[]} SVG path words */
    this.words = [];
    /** @type {string[]} texts added by `text_path`, as ready elements without paint */
    this.texts = [];
    /** Last point before mapping, for relative steps. @type {[number, number]} */
    this.here = [0, 0];
    /** @type {[number, number]} */
    this.begin = [0, 0];
    /** @type {Matrix} */
    this.matrix = IDENTITY;
  }

  get empty() {
    return this.words.length === 0 && this.texts.length === 0;
  }

  /** @param {...[number, number]} points */
  #at(...points) {
    return points.map(([x, y]) => mapped(this.matrix, x, y).map(num).join(" ")).join(" ");
  }

  /** @param {number} x @param {number} y */
  move(x, y) {
    this.words.push(`M${this.#at([x, y])}`);
    this.here = [x, y];
    this.begin = [x, y];
  }

  /** @param {number} x @param {number} y */
  line(x, y) {
    if (this.words.length === 0) {
      this.move(x, y);
      return;
    }
    this.words.push(`L${this.#at([x, y])}`);
    this.here = [x, y];
  }

  /** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {number} x @param {number} y */
  curve(x1, y1, x2, y2, x, y) {
    if (this.words.length === 0) this.move(x1, y1);
    this.words.push(`C${this.#at([x1, y1], [x2, y2], [x, y])}`);
    this.here = [x, y];
  }

  close() {
    if (this.words.length === 0) return;
    this.words.push("Z");
    this.here = this.begin;
  }

  /**
   * An arc in pieces of at most a quarter, joined to what is there by a line.
   *
   * @param {number} x centre
   * @param {number} y centre
   * @param {number} rx
   * @param {number} ry
   * @param {number} from radians
   * @param {number} to radians
   */
  arc(x, y, rx, ry, from, to) {
    const pieces = Math.max(1, Math.ceil(Math.abs(to - from) / (Math.PI / 2) - 1e-9));
    const step = (to - from) / pieces;
    const handle = (4 / 3) * Math.tan(step / 4);
    this.line(x + rx * Math.cos(from), y + ry * Math.sin(from));
    for (let at = 0; at < pieces; at++) {
      const [a, b] = [from + at * step, from + (at + 1) * step];
      const [ca, sa, cb, sb] = [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b)];
      this.curve(
        x + rx * (ca - handle * sa),
        y + ry * (sa + handle * ca),
        x + rx * (cb + handle * sb),
        y + ry * (sb - handle * cb),
        x + rx * cb,
        y + ry * sb,
      );
    }
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rectangle(x, y, width, height) {
    this.move(x, y);
    this.line(x + width, y);
    this.line(x + width, y + height);
    this.line(x, y + height);
    this.close();
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  ellipse(x, y, width, height) {
    const [rx, ry] = [width / 2, height / 2];
    this.move(x + width, y + ry);
    this.arc(x + rx, y + ry, rx, ry, 0, 2 * Math.PI);
    this.close();
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} width
   * @param {number} height
   * @param {number} ow width of the ovals at the corners
   * @param {number} oh height of them
   */
  rounded(x, y, width, height, ow, oh) {
    const [rx, ry] = [Math.min(ow, width) / 2, Math.min(oh, height) / 2];
    const [kx, ky] = [rx * (1 - QUARTER), ry * (1 - QUARTER)];
    const [right, bottom] = [x + width, y + height];
    this.move(x + rx, y);
    this.line(right - rx, y);
    this.curve(right - kx, y, right, y + ky, right, y + ry);
    this.line(right, bottom - ry);
    this.curve(right, bottom - ky, right - kx, bottom, right - rx, bottom);
    this.line(x + rx, bottom);
    this.curve(x + kx, bottom, x, bottom - ky, x, bottom - ry);
    this.line(x, y + ry);
    this.curve(x, y + ky, x + kx, y, x + rx, y);
    this.close();
  }
}
