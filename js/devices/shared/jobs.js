/**
 * Asks the engine for something that may take long. What is done at once comes at once; the rest is a job that tells how
 * far it is, may be cancelled, and ends in the same answer. A job dies with the connection, so an engine that goes away
 * ends the wait.
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

/** @typedef {{done: Promise<any>, cancel: () => void}} Working */

/** @typedef {{resolve: (found: any) => void, reject: (problem: RpcError) => void, onProgress: (progress: Progress) => void}} Waiting */

export class Jobs {
  #gone;
  /** @type {Client|null} */ #client = null;
  /** @type {Map<string, Waiting>} */ #jobs = new Map();

  /** @param {string} gone what is said where the engine goes away meanwhile */
  constructor(gone) {
    this.#gone = gone;
  }

  /** What an answer without a job tells. @param {any} answer */
  known(answer) {
    return answer;
  }

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
      reject(new RpcError(CODES.LOST, this.#gone, { hint: "Press again." }));
    }
    this.#jobs.clear();
  }

  /**
   * @param {string} method
   * @param {Record<string, unknown>} params
   * @param {(progress: Progress) => void} onProgress
   * @returns {Working} `done` brings what the job ends in, or the answer where there is no job; rejects with an RpcError
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
      if (job === "") return this.known(answer);
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

  /** @param {string} job "" for none */
  #end(job) {
    if (job === "") return;
    this.#jobs.get(job)?.reject(takenBack());
    this.#jobs.delete(job);
    this.#client?.call("job.cancel", { job }).catch(() => {}); // it had ended already
  }
}

const takenBack = () => new RpcError(CODES.CANCELLED, "Cancelled");
