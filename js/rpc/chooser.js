/**
 * Which way to the engine: the websocket of Max itself where there is one and the engine can be found, else
 * through the Hub. Chosen anew at each attempt, so that either way may come or go.
 */

import { WebSocketTransport } from "./websocket.js";

/** @typedef {import("./transport.js").Transport} Transport */
/** @typedef {import("./endpoint.js").Endpoint} Endpoint */
/** @typedef {import("./hub.js").HubTransport} HubTransport */

/** @implements {Transport} */
export class ChosenTransport {
  /** @type {(() => void) | null} */
  onOpen = null;
  /** @type {((text: string) => void) | null} */
  onText = null;
  /** @type {((code: number, words: string) => void) | null} */
  onClose = null;
  /** @type {((words: string) => void) | null} */
  onNotice = null;
  /** @type {Transport | null} */
  #way = null;
  /** @type {HubTransport | null} */
  #hub = null;
  #closed = false;
  #needed = false;
  #options;

  /**
   * @param {object} options
   * @param {WebSocketClass | undefined} options.WebSocket
   * @param {() => Endpoint | null} options.endpoint
   * @param {() => HubTransport} options.hub  makes the other way
   */
  constructor(options) {
    this.#options = options;
  }

  /** The websocket's own; through the Hub there is none to add here. */
  get token() {
    return this.#way?.token;
  }

  /** Which way is taken, for tests and for the log. */
  get way() {
    if (this.#way === null) return "none";
    return this.#way === this.#hub ? "hub" : "websocket";
  }

  open() {
    const { WebSocket } = this.#options;
    const endpoint = WebSocket ? this.#options.endpoint() : null;
    if (!WebSocket || !endpoint) {
      this.#goByHub();
      return;
    }
    let opened = false;
    const direct = new WebSocketTransport({ make: (url) => new WebSocket(url), ...endpoint });
    this.#use(direct);
    direct.onOpen = () => {
      opened = true;
      this.onOpen?.();
    };
    direct.onClose = (code, words) => {
      if (opened) this.onClose?.(code, words);
      else this.#goByHub(); // The file is a leftover; the Hub can wake the engine.
    };
    try {
      direct.open();
    } catch {
      this.#goByHub();
    }
  }

  /** @param {string} text */
  send(text) {
    if (!this.#way) throw new Error("There is no connection");
    this.#way.send(text);
  }

  close() {
    this.#closed = true;
    this.#way?.close();
    this.#way = null;
    this.#hub = null;
  }

  need() {
    this.#needed = true;
    this.#hub?.need();
  }

  check() {
    this.#way?.check?.();
  }

  /**
   * Takes one message of `bandmate.res`.
   *
   * @param {string} selector
   * @param {(string | number)[]} values
   */
  receive(selector, values) {
    this.#hub?.receive(selector, values);
  }

  #goByHub() {
    if (this.#closed) return;
    this.#hub = this.#options.hub();
    this.#use(this.#hub);
    this.#hub.open();
    if (this.#needed) this.#hub?.need();
  }

  /** @param {Transport} way */
  #use(way) {
    this.#way = way;
    way.onOpen = () => this.onOpen?.();
    way.onText = (text) => this.onText?.(text);
    way.onClose = (code, words) => this.onClose?.(code, words);
    way.onNotice = (words) => this.onNotice?.(words);
  }
}
