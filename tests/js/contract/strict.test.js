import assert from "node:assert/strict";
import { test } from "node:test";
import { strict } from "./strict.js";

/** @param {any} value */
function watched(value) {
  /** @type {string[]} */
  const missed = [];
  return { value: strict(value, (path) => missed.push(path)), missed };
}

test("a member that is not there is told with its way", () => {
  const { value, missed } = watched({ resolved: { key: "D minor" }, notes: [{ pitch: 60 }] });
  assert.equal(value.resolved.key, "D minor");
  assert.deepEqual(missed, []);
  assert.equal(value.resolved.style, undefined);
  assert.equal(value.notes.map((/** @type {any} */ note) => note.velocity)[0], undefined);
  assert.equal(value.length ?? "none", "none");
  assert.deepEqual(missed, ["result.resolved.style", "result.notes[].velocity", "result.length"]);
});

test("what the language looks for by itself is no finding", async () => {
  const { value, missed } = watched({ chords: [{ symbol: "Dm" }], none: null });
  const [{ symbol }, second] = value.chords;
  assert.deepEqual(
    [symbol, second, value.none, value.chords.length, `${value.chords}`],
    ["Dm", undefined, null, 1, "[object Object]"],
  );
  assert.equal(JSON.stringify(value), '{"chords":[{"symbol":"Dm"}],"none":null}');
  assert.equal(await value, value);
  assert.deepEqual(missed, []);
});
