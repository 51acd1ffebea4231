import assert from "node:assert/strict";
import { test } from "node:test";
import { atomText, float, fromAtoms, MaxFloat, parseText, toAtoms } from "../../../../js/headless/max/atoms.js";

test("words of a box: ints, floats, symbols, quotes and escapes", () => {
  assert.deepEqual(parseText('pack 0 1. -2 .5 a "two words" 3\\,4 "5"'), [
    "pack",
    0,
    new MaxFloat(1),
    -2,
    0.5,
    "a",
    "two words",
    "3,4",
    "5",
  ]);
});

test("normal form of messages", () => {
  assert.deepEqual(fromAtoms([]), { sel: "bang", args: [] });
  assert.deepEqual(fromAtoms([5]), { sel: "int", args: [5] });
  assert.deepEqual(fromAtoms([float(5)]), { sel: "float", args: [new MaxFloat(5)] });
  assert.deepEqual(fromAtoms([1, "a"]), { sel: "list", args: [1, "a"] });
  assert.deepEqual(fromAtoms(["a", 1]), { sel: "a", args: [1] });
  assert.deepEqual(toAtoms({ sel: "list", args: [1, 2] }), [1, 2]);
  assert.deepEqual(toAtoms({ sel: "set", args: [1] }), ["set", 1]);
});

test("a whole float prints with its dot", () => {
  assert.equal(atomText(float(80)), "80.");
  assert.equal(atomText(80), "80");
  assert.equal(atomText(0.1 + 0.2), "0.3");
});
