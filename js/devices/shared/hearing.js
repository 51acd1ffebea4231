/**
 * Asks the engine to hear something. What is known comes at once; the rest is a job that tells how far it is, may be
 * cancelled, and ends in the same answer. A job dies with the connection, so an engine that goes away ends the wait.
 */
import { CODES, fromWire, RpcError } from "../../rpc/errors.js";
import { PATIENCE_MS } from "./standing.js";

/** @typedef {import("../../rpc/client.js").Client} Client */

/**
 * @typedef {object} Progress
 * @property {number} done
 * @property {number} total 0 while not known
 * @property {string} text
 */

/** @typedef {{done: Promise<any>, cancel: () => void}} Listening */

/** @typedef {{resolve: (found: any) => void, reject: (problem: RpcError) => void, onProgress: (progress: Progress) => void}} Waiting */

/** Said while a press waits for it. */
export const LISTENING = "Listening ...";

export class Hearing {
  /** @type {Client|null} */ #client = null;
  /** @type {Map<string, Waiting>} */ #jobs = new Map();

  /** @param {Client} client the same for a device's whole life */
  listen(client) {
    if (this.#client !== null) return;
    this.#client = client;
    client.on("job.progress", ({ job, ...progress }) => this.#jobs.get(job)?.onProgress(progress));
    client.on("job.done", ({ job, state, result, error }) => {
      const waiting = this.#jobs.get(job);
      this.#jobs.delete(job);
      if (state === "done") waiting?.resolve(result);
      else waiting?.reject(error ? fromWire(error) : takenBack());
    });
  }

  /** The connection is gone, and the jobs with it. */
  lost() {
    for (const { reject } of this.#jobs.values()) {
      reject(new RpcError(CODES.LOST, "The engine went away while it listened", { hint: "Press again." }));
    }
    this.#jobs.clear();
  }

  /**
   * @param {string} method one of hear.*
   * @param {Record<string, unknown>} params
   * @param {(progress: Progress) => void} onProgress
   * @returns {Listening} `done` brings the analysis or result; rejects with an RpcError
   */
  ask(method, params, onProgress) {
    const client = /** @type {Client} */ (this.#client);
    const request = client.request(method, params, { timeout: PATIENCE_MS, idempotent: true });
    let cancelled = false;
    let job = "";
    const done = request.done.then((answer) => {
      job = answer.job ?? "";
      // The press was taken back while the answer was on its way: its job must not run on unheard.
      if (cancelled) this.#end(job);
      if (cancelled) throw takenBack();
      if (job === "") return answer.analysis ?? answer.result;
      return new Promise((resolve, reject) => this.#jobs.set(job, { resolve, reject, onProgress }));
    });
    return {
      done,
      cancel: () => {
        cancelled = true;
        if (job !== "") this.#end(job);
        // Still in line, it never goes out; once out, its answer tells which job to end.
        else if (client.state.name !== "ready") request.cancel();
      },
    };
  }

  /**
   * Hears a stretch of a file for a press: how far it is goes into the foot line, and Cancel ends it.
   *
   * @param {import("./standing.js").Standing} standing
   * @param {import("./standing.js").Press} press
   * @param {Record<string, unknown>} params of hear.analyze
   * @param {(analysis: import("./analysis.js").Analysis) => void} act
   * @returns {Promise<void>} when it is over, however it ended
   */
  analyze(standing, press, params, act) {
    const { done, cancel } = this.ask("hear.analyze", params, ({ done: heard, total }) => {
      if (total > 0) standing.progress(press, `${LISTENING} ${Math.round((100 * heard) / total)} %`);
    });
    press.cancel = cancel;
    return standing.settle(press, done, act);
  }

  /** @param {string} job "" for none */
  #end(job) {
    if (job === "") return;
    this.#jobs.get(job)?.reject(takenBack());
    this.#jobs.delete(job);
    this.#client?.call("job.cancel", { job }).catch(() => {}); // it had ended already
  }
}

const takenBack = () => new RpcError(CODES.CANCELLED, "Cancelled");
