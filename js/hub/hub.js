/**
 * The Hub's half in Max without Max: v8.js plugs it into the real globals, tests into a fake bus.
 */

import { Watch } from "../live/hands/watch.js";
import { Live } from "../live/live.js";
import { liveMethods } from "../live/reverse.js";
import { liveVersion } from "../live/song.js";
import { FROM_HUB, NO_HUB, TO_HUB } from "../rpc/hub.js";
import { sendInPieces } from "../rpc/pieces.js";
import { VERSION } from "../rpc/version.js";
import { ELECTION_DICT, Election } from "./election.js";
import { LiveCalls } from "./live_calls.js";
import { Script } from "./script.js";
import { Switchboard } from "./switchboard.js";

/**
 * @typedef {object} HubHost
 * @property {(index: number, ...values: (string | number)[]) => void} outlet
 * @property {(receiver: string, ...values: (string | number)[]) => void} messnamed
 * @property {typeof Dict} Dict
 * @property {import("../rpc/clock.js").Clock} clock
 * @property {() => number} random
 * @property {import("../live/live.js").LiveApiClass} LiveAPI
 * @property {string} maxVersion
 */

const NODE = 0;
const PANEL = 1;

/** @type {Record<import("./keeper.js").EngineState["engine"], "off" | "away" | "busy" | "ready">} */
const LIGHTS = { off: "off", starting: "busy", ready: "ready", stopped: "off", missing: "away" };

/** What a press on a passive Hub's panel asks of the leader. */
const COMMANDS = ["engine", "folder"];

export class Hub {
  #started = false;
  #enabled = true;
  #idleMinutes = -1;
  /** @type {import("./keeper.js").EngineState} */
  #state = { engine: "off", words: "", version: "" };
  #host;
  #live;
  #election;
  #script;
  #board;
  #calls;
  #watch;

