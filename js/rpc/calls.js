/**
 * The calls of one client: those waiting in line, in order, and those in flight, each with its time limit.
 */

import { CODES, fromWire, RpcError } from "./errors.js";

/** @typedef {import("./clock.js").Clock} Clock */

/**
 * @typedef {object} CallOptions
 * @property {number} [timeout]      ms from sending to the answer; default 10,000
 * @property {number} [patience]     ms it may wait in line; default: for ever
 * @property {boolean} [idempotent]  doing it twice is the same as once: send it again after a break
 */

/**
 * @typedef {object} Request
 * @property {number} id
 * @property {Promise<any>} done  the result, or a rejection with an RpcError
 * @property {() => void} cancel  rejects with CANCELLED; a late answer is ignored
 */

/**
 * @typedef {object} Call
 * @property {number} id
 * @property {string} text
 * @property {(value: any) => void} resolve
 * @property {(error: RpcError) => void} reject
 * @property {number} timeout
 * @property {boolean} idempotent
 * @property {object | null} timer  patience while in line, timeout while in flight
 */

export class Calls {
  /** @type {Call[]} */
  #line = [];
  /** @type {Map<number, Call>} */
  #flight = new Map();
  #lastId = 0;
  #isOpen = false;
  #clock;
  #timeout;
  #most;
  #send;
  #onBroken;
  #onTimeout;

  /**
   * @param {object} options
   * @param {Clock} options.clock
   * @param {number} options.timeout    ms, where a call says nothing else
   * @param {number} options.most       most calls in flight at once
   * @param {(text: string) => boolean} options.send  false when the pipe is broken
   * @param {() => void} options.onBroken   a text did not leave
   * @param {() => void} options.onTimeout  a call in flight was not answered in time
   */
  constructor({ clock, timeout, most, send, onBroken, onTimeout }) {
    this.#clock = clock;
    this.#timeout = timeout;
    this.#most = most;
    this.#send = send;
    this.#onBroken = onBroken;
    this.#onTimeout = onTimeout;
  }

  /** Calls in line and in flight. */
  get outstanding() {
    return this.#line.length + this.#flight.size;
  }

  /**
   * Puts a call at the end of the line; it leaves at once if it can.
   *
   * @param {string} method
   * @param {Record<string, unknown>} params
   * @param {CallOptions} options
   * @returns {Request}
   */
  add(method, params, options) {
    this.#lastId += 1;
    const id = this.#lastId;
    /** @type {Call} */
    const call = {
      id,
      text: JSON.stringify({ jsonrpc: "2.0", id, method, params }),
      resolve: () => {},
      reject: () => {},
      timeout: options.timeout ?? this.#timeout,
      idempotent: options.idempotent ?? false,
      timer: null,
    };
    const done = new Promise((resolve, reject) => {
      call.resolve = resolve;
      call.reject = reject;
    });
    if (options.patience !== undefined) {
      call.timer = this.#clock.after(options.patience, () => this.#giveUp(call, CODES.TIMED_OUT));
    }
    this.#line.push(call);
    this.#flush();
    return { id, done, cancel: () => this.#giveUp(call, CODES.CANCELLED) };
  }

  /** The connection stands: sends from the head of the line, now and whenever there is room. */
  open() {
    this.#isOpen = true;
    this.#flush();
  }

  #flush() {
    while (this.#isOpen && this.#line.length > 0 && this.#flight.size < this.#most) {
      const call = /** @type {Call} */ (this.#line.shift());
      this.#clock.cancel(call.timer);
      call.timer = this.#clock.after(call.timeout, () => {
        this.#giveUp(call, CODES.TIMED_OUT);
        this.#onTimeout();
      });
      // In flight before it leaves: the answer may come while it is being sent.
      this.#flight.set(call.id, call);
      if (this.#send(call.text)) continue;
      // It never left, so it loses nothing, whatever its kind.
      this.#clock.cancel(call.timer);
      this.#flight.delete(call.id);
      this.#line.unshift(call);
      this.#onBroken();
    }
  }

  /**
   * Takes a response.
   *
   * @param {{ id?: unknown, result?: unknown, error?: unknown }} reply
   */
  settle(reply) {
    const call = this.#flight.get(/** @type {number} */ (reply.id));
    if (!call) return; // Cancelled or timed out meanwhile.
    this.#flight.delete(call.id);
    this.#clock.cancel(call.timer);
    if (reply.error !== undefined) call.reject(fromWire(reply.error));
    else call.resolve(reply.result);
    this.#flush();
  }

  /** The connection broke: what may be sent again goes back to the head of the line, the rest is rejected. */
  lose() {
    this.#isOpen = false;
    const sent = [...this.#flight.values()].sort((a, b) => a.id - b.id);
    this.#flight.clear();
    for (const call of sent) this.#clock.cancel(call.timer);
    this.#line.unshift(...sent.filter((call) => call.idempotent));
    const hint = "It comes back by itself; then try again.";
    for (const call of sent.filter((each) => !each.idempotent)) {
      call.reject(new RpcError(CODES.LOST, "The engine went away before it answered", { hint }));
    }
  }

  /** Rejects all of them. */
  stop() {
    this.#isOpen = false;
    const all = [...this.#flight.values(), ...this.#line];
    this.#flight.clear();
    this.#line = [];
    for (const call of all) {
      this.#clock.cancel(call.timer);
      call.reject(new RpcError(CODES.STOPPED, "The device was switched off"));
    }
  }

  /**
   * @param {Call} call
   * @param {number} code
   */
  #giveUp(call, code) {
    const at = this.#line.indexOf(call);
    if (at >= 0) this.#line.splice(at, 1);
    else if (!this.#flight.delete(call.id)) return;
    this.#clock.cancel(call.timer);
    call.reject(new RpcError(code, code === CODES.CANCELLED ? "Cancelled" : "The engine took too long"));
    this.#flush();
  }
}
