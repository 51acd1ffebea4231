/** Asks the engine what a deed needs, one request after the other. */
import { PATIENCE_MS } from "../shared/standing.js";

/** @typedef {import("./deeds.js").Deed} Deed */

/**
 * @param {import("../../rpc/client.js").Client} client
 * @param {Deed} deed
 * @param {(method: string, reply: any) => void} onReply
 * @returns {{done: Promise<[words: string, why: string]>, cancel: () => void}} `done` brings what is said of the last answer
 */
export function ask(client, deed, onReply) {
  let cancelled = false;
  /** @type {() => void} */ let cancel = () => {};
  /** @param {Deed} each @returns {Promise<[words: string, why: string]>} */
  const step = ({ method, params, again, words, why = "", next }) => {
    const request = client.request(method, params, { timeout: PATIENCE_MS, idempotent: again });
    cancel = request.cancel;
    return request.done.then((reply) => {
      onReply(method, reply);
      return next === undefined || cancelled ? [words(reply), why] : step(next(reply));
    });
  };
  return {
    done: step(deed),
    cancel() {
      cancelled = true;
      cancel();
    },
  };
}
