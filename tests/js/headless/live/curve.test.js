/** Curved segments of an envelope, against closed forms. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { valueAt } from "../../../../js/headless/live/model/automation.js";
import { along, curveFrom } from "../../../../js/headless/live/model/curve.js";
import fc from "../../../../js/node_modules/fast-check/lib/fast-check.js";

const PLACES = Array.from({ length: 101 }, (_, at) => at / 100);

/** @param {number} a @param {number} b @param {number} [near] */
const close = (a, b, near = 1e-9) => assert.ok(Math.abs(a - b) <= near, `${a} is not ${b}`);

test("where time goes evenly the value is the polynomial of its control points", () => {
  for (const [one, two] of [
    [0, 0],
    [1, 1],
    [0, 1],
    [0.9, 0.2],
  ]) {
    for (const x of PLACES) {
      const value = 3 * (1 - x) ** 2 * x * one + 3 * (1 - x) * x ** 2 * two + x ** 3;
      close(along([1 / 3, one, 2 / 3, two], x), value);
    }
  }
});

test("where the value goes evenly it is the root of time, as steep as it may begin or end", () => {
  for (const x of PLACES) {
    close(along([0, 1 / 3, 0, 2 / 3], x), Math.cbrt(x), 1e-4);
    close(along([1, 1 / 3, 1, 2 / 3], x), 1 - Math.cbrt(1 - x), 1e-4);
  }
});

test("any curve is found where its time is, and goes from corner to corner", () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(unit, unit, unit, unit, unit, (x1, y1, x2, y2, t) => {
      const curve = /** @type {const} */ ([x1, y1, x2, y2]);
      const at = (/** @type {number} */ one, /** @type {number} */ two) =>
        3 * (1 - t) ** 2 * t * one + 3 * (1 - t) * t ** 2 * two + t ** 3;
      // Where time hardly moves the value may be any on the way.
      const [x, y] = [at(x1, x2), at(y1, y2)];
      const [before, after] = [along(curve, Math.max(0, x - 1e-6)), along(curve, Math.min(1, x + 1e-6))];
      assert.ok(y >= Math.min(before, after) - 1e-3 && y <= Math.max(before, after) + 1e-3, `${before} ${y} ${after}`);
      close(along(curve, 0), 0);
      close(along(curve, 1), 1);
    }),
    { numRuns: 200, seed: 1 },
  );
});

test("between points it is scaled to both, down as well as up; a straight one is no curve", () => {
  const points = [
    { time: 2, value: 80, curve: /** @type {const} */ ([1 / 3, 0, 2 / 3, 0]) },
    { time: 6, value: 16 },
    { time: 8, value: 20 },
  ];
  close(valueAt(points, 4), 80 - 64 / 8);
  assert.deepEqual(
    [1, 2, 6, 7, 9].map((time) => valueAt(points, time)),
    [80, 80, 16, 18, 20],
  );
  assert.equal(curveFrom([0.5, 0.5, 0.5, 0.5]), null);
  assert.equal(curveFrom([0.2, 0.2, 0.9, 0.9]), null);
  assert.deepEqual(curveFrom([0.2, 0.3, 0.9, 0.9]), [0.2, 0.3, 0.9, 0.9]);
});
