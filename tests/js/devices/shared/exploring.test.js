/** Where Explore stands for all devices of the Set: which Taste counts, what is read where none is, what is told and what not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openExploring, TASTE_NEWS } from "../../../../js/devices/shared/exploring.js";
import { FakeDict } from "../support/dict.js";

/** Two devices in one Max. */
function max() {
  /** @type {string[]} */
  const said = [];
  /** @type {Map<string, FakeDict>} */
  const dicts = new Map();
  const Dict = /** @type {any} */ (
    function dictOf(/** @type {string} */ name) {
      const dict = dicts.get(name) ?? new FakeDict();
      dicts.set(name, dict);
      return dict;
    }
  );
  const open = () => openExploring(Dict, (receiver, news) => said.push(`${receiver} ${news}`));
  return { taste: open(), bass: open(), said };
}

/** @param {[number, number]} place @param {number} explore */
const standing = (place, explore) => ({ track: 7, place, explore });

test("where no Taste is, a quarter is explored", () => {
  assert.equal(max().bass.explore(), 0.25);
});

test("what a Taste tells is read by another device; when it leaves, the usual is back", () => {
  const { taste, bass } = max();
  taste.tell("a", standing([2, 1], 0.8));
  assert.equal(bass.explore(), 0.8);
  assert.deepEqual(bass.explorers(), [{ id: "a", track: 7, place: [2, 1], explore: 0.8 }]);
  taste.leave("a");
  assert.equal(bass.explore(), 0.25);
});

test("of several the one farthest left counts, on a track the first; who came first says nothing", () => {
  const { taste, bass } = max();
  taste.tell("b", standing([2, 0], 0.1));
  taste.tell("c", standing([1, 4], 0.2));
  taste.tell("a", standing([1, 3], 0.3));
  assert.deepEqual(
    bass.explorers().map(({ id }) => id),
    ["a", "c", "b"],
  );
  assert.equal(bass.explore(), 0.3);
  taste.leave("a");
  assert.equal(bass.explore(), 0.2);
});

test("news are told once, ratings each time, and what is out of range stays within", () => {
  const { taste, bass, said } = max();
  taste.tell("a", standing([0, 0], 1.7));
  taste.tell("a", standing([0, 0], 1.7));
  taste.leave("nobody");
  assert.equal(bass.explore(), 1);
  assert.deepEqual(said, [`${TASTE_NEWS} explored`]);
  bass.rated();
  bass.rated();
  assert.deepEqual(said.slice(1), [`${TASTE_NEWS} rated`, `${TASTE_NEWS} rated`]);
});
