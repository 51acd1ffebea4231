import assert from "node:assert/strict";
import { test } from "node:test";
import { readBox } from "../../../../js/headless/max/patcher.js";
import { open, send, traced } from "../support/live.js";
import { Patch } from "../support/patch.js";

/** A source that bangs several boxes named by their place. @param {[string, number, number][]} places */
function fan(places) {
  const patch = new Patch();
  const source = patch.object("t b", 1, 1, { varname: "source" });
  for (const [name, x, y] of places) {
    const id = patch.object("prepend to", 1, 1, { varname: name, patching_rect: [x, y, 40, 20] });
    patch.cord(source, 0, id, 0);
  }
  return { patch, source };
}

test("cords of one outlet fire right to left, bottom first in one column", async (t) => {
  const live = await open(t);
  const { patch, source } = fan([
    ["left", 10, 50],
    ["top", 200, 50],
    ["bottom", 200, 90],
    ["right", 300, 10],
  ]);
  const dev = await live.addDevice(patch.bytes());
  const lines = traced(dev);
  send(dev, source, 0);
  assert.deepEqual(
    lines.slice(1).map((line) => line.split(".")[0]),
    ["right", "bottom", "top", "left"],
  );
});

test("depth first: a branch runs to its end before the next begins", async (t) => {
  const live = await open(t);
  const { patch, source } = fan([
    ["first", 300, 50],
    ["second", 100, 50],
  ]);
  const end = patch.object("prepend end", 1, 1, { varname: "end" });
  patch.cord("obj-2", 0, end, 0);
  const dev = await live.addDevice(patch.bytes());
  const lines = traced(dev);
  send(dev, source, 0);
  assert.deepEqual(
    lines.map((line) => line.split(".")[0]),
    ["source", "first", "end", "second"],
  );
});

test("an endless loop of cords is a stack overflow, reported once", async (t) => {
  const live = await open(t, { strict: false });
  const patch = new Patch();
  const one = patch.object("+ 1", 2, 1);
  const two = patch.object("+ 1", 2, 1);
  patch.cord(one, 0, two, 0).cord(two, 0, one, 0);
  const dev = await live.addDevice(patch.bytes());
  send(dev, one, 0, 1);
  assert.deepEqual(
    live.errors.map((error) => error.kind),
    ["stack-overflow"],
  );
});

test("unknown object, unknown attribute argument, false counts: errors with the box's name", async (t) => {
  const live = await open(t, { strict: false });
  const patch = new Patch();
  patch.object("frobnicate 5", 1, 1);
  patch.box({ maxclass: "live.knob", numinlets: 1, numoutlets: 1 });
  patch.object("join 2 @trigger 0", 2, 1);
  patch.object("t b b", 1, 3);
  patch.object("pack 1 2 3", 2, 1);
  patch.v8("inlets = 1; outlets = 2;", { outlets: 1 });
  await live.addDevice(patch.bytes());
  assert.deepEqual(
    live.errors.map((error) => `${error.kind} ${error.box}`.trim()),
    [
      "unknown-object",
      "unknown-object",
      "unknown-attribute join 2 @trigger 0",
      "box-count t b b",
      "box-count pack 1 2 3",
      "box-count v8 (code)",
    ],
  );
});

test("strict mode throws them at the caller", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  patch.object("frobnicate", 1, 1);
  await assert.rejects(live.addDevice(patch.bytes()), {
    kind: "unknown-object",
    message: /frobnicate: No such object/u,
  });
});

test("cords that Max drops are dropped and reported", async (t) => {
  const live = await open(t, { strict: false });
  const patch = new Patch();
  const trigger = patch.object("t b b", 1, 2, { varname: "t" });
  const print = patch.object("print", 1, 0);
  patch.cord(trigger, 2, print, 0).cord(trigger, 0, print, 1).cord(trigger, 0, "obj-99", 0);
  const dev = await live.addDevice(patch.bytes());
  assert.equal(live.errors.filter((error) => error.kind === "cord").length, 3);
  send(dev, trigger, 0);
  assert.ok(!live.console.includes("print: bang"));
});

test("an outlet the saved count does not show loses its cords", async (t) => {
  const live = await open(t, { strict: false });
  const patch = new Patch();
  const trigger = patch.object("t b b", 1, 2);
  const print = patch.object("print", 1, 0);
  patch.cord(trigger, 1, print, 0);
  const dev = await live.addDevice(patch.bytes(), {
    mutate: (patcher) => {
      patcher.boxes[0].box.numoutlets = 1;
    },
  });
  assert.deepEqual(
    live.errors.map((error) => error.kind),
    ["box-count", "cord"],
  );
  assert.equal(dev.cords()[0].live, false);
});

test("a disabled cord and a cut cord carry nothing", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  const trigger = patch.object("t b", 1, 1);
  const one = patch.object("print one", 1, 0);
  const two = patch.object("print two", 1, 0);
  patch.cord(trigger, 0, one, 0).cord(trigger, 0, two, 0);
  patch.lines[0].patchline.disabled = 1;
  const dev = await live.addDevice(patch.bytes());
  send(dev, trigger, 0);
  assert.deepEqual(live.console, ["two: bang"]);
  const cord = dev.cords().find((each) => each.live && each.to === "print two");
  dev.cut(cord?.index ?? -1);
  send(dev, trigger, 0);
  assert.deepEqual(live.console, ["two: bang"]);
});

test("a subpatcher's inlets and outlets count from the left", async (t) => {
  const live = await open(t);
  const inside = new Patch();
  const right = inside.box({ maxclass: "inlet", numinlets: 0, numoutlets: 1, patching_rect: [200, 0, 30, 30] });
  const left = inside.box({ maxclass: "inlet", numinlets: 0, numoutlets: 1, patching_rect: [10, 0, 30, 30] });
  const out = inside.box({ maxclass: "outlet", numinlets: 1, numoutlets: 0, patching_rect: [10, 90, 30, 30] });
  const sum = inside.object("+", 2, 1);
  inside.cord(left, 0, sum, 0).cord(right, 0, sum, 1).cord(sum, 0, out, 0);
  const patch = new Patch();
  const p = patch.object("p adder", 2, 1, { patcher: inside.patcher });
  const print = patch.object("print", 1, 0);
  patch.cord(p, 0, print, 0);
  const dev = await live.addDevice(patch.bytes());
  send(dev, p, 1, 5);
  send(dev, p, 0, 2);
  assert.deepEqual(live.console, ["print: 7"]);
  assert.equal(dev.cords().length, 4);
});

test("a box that only says a number is an int or float object", () => {
  assert.deepEqual(readBox({ maxclass: "newobj", text: "5" }, (text) => text).name, "int");
  assert.deepEqual(
    readBox({ maxclass: "newobj", text: "sel a @x 1 2" }, (text) => text),
    {
      name: "select",
      args: ["a"],
      attributes: { x: [1, 2] },
    },
  );
});

test("loadbang works, and is noted", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  patch.cord(patch.object("loadbang", 1, 1), 0, patch.object("print", 1, 0), 0);
  const dev = await live.addDevice(patch.bytes());
  assert.deepEqual(live.console, ["print: bang"]);
  assert.match(dev.notes[0], /loadbang/u);
});
