/** A client of the engine without Max: a websocket that speaks JSON-RPC, for what no device of ours would say. */
import { createRequire } from "node:module";

const require = createRequire(new URL("../../../js/package.json", import.meta.url));
const WebSocket = require("ws");

/** @typedef {{code: number, words: string}} Closed */

export class EngineClient {
  #calls = 0;
  /** @type {Map<number, (reply: any) => void>} */
  #waiting = new Map();

  /** @param {{port: number}} endpoint */
  constructor({ port }) {
    this.socket = new WebSocket(`ws://127.0.0.1:${port}/`, { perMessageDeflate: false });
    /** @type {Promise<Closed>} */
    this.closed = new Promise((resolve) => {
      this.socket.on("close", (/** @type {number} */ code, /** @type {Buffer} */ words) =>
        resolve({ code, words: String(words) }),
      );
      this.socket.on("error", () => {});
    });
    this.opened = new Promise((resolve) => this.socket.on("open", resolve));
    this.socket.on("message", (/** @type {Buffer} */ data) => {
      const reply = JSON.parse(String(data));
      this.#waiting.get(reply.id)?.(reply);
    });
  }

  /**
   * A connection that has said hello.
   *
   * @param {{port: number, token: string}} endpoint
   */
  static async connect(endpoint) {
    const client = new EngineClient(endpoint);
    const { error } = await client.hello(endpoint.token);
    if (error) throw new Error(error.message);
    return client;
  }

  /** @param {unknown} token */
  async hello(token) {
    await this.opened;
    return this.call("session.hello", { token, protocol: 1, client: { kind: "test", name: "e2e", version: "0" } });
  }

  /**
   * @param {string} method
   * @param {Record<string, unknown>} [params]
   * @returns {Promise<any>} the whole reply; {closed} when the engine hangs up instead
   */
  call(method, params = {}) {
    this.#calls += 1;
    const id = this.#calls;
    const reply = new Promise((resolve) => this.#waiting.set(id, resolve));
    this.socket.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
    return Promise.race([reply, this.closed.then((closed) => ({ closed }))]);
  }

  close() {
    this.socket.close();
  }
}
