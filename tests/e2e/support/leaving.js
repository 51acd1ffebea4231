/**
 * What a test has opened is closed after it, last come first gone: an engine that left before its Live would be woken anew by
 * the Hub, into a folder that is being removed. (The runner's own hooks run in the order in which they were given, and the
 * first that fails keeps the others from running.)
 */

/** @typedef {() => unknown} End */

/** @type {WeakMap<import("node:test").TestContext, End[]>} */
const known = new WeakMap();

/**
 * @param {import("node:test").TestContext} test
 * @param {End} end run after the test whatever happened, and before all that was given earlier
 */
export function afterwards(test, end) {
  const ends = known.get(test);
  if (ends) {
    ends.push(end);
    return;
  }
  const all = [end];
  known.set(test, all);
  test.after(() => closedIn(all));
}

/** @param {End[]} ends @throws {unknown} the first failure, when all were run */
async function closedIn(ends) {
  /** @type {unknown[]} */
  const problems = [];
  for (const end of ends.reverse()) {
    try {
      await end();
    } catch (problem) {
      problems.push(problem);
    }
  }
  if (problems.length > 0) throw problems[0];
}
