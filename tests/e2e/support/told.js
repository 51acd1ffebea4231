/** What the engine remembers of takes, asked beside all devices. */
import assert from "node:assert/strict";
import { EngineClient } from "./client.js";
import { endpointOf } from "./engine.js";
import { WAKE } from "./play.js";

/** Asks the engine beside all devices. @param {string} home @param {string} method @param {Record<string, unknown>} [params] */
export async function ask(home, method, params) {
  const client = await EngineClient.connect(/** @type {any} */ (endpointOf(home)));
  try {
    const { result, error } = await client.call(method, params);
    assert.equal(error, undefined, JSON.stringify(error));
    return result;
  } finally {
    client.socket.close();
  }
}

/** @param {string} home @returns {Promise<string>} id of the newest take that is shown in lists */
export const newest = async (home) => (await ask(home, "taste.takes", { count: 1 })).takes[0].take;

/** Kinds of what was told of a take, in order. @param {string} home @param {string} take @returns {Promise<string[]>} */
export const told = async (home, take) =>
  (await ask(home, "taste.take", { take })).rewards.map((/** @type {any} */ each) => `${each.kind} ${each.amount}`);

/** @param {{home: string}} stage @param {string} take @param {RegExp} what */
export async function untilTold({ home }, take, what) {
  /** @type {string[]} */
  let now = [];
  const end = performance.now() + WAKE;
  while (!now.some((each) => what.test(each))) {
    assert.ok(performance.now() < end, `of ${take} never came ${what}, only ${now}`);
    await new Promise((next) => setTimeout(next, 50));
    now = await told(home, take);
  }
  return now;
}
