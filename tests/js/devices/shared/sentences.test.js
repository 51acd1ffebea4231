import assert from "node:assert/strict";
import { test } from "node:test";
import { bare, counted, sentences } from "../../../../js/devices/shared/sentences.js";

test("sentences end once, and what is no text is none", () => {
  assert.equal(bare("Three. \n"), "Three");
  assert.equal(sentences(["One.", "", null, undefined, 7, "Two. "]), "One. Two");
  assert.equal(sentences([]), "");
});

test("one is one, all else is many", () => {
  assert.deepEqual(
    [0, 1, 2, 1.5].map((count) => counted(count, "bar")),
    ["0 bars", "1 bar", "2 bars", "1.5 bars"],
  );
});
