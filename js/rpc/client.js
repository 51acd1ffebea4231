/**
 * A JSON-RPC 2.0 client that stays usable while the engine comes and goes.
 *
 * Calls may be made at any time. They wait in order until the connection stands and `session.hello` is answered,
 * and go out in that order. When the connection breaks, what was not sent stays in line; what was sent and not
 * answered is rejected, or sent again first when its caller said that doing it twice does no harm. The client
 * connects anew by itself, waiting longer each time, and tells in words how it stands.
 *
 * Needs nothing but the language: it runs in Max's v8, in Node and in tests.
 */

import { Backoff } from "./backoff.js";
import { Calls } from "./calls.js";
import { fromWire } from "./errors.js";
import { Reverse } from "./reverse.js";
import { CLOSE } from "./transport.js";

/** @typedef {import("./clock.js").Clock} Clock */
/** @typedef {import("./transport.js").Transport} Transport */
/** @typedef {import("./calls.js").CallOptions} CallOptions */
/** @typedef {import("./calls.js").Request} Request */

/** Version of the wire; the engine refuses another. */
export const PROTOCOL = 1;

/** Id of session.hello; calls have numbers. */
const HELLO = "hello";

/**
 * @typedef {object} State
 * @property {"off" | "connecting" | "waiting" | "ready"} name  "waiting" is the time between two attempts
 * @property {string} words  for the foot line of a device
 */

/**
 * @typedef {object} ClientInfo  who this is, as told in session.hello
 * @property {"hub" | "device" | "cli" | "test"} kind
 * @property {string} name
 * @property {string} version
 * @property {string} [live]
 * @property {string} [max]
 */

export class Client {
  /** @type {State} */
  #state = { name: "off", words: "" };
  /** @type {Transport | null} */
  #transport = null;
  /** hello's time limit, or the wait before the next attempt @type {object | null} */
  #timer = null;
  #readySince = 0;
  #options;
  #clock;
  #backoff;
  #calls;
  #reverse = new Reverse();

  /** What the engine said to session.hello; null while there is no connection. @type {Record<string, any> | null} */
  session = null;

