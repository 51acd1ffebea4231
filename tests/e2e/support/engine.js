/** An engine of its own for one test file, which Hubs find running. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { python, removed } from "../../../js/headless/stage.js";
import { afterwards } from "./leaving.js";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** Time an engine may take to leave when its lifeline ends, ms. */
const LEAVING = 10_000;

/** Signals that no test sends. @type {Set<NodeJS.Signals | null>} */
const CRASHES = new Set(/** @type {const} */ (["SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE"]));

/** Time its last words may take to come after it, ms. */
const PIPES_OPEN = 1000;

/**
 * What the endpoint file says.
 *
 * @param {string} home
 * @returns {{port: number, token: string, pid: number} | null} null: there is none, or it is being written
 */
export function endpointOf(home) {
  try {
    return JSON.parse(readFileSync(join(home, "endpoint.json"), "utf8"));
  } catch {
    return null;
  }
}

/** @param {number} pid whether such a process is running (one that only waits to be reaped is not) */
export function alive(pid) {
  const about = readIfThere(`/proc/${pid}/stat`);
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !/\) Z /.test(about);
}

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/**
 * Waits for something outside of Max, without a clock that could be too short on a busy machine.
 *
 * @template T
 * @param {() => T} look
 * @param {string} what
 * @param {number} [patience] ms
 * @returns {Promise<NonNullable<T>>}
 */
export async function eventually(look, what, patience = 120_000) {
  const begin = performance.now();
  for (;;) {
    const found = look();
    if (found) return /** @type {any} */ (found);
    if (performance.now() - begin > patience) throw new Error(`gave up waiting for ${what}`);
    await new Promise((next) => setTimeout(next, 5));
  }
}

/** @param {string} home @param {string[]} [words] of the command line */
export function launchEngine(home, words = []) {
  const child = spawn(python(), ["-m", "bridge", "serve", "--stdin-lifeline", ...words], {
    cwd: ROOT,
    // What hearing compiles is kept for all engines of the tests, as in js/headless/stage.js.
    // Where a crash came from stands in what it said.
    env: {
      NUMBA_CACHE_DIR: join(tmpdir(), "bandmate-tests-numba"),
      PYTHONFAULTHANDLER: "1",
      ...process.env,
      BANDMATE_HOME: home,
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const said = { out: "", err: "" };
  child.stdout.on("data", (text) => {
    said.out += text;
  });
  child.stderr.on("data", (text) => {
    said.err += text;
  });
  const gone = new Promise((resolve) => child.on("close", resolve));
  // A worker of it that held the pipes open must not hold the test.
  child.on("exit", () => {
    for (const pipe of [child.stdout, child.stderr]) setTimeout(() => pipe.destroy(), PIPES_OPEN).unref();
  });
  return { child, said, gone };
}

/**
 * Starts an engine in a new folder and waits until it listens.
 *
 * @returns {Promise<{home: string, pid: number, close: () => Promise<void>}>}
 */
export async function startEngine() {
  const home = mkdtempSync(join(tmpdir(), "bandmate-e2e-"));
  const { child, gone, said } = launchEngine(home);
  const close = async () => {
    const over = child.signalCode !== null; // A test has killed it, or it crashed.
    child.stdin.end();
    const late = setTimeout(() => child.kill("SIGKILL"), LEAVING);
    await gone;
    clearTimeout(late);
    await removed(home);
    if (CRASHES.has(child.signalCode))
      throw new Error(`the engine crashed (${child.signalCode}); it said: ${said.err}`);
    if (child.signalCode && !over) throw new Error(`the engine did not leave in ${LEAVING} ms; it said: ${said.err}`);
  };
  try {
    const { pid } = await eventually(() => endpointOf(home), `the engine to listen; it said: ${said.err}`);
    return { home, pid, close };
  } catch (problem) {
    child.kill("SIGKILL");
    await close();
    throw problem;
  }
}

/**
 * An engine that leaves with its test.
 *
 * @param {import("node:test").TestContext} test
 */
export async function engineFor(test) {
  const engine = await startEngine();
  afterwards(test, () => engine.close());
  return engine;
}

/**
 * One engine for all tests of the `describe` this is called in; its home is known once they run.
 *
 * @returns {{readonly home: string}}
 */
export function sharedEngine() {
  /** @type {Awaited<ReturnType<typeof startEngine>> | undefined} */
  let engine;
  before(async () => {
    engine = await startEngine();
  });
  after(() => engine?.close());
  return {
    get home() {
      if (!engine) throw new Error("The engine is started before the first test of its describe");
      return engine.home;
    },
  };
}
