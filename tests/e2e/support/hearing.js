/** An engine whose ears are awake. */
import assert from "node:assert/strict";
import { EngineClient } from "./client.js";
import { endpointOf, eventually } from "./engine.js";

/** What hearing compiles on a machine that never heard anything, ms. */
export const FIRST_TIME = 240_000;

/**
 * Has the engine hear a file once, so that its ears are awake and the file is known.
 *
 * @param {string} home
 * @param {string} path
 * @returns {Promise<EngineClient>} for whoever has more to ask; to be closed
 */
export async function wakeEars(home, path) {
  const client = await EngineClient.connect(/** @type {any} */ (endpointOf(home)));
  const { result, error } = await client.call("hear.analyze", { path });
  assert.equal(error, undefined);
  if (!result.job) return client;
  /** @type {any} */
  let status = {};
  const look = async () => {
    status = (await client.call("job.status", { job: result.job })).result;
  };
  await eventually(
    () => {
      look();
      return status.state === "done" || status.state === "failed";
    },
    "the engine to hear its first file",
    FIRST_TIME,
  );
  assert.equal(status.state, "done", JSON.stringify(status.error));
  return client;
}
