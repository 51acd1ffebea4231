import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { readAmxd } from "../../../../js/headless/max/amxd.js";
import { renderPresentation, svgToPng, THEMES, themeTable } from "../../../../js/headless/render/index.js";

/** @param {string} maxclass @param {any} [more] */
const box = (maxclass, more = {}) => ({
  id: "obj-1",
  maxclass,
  presentation: 1,
  presentation_rect: [10, 20, 44, 48],
  ...more,
});

/** @param {any} valueof */
const parameter = (valueof) => ({ parameter_enable: 1, saved_attribute_attributes: { valueof } });

const DENSITY = parameter({
  parameter_longname: "Density",
  parameter_shortname: "Dens",
  parameter_type: 0,
  parameter_mmin: 0,
  parameter_mmax: 100,
  parameter_unitstyle: 5,
  parameter_initial: [50],
  parameter_initial_enable: 1,
});

/** @param {any[]} boxes @param {any} [options] */
const render = (boxes, options = {}) => renderPresentation(boxes, { width: 240, ...options });

/** @param {string} svg */
const texts = (svg) => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map((match) => match[1]);

test("a dial shows its short name and its value in its unit, initial or running", () => {
  assert.deepEqual(texts(render([box("live.dial", DENSITY)])), ["Dens", "50 %"]);
  const state = { "obj-1": { value: 80, raw: 0.8, text: "80 %", active: true } };
  assert.deepEqual(texts(render([box("live.dial", DENSITY)], { state })), ["Dens", "80 %"]);
});

test("the dial's arc grows with the value, and loses its colour when inactive", () => {
  const arc = (/** @type {number} */ value, active = true) => {
    const svg = render([box("live.dial", DENSITY)], { state: { "obj-1": { value, active } } });
    return { lit: svg.includes(THEMES.mid_light.arc), grey: svg.includes(THEMES.mid_light.zombie), svg };
  };
  assert.equal(arc(0).lit, false);
  assert.equal(arc(70).lit, true);
  assert.notEqual(arc(70).svg, arc(71).svg);
  assert.deepEqual([arc(70, false).lit, arc(70, false).grey], [false, true]);
});

test("boxes stand where the patch puts them; boxes outside the view are not drawn", () => {
  const svg = render([
    box("live.comment", { text: "Here" }),
    { ...box("live.comment", { text: "No" }), presentation: 0 },
  ]);
  assert.match(svg, /translate\(10 20\)/);
  assert.deepEqual(texts(svg), ["Here"]);
  assert.deepEqual(
    texts(render([box("live.comment", { text: "Here" })], { state: { "obj-1": { visible: false } } })),
    [],
  );
});

test("a menu shows the chosen item, a tab all of them, the chosen one lit", () => {
  const style = parameter({
    parameter_longname: "Style",
    parameter_type: 2,
    parameter_enum: ["Auto", "House", "Techno"],
    parameter_mmax: 2,
  });
  const menu = { ...style, presentation_rect: [0, 0, 80, 15] };
  assert.deepEqual(texts(render([box("live.menu", menu)], { state: { "obj-1": { value: 1, text: "House" } } })), [
    "House",
  ]);
  const wide = { ...style, presentation_rect: [0, 0, 150, 15] };
  const tab = render([box("live.tab", wide)], { state: { "obj-1": { value: 2 } } });
  assert.deepEqual(texts(tab), ["Auto", "House", "Techno"]);
  assert.equal(tab.split(`fill="${THEMES.mid_light.on}"`).length - 1, 2, "one tab and the switch in the title bar");
});

test("a button shows its words, whatever its parameter's items say; a switch its second words when on", () => {
  const onOff = parameter({
    parameter_longname: "Go",
    parameter_type: 2,
    parameter_enum: ["off", "on"],
    parameter_mmax: 1,
  });
  const go = box("live.text", { ...onOff, text: "Go", texton: "Gone", mode: 0 });
  assert.deepEqual(texts(render([go], { state: { "obj-1": { value: 1, text: "on" } } })), ["Go"]);
  const hold = box("live.text", { ...onOff, text: "Free", texton: "Held", mode: 1 });
  assert.deepEqual(texts(render([hold], { state: { "obj-1": { value: 1 } } })), ["Held"]);
  const changed = render([go], { state: { "obj-1": { attributes: { text: ["Cancel"] } } } });
  assert.deepEqual(texts(changed), ["Cancel"]);
});

