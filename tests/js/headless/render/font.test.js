import assert from "node:assert/strict";
import { test } from "node:test";
import { inflateSync } from "node:zlib";
import { faceOf, fitted, metricsOf, readMetrics, textWidth } from "../../../../js/headless/render/font.js";
import { svgToPng } from "../../../../js/headless/render/png.js";
import { documentOf, label } from "../../../../js/headless/render/svg.js";

test("Inter's widths: known advances of the file", () => {
  const { unitsPerEm, width, ascent, descent } = metricsOf(400);
  assert.ok(unitsPerEm >= 1000);
  assert.ok(width(0x57) > width(0x69), "W is wider than i");
  assert.equal(width(0x10ffff), width(0x0e01), "letters the font lacks share one width");
  assert.ok((ascent + descent) / unitsPerEm > 1.1 && (ascent + descent) / unitsPerEm < 1.4);
});

test("Ableton Sans is set narrower than other fonts", () => {
  const plain = textWidth("Progression", 10, faceOf("Arial"));
  assert.ok(textWidth("Progression", 10, { ...faceOf("Ableton Sans"), weight: 400 }) < plain);
  assert.equal(faceOf("Ableton Sans Bold").weight, 700);
  assert.equal(faceOf("Ableton Sans Medium").weight, 500);
});

test("a text is cut so that it fits, with an ellipsis, or is nothing", () => {
  assert.equal(fitted("Progression", 10, 100), "Progression");
  const cut = fitted("Progression", 10, 30);
  assert.match(cut, /^Pro.*…$/);
  assert.ok(textWidth(cut, 10) <= 30);
  assert.equal(fitted("Progression", 10, 2), "");
});

test("a broken font is an error", () => {
  assert.throws(() => readMetrics(Buffer.alloc(64)), /no table/);
});

for (const text of ["Harmonic minor", "IIIIIIIIII", "WiWiWiWi", "0123456789"]) {
  test(`the letters drawn are as wide as measured: ${text}`, () => {
    const measured = textWidth(text, 20);
    const svg = documentOf(Math.ceil(measured) + 40, 30, label(text, 10, 22, { fill: "#ffffff", size: 20 }));
    const lit = columns(svgToPng(svg, { scale: 1 }));
    assert.ok(Math.abs(Math.min(...lit) - 11) <= 2, `begins at ${Math.min(...lit)}`);
    assert.ok(Math.abs(Math.max(...lit) - (10 + measured)) <= 2.5, `ends at ${Math.max(...lit)}, not ${10 + measured}`);
  });
}

/** The columns of a PNG that hold anything. @param {Buffer} png @returns {number[]} */
function columns(png) {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const parts = [];
  for (let at = 8; at < png.length; ) {
    const size = png.readUInt32BE(at);
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") parts.push(png.subarray(at + 8, at + 8 + size));
    at += size + 12;
  }
  const raw = inflateSync(Buffer.concat(parts));
  const stride = width * 4;
  const lit = new Set();
  let previous = Buffer.alloc(stride);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    const line = Buffer.from(raw.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)));
    for (let x = 0; x < stride; x++) line[x] = (line[x] + predicted(filter, line, previous, x)) & 255;
    for (let x = 0; x < width; x++) if (line[4 * x + 3] > 40) lit.add(x);
    previous = line;
  }
  return [...lit];
}

/** @param {number} filter @param {Buffer} line @param {Buffer} above @param {number} x */
function predicted(filter, line, above, x) {
  const [a, b, c] = [x >= 4 ? line[x - 4] : 0, above[x], x >= 4 ? above[x - 4] : 0];
  if (filter === 1) return a;
  if (filter === 2) return b;
  if (filter === 3) return (a + b) >> 1;
  if (filter !== 4) return 0;
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}
