import assert from "node:assert/strict";
import { test } from "node:test";
import { fromCamelot, movedCamelot, nameOf, parallel, relative } from "../../../../js/devices/shared/keys.js";

/** Every place of the wheel, as it is printed. */
const WHEEL = {
  "1A": "G# minor",
  "2A": "Eb minor",
  "3A": "Bb minor",
  "4A": "F minor",
  "5A": "C minor",
  "6A": "G minor",
  "7A": "D minor",
  "8A": "A minor",
  "9A": "E minor",
  "10A": "B minor",
  "11A": "F# minor",
  "12A": "C# minor",
  "1B": "B major",
  "2B": "F# major",
  "3B": "Db major",
  "4B": "Ab major",
  "5B": "Eb major",
  "6B": "Bb major",
  "7B": "F major",
  "8B": "C major",
  "9B": "G major",
  "10B": "D major",
  "11B": "A major",
  "12B": "E major",
};

/** @param {string} camelot */
const name = (camelot) => nameOf(/** @type {any} */ (fromCamelot(camelot)));

test("every place of the wheel has its name; what is none has none", () => {
  for (const [camelot, key] of Object.entries(WHEEL)) assert.equal(name(camelot), key);
  for (const wrong of ["", "A8", "8C", "8a"]) assert.equal(fromCamelot(wrong), null);
});

test("relatives share a number, parallels a tonic", () => {
  for (const camelot of Object.keys(WHEEL)) {
    const key = /** @type {any} */ (fromCamelot(camelot));
    const other = camelot.endsWith("A") ? camelot.replace("A", "B") : camelot.replace("B", "A");
    assert.equal(relative(key), name(other));
    assert.equal(parallel(key), nameOf({ ...key, minor: !key.minor }));
  }
  assert.equal(parallel({ tonic: 9, minor: true }), "A major");
});

test("a key moves by semitones, round the wheel and back", () => {
  assert.equal(movedCamelot("8A", 3), "5A");
  assert.equal(movedCamelot("8B", -1), "1B");
  for (const camelot of Object.keys(WHEEL)) {
    assert.equal(movedCamelot(camelot, 12), camelot);
    assert.equal(movedCamelot(movedCamelot(camelot, 5), -5), camelot);
    const { tonic, minor } = /** @type {any} */ (fromCamelot(camelot));
    assert.deepEqual(fromCamelot(movedCamelot(camelot, 1)), { tonic: (tonic + 1) % 12, minor });
  }
  assert.equal(movedCamelot("", 3), "");
});
