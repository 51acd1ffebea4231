/**
 * The Node half of the Hub without Node for Max: what main.mjs plugs into max-api, and tests into a fake.
 */

import { CODES, RpcError } from "../rpc/errors.js";
import { Joiner, sendInPieces } from "../rpc/pieces.js";
import { CLOSE } from "../rpc/transport.js";
import { Keeper } from "./keeper.js";
import { Pipes } from "./pipes.js";

/** @typedef {import("../rpc/clock.js").Clock} Clock */
/** @typedef {import("../rpc/endpoint.js").Endpoint} Endpoint */

/** Lines of the engine's log read at a time; more than that in one go nobody can read. */
const LOG_LINES = 12;
/** ms Live may take to answer; a little less than the engine waits, so that the reason gets there. */
const LIVE_TIME = 4500;

/**
 * @typedef {object} NodeHubOptions
 * @property {(...values: (string | number)[]) => void} outlet  to v8
 * @property {() => Endpoint | null} endpoint
 * @property {() => import("./paths.js").Launch} launch
 * @property {(minutes: number) => void} saveIdle  writes the setting
 * @property {() => void} showFolder
 * @property {string} folder
 * @property {(url: string) => WebSocketLike} socket
 * @property {Clock} clock
 * @property {() => number} random
 * @property {string} version
 * @property {number} [logEvery]   ms between two looks at the engine's log while it is ready
 * @property {number} [patience]   ms one start of the engine may take
 * @property {number} [firstWait]  ms before a second start of an engine that ended
 * @property {number} [idleEvery]  ms between two looks at whether anybody uses the engine
 */

export class NodeHub {
  #options;
  #clock;
  #keeper;
  #pipes;
  #joiner = new Joiner();
  /** Calls that wait for Live. @type {Map<number, { resolve: (value: any) => void, reject: (error: RpcError) => void }>} */
  #live = new Map();
  #calls = 0;
  #idleMinutes = 0;
  #lastUse;
  /** newest line of the engine's log that the panel has */
  #logged = "";
  /** @type {import("../rpc/client.js").ClientInfo} */
  #info;