  /**
   * @param {object} options
   * @param {() => Transport} options.connect  makes a new pipe for each attempt; may throw an Error with words
   * @param {Clock} options.clock
   * @param {() => number} options.random      numbers in [0, 1), for the back-off's jitter
   * @param {ClientInfo} options.info
   * @param {(state: State) => void} [options.onState]
   * @param {number} [options.helloTimeout]  ms
   * @param {number} [options.callTimeout]   ms, where a call says nothing else
   * @param {number} [options.maxInFlight]   more wait in line; kept below the engine's own limit
   * @param {number} [options.settle]        ms a connection must stand before waits start small again
   * @param {number} [options.longestWait]   ms, most between two attempts
   */
  constructor(options) {
    const { connect, clock, random, info, onState = () => {} } = options;
    const { helloTimeout = 5000, settle = 2000 } = options;
    this.#options = { connect, info, onState, helloTimeout, settle };
    this.#clock = clock;
    this.#backoff = new Backoff({ random, most: options.longestWait ?? 5000 });
    this.#calls = new Calls({
      clock,
      timeout: options.callTimeout ?? 10_000,
      most: options.maxInFlight ?? 16,
      send: (text) => this.#send(text),
      onBroken: () => this.#lost(CLOSE.NO_ENGINE, ""),
      onTimeout: () => this.#transport?.check?.(),
    });
  }

  /** @returns {State} */
  get state() {
    return this.#state;
  }

  /** Calls waiting in line or for their answer. */
  get outstanding() {
    return this.#calls.outstanding;
  }

  /** Starts connecting, and from now on keeps the connection. */
  start() {
    if (this.#state.name === "off") this.#attempt();
  }

  /** Ends: what waits is rejected. `start` may be called again. */
  stop() {
    this.#drop();
    this.#become("off", "");
    this.#calls.stop();
  }

  /** Something changed outside: try now instead of waiting out the back-off. */
  nudge() {
    if (this.#state.name !== "waiting") return;
    this.#clock.cancel(this.#timer);
    this.#attempt();
  }

  /**
   * Calls a method of the engine.
   *
   * @param {string} method
   * @param {Record<string, unknown>} [params]
   * @param {CallOptions} [options]
   * @returns {Promise<any>} the result; rejects with an RpcError
   */
  call(method, params, options) {
    return this.request(method, params, options).done;
  }

  /**
   * As `call`, with a handle to cancel it.
   *
   * @param {string} method
   * @param {Record<string, unknown>} [params]
   * @param {CallOptions} [options]
   * @returns {Request}
   */
  request(method, params = {}, options = {}) {
    const request = this.#calls.add(method, params, options);
    // Somebody waits for this one, so an attempt is worth it now; one on its way may have to wake the engine.
    if (this.#state.name === "waiting") this.nudge();
    else if (this.#state.name === "connecting") this.#transport?.need?.();
    return request;
  }

  /**
   * Offers a method to the engine.
   *
   * @param {string} name
   * @param {(params: any) => unknown} handler  gives the result or a promise of it; throws RpcError, or any
   *   error that has a `hint`, to refuse in words
   */
  method(name, handler) {
    this.#reverse.method(name, handler);
  }

  /**
   * Answers every method of the engine that has no handler of its own.
   *
   * @param {(method: string, params: any) => unknown} handler
   */
  anyMethod(handler) {
    this.#reverse.any(handler);
  }

  /**
   * Listens to a notification, such as job.progress.
   *
   * @param {string} name
   * @param {(params: any) => void} listener
   * @returns {() => void} stops listening
   */
  on(name, listener) {
    return this.#reverse.on(name, listener);
  }

  #attempt() {
    // Words of the last failure stay: they say more than "connecting" does, and do not flicker.
    this.#become("connecting", this.#state.words || "Looking for the engine ...");
    /** @type {Transport} */
    let transport;
    try {
      transport = this.#options.connect();
    } catch (error) {
      this.#lost(CLOSE.NO_ENGINE, error instanceof Error ? error.message : "");
      return;
    }
    this.#transport = transport;
    /** @param {() => void} act */
    const ifCurrent = (act) => {
      if (this.#transport === transport) act();
    };
    transport.onOpen = () => ifCurrent(() => this.#greet(transport));
    transport.onText = (text) => ifCurrent(() => this.#read(text));
    transport.onClose = (code, words) => ifCurrent(() => this.#lost(code, words));
    transport.onNotice = (words) =>
      ifCurrent(() => {
        if (this.#state.name === "connecting") this.#become("connecting", words);
      });
    try {
      transport.open();
      if (this.outstanding > 0) ifCurrent(() => transport.need?.());
    } catch {
      ifCurrent(() => this.#lost(CLOSE.NO_ENGINE, ""));
    }
  }

  /** @param {Transport} transport */
  #greet(transport) {
    const token = transport.token === undefined ? {} : { token: transport.token };
    const params = { protocol: PROTOCOL, client: this.#options.info, ...token };
    this.#timer = this.#clock.after(this.#options.helloTimeout, () =>
      this.#lost(CLOSE.NO_ENGINE, "The engine does not answer; trying again ..."),
    );
    this.#write({ jsonrpc: "2.0", id: HELLO, method: "session.hello", params });
  }

  /** @param {{ result?: any, error?: unknown }} reply */
  #greeted(reply) {
    if (this.#state.name !== "connecting") return;
    this.#clock.cancel(this.#timer);
    if (reply.error !== undefined) {
      const error = fromWire(reply.error);
      this.#lost(CLOSE.BAD_TOKEN, error.hint ? `${error.message}. ${error.hint}` : error.message);
      return;
    }
    this.session = reply.result;
    this.#readySince = this.#clock.now();
    this.#become("ready", "Ready");
    this.#calls.open();
  }

  /** Lets go of the pipe and of the timer, without telling anyone. */
  #drop() {
    this.#clock.cancel(this.#timer);
    const transport = this.#transport;
    this.#transport = null;
    this.session = null;
    try {
      transport?.close();
    } catch {
      // It was broken already; that is why it is dropped.
    }
  }

  /**
   * @param {number} code
   * @param {string} words  why, for a person; "" when the pipe does not know
   */
  #lost(code, words) {
    const stood = this.#state.name === "ready" && this.#clock.now() - this.#readySince >= this.#options.settle;
    if (stood) this.#backoff.reset();
    this.#drop();
    const badToken = code === CLOSE.BAD_TOKEN;
    const plain = badToken ? "The engine has a new key, reading it again ..." : "Engine away, trying again ...";
    this.#timer = this.#clock.after(this.#backoff.next(), () => this.#attempt());
    this.#become("waiting", words || plain);
    this.#calls.lose();
  }

  /**
   * @param {string} text
   * @returns {boolean} whether it left
   */
  #send(text) {
    if (!this.#transport) return false;
    try {
      this.#transport.send(text);
      return true;
    } catch {
      return false;
    }
  }

  /** @param {unknown} message */
  #write(message) {
    if (!this.#send(JSON.stringify(message))) this.#lost(CLOSE.NO_ENGINE, "");
  }

  /** @param {string} text */
  #read(text) {
    /** @type {unknown} */
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      return; // Not JSON: there is nothing to answer to, and the engine never sends it.
    }
    const transport = this.#transport;
    /** @param {unknown} reply */
    const answer = (reply) => {
      if (this.#transport === transport) this.#write(reply);
    };
    if (Array.isArray(message)) {
      const replies = message.map((item) => this.#take(item)).filter((reply) => reply !== null);
      if (replies.length > 0) Promise.all(replies).then(answer);
    } else {
      this.#take(message)?.then(answer);
    }
  }

  /**
   * @param {any} message
   * @returns {Promise<object> | null} the response to send, for a request of the engine
   */
  #take(message) {
    if (typeof message !== "object" || message === null) return null;
    if (typeof message.method === "string") return this.#reverse.take(message);
    if (message.id === HELLO) this.#greeted(message);
    else this.#calls.settle(message);
    return null;
  }

  /**
   * @param {State["name"]} name
   * @param {string} words
   */
  #become(name, words) {
    if (this.#state.name === name && this.#state.words === words) return;
    this.#state = { name, words };
    this.#options.onState(this.#state);
  }
}
