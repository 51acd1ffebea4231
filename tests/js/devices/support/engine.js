/** An engine that answers when the test says so, for devices that get their link handed in. */
import { RpcError } from "../../../../js/rpc/errors.js";
import { settled } from "../../rpc/support/clock.js";

/**
 * @typedef {object} Asked
 * @property {string} method
 * @property {any} params
 * @property {(result: any) => Promise<void>} answer
 * @property {(error: any) => Promise<void>} fail
 * @property {boolean} cancelled
 */

export function fakeEngine() {
  /** @type {Asked[]} */
  const asked = [];
  /** @type {Map<string, (params: any) => void>} */
  const listeners = new Map();
  /** @type {(state: any) => void} */
  let tell = () => {};
  const state = { name: "waiting" };
  const link = { started: 0, stopped: 0, heard: /** @type {any[]} */ ([]) };

  const request = (/** @type {string} */ method, /** @type {any} */ params) => {
    /** @type {any} */
    const one = { method, params, cancelled: false };
    const done = new Promise((resolve, reject) => {
      one.answer = (/** @type {any} */ result) => {
        resolve(result);
        return settled();
      };
      one.fail = (/** @type {any} */ error) => {
        reject(error);
        return settled();
      };
    });
    done.catch(() => {});
    asked.push(one);
    const cancel = () => {
      one.cancelled = true;
      one.fail(new RpcError(-32004, "Cancelled"));
    };
    return { id: asked.length, done, cancel };
  };

  const client = {
    state,
    request,
    call: (/** @type {string} */ method, /** @type {any} */ params) => request(method, params).done,
    on: (/** @type {string} */ name, /** @type {(params: any) => void} */ listener) => listeners.set(name, listener),
  };

  return {
    asked,
    link,
    /** For a device's `connect`. @param {(state: any) => void} onState */
    connect(onState) {
      tell = onState;
      return /** @type {any} */ ({
        client,
        start: () => link.started++,
        stop: () => link.stopped++,
        receive: (/** @type {any[]} */ ...values) => link.heard.push(values),
      });
    },
    /** @param {string} light @param {string} words */
    become(light, words) {
      state.name = light === "ready" ? "ready" : "waiting";
      tell({ light, words });
    },
    /** A notification of the engine. @param {string} name @param {any} params */
    notify(name, params) {
      listeners.get(name)?.(params);
      return settled();
    },
    /** @param {string} method @returns {Asked[]} */
    of: (method) => asked.filter((each) => each.method === method),
  };
}
