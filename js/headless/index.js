/**
 * The headless Live: one Set, one Max, and the built .amxd files in it.
 *
 * ```js
 * const live = await HeadlessLive.open({ set: LiveSet.empty({ tempo: 125 }) });
 * const dev = await live.addDevice("Bandmate Chords.amxd", { track: 0 });
 * dev.turn("Density", 80);
 * dev.press("Generate");
 * await live.until(() => live.set.tracks[0].clip_slots[0].clip, { what: "a clip" });
 * await live.close();
 * ```
 *
 * Max runs by itself on Node's event loop (or, with `time: "virtual"`, only by `advance`). Everything Max or
 * the device complains about is kept in `errors`; in strict mode (the default) the next call here throws it.
 */

import { HeadlessDevice } from "./device.js";
import { resolvePath } from "./live/path.js";
import { LiveSet } from "./live/set.js";
import { Device } from "./max/device.js";
import { isToolKind } from "./max/facts_tool.js";
import { placeDevice, SetHost } from "./max/host.js";
import { Max, MaxError } from "./max/world.js";
import { ToolPanel } from "./panel.js";
import { createMGraphics } from "./render/mgraphics.js";
import { themeColors } from "./render/themes.js";
import { sourceOf } from "./source.js";
import { loadTool } from "./tool.js";

export { HeadlessDevice } from "./device.js";
export { steps } from "./live/model/automation.js";
export { LiveSet } from "./live/set.js";
export { AmxdError, readAmxd, writeAmxd } from "./max/amxd.js";
export { FACTS } from "./max/facts.js";
export { BUSY } from "./max/scheduler.js";
export { Max, MaxError } from "./max/world.js";

/**
 * @typedef {import("./tool.js").HeadlessTool} HeadlessTool
 * @typedef {import("./options.js").OpenOptions} OpenOptions
 * @typedef {import("./options.js").AddOptions} AddOptions
 */

/** How often the Set's clock is served while it plays (an audio buffer of 256 samples) and while it stands, ms. */
const TICK = { playing: 5.8, standing: 10 };
/** How often `until` looks by itself, when nothing in Max gives it cause, ms. */
const LOOK = 15;

export class HeadlessLive {
  /** @type {HeadlessDevice[]} */
  devices = [];
  /** The MIDI Tools that are open: one in each panel. @type {HeadlessTool[]} */
  tools = [];
  /** Clip View with both panels. */
  panel = new ToolPanel(this);
  #thrown = 0;
  #closed = false;
  /** @type {() => void} */
  #leaveSet;
  /** @type {import("./max/scheduler.js").Clock | null} */
  #next = null;

  /**
   * @param {LiveSet} set
   * @param {Max} max
   * @param {boolean} strict
   */
  constructor(set, max, strict) {
    this.set = set;
    this.max = max;
    this.strict = strict;
    set.clock = { now: () => max.scheduler.now() };
    max.musical.follow(set.song);
    const watch = { check: () => this.#lost() };
    const hear = (/** @type {any} */ from, /** @type {any} */ to) => this.#copied(from, to);
    set.observers.add(watch);
    set.copyListeners.add(hear);
    const begin = (/** @type {string} */ news) => news === "start" && this.#await(TICK.playing);
    set.song.transport.listeners.add(begin);
    this.#leaveSet = () => {
      set.observers.delete(watch);
      set.copyListeners.delete(hear);
      set.song.transport.listeners.delete(begin);
    };
    this.#tick();
  }

  /**
   * @param {OpenOptions} [options]
   * @returns {Promise<HeadlessLive>}
   */
  static async open(options = {}) {
    const { time, env, jitter, sampleRate, unseen } = options;
    const max = new Max({
      version: options.max ?? "9.1",
      createMGraphics: options.createMGraphics === undefined ? createMGraphics : options.createMGraphics,
      themeColors: options.themeColors ?? themeColors,
      ...{ time, env, jitter, sampleRate, unseen },
    });
    return new HeadlessLive(options.set ?? LiveSet.empty(), max, options.strict ?? true);
  }

  /** Lines of the Max console, errors included. */
  get console() {
    return this.max.console;
  }

