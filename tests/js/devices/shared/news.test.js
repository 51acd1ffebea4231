import assert from "node:assert/strict";
import { test } from "node:test";
import { onlyNews } from "../../../../js/devices/shared/news.js";

test("what was said last is not said again", () => {
  /** @type {unknown[][]} */
  const sent = [];
  const tell = onlyNews((/** @type {unknown[]} */ ...values) => sent.push(values));
  for (const values of [["a", 1], ["a", 1], ["a", "1"], [], [], ["a", 1]]) tell(...values);
  assert.deepEqual(sent, [["a", 1], ["a", "1"], [], ["a", 1]]);
});
