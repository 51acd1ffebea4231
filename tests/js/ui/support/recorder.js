/** An mgraphics that draws nothing and remembers all: filled and stroked shapes, and texts with their places. */

const full = Math.PI * 2;

/** @param {number} width @param {number} height */
export function recorder(width, height) {
  /** @type {any[]} */
  let path = [];
  let colour = [0, 0, 0, 1];
  let size = 9;
  let at = [0, 0];
  /** @type {{how: "fill"|"stroke", path: any[], colour: number[]}[]} */
  const shapes = [];
  /** @type {{text: string, x: number, y: number, width: number, size: number, colour: number[]}[]} */
  const texts = [];
  /** @param {"fill"|"stroke"} how */
  const paint = (how) => {
    shapes.push({ how, path, colour });
    path = [];
  };
  const g = {
    size: [width, height],
    redraws: 0,
    init() {},
    redraw() {
      g.redraws++;
    },
    set_source_rgba: (/** @type {number[]} */ rgba) => {
      colour = [...rgba];
    },
    set_line_width() {},
    move_to: (/** @type {number} */ x, /** @type {number} */ y) => {
      at = [x, y];
      path.push(["move", x, y]);
    },
    line_to: (/** @type {number} */ x, /** @type {number} */ y) => path.push(["line", x, y]),
    close_path: () => path.push(["close"]),
    arc: (
      /** @type {number} */ x,
      /** @type {number} */ y,
      /** @type {number} */ r,
      /** @type {number} */ a,
      /** @type {number} */ b,
    ) => path.push([Math.abs(b - a) >= full - 1e-6 ? "circle" : "arc", x, y, r]),
    arc_negative: (/** @type {number[]} */ ...arc) => path.push(["arc", ...arc.slice(0, 3)]),
    rectangle: (/** @type {number[]} */ ...box) => path.push(["rectangle", ...box]),
    fill: () => paint("fill"),
    stroke: () => paint("stroke"),
    select_font_face() {},
    set_font_size: (/** @type {number} */ points) => {
      size = points;
    },
    text_measure: (/** @type {string} */ text) => [Array.from(text).length * size * 0.5, size],
    show_text: (/** @type {string} */ text) => {
      texts.push({ text, x: at[0], y: at[1], width: Array.from(text).length * size * 0.5, size, colour });
      path = [];
    },
    shapes,
    texts,
    /** @returns {number[][]} x, y, width, height of each filled rectangle */
    boxes: () =>
      shapes.flatMap((shape) => shape.path.filter(([what]) => what === "rectangle").map((each) => each.slice(1))),
  };
  return /** @type {any} */ (g);
}