  /**
   * The person chooses another sample rate in Live's settings. Memories (`buffer~`) keep what they have.
   * @param {number} rate samples a second
   */
  setSampleRate(rate) {
    if (!(rate >= 8000 && rate <= 384_000)) throw new Error(`a sample rate is 8,000 to 384,000, not ${rate}`);
    this.act(() => this.max.setSampleRate(rate));
  }

  /** Everything Max complained about. */
  get errors() {
    return this.max.errors;
  }

  /** Lets the Set's launches and automation happen in Max's time. */
  #tick() {
    this.set.tick();
    this.#await(this.set.song.transport.playing ? TICK.playing : TICK.standing);
  }

  /** Counted from the song's start, so that a song plays the same whenever it is started. @param {number} ms */
  #await(ms) {
    this.#next?.cancel();
    this.#next = this.max.scheduler.at(ms, () => this.#tick());
  }

  /**
   * Strict mode: throws what Max has complained about since the last throw.
   * @throws {MaxError}
   */
  check() {
    const fresh = this.errors.slice(this.#thrown);
    this.#thrown = this.errors.length;
    if (!this.strict || fresh.length === 0) return;
    const lines = fresh.map(
      (error) => `${error.kind}: ${[error.device, error.box, error.message].filter(Boolean).join(": ")}`,
    );
    throw new MaxError(fresh[0].kind, lines.join("\n"), fresh[0].device, fresh[0].box);
  }

  /**
   * Runs an act of the person, lets Max come to rest, and checks.
   * @template T
   * @param {() => T} run
   * @returns {T}
   */
  act(run) {
    if (this.#closed) throw new Error("this headless Live is closed");
    const result = run();
    this.set.touch();
    this.max.scheduler.settle();
    this.check();
    return result;
  }

  /**
   * Drops a device on a track, which selects both: the highlighted slot moves to that track.
   * @param {string | Uint8Array} source path or bytes of an .amxd
   * @param {AddOptions} [options]
   * @returns {Promise<HeadlessDevice>}
   */
  async addDevice(source, options = {}) {
    const { bytes, amxd, kind, path, name } = sourceOf(source, options);
    const owner = typeof options.track === "object" ? options.track : this.set.tracks[options.track ?? 0];
    if (!owner) throw new Error(`the Set has no track ${options.track}`);
    return this.act(() => {
      const model = placeDevice(this.set, owner, { kind, name, index: options.index ?? -1 });
      if (options.select ?? true) this.set.song.view.drop(model);
      const { stored, enabled, trace } = options;
      return this.#load(bytes, model, { path, name, stored, enabled, trace, amxd });
    });
  }

  /**
   * Opens a MIDI Tool in its panel, in place of the one there.
   * @param {string | Uint8Array} source path or bytes of an .amxd
   * @param {Pick<AddOptions, "stored" | "name" | "path" | "trace" | "mutate">} [options]
   * @returns {Promise<HeadlessTool>}
   */
  async openTool(source, options = {}) {
    const { bytes, amxd, kind, path, name } = sourceOf(source, options);
    if (!isToolKind(kind)) throw new Error(`a device of kind "${kind}" cannot be opened in Clip View`);
    return this.act(() => {
      for (const open of this.tools.filter((each) => each.device.amxd.kind === kind)) this.closeTool(open);
      return loadTool(this, bytes, { path, name, amxd, stored: options.stored, trace: options.trace });
    });
  }

  /** @param {HeadlessTool} tool */
  closeTool(tool) {
    this.tools = this.tools.filter((each) => each !== tool);
    tool.device.remove();
  }

  /**
   * @param {Uint8Array} bytes
   * @param {import("./live/model/device.js").Device} model
   * @param {{path?: string, name?: string, stored?: Record<string, any>, enabled?: boolean, trace?: Device["trace"],
   *   amxd?: import("./max/amxd.js").Amxd}} options
   */
  #load(bytes, model, options) {
    if (options.enabled === false) model.on.move(0, "user");
    const device = new Device(this.max, bytes, {
      ...options,
      host: new SetHost(this.set, model),
      enabled: model.on.value !== 0,
    });
    model.latency_in_samples = Number(device.amxd.patcher.latency ?? 0);
    model.latency_in_ms = (model.latency_in_samples / this.max.sampleRate) * 1000;
    const facade = new HeadlessDevice(this, device, model);
    this.devices.push(facade);
    model.on.listeners.add((value) => device.setEnabled(value !== 0));
    device.trace = options.trace ?? null;
    device.load();
    return facade;
  }

  /** Devices the Set has lost leave Max; a device that came back by undo is made anew. */
  #lost() {
    for (const facade of this.devices) {
      if (facade.model.alive && facade.device.removed) {
        const { bytes, path, name } = facade.device;
        this.devices = this.devices.filter((each) => each !== facade);
        this.max.scheduler.defer(() => this.#load(bytes, facade.model, { path, name, stored: facade.lastState }));
      } else if (!facade.model.alive && !facade.device.removed) {
        facade.lastState = facade.device.state();
        facade.device.remove();
      }
    }
  }

  /**
   * The Set copied a device (with its track or chain): the copy gets a patch of its own.
   * @param {any} from
   * @param {any} to
   */
  #copied(from, to) {
    const original = this.devices.find((facade) => facade.model === from);
    if (!original) return;
    const { bytes, path, name } = original.device;
    const stored = original.device.state();
    this.max.scheduler.defer(() => this.#load(bytes, to, { path, name, stored }));
  }

  /**
   * The Max device that belongs to a device of the Set.
   * @param {any} model
   * @returns {HeadlessDevice | undefined}
   */
  deviceOf(model) {
    return this.devices.find((facade) => facade.model === model && !facade.device.removed);
  }

  /**
   * An object of the Set by its path ("live_set tracks 0 clip_slots 0 clip"), for looking; null when nothing
   * is there.
   * @param {string} path
   * @returns {any}
   */
  lom(path) {
    return resolvePath(this.set, path, null);
  }

  /**
   * Waits until something is so, while Max runs. Virtual time is not for waiting on sockets and processes: it
   * is over long before they answer.
   * @param {() => any} condition
   * @param {{timeout?: number, what?: string}} [options] ms (of virtual time, where time is virtual)
   * @returns {Promise<any>} the condition's value
   * @throws {Error} when the time is over, saying what was awaited and what the console said last
   */
  async until(condition, { timeout = 30_000, what = "the condition" } = {}) {
    const { scheduler } = this.max;
    const begin = scheduler.now();
    scheduler.settle();
    for (;;) {
      this.check();
      const value = condition();
      if (value) return value;
      if (scheduler.now() - begin >= timeout) {
        const last = this.console.slice(-8).map((line) => `\n  | ${line}`);
        throw new Error(`gave up after ${timeout} ms waiting for ${what}${last.join("")}`);
      }
      if (scheduler.virtual) {
        const wait = Math.min(scheduler.next ?? begin + timeout, begin + timeout) - scheduler.now();
        scheduler.advance(Math.max(0, wait));
        await new Promise((next) => setImmediate(next));
      } else await this.#nextPump();
    }
  }

  /** Resolves when Max has done something, or after a short look-around time. */
  #nextPump() {
    return new Promise((next) => {
      const over = () => {
        clearTimeout(timer);
        stop();
        next(undefined);
      };
      const timer = setTimeout(over, LOOK);
      const stop = this.max.scheduler.afterPump(over);
    });
  }

  /** Serves everything that is due now. */
  settle() {
    this.act(() => {});
  }

  /**
   * Virtual time: lets time pass.
   * @param {number} ms
   */
  advance(ms) {
    this.max.scheduler.advance(ms);
    this.check();
  }

  /**
   * As when a Set is opened anew: undo has nothing to bring back, so the patches of devices that are gone are let go too.
   */
  forget() {
    this.set.history.forget();
    this.devices = this.devices.filter((facade) => facade.model.alive || !facade.device.removed);
  }

  /**
   * Takes all devices away and ends Max: processes and sockets are gone when this returns.
   * @throws {MaxError} in strict mode, what nobody has seen yet
   */
  async close() {
    if (this.#closed) return;
    // The Set keeps its devices: it must not think that they came back.
    this.#leaveSet();
    for (const facade of [...this.devices, ...this.tools]) facade.device.remove();
    this.max.scheduler.settle();
    this.#closed = true;
    await this.max.close();
    this.check();
  }
}
