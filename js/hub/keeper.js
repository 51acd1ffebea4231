/**
 * Keeps the engine: finds it or starts it, holds the Hub's own session with it, wakes it again when it dies, lets it
 * sleep when nobody needs it, and says in words how it is.
 */

import { Backoff } from "../rpc/backoff.js";
import { Client } from "../rpc/client.js";
import { WebSocketTransport } from "../rpc/websocket.js";
import { EngineProcess } from "./engine_process.js";

/** @typedef {import("../rpc/clock.js").Clock} Clock */
/** @typedef {import("../rpc/endpoint.js").Endpoint} Endpoint */
/** @typedef {import("./paths.js").Launch} Launch */

/**
 * @typedef {object} EngineState
 * @property {"off" | "starting" | "ready" | "stopped" | "missing"} engine
 *   off: asleep, wakes by itself; stopped: by hand; missing: cannot be started, `words` says why
 * @property {string} words
 * @property {string} version  "" before it is known
 */

const WORDS = Object.freeze({
  waking: "Engine asleep, waking it ...",
  again: "Engine ended unexpectedly, waking it again ...",
  slow: "Engine takes long to start, trying again ...",
  ready: "Engine ready",
  asleep: "Engine asleep until you need it",
  stopping: "Stopping the engine ...",
  stopped: "Engine stopped: press Start to wake it",
});

/** Failed starts in a row after which the engine's own last words are shown. */
const STUBBORN = 3;

export class Keeper {
  /** @type {EngineState} */
  #state = { engine: "off", words: WORDS.asleep, version: "" };
  /** @type {"on" | "asleep" | "stopped"} */
  #wanted = "asleep";
  /** @type {Endpoint | null} */
  #endpoint = null;
  /** wait before the next start @type {object | null} */
  #again = null;
  /** limit of one start @type {object | null} */
  #deadline = null;
  /** starts and stops, one after the other @type {Promise<void>} */
  #turn = Promise.resolve();
  #readySince = 0;
  #words = /** @type {string} */ (WORDS.waking);
  #options;
  #clock;
  #backoff;
  #process;

  /** The Hub's own session. @type {Client} */
  client;

  /**
   * @param {object} options
   * @param {() => Endpoint | null} options.endpoint  reads the endpoint file
   * @param {() => Launch} options.launch             reads the install configuration
   * @param {string} options.folder                   working directory for the engine
   * @param {(url: string) => WebSocketLike} options.socket
   * @param {import("../rpc/client.js").ClientInfo} options.info
   * @param {Clock} options.clock
   * @param {() => number} options.random
   * @param {(state: EngineState) => void} options.onState
   * @param {(line: string) => void} options.onLog
   * @param {number} [options.patience]  ms one start may take
   * @param {number} [options.firstWait] ms before a second start; doubles from there
   * @param {number} [options.stood]     ms after which an engine counts as having worked
   */
  constructor(options) {
    this.#options = { patience: 30_000, firstWait: 250, stood: 10_000, ...options };
    this.#clock = options.clock;
    this.#backoff = new Backoff({ random: options.random, first: this.#options.firstWait, most: 30_000 });
    this.#process = new EngineProcess({ clock: options.clock, onExit: (reason) => this.#ended(reason) });
    this.client = new Client({
      clock: options.clock,
      random: options.random,
      info: options.info,
      longestWait: 1000, // It reads a small file; the file watch makes it faster still.
      connect: () => this.#connect(),
      onState: () => this.#look(),
    });
  }

  get state() {
    return this.#state;
  }

  /** Where the running engine is; null while it is not ready. */
  get endpoint() {
    return this.#state.engine === "ready" ? this.#endpoint : null;
  }

  /** Process number of the engine started here, 0 when it is not ours. */
  get pid() {
    return this.#process.pid;
  }

