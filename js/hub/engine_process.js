/**
 * The engine as a child process. It holds the reading end of a pipe from here and leaves when that closes, so it
 * cannot outlive this process, however this one ends.
 */

import { spawn } from "node:child_process";

/** @typedef {import("../rpc/clock.js").Clock} Clock */

/** Of what the engine printed, so much is kept to say why it ended. */
const TAIL = 4096;

export class EngineProcess {
  /** @type {import("node:child_process").ChildProcess | null} */
  #child = null;
  /** @type {(() => void)[]} */
  #waiting = [];
  #clock;
  #onExit;

  /**
   * @param {object} options
   * @param {Clock} options.clock
   * @param {(reason: string) => void} options.onExit  it is gone; its last words, or ""
   */
  constructor({ clock, onExit }) {
    this.#clock = clock;
    this.#onExit = onExit;
  }

  get running() {
    return this.#child !== null;
  }

  /** Process number, 0 when none runs. */
  get pid() {
    return this.#child?.pid ?? 0;
  }

  /**
   * Starts it, unless it runs already.
   *
   * @param {string} command  absolute path
   * @param {string[]} args
   * @param {string} folder   working directory; a place without Python files in it
   */
  start(command, args, folder) {
    if (this.#child) return;
    // Live's own Python must not leak into ours: its modules would be found first.
    const { PYTHONHOME: _home, PYTHONPATH: _path, ...env } = process.env;
    const child = spawn(command, args, {
      cwd: folder,
      env,
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    this.#child = child;
    const said = { stdout: "", stderr: "" };
    for (const stream of /** @type {const} */ (["stdout", "stderr"])) {
      child[stream]?.setEncoding("utf8");
      child[stream]?.on("data", (text) => {
        said[stream] = (said[stream] + text).slice(-TAIL);
      });
    }
    // A crash speaks on stderr; a refusal in words is printed.
    const reason = () => lastLine(said.stderr) || (child.exitCode ? lastLine(said.stdout) : "");
    // Writing into a pipe whose reader has gone is an event, not a reason to fall.
    child.stdin?.on("error", () => {});
    let over = false;
    /** @param {string} why */
    const end = (why) => {
      if (over) return;
      over = true;
      this.#child = null;
      for (const resolve of this.#waiting.splice(0)) resolve();
      this.#onExit(why);
    };
    child.on("error", (error) => end(error.message));
    // "close" comes when both are read to their ends; a worker that holds them open must not hold us.
    child.on("exit", () => this.#clock.after(200, () => end(reason())));
    child.on("close", () => end(reason()));
  }

  /**
   * Asks it to leave, and makes it when it does not.
   *
   * @param {number} [grace]  ms
   * @returns {Promise<void>} when it is gone
   */
  async stop(grace = 3000) {
    const child = this.#child;
    if (!child) return;
    const gone = new Promise((resolve) => this.#waiting.push(() => resolve(undefined)));
    child.stdin?.end();
    const hard = this.#clock.after(grace, () => child.kill("SIGKILL"));
    await gone;
    this.#clock.cancel(hard);
  }

  /** For the last moment of this process: no waiting. */
  kill() {
    this.#child?.stdin?.destroy();
    this.#child?.kill();
  }
}

/** @param {string} text */
function lastLine(text) {
  return text.trimEnd().split(/\r?\n/).at(-1)?.trim() ?? "";
}