test("colours tied to the theme follow it; colours the patch set win", () => {
  const go = box("live.text", {
    text: "Go",
    mode: 0,
    activebgcolor: [1, 0, 0, 1],
    saved_attribute_attributes: { activebgcolor: { expression: "themecolor.live_control_selection" } },
  });
  assert.ok(render([go], { theme: "dark" }).includes(`height="47" fill="${THEMES.dark.on}"`));
  const state = { "obj-1": { attributes: { activebgcolor: [0, 1, 0, 1] } } };
  assert.ok(render([go], { state }).includes('fill="#00ff00"'));
});

test("a script's picture is cut at its box", () => {
  const calls = [
    { call: "begin", args: [{ width: 44, height: 48, autofill: 0, relative_coords: 0 }] },
    { call: "rectangle", args: [0, 0, 500, 5] },
    { call: "fill", args: [] },
  ];
  const svg = render([box("v8ui")], { state: { "obj-1": { calls } } });
  assert.match(
    svg,
    /<clipPath id="box-obj-1"><rect width="44" height="48"\/><\/clipPath><g clip-path="url\(#box-obj-1\)"><path/,
  );
});

test("title bar: name and switch", () => {
  const on = render([], { name: "Bandmate Chords" });
  assert.deepEqual(texts(on), ["Bandmate Chords"]);
  assert.ok(on.includes(`<circle cx="9" cy="8.5" r="4" fill="${THEMES.mid_light.on}"`));
  assert.ok(!render([], { enabled: false }).includes(`fill="${THEMES.mid_light.on}"`));
});

test("what cannot be shown and unknown themes are errors", () => {
  assert.throws(() => render([box("jit.window")]), /cannot show "jit.window"/);
  assert.throws(() => render([], { theme: "pink" }), /no theme "pink"; there are mid_light, dark, light/);
});

test("every theme gives every name a colour, and its text can be read on its ground", () => {
  /** @param {readonly number[]} rgb */
  const weight = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
  for (const name of Object.keys(THEMES)) {
    const table = themeTable(name);
    assert.deepEqual(Object.keys(table), Object.keys(themeTable()));
    assert.ok(
      Object.values(table).every((colour) => colour.length === 4 && colour.every((part) => part >= 0 && part <= 1)),
    );
    for (const [words, ground] of [
      ["live_control_fg", "live_surface_bg"],
      ["live_control_fg", "live_control_bg"],
      ["live_lcd_title", "live_lcd_bg"],
      ["live_control_fg_on", "live_control_selection"],
    ]) {
      assert.ok(Math.abs(weight(table[words]) - weight(table[ground])) > 0.35, `${name}: ${words} on ${ground}`);
    }
  }
});

for (const device of ["Chords", "Hub"]) {
  test(`the built ${device} can be drawn in every theme, and no words are cut`, () => {
    const path = fileURLToPath(new URL(`../../../../m4l_devices/built/Bandmate ${device}.amxd`, import.meta.url));
    const { patcher } = readAmxd(readFileSync(path));
    const boxes = patcher.boxes.map((/** @type {any} */ entry) => entry.box);
    for (const theme of Object.keys(THEMES)) {
      const svg = renderPresentation(boxes, { width: patcher.openrect[2], theme, name: `Bandmate ${device}` });
      assert.ok(texts(svg).includes(`Bandmate ${device}`));
      assert.deepEqual(
        texts(svg).filter((text) => text.endsWith("…")),
        [],
      );
      const png = svgToPng(svg, { scale: 1 });
      assert.deepEqual([...png.subarray(1, 4)], [...Buffer.from("PNG")]);
      assert.equal(png.readUInt32BE(16), patcher.openrect[2] + 12);
      assert.equal(png.readUInt32BE(20), 169 + 18 + 12);
    }
  });
}
