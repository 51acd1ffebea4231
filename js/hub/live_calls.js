/**
 * What the engine asks of Live: requests come from node.script in pieces, are done by js/live, and go back the same way.
 */

import { LiveRefusal } from "../live/errors.js";
import { CODES, RpcError, toWire } from "../rpc/errors.js";
import { cut, Joiner, PIECE, sendInPieces } from "../rpc/pieces.js";

/** The engine cuts off whoever sends it a frame of more than 2 MiB; the message around the answer is in it, too. */
export const MOST_BYTES = 2_000_000;

export class LiveCalls {
  #joiner = new Joiner();
  #methods;
  #send;

  /**
   * @param {object} options
   * @param {Record<string, (params: any) => unknown>} options.methods  by name
   * @param {(...message: (string | number)[]) => void} options.send  to node.script
   */
  constructor({ methods, send }) {
    this.#methods = new Map(Object.entries(methods));
    this.#send = send;
  }

  /**
   * One piece of a request.
   *
   * @param {number} number  of the call
   * @param {number} index
   * @param {number} count
   * @param {string} text
   * @returns {Promise<void>} when it is answered
   */
  async take(number, index, count, text) {
    const whole = this.#joiner.add(String(number), index, count, text);
    if (whole === null) return;
    /** @type {object} */
    let answer;
    try {
      const { method, params } = JSON.parse(whole);
      const handler = this.#methods.get(method);
      if (!handler) {
        throw new RpcError(CODES.NO_METHOD, `There is no ${method} in this Hub`, { hint: "Update the Hub." });
      }
      answer = { result: (await handler(params ?? {})) ?? null };
    } catch (error) {
      answer = { error: toWire(error) };
    }
    sendInPieces(fitting(answer), (...piece) => this.#send("answer", number, ...piece));
  }
}

/**
 * @param {object} answer
 * @returns {string} its text; a refusal where that is too long
 */
function fitting(answer) {
  const text = JSON.stringify(answer);
  if (cut(text).length * PIECE <= MOST_BYTES) return text;
  return JSON.stringify({ error: toWire(new LiveRefusal("Too much to hand over at once: take a shorter clip")) });
}