  /** @param {NodeHubOptions} options */
  constructor(options) {
    this.#options = { logEvery: 3000, patience: 30_000, firstWait: 250, idleEvery: 10_000, ...options };
    this.#clock = options.clock;
    this.#lastUse = options.clock.now();
    this.#info = { kind: "hub", name: "Bandmate Hub", version: options.version };
    this.#pipes = new Pipes({ socket: options.socket, tell: (id, ...message) => this.#tell(id, ...message) });
    this.#keeper = new Keeper({
      endpoint: options.endpoint,
      launch: options.launch,
      folder: options.folder,
      socket: options.socket,
      info: this.#info,
      clock: options.clock,
      random: options.random,
      patience: this.#options.patience,
      firstWait: this.#options.firstWait,
      onLog: (line) => options.outlet("node_log", line),
      onState: (state) => {
        this.#pipes.engine(this.#keeper.endpoint);
        options.outlet("node_engine", JSON.stringify(state));
      },
    });
    this.#keeper.client.anyMethod((method, params) => this.#askLive(method, params));
    this.#watchLog();
    this.#watchIdle();
  }

  /** What v8 may send, by selector. @returns {Record<string, (...values: any[]) => void>} */
  get handlers() {
    return {
      hub: (json) => this.#meet(String(json)),
      device: (what, id, ...rest) => this.#device(String(what), String(id), rest),
      answer: (number, index, count, text) => this.#answered(Number(number), index, count, String(text)),
      changed: (index, count, text) => this.#changed(Number(index), Number(count), String(text)),
      engine: (what) => this.#command(String(what)),
      folder: () => this.#options.showFolder(),
      idle: (minutes) => {
        this.#idleMinutes = Number(minutes);
        this.#options.saveIdle(this.#idleMinutes);
      },
    };
  }

  /** Handlers are installed: v8 may talk. The Hub wants the engine as soon as it is there. */
  begin() {
    this.#options.outlet("node_awake");
    this.#keeper.start();
  }

  /** The endpoint file changed. */
  nudge() {
    this.#keeper.nudge();
  }

  /** Lets go of every connection, and of the engine if it was started here. */
  async end() {
    this.#clock.stop();
    this.#pipes.closeAll(CLOSE.NO_ENGINE, "The Hub is going");
    await this.#keeper.end();
  }

  /** The last moment of this process. */
  kill() {
    this.#keeper.kill();
  }

  /** @returns {import("./keeper.js").EngineState} */
  get state() {
    return this.#keeper.state;
  }

  /** Process number of the engine started here; 0 when it is not ours. */
  get pid() {
    return this.#keeper.pid;
  }

  /** @param {string} json */
  #meet(json) {
    try {
      const { max, live } = JSON.parse(json);
      if (max) this.#info.max = String(max);
      if (live) this.#info.live = String(live);
    } catch {
      // Without versions in it the engine's log says a little less; nothing else depends on them.
    }
    this.#options.outlet("node_engine", JSON.stringify(this.#keeper.state));
  }

  /**
   * @param {string} what
   * @param {string} id
   * @param {any[]} rest
   */
  #device(what, id, rest) {
    // A device that only waits is no reason to stay awake.
    if (what !== "open" && what !== "close") this.#lastUse = this.#clock.now();
    if (what === "open") {
      this.#pipes.open(id);
    } else if (what === "wake") {
      this.#keeper.wake();
    } else if (what === "frame") {
      this.#pipes.send(id, String(rest[0]));
    } else if (what === "piece") {
      const text = this.#joiner.add(id, Number(rest[0]), Number(rest[1]), String(rest[2]));
      if (text !== null) this.#pipes.send(id, text);
    } else if (what === "close") {
      this.#joiner.forget(id);
      this.#pipes.close(id);
    }
  }

  /** @param {string} what */
  #command(what) {
    this.#lastUse = this.#clock.now();
    if (what === "start") this.#keeper.start();
    else if (what === "stop") this.#keeper.stop();
    else if (what === "restart") this.#keeper.restart();
  }

  /**
   * To a device, by v8.
   *
   * @param {string} id
   * @param {(string | number)[]} message
   */
  #tell(id, ...message) {
    if (message[0] !== "frame") {
      this.#options.outlet("node_to", id, ...message);
      return;
    }
    sendInPieces(String(message[1]), (index, count, piece) => {
      if (count === 1) this.#options.outlet("node_to", id, "frame", piece);
      else this.#options.outlet("node_to", id, "piece", index, count, piece);
    });
  }

  /**
   * The engine asks something of Live; v8 answers.
   *
   * @param {string} method
   * @param {any} params
   * @returns {Promise<any>}
   */
  #askLive(method, params) {
    if (!method.startsWith("live.")) throw new RpcError(CODES.NO_METHOD, `There is no ${method} in the Hub`);
    this.#calls += 1;
    const number = this.#calls;
    const text = JSON.stringify({ method, params });
    return new Promise((resolve, reject) => {
      const limit = this.#clock.after(LIVE_TIME, () => {
        this.#live.delete(number);
        reject(new RpcError(CODES.TIMED_OUT, "Live is busy", { hint: "Try again when Live responds again." }));
      });
      this.#live.set(number, {
        resolve: (value) => {
          this.#clock.cancel(limit);
          resolve(value);
        },
        reject: (error) => {
          this.#clock.cancel(limit);
          reject(error);
        },
      });
      sendInPieces(text, (...piece) => this.#options.outlet("node_call", number, ...piece));
    });
  }

  /**
   * @param {number} number
   * @param {any} index
   * @param {any} count
   * @param {string} piece
   */
  #answered(number, index, count, piece) {
    const text = this.#joiner.add(`live ${number}`, Number(index), Number(count), piece);
    const call = this.#live.get(number);
    if (text === null || !call) return;
    this.#live.delete(number);
    const { result, error } = JSON.parse(text);
    if (error) call.reject(new RpcError(error.code, error.message, error.data));
    else call.resolve(result);
  }

  /**
   * Something that the engine watches changed in Live.
   *
   * @param {number} index
   * @param {number} count
   * @param {string} piece
   */
  #changed(index, count, piece) {
    const text = this.#joiner.add("changed", index, count, piece);
    // An engine that is away says what it wants to hear of when it comes back, and is told all of it then.
    if (text === null || this.#keeper.state.engine !== "ready") return;
    this.#keeper.client.call("hub.changed", JSON.parse(text), { patience: 0 }).catch(() => {});
  }

  /** Tails the engine's log to the panel. */
  #watchLog() {
    this.#clock.after(this.#options.logEvery, async () => {
      if (this.#keeper.state.engine === "ready") await this.#readLog().catch(() => {});
      this.#watchLog();
    });
  }

  async #readLog() {
    const { lines } = await this.#keeper.client.call(
      "engine.log",
      { lines: LOG_LINES },
      { timeout: 2000, patience: 0 },
    );
    const known = lines.lastIndexOf(this.#logged);
    for (const line of lines.slice(known + 1)) this.#options.outlet("node_log", briefly(String(line)));
    this.#logged = lines.at(-1) ?? this.#logged;
  }

  /** Lets the engine sleep when no device has said anything for long. */
  #watchIdle() {
    this.#clock.after(this.#options.idleEvery, () => {
      const idle = this.#clock.now() - this.#lastUse;
      if (this.#idleMinutes > 0 && idle > this.#idleMinutes * 60_000) this.#fallAsleep();
      this.#watchIdle();
    });
  }

  #fallAsleep() {
    if (this.#keeper.state.engine !== "ready") return;
    this.#pipes.closeAll(CLOSE.ASLEEP, "Engine asleep until you need it");
    this.#keeper.sleep();
  }
}

/**
 * A line of the engine's log as a person wants it in a small window: time of day, and the level only when it matters.
 *
 * @param {string} line  "2025-03-01T12:34:56 INFO words"
 */
function briefly(line) {
  const parts = /^\S+T(\d\d:\d\d):\d\d (\w+) (.*)$/.exec(line);
  if (!parts) return line;
  const [, time, level, words] = parts;
  return level === "INFO" ? `${time} ${words}` : `${time} ${level.toLowerCase()}: ${words}`;
}
