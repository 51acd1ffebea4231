/**
 * Listens on the wire where devices and Hub meet: what a device asks of the engine, as the Hub's receive object passes it
 * on, and what comes back. It changes nothing.
 */

/** @typedef {import("../../../js/headless/index.js").HeadlessDevice} HeadlessDevice */
/** @typedef {{device: string, id: number | string, method: string, params: any}} Request */

/** @param {any} dicts @param {string} name */
const textOf = (dicts, name) => [dicts.data(name)?.parts].flat().join("");

export class Wire {
  /** Requests in the order they were sent, of all devices. @type {Request[]} */
  requests = [];
  /** Answers by device and id. @type {Map<string, any>} */
  answers = new Map();
  /** Other words of devices: open, close, wake ... @type {{device: string, word: string}[]} */
  words = [];
  /** And of the Hub: opened, closed. @type {{device: string, word: string}[]} */
  back = [];
  /** Longest text that went as one symbol, and how many went by Dict, each way. */
  traffic = { longest: 0, dictsOut: 0, dictsBack: 0 };

  /** @param {HeadlessDevice} hub the Hub that leads */
  constructor(hub) {
    const { dicts } = hub.live.max;
    const before = hub.device.trace;
    hub.trace = (box, outlet, message) => {
      before?.(box, outlet, message);
      if (box.label === "r bandmate.req") this.#asked(dicts, message.sel, message.args);
    };
    hub.live.max.bind("bandmate.res", {
      hear: (message) => this.#answered(dicts, message.sel, message.args),
    });
  }

  /** @param {any} dicts @param {string} sel @param {any[]} args */
  #asked(dicts, sel, args) {
    const device = String(args[0]);
    if (sel !== "frame" && sel !== "dict") {
      this.words.push({ device, word: sel });
      return;
    }
    if (sel === "dict") this.traffic.dictsOut += 1;
    else this.traffic.longest = Math.max(this.traffic.longest, String(args[1]).length);
    for (const call of [JSON.parse(sel === "dict" ? textOf(dicts, String(args[1])) : String(args[1]))].flat()) {
      if (call.method) this.requests.push({ device, id: call.id, method: call.method, params: call.params });
    }
  }

  /** @param {any} dicts @param {string} sel @param {any[]} args */
  #answered(dicts, sel, args) {
    if (sel !== "frame" && sel !== "dict") {
      this.back.push({ device: String(args[0]), word: sel });
      return;
    }
    if (sel === "dict") this.traffic.dictsBack += 1;
    else this.traffic.longest = Math.max(this.traffic.longest, String(args[1]).length);
    for (const reply of [JSON.parse(sel === "dict" ? textOf(dicts, String(args[1])) : String(args[1]))].flat()) {
      if (reply.id !== undefined && !reply.method) this.answers.set(`${args[0]} ${reply.id}`, reply);
    }
  }

  /**
   * The newest request of a method.
   *
   * @param {string} method
   * @returns {Request | undefined}
   */
  last(method) {
    return this.requests.findLast((request) => request.method === method);
  }

  /**
   * The engine's answer to a request, when it has come.
   *
   * @param {Request | undefined} request
   * @returns {any} {result} or {error}
   */
  answerTo(request) {
    return request && this.answers.get(`${request.device} ${request.id}`);
  }
}
