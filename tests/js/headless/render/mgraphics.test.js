import assert from "node:assert/strict";
import { test } from "node:test";
import { createMGraphics, picture } from "../../../../js/headless/render/index.js";

/** @param {(g: any) => void} draw @returns {string} SVG */
function drawn(draw) {
  const surface = createMGraphics({ width: 100, height: 50 });
  surface.api.relative_coords = 0;
  surface.api.autofill = 0;
  surface.begin();
  draw(surface.api);
  return picture(surface.calls());
}

test("a filled rectangle, then a stroked one", () => {
  const svg = drawn((g) => {
    g.set_source_rgba(1, 0, 0, 1);
    g.rectangle(1, 2, 3, 4);
    g.fill();
    g.set_source_rgba([0, 0, 1, 0.5]);
    g.set_line_width(3);
    g.rectangle(5, 5, 5, 5);
    g.stroke();
  });
  assert.equal(
    svg,
    '<path d="M1 2L4 2L4 6L1 6Z" fill="#ff0000"/>' +
      '<path d="M5 5L10 5L10 10L5 10Z" fill="none" stroke="rgba(0,0,255,0.5)" stroke-width="3"/>',
  );
});

test("fill keeps nothing, fill_preserve keeps the path", () => {
  const svg = drawn((g) => {
    g.rectangle(0, 0, 1, 1);
    g.fill_preserve();
    g.stroke();
    g.fill();
  });
  assert.equal(svg.match(/<path/g)?.length, 2);
});

test("transforms map the points given after them and lines with them; save and restore", () => {
  const svg = drawn((g) => {
    g.set_line_width(1);
    g.save();
    g.translate(10, 20);
    g.scale(2, 2);
    g.move_to(1, 1);
    g.line_to(2, 1);
    g.stroke();
    g.restore();
    g.move_to(1, 1);
    g.rel_line_to(2, 0);
    g.stroke();
  });
  assert.match(svg, /d="M12 22L14 22"[^>]*stroke-width="2"/);
  assert.match(svg, /d="M1 1L3 1"[^>]*stroke-width="1"/);
});

test("a quarter turn", () => {
  const svg = drawn((g) => {
    g.rotate(Math.PI / 2);
    g.move_to(10, 0);
    g.line_to(10, 5);
    g.identity_matrix();
    g.line_to(1, 1);
    g.stroke();
  });
  assert.match(svg, /d="M0 10L-5 10L1 1"/);
});

test("an arc goes clockwise and ends where it should", () => {
  const svg = drawn((g) => {
    g.arc(10, 10, 5, Math.PI, 0);
    g.stroke();
  });
  const d = /d="([^"]+)"/.exec(svg)?.[1] ?? "";
  assert.ok(d.startsWith("M5 10"), d);
  assert.ok(d.endsWith("15 10"), d);
  assert.ok(/ 10 5C| 10 5$/.test(d.replaceAll("C", " C")) || d.includes("10 5"), "over the top, where y is smaller");
});

test("ellipse and rounded rectangle stay inside their box", () => {
  const svg = drawn((g) => {
    g.ellipse(10, 10, 20, 10);
    g.rectangle_rounded(40, 10, 20, 10, 6, 6);
    g.fill();
  });
  const numbers = [...svg.matchAll(/-?\d+(?:\.\d+)?/g)].map(Number).slice(0, -3);
  assert.ok(numbers.every((value) => value >= 0 && value <= 60));
});

test("text stands at the current point in its font; it is told to the tests", () => {
  const surface = createMGraphics({ width: 100, height: 50 });
  surface.api.relative_coords = 0;
  surface.begin();
  surface.api.select_font_face("Ableton Sans Bold");
  surface.api.set_font_size(20);
  surface.api.set_source_rgb(1, 1, 1);
  surface.api.move_to(3, 30);
  surface.api.show_text("a < b & c");
  const svg = picture(surface.calls());
  assert.match(svg, /<text x="3" y="30"[^>]*font-weight="700" font-size="18.8"[^>]*fill="#ffffff">a &lt; b &amp; c</);
  assert.deepEqual(surface.texts(), ["a < b & c"]);
  surface.begin();
  assert.deepEqual(surface.texts(), []);
});

test("text is measured with the font's own widths", () => {
  const { api } = createMGraphics({ width: 10, height: 10 });
  api.select_font_face("Arial");
  api.set_font_size(10);
  const [wide] = api.text_measure("WWWW");
  const [narrow, height] = api.text_measure("iiii");
  assert.ok(wide > 3 * narrow, `${wide} ${narrow}`);
  assert.ok(height > 10 && height < 15);
  api.set_font_size(20);
  assert.ok(Math.abs(api.text_measure("WWWW")[0] - 2 * wide) < 1e-9);
  assert.equal(api.font_extents().length, 5);
});

test("clips cut what follows, also one in another, and end with the state", () => {
  const svg = drawn((g) => {
    g.save();
    g.rectangle(0, 0, 10, 10);
    g.clip();
    g.rectangle(0, 0, 5, 5);
    g.clip();
    g.paint();
    g.restore();
    g.rectangle(0, 0, 1, 1);
    g.fill();
  });
  assert.match(svg, /<clipPath id="pclip2" clip-path="url\(#pclip1\)">/);
  assert.match(svg, /<rect width="100" height="50"[^>]*clip-path="url\(#pclip2\)"/);
  assert.ok(svg.endsWith('<path d="M0 0L1 0L1 1L0 1Z" fill="#000000"/>'));
});

test("dashes", () => {
  const svg = drawn((g) => {
    g.set_dash([2, 3], 1);
    g.move_to(0, 0);
    g.line_to(9, 0);
    g.stroke();
  });
  assert.match(svg, /stroke-dasharray="2 3" stroke-dashoffset="1"/);
});

test("Max's defaults: relative coordinates, and what is left is filled", () => {
  const surface = createMGraphics({ width: 100, height: 50 });
  surface.begin();
  surface.api.rectangle(-1, -1, 2, 2);
  const svg = picture(surface.calls());
  assert.match(svg, /d="M25 50L75 50L75 0L25 0Z" fill="#000000"/);
});

for (const [what, call, words] of /** @type {Array<[string, (g: any) => void, RegExp]>} */ ([
  ["an unknown call", (g) => g.rectangel(0, 0, 1, 1), /mgraphics has no "rectangel"/],
  ["a number that is none", (g) => g.rectangle(0, Number.NaN, 1, 1), /wants 4 numbers, got \(0, NaN, 1, 1\)/],
  ["a missing argument", (g) => g.arc(0, 0, 1, 0), /wants 5 numbers/],
  ["a colour of text", (g) => g.set_source_rgba("red"), /wants 4 numbers/],
  ["an unknown line end", (g) => g.set_line_cap("pointy"), /wants butt, round, square/],
  ["no text", (g) => g.show_text(), /wants text/],
  ["restore without save", (g) => g.restore(), /without a save/],
])) {
  test(`a mistake is an error: ${what}`, () => {
    assert.throws(() => drawn(call), words);
  });
}

test("size and redraw", () => {
  let asked = 0;
  const { api } = createMGraphics({
    width: 12,
    height: 34,
    redraw: () => {
      asked += 1;
    },
  });
  assert.deepEqual(api.size, [12, 34]);
  api.redraw();
  assert.equal(asked, 1);
});