  /** Wants the engine. Does nothing when it is wanted already, or was stopped by hand. */
  wake() {
    if (this.#wanted === "asleep") this.start();
  }

  /** Wants the engine, also when it was stopped by hand. */
  start() {
    return this.#enqueue(async () => {
      this.#wanted = "on";
      this.#backoff.reset();
      this.#clock.cancel(this.#again);
      this.#again = null;
      if (this.client.state.name === "off") {
        this.#words = WORDS.waking;
        this.#become("starting", this.#words);
        this.client.start();
      } else if (this.client.state.name === "waiting") {
        this.#launch();
      }
    });
  }

  /** Stops the engine, whoever started it, until `start`. */
  stop() {
    return this.#enqueue(async () => {
      this.#wanted = "stopped";
      this.#become("stopped", WORDS.stopping);
      await this.#shutDown(true);
      this.#become("stopped", WORDS.stopped);
    });
  }

  /** Stops it and starts it again. */
  restart() {
    this.stop();
    return this.start();
  }

  /** Nobody needs it: it may leave. One started by somebody else stays, and has its own idle time. */
  sleep() {
    return this.#enqueue(async () => {
      if (this.#wanted !== "on") return;
      this.#wanted = "asleep";
      this.#become("off", WORDS.asleep);
      await this.#shutDown(false);
    });
  }

  /** The endpoint file may have changed. */
  nudge() {
    this.client.nudge();
  }

  /** The owner goes; an engine started here goes, too. */
  end() {
    return this.#enqueue(async () => {
      this.#wanted = "stopped";
      await this.#shutDown(false);
    });
  }

  /** The last moment of this process. */
  kill() {
    this.#process.kill();
  }

  /** @param {() => Promise<void>} act */
  #enqueue(act) {
    this.#turn = this.#turn.then(act);
    return this.#turn;
  }

  /** @param {boolean} everyones  also an engine that was not started here */
  async #shutDown(everyones) {
    this.#clock.cancel(this.#again);
    this.#again = null;
    this.#clock.cancel(this.#deadline);
    if (everyones && this.client.state.name === "ready") {
      // It may leave before it answers; either way it goes.
      await this.client.call("engine.stop", {}, { timeout: 2000 }).catch(() => {});
    }
    this.client.stop();
    this.#endpoint = null;
    await this.#process.stop();
  }

  #connect() {
    this.#endpoint = this.#options.endpoint();
    if (!this.#endpoint) throw new Error(this.#words);
    return new WebSocketTransport({ make: this.#options.socket, ...this.#endpoint });
  }

  /** The session changed: is there anything to do? */
  #look() {
    const { name } = this.client.state;
    if (this.#wanted !== "on") return;
    if (name === "ready") {
      this.#clock.cancel(this.#deadline);
      this.#readySince = this.#clock.now();
      this.#words = WORDS.again;
      this.#become("ready", WORDS.ready, String(this.client.session?.engine ?? ""));
      return;
    }
    if (this.#state.engine === "ready") {
      this.#become("starting", this.#words);
      if (this.#process.running) this.#limit(); // It may hang rather than be dead.
    }
    if (name === "waiting") this.#launch();
  }

  /** Starts the process, if it is not there and may be started. */
  #launch() {
    if (this.#process.running || this.#again) return;
    const launch = this.#options.launch();
    if (launch.problem !== undefined) {
      this.#become("missing", launch.problem);
      return;
    }
    if (this.#backoff.failures < STUBBORN) this.#become("starting", this.#words);
    this.#process.start(launch.command, launch.args, this.#options.folder);
    this.#limit();
  }

  /** The process has so long to become ready; then it is ended, and started again. */
  #limit() {
    this.#clock.cancel(this.#deadline);
    this.#deadline = this.#clock.after(this.#options.patience, () => {
      this.#words = WORDS.slow;
      this.#process.stop(1000);
    });
  }

  /** @param {string} reason */
  #ended(reason) {
    this.#clock.cancel(this.#deadline);
    if (this.#wanted !== "on") return;
    if (reason) this.#options.onLog(`Engine ended: ${reason}`);
    const stood = this.#readySince > 0 && this.#clock.now() - this.#readySince >= this.#options.stood;
    if (stood) this.#backoff.reset();
    this.#readySince = 0;
    const wait = this.#backoff.next();
    if (this.client.state.name === "ready") return; // Another engine was there first, and this one left politely.
    if (this.#backoff.failures > STUBBORN && reason) this.#become("missing", `Engine does not start: ${reason}`);
    else this.#become("starting", this.#words);
    this.#again = this.#clock.after(wait, () => {
      this.#again = null;
      if (this.#wanted === "on" && this.client.state.name !== "ready") this.#launch();
    });
  }

  /**
   * @param {EngineState["engine"]} engine
   * @param {string} words
   * @param {string} [version]
   */
  #become(engine, words, version = this.#state.version) {
    const last = this.#state;
    if (last.engine === engine && last.words === words && last.version === version) return;
    this.#state = { engine, words, version };
    this.#options.onState(this.#state);
  }
}
