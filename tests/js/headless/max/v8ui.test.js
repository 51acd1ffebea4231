import assert from "node:assert/strict";
import { test } from "node:test";
import { open, send } from "../support/live.js";
import { Patch } from "../support/patch.js";

const CODE = `
  mgraphics.init();
  let words = "hello";
  let paints = 0;
  function set(text) { words = text; mgraphics.redraw(); mgraphics.redraw(); }
  function paint() { paints += 1; mgraphics.rectangle(0, 0, mgraphics.size[0], mgraphics.size[1]); mgraphics.show_text(words); }
  function count() { post("paints", paints); }
  function onclick(x, y, button) { outlet(0, "click", x, y, button); }
  function ondrag(x, y, button) { outlet(0, "drag", x, y, button); }
`;

/** @param {import("node:test").TestContext} t @param {any} [options] */
async function picture(t, options = {}) {
  const live = await open(t, options);
  const patch = new Patch();
  const id = patch.v8(CODE, { ui: true, varname: "picture", rect: [10, 20, 120, 60] });
  patch.cord(id, 0, patch.object("print", 1, 0), 0);
  return { live, id, dev: await live.addDevice(patch.bytes()) };
}

test("the size is that of the device view; redraw paints once, in the low-priority queue", async (t) => {
  const { live, dev, id } = await picture(t);
  assert.deepEqual(dev.box("picture").surface.calls()[0], ["rectangle", 0, 0, 120, 60]);
  send(dev, id, 0, "set", "new");
  assert.deepEqual(dev.box("picture").surface.texts(), ["hello"]);
  live.settle();
  assert.deepEqual(dev.box("picture").surface.texts(), ["new"]);
  send(dev, id, 0, "count");
  assert.deepEqual(live.console, ["paints 2"]);
});

test("the words in a picture are among what a person reads", async (t) => {
  const { dev, id } = await picture(t);
  send(dev, id, 0, "set", "Wrote 4 chords");
  assert.deepEqual(dev.texts(), ["Wrote 4 chords"]);
});

test("a click is a press and a release, with the way between", async (t) => {
  const { live, dev } = await picture(t);
  dev.click("picture", 5, 6, [
    [7, 8],
    [9, 10],
  ]);
  assert.deepEqual(live.console, [
    "print: click 5 6 1",
    "print: drag 7 8 1",
    "print: drag 9 10 1",
    "print: drag 9 10 0",
  ]);
  assert.throws(() => dev.click("picture", 500, 1), { kind: "ui", message: /outside/u });
});

test("without a renderer a picture is an error", async (t) => {
  const { live } = await picture(t, { createMGraphics: null, strict: false });
  assert.equal(live.errors[0].kind, "v8ui");
});
