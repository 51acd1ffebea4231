/** What a hand may do next, the likeliest first: the dice, then the control it has just turned, a little either way. */
import { Controls, valuesOf } from "../shared/controls.js";

/** @typedef {import("../shared/controls.js").Table} Table */

/** `steps`: places a dial can stand at. @typedef {import("../shared/controls.js").Control & {steps?: number}} Stepped */

/** Steps of a dial that are within reach. */
const DIAL_STEPS = 4;
/** Items of a menu, and whole numbers, that are. */
const NEAR_ITEMS = 2;

/**
 * @param {Table} table
 * @param {Controls} now
 * @param {string} selector
 * @param {number} value
 * @returns {Controls|null} as if it had been turned there; null where it cannot be
 */
function supposing(table, now, selector, value) {
  const then = copyOf(table, now);
  then.set(selector, value);
  return Math.abs(then.number(selector) - value) < 1e-6 ? then : null;
}

/** @param {Table} table @param {Controls} now @returns {Controls} */
function copyOf(table, now) {
  const copy = new Controls(table);
  for (const name of valuesOf(table)) copy.set(name, now.number(name));
  return copy;
}

/** @param {Table} table @param {string} selector @returns {{step: number, reach: number}} how far one move goes, and how many */
function reachOf(table, selector) {
  const control = /** @type {Stepped|undefined} */ (table.parameters.find((each) => each.selector === selector));
  if (control?.type !== "float") return { step: 1, reach: NEAR_ITEMS };
  const span = (control.max ?? 1) - (control.min ?? 0);
  return { step: span / Math.max(1, (control.steps ?? 101) - 1), reach: DIAL_STEPS };
}

/**
 * @param {Table} table
 * @param {Controls} now
 * @param {string} touched selector of the control that was turned last; "" for none
 * @returns {Controls[]}
 */
export function withinReach(table, now, touched) {
  if (touched === "" || touched === "seed") return [];
  const { step, reach } = reachOf(table, touched);
  const here = now.number(touched);
  const found = [];
  for (let away = 1; away <= reach; away++) {
    for (const value of [here + away * step, here - away * step]) {
      const then = supposing(table, now, touched, value);
      if (then !== null) found.push(then);
    }
  }
  return found;
}
