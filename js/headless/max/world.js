/**
 * One Max process: everything that all devices of a Live Set share.
 *
 * Live runs all its Max devices in one Max, so names without `---` (send/receive, dict, Global) are common
 * to all of them, the console is one, and so are the two queues.
 */

import { BufferStore } from "./buffers.js";
import { DictStore } from "./dicts.js";
import { MusicalClock } from "./musical_clock.js";
import { Outside } from "./outside.js";
import { Scheduler } from "./scheduler.js";

/**
 * @typedef {import("./atoms.js").Message} Message
 * @typedef {import("./atoms.js").Atom} Atom
 * @typedef {import("./box.js").Box} Box
 * @typedef {import("./scheduler.js").Jitter} Jitter
 *
 * A drawing surface of v8ui: `api` is what the script sees as `mgraphics`, `take` gives the calls of the
 * last paint, `texts` the texts it drew.
 * @typedef {{api: any, begin: () => void, calls: () => any[], texts: () => string[]}} Surface
 * @typedef {(options: {width: number, height: number, redraw: () => void}) => Surface} SurfaceMaker
 *
 * @typedef {{version?: string, time?: "real" | "virtual", jitter?: Jitter, env?: Record<string, string>,
 *   createMGraphics?: SurfaceMaker | null, themeColors?: Record<string, number[]>,
 *   sampleRate?: number, unseen?: boolean}} WorldOptions
 */

/** Most deliveries one message may cause inside another before Max says stack overflow. */
export const MAX_DEPTH = 1000;

/** Something Max complains about, or refuses. `kind` is a short word a test can ask for. */
export class MaxError extends Error {
  /**
   * @param {string} kind
   * @param {string} text
   * @param {string} [device]
   * @param {string} [box]
   */
  constructor(kind, text, device = "", box = "") {
    super(text);
    this.name = "MaxError";
    this.kind = kind;
    this.device = device;
    this.box = box;
  }
}

export class Max {
  /** Lines of the Max console, errors included. @type {string[]} */
  console = [];
  /** Everything Max complained about. @type {MaxError[]} */
  errors = [];
  /** @type {Map<string, Set<{hear: (msg: Message) => void}>>} */
  #names = new Map();
  /** JS Global objects by name; js and v8 keep separate stores. @type {Map<string, object>} */
  globals = new Map();
  dicts = new DictStore();
  /** What named coll objects hold. @type {Map<string, Map<Atom, Atom[]>>} */
  #colls = new Map();
  buffers = new BufferStore();
  /** Who is told that the sample rate changed. @type {Set<() => void>} */
  dspWatchers = new Set();
  #instances = 0;
  #symbols = 0;
  depth = 0;
  /** Everything that must end with Max: child processes, sockets. @type {Set<() => void | Promise<void>>} */
  endings = new Set();

  /** @param {WorldOptions} options */
  constructor(options = {}) {
    this.version = options.version ?? "9.1";
    this.env = options.env ?? {};
    /** Samples a second of all sound in this Max. */
    this.sampleRate = options.sampleRate ?? 44100;
    this.createMGraphics = options.createMGraphics ?? null;
    /** Pictures are drawn when somebody looks at them, and not each time they have changed. */
    this.unseen = options.unseen ?? false;
    /** What `max.getcolor` answers: colours of Live's theme by name, RGBA 0..1. */
    this.themeColors = options.themeColors ?? {};
    this.scheduler = new Scheduler({
      time: options.time,
      jitter: options.jitter,
      onError: (error) => this.#unexpected(error),
    });
    this.outside = new Outside(this.scheduler);
    /** The transport, which Live leads. */
    this.musical = new MusicalClock(this.scheduler);
  }

  /** @param {unknown} error */
  #unexpected(error) {
    if (error instanceof MaxError) this.#note(error);
    else if (error instanceof Error) this.#note(new MaxError("internal", error.stack ?? error.message));
    else this.#note(new MaxError("internal", String(error)));
  }

  /** @param {MaxError} error */
  #note(error) {
    this.errors.push(error);
    this.console.push(
      `error: ${error.device ? `[${error.device}] ` : ""}${error.box ? `${error.box}: ` : ""}${error.message}`,
    );
  }

  /**
   * Max complains: a red line in the console.
   * @param {string} kind
   * @param {string} text
   * @param {Box | null} [box]
   * @returns {MaxError}
   */
  report(kind, text, box = null) {
    const error = new MaxError(kind, text, box?.device?.name ?? "", box ? box.label : "");
    this.#note(error);
    return error;
  }

  /**
   * A line in the console.
   * @param {string} text
   */
  post(text) {
    this.console.push(text);
  }

  /**
   * True when this Max is at least the version given ("9.2").
   * @param {string} wanted
   */
  atLeast(wanted) {
    const [major, minor] = this.version.split(".").map(Number);
    const [wantMajor, wantMinor] = wanted.split(".").map(Number);
    return major > wantMajor || (major === wantMajor && (minor ?? 0) >= (wantMinor ?? 0));
  }

  /** A new number for `---` names: one per device instance. */
  newInstance() {
    this.#instances += 1;
    return this.#instances;
  }

  /** A unique symbol such as an unnamed dictionary gets. */
  uniqueName() {
    this.#symbols += 1;
    return `u${String(this.#symbols).padStart(9, "0")}`;
  }

  /**
   * What coll boxes of a name hold in common; one without a name holds its own.
   * @param {string | null} name
   * @returns {Map<Atom, Atom[]>}
   */
  collOf(name) {
    const held = (name && this.#colls.get(name)) || new Map();
    if (name) this.#colls.set(name, held);
    return held;
  }

  /**
   * Binds a listener (a receive object) to a global name.
   * @param {string} name
   * @param {{hear: (msg: Message) => void}} listener
   */
  bind(name, listener) {
    const set = this.#names.get(name) ?? new Set();
    set.add(listener);
    this.#names.set(name, set);
  }

  /**
   * @param {string} name
   * @param {{hear: (msg: Message) => void}} listener
   */
  unbind(name, listener) {
    this.#names.get(name)?.delete(listener);
  }

  /**
   * Sends to all receive objects of a name, in the order they were made.
   * @param {string} name
   * @param {Message} msg
   * @returns {number} how many heard it
   */
  send(name, msg) {
    const heard = [...(this.#names.get(name) ?? [])];
    for (const listener of heard) listener.hear(msg);
    return heard.length;
  }

  /**
   * Another sample rate: every `dspstate~` tells it.
   * @param {number} rate
   */
  setSampleRate(rate) {
    this.sampleRate = rate;
    for (const tell of [...this.dspWatchers]) tell();
  }

  /** Ends child processes and sockets, then the queues. */
  async close() {
    await Promise.all([...this.endings].map((end) => end()));
    this.endings.clear();
    this.scheduler.close();
  }
}
