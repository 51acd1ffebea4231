import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { PROGRESSION_ITEMS, TABLE, VALUES } from "../../../../js/devices/chords/parameters.js";
import { schedule } from "../../../../js/devices/maker/audition.js";
import { Parameters } from "../../../../js/devices/maker/parameters.js";
import { SEEDS, SeedKeeper } from "../../../../js/devices/maker/seed.js";
import { buttonsOf } from "../../../../js/devices/shared/controls.js";
import { problemWords } from "../../../../js/devices/shared/problem.js";
import { LiveRefusal } from "../../../../js/live/errors.js";
import { RpcError } from "../../../../js/rpc/errors.js";
import { note } from "../../live/support/stage.js";

const table = JSON.parse(readFileSync(new URL("../../../../presets/devices/chords.json", import.meta.url), "utf8"));

test("every control of the table is a value, a button, the own text or the memory of the recipe", () => {
  const all = table.parameters.map((/** @type {any} */ { selector }) => selector);
  assert.deepEqual([...VALUES, ...buttonsOf(TABLE), "own_text", "recipe"].sort(), [...all].sort());
  assert.equal(PROGRESSION_ITEMS, 13);
});

test("the entry answers every selector of the table", async () => {
  const source = ["chords/main.js", "maker/entry.js", "maker/part_entry.js"]
    .map((file) => readFileSync(new URL(`../../../../js/devices/${file}`, import.meta.url), "utf8"))
    .join("\n");
  for (const selector of [...buttonsOf(TABLE), "own_text", "recipe"])
    assert.match(source, new RegExp(`\\b${selector}: \\(`), selector);
});

test("each item of each menu has its id", () => {
  const parameters = new Parameters(TABLE);
  for (const control of table.parameters.filter((/** @type {any} */ { kind }) => kind === "menu")) {
    assert.equal(control.ids.length, control.items.length, control.long);
    control.ids.forEach((/** @type {string} */ id, /** @type {number} */ index) => {
      parameters.set(control.selector, index);
      assert.equal(parameters.choice(control.selector), id);
    });
  }
});

test("values outside of a control's range are kept inside; nonsense is ignored", () => {
  const parameters = new Parameters(TABLE);
  parameters.set("bars", 900);
  assert.equal(parameters.number("bars"), 64);
  parameters.set("bars", 0);
  assert.equal(parameters.number("bars"), 1);
  parameters.set("bars", Number.NaN);
  assert.equal(parameters.number("bars"), 1);
  parameters.set("key", 99);
  assert.equal(parameters.choice("key"), "B");
  parameters.set("tension", 33.3);
  assert.equal(parameters.number("tension"), 33.3);
  parameters.set("seed", 12.9);
  assert.equal(parameters.number("seed"), 13);
});

test("a drawn seed is never the one before and always has four digits at most", () => {
  for (const value of [0, 0.5, 0.999999]) {
    const seeds = new SeedKeeper(() => value);
    for (let i = 0; i < 50; i++) {
      const before = seeds.seed;
      const now = seeds.draw();
      assert.notEqual(now, before);
      assert.ok(Number.isInteger(now) && now >= 0 && now < SEEDS);
    }
  }
});

test("a seed that Live puts back at loading does not count as typed", () => {
  const seeds = new SeedKeeper(() => 0.3);
  seeds.set(1234, false);
  assert.notEqual(seeds.take(false), 1234);
});

test("audition clamps and orders", () => {
  const notes = [note(64, 2, 0.001), { ...note(60, 0, 1), velocity: 0.2 }, { ...note(61, 0, 1), mute: true }];
  assert.deepEqual(schedule(notes, 120), [
    [60, 1, 500, 0],
    [64, 100, 10, 1000],
  ]);
});

test("problems are told in words, whatever was thrown", () => {
  assert.equal(problemWords(new LiveRefusal("No empty slot")), "No empty slot");
  assert.equal(problemWords(new RpcError(1, "Too many.", { hint: "Wait a moment." })), "Too many. Wait a moment");
  assert.equal(problemWords(new RpcError(1, "Use 1 to 64.", { hint: "Use 1 to 64." })), "Use 1 to 64");
  assert.equal(problemWords(undefined), "That did not work: try again");
});
