import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "../../../js/node_modules/fast-check/lib/fast-check.js";
import { cut, DictWriter, Joiner, PIECE, readDict } from "../../../js/rpc/pieces.js";
import { MaxBus } from "./support/max_bus.js";

describe("cut", () => {
  it("leaves a short text whole", () => {
    assert.deepEqual(cut(""), [""]);
    assert.deepEqual(cut("x".repeat(PIECE)), ["x".repeat(PIECE)]);
  });

  it("makes pieces that fit, join to the text, and never split a character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.integer({ min: 4, max: 40 }), (text, limit) => {
        const pieces = cut(text, limit);
        assert.equal(pieces.join(""), text);
        for (const piece of pieces) {
          assert.ok(Buffer.byteLength(piece) <= limit);
          assert.equal(
            /^[\udc00-\udfff]/.test(piece) && /[\ud800-\udbff]$/.test(text.slice(0, text.indexOf(piece))),
            false,
          );
        }
      }),
    );
  });

  it("fills the pieces", () => {
    const pieces = cut("a".repeat(PIECE * 3 + 1));
    assert.deepEqual(
      pieces.map(({ length }) => length),
      [PIECE, PIECE, PIECE, 1],
    );
  });
});

describe("Joiner", () => {
  it("joins per sender", () => {
    const joiner = new Joiner();
    assert.equal(joiner.add("a", 0, 2, "x"), null);
    assert.equal(joiner.add("b", 0, 1, "whole"), "whole");
    assert.equal(joiner.add("a", 1, 2, "y"), "xy");
  });

  it("throws away what misses a piece", () => {
    const joiner = new Joiner();
    joiner.add("a", 0, 3, "x");
    assert.equal(joiner.add("a", 2, 3, "z"), null);
    assert.equal(joiner.add("a", 1, 2, "y"), null);
    joiner.add("a", 0, 2, "x");
    joiner.forget("a");
    assert.equal(joiner.add("a", 1, 2, "y"), null);
    assert.equal(joiner.add("a", 0, 2, "1") ?? joiner.add("a", 1, 2, "2"), "12");
  });
});

describe("Dicts", () => {
  it("are a few, used in turn, and freed", () => {
    const { Dict, dicts } = new MaxBus();
    const writer = new DictWriter(Dict, "text.d1", 3);
    const names = Array.from({ length: 7 }, (_, at) => writer.write([`${at}`, "x"]));
    assert.equal(new Set(names).size, 3);
    assert.equal(readDict(Dict, names[6]), "6x");
    writer.free();
    assert.equal(readDict(Dict, names[6]), "");
    assert.equal(dicts.size, 3);
  });
});
