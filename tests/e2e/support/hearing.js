/** An engine whose ears are awake. */
import assert from "node:assert/strict";
import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EngineClient } from "./client.js";
import { alive, endpointOf, eventually } from "./engine.js";

/** What hearing compiles on a machine that never heard anything, ms. */
export const FIRST_TIME = 240_000;

/** Names the process that compiles at the moment. */
const COMPILES = join(tmpdir(), "bandmate-tests-numba.lock");

/**
 * Lets one play after the other do this: what the first has compiled is there for the next.
 *
 * @template T
 * @param {() => Promise<T>} wake
 * @returns {Promise<T>}
 */
async function inTurn(wake) {
  await eventually(taken, "another play to have compiled", FIRST_TIME);
  try {
    return await wake();
  } finally {
    rmSync(COMPILES, { force: true });
  }
}

/** Whether it is this process's turn now. */
function taken() {
  try {
    const file = openSync(COMPILES, "wx");
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch {
    const holder = Number(readOr(COMPILES));
    if (holder > 0 && !alive(holder)) rmSync(COMPILES, { force: true });
    return false;
  }
}

/** @param {string} path @returns {string} empty when it is gone */
function readOr(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/**
 * Has the engine hear a file once, so that its ears are awake and the file is known.
 *
 * @param {string} home
 * @param {string} path
 * @returns {Promise<EngineClient>} for whoever has more to ask; to be closed
 */
export const wakeEars = (home, path) => inTurn(() => heardOnce(home, path));

/** @param {string} home @param {string} path @returns {Promise<EngineClient>} */
async function heardOnce(home, path) {
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
