/**
 * The other direction: methods this side offers to the engine, and notifications it listens to.
 */

import { CODES, RpcError, toWire } from "./errors.js";

export class Reverse {
  /** @type {Map<string, (params: any) => unknown>} */
  #methods = new Map();
  /** @type {((method: string, params: any) => unknown) | null} */
  #any = null;
  /** @type {Map<string, Set<(params: any) => void>>} */
  #listeners = new Map();

  /**
   * @param {string} name
   * @param {(params: any) => unknown} handler
   */
  method(name, handler) {
    this.#methods.set(name, handler);
  }

  /** @param {(method: string, params: any) => unknown} handler  for methods without their own handler */
  any(handler) {
    this.#any = handler;
  }

  /**
   * @param {string} name
   * @param {(params: any) => void} listener
   * @returns {() => void} stops listening
   */
  on(name, listener) {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /**
   * Takes a request or a notification.
   *
   * @param {{ id?: unknown, method: string, params?: any }} message
   * @returns {Promise<object> | null} the response to send; null for a notification
   */
  take(message) {
    if (message.id !== undefined) return this.#serve(message);
    for (const listener of [...(this.#listeners.get(message.method) ?? [])]) listener(message.params ?? {});
    return null;
  }

  /**
   * @param {{ id?: unknown, method: string, params?: any }} request
   * @returns {Promise<object>} the whole response
   */
  async #serve({ id, method, params }) {
    try {
      const handler = this.#methods.get(method);
      if (!handler && !this.#any) {
        throw new RpcError(CODES.NO_METHOD, `There is no ${method} here`, { hint: "Is the Hub up to date?" });
      }
      const result = await (handler ? handler(params ?? {}) : this.#any?.(method, params ?? {}));
      return { jsonrpc: "2.0", id, result: result ?? null };
    } catch (error) {
      return { jsonrpc: "2.0", id, error: toWire(error) };
    }
  }
}
