/**
 * v8's WebSocket class (Max 9.2 and later): a real client over `ws`. No custom headers, no extensions, as
 * the reference page says; events reach the script in the low-priority queue.
 */

import WebSocketClient from "ws";

/** @typedef {import("./dict.js").Script} Script */

const EVENTS = /** @type {const} */ (["open", "message", "error", "close", "drain"]);

/**
 * The WebSocket class of one script.
 * @param {Script} script
 */
export function makeWebSocket(script) {
  class WebSocket {
    static CONNECTING = 0;
    static OPEN = 1;
    static CLOSING = 2;
    static CLOSED = 3;
    CONNECTING = 0;
    OPEN = 1;
    CLOSING = 2;
    CLOSED = 3;
    /** @type {Record<string, ((event: any) => void) | null>} */
    #on = {};
    /** @type {Map<string, Set<(event: any) => void>>} */
    #listeners = new Map();
    #socket;

    /**
     * @param {string} url absolute ws:// or wss://
     * @param {string | string[]} [protocols]
     */
    constructor(url, protocols = []) {
      if (!/^wss?:\/\//u.test(String(url)))
        script.box.throwInScript("SyntaxError", `WebSocket: "${url}" is not a ws:// URL`);
      this.url = String(url);
      for (const name of EVENTS) {
        Object.defineProperty(this, `on${name}`, {
          get: () => this.#on[name] ?? null,
          set: (handler) => {
            this.#on[name] = handler;
          },
        });
      }
      const socket = new WebSocketClient(this.url, [protocols].flat(), { perMessageDeflate: false });
      this.#socket = socket;
      socket.on("open", () => this.#tell("open", {}));
      socket.on("message", (data, binary) => {
        this.#tell("message", { data: binary ? new Uint8Array(/** @type {Buffer} */ (data)).buffer : String(data) });
      });
      socket.on("error", (error) => this.#tell("error", { error: { message: error.message } }));
      socket.on("close", (code, reason) => {
        script.freeing.delete(end);
        script.max.endings.delete(end);
        this.#tell("close", { code, reason: String(reason), wasClean: code === 1000 });
      });
      script.max.outside.goes(this, { kind: "open" });
      const end = () => {
        script.freeing.delete(end);
        script.max.endings.delete(end);
        socket.removeAllListeners();
        socket.on("error", () => {});
        socket.terminate();
      };
      script.freeing.add(end);
      script.max.endings.add(end);
    }

    /** @param {string} type @param {Record<string, any>} facts */
    #tell(type, facts) {
      script.max.outside.comes(this, { kind: type, ...facts }, () => {
        const event = { type, ...facts };
        for (const hear of [this.#on[type], ...(this.#listeners.get(type) ?? [])]) {
          if (typeof hear === "function") script.enter(() => hear.call(this, event));
        }
      });
    }

    /** @param {string} type @param {(event: any) => void} listener */
    addEventListener(type, listener) {
      const set = this.#listeners.get(type) ?? new Set();
      set.add(listener);
      this.#listeners.set(type, set);
    }

    /** @param {string} type @param {(event: any) => void} listener */
    removeEventListener(type, listener) {
      this.#listeners.get(type)?.delete(listener);
    }

    get readyState() {
      return this.#socket.readyState;
    }

    get bufferedAmount() {
      return this.#socket.bufferedAmount;
    }

    get protocol() {
      return this.#socket.protocol;
    }

    /** @param {string} value */
    send(value) {
      if (this.#socket.readyState === WebSocket.CONNECTING) {
        script.box.throwInScript("Error", "WebSocket: still connecting");
      }
      if (this.#socket.readyState !== WebSocket.OPEN) return;
      script.max.outside.goes(this, { kind: "message", data: value });
      this.#socket.send(value, (error) => {
        if (!error && this.#socket.bufferedAmount === 0) this.#tell("drain", {});
      });
    }

    /** @param {number} [code] @param {string} [reason] */
    close(code, reason) {
      this.#socket.close(code, reason);
    }
  }
  return WebSocket;
}
