/**
 * The engine's own websocket as a pipe: with Max 9.2's WebSocket, with `ws`, or with Node 22's.
 */

import { CLOSE } from "./transport.js";

/** @typedef {import("./transport.js").Transport} Transport */

/** @implements {Transport} */
export class WebSocketTransport {
  /** @type {(() => void) | null} */
  onOpen = null;
  /** @type {((text: string) => void) | null} */
  onText = null;
  /** @type {((code: number, words: string) => void) | null} */
  onClose = null;
  /** @type {((words: string) => void) | null} */
  onNotice = null;
  /** @type {WebSocketLike | null} */
  #socket = null;
  #isOpen = false;
  #make;
  token;

  /**
   * @param {object} options
   * @param {(url: string) => WebSocketLike} options.make  makes a socket that is connecting
   * @param {number} options.port
   * @param {string} [options.token]  left out where session.hello already has it
   */
  constructor({ make, port, token }) {
    // A number, not "localhost": that name may mean ::1, where the engine does not listen.
    this.#make = () => make(`ws://127.0.0.1:${port}/`);
    this.token = token;
  }

  /** Bytes accepted by `send` that have not left yet. */
  get buffered() {
    return this.#socket?.bufferedAmount ?? 0;
  }

  open() {
    const socket = this.#make();
    this.#socket = socket;
    socket.onopen = () => {
      this.#isOpen = true;
      this.onOpen?.();
    };
    socket.onmessage = ({ data }) => this.onText?.(typeof data === "string" ? data : String(data));
    // A failed connection tells "error" and then "close"; the second one says enough.
    socket.onerror = () => {};
    socket.onclose = ({ code, reason }) => {
      this.#silence();
      this.onClose?.(code ?? CLOSE.NO_ENGINE, String(reason ?? ""));
    };
  }

  /** @param {string} text */
  send(text) {
    if (!this.#isOpen || !this.#socket) throw new Error("The connection to the engine is not open");
    this.#socket.send(text);
  }

  close() {
    const socket = this.#socket;
    this.#silence();
    socket?.close();
  }

  #silence() {
    const socket = this.#socket;
    this.#socket = null;
    this.#isOpen = false;
    if (!socket) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    // onerror stays: `ws` throws when closing a connecting socket and nobody listens.
  }
}