  /**
   * @param {string} id  of this Hub, unique in Max
   * @param {HubHost} host
   */
  constructor(id, host) {
    this.id = id;
    this.#host = host;
    this.#live = new Live(host.LiveAPI);
    this.#election = new Election({
      id,
      dict: new host.Dict(ELECTION_DICT),
      clock: host.clock,
      onLead: () => this.#lead(),
      onFollow: () => this.#follow(),
    });
    this.#script = new Script({
      send: (...message) => host.outlet(NODE, ...message),
      clock: host.clock,
      random: host.random,
      onAwake: () => this.#introduce(),
      onGone: (words) => {
        this.#board.cutOff(words);
        this.#become({ engine: "missing", words, version: "" });
      },
    });
    this.#board = new Switchboard({
      toNode: (...message) => this.#toNode(...message),
      toDevices: (...message) => host.messnamed(FROM_HUB, ...message),
      DictClass: host.Dict,
      prefix: `bandmate.text.${id}`,
    });
    this.#watch = new Watch(this.#live, host.LiveAPI, {
      later: (ms, run) => void host.clock.after(ms, run),
      tell: (changes) => sendInPieces(JSON.stringify({ changes }), (...piece) => this.#toNode("changed", ...piece)),
    });
    this.#calls = new LiveCalls({
      methods: liveMethods(this.#live, { watch: this.#watch }),
      send: (...message) => this.#toNode(...message),
    });
  }

  get leads() {
    return this.#election.leads;
  }

  /** live.thisdevice has spoken: Live may be asked, and the Hub takes part. */
  start() {
    this.#started = true;
    this.#live.start();
    this.#join();
  }

  /** @param {boolean} on  the device's own switch */
  enabled(on) {
    this.#enabled = on;
    if (on) this.#join();
    else this.#leave("Hub is switched off");
  }

  /** The device goes: timers, lead, helper process and every connection. */
  deleted() {
    this.#leave(NO_HUB);
    this.#started = false;
    this.#live.stop();
    this.#host.clock.stop();
  }

  /**
   * A message on `bandmate.req`.
   *
   * @param {string} what
   * @param {string} id
   * @param {(string | number)[]} rest
   */
  device(what, id, rest) {
    if (!this.#started || !this.#enabled) return;
    if (what === "released") {
      this.#election.released();
      return;
    }
    if (!this.leads) return;
    if (what === "command") {
      if (COMMANDS.includes(String(rest[0]))) this.#toNode(...rest);
    } else if (this.#board.fromDevice(what, id, rest)) {
      this.#broadcast();
    }
  }

  /**
   * A life event of node.script.
   *
   * @param {string} event
   * @param {string} outcome
   */
  life(event, outcome) {
    this.#script.event(event, outcome);
  }

  awake() {
    this.#script.sayAwake();
  }

  /**
   * node.script has something for a device.
   *
   * @param {string} id
   * @param {string} what
   * @param {(string | number)[]} rest
   */
  toDevice(id, what, rest) {
    if (this.leads) this.#board.fromNode(id, what, rest);
  }

  /** @param {string} json  state of the engine */
  engine(json) {
    if (!this.leads) return;
    const { engine, words, version } = JSON.parse(json);
    this.#become({ engine, words, version });
  }

  /** @param {string} line */
  log(line) {
    this.#host.outlet(PANEL, "log", line);
  }

  /**
   * The engine asks something of Live.
   *
   * @param {number} number
   * @param {number} index
   * @param {number} count
   * @param {string} text
   * @returns {Promise<void>}
   */
  call(number, index, count, text) {
    return this.#calls.take(number, index, count, text);
  }

  /**
   * A button of the panel.
   *
   * @param {(string | number)[]} message  for node.script
   */
  command(...message) {
    if (!this.#started || !this.#enabled) return;
    if (!this.leads) this.#host.messnamed(TO_HUB, "command", this.id, ...message);
    else if (this.#script.awake) this.#toNode(...message);
    else if (message[1] !== "stop") this.#script.start();
  }

  /** @param {number} minutes */
  idleMinutes(minutes) {
    this.#idleMinutes = minutes;
    if (this.leads) this.#toNode("idle", minutes);
  }

  #join() {
    if (this.#started && this.#enabled) this.#election.join();
  }

  /** @param {string} words */
  #leave(words) {
    const led = this.#election.leave();
    this.#watch.stop();
    this.#script.stop();
    this.#board.dismiss(words);
    this.#show("off", words);
    if (led) this.#host.messnamed(TO_HUB, "released", this.id);
  }

  #lead() {
    this.#become({ engine: "starting", words: "Starting ...", version: "" });
    this.#script.start();
  }

  #follow() {
    this.#watch.stop();
    this.#script.stop();
    this.#board.dismiss("Another Hub took over");
    this.#show("off", "Another Hub in this Set does the work");
  }

  /** node.script is there: it hears who is in Live, and who waits. */
  #introduce() {
    const about = { hub: this.id, version: VERSION, max: this.#host.maxVersion, live: liveVersion(this.#live) };
    this.#toNode("hub", JSON.stringify(about));
    if (this.#idleMinutes >= 0) this.#toNode("idle", this.#idleMinutes);
    this.#board.repeatWishes();
  }

  /** @param {(string | number)[]} message */
  #toNode(...message) {
    if (this.#script.awake) this.#host.outlet(NODE, ...message);
  }

  /** @param {import("./keeper.js").EngineState} state */
  #become(state) {
    const { engine, words, version } = state;
    if (version !== this.#state.version && version !== "") this.#host.outlet(PANEL, "version", version);
    // An engine that comes says anew what it wants to hear of.
    if (engine !== "ready") this.#watch.stop();
    this.#state = state;
    this.#show(LIGHTS[engine] ?? "away", words);
    this.#broadcast();
  }

  #broadcast() {
    this.#host.messnamed(FROM_HUB, "hub", JSON.stringify({ hub: this.id, ...this.#state }));
  }

  /**
   * @param {"off" | "away" | "busy" | "ready"} light
   * @param {string} words
   */
  #show(light, words) {
    this.#host.outlet(PANEL, "status", light, words);
  }
}
