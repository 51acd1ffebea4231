/**
 * One Max for Live device made from the bytes of its .amxd.
 *
 * Loading goes through Max's documented phases: all objects are made (v8 code compiles), cords are tied,
 * parameters get their initial or stored values and send them in parameter order, loadbang, then
 * live.thisdevice. Subpatchers go before their parents in each phase.
 */

import { basename, dirname } from "node:path";
import { readAmxd, writeAmxd } from "./amxd.js";
import { MidiIn, NoteIn } from "./objects/midi.js";
import { ThisDevice } from "./objects/misc.js";
import { FreeBang } from "./objects/store.js";
import { Blob, parameterSpec } from "./params.js";
import { Patcher } from "./patcher.js";
import { Dsp } from "./signal.js";
import { TICKS } from "./time_value.js";

/**
 * @typedef {import("./atoms.js").Atom} Atom
 * @typedef {import("./atoms.js").Message} Message
 * @typedef {import("./box.js").Box} Box
 * @typedef {import("./objects/live.js").Parameter} Parameter
 * @typedef {import("./params.js").ParameterInfo} ParameterInfo
 *
 * The Set's side of a device: its parameters, and LiveAPI as this device may use it.
 * @typedef {{addParameters: (infos: {info: ParameterInfo, spec: any}[],
 *     banks: {name: string, parameters: string[]}[]) => Parameter[],
 *   makeLiveAPI: (script: {schedule: (run: () => void) => void, enter: (run: () => void) => void,
 *     post: (text: string) => void}) => any}} Host
 *
 * `amxd`: the bytes as they were read, for this device alone.
 * @typedef {{path?: string, name?: string, host: Host, stored?: Record<string, any>, enabled?: boolean,
 *   amxd?: import("./amxd.js").Amxd}} DeviceOptions
 */

/**
 * Reads a device, changes its patcher and writes it to bytes again, so that a test which cuts a cord or
 * spoils code still goes the whole way from the bytes.
 * @param {Uint8Array} bytes
 * @param {(patcher: any, amxd: import("./amxd.js").Amxd) => void} change alters the parsed patcher in place
 * @returns {Buffer}
 */
export function mutated(bytes, change) {
  const device = readAmxd(bytes);
  change(device.patcher, device);
  return writeAmxd(device);
}

/** @param {any} value @returns {Atom[]} */
function atomsOf(value) {
  return [value].flat().map((item) => (typeof item === "boolean" ? Number(item) : item));
}

export class Device {
  /** Remarks that are no errors (a loadbang in a device). @type {string[]} */
  notes = [];
  /**
   * What left the device's MIDI output: time in ms since Max began, where the song was, beats it has run, whole messages.
   * @type {{time: number, beat: number, run: number, bytes: number[]}[]}
   */
  midiOut = [];
  /** Sees each message on its way (for tests and for finding faults). @type {((box: Box, outlet: number, msg: Message) => void) | null} */
  trace = null;
  /** False until live.thisdevice has banged: no LiveAPI before. */
  liveReady = false;
  removed = false;
  /** @type {{box: any, info: ParameterInfo, parameter: Parameter | null, blob: Blob | null}[]} */
  parameters = [];

  /**
   * @param {import("./world.js").Max} max
   * @param {Uint8Array} bytes
   * @param {DeviceOptions} options
   * @throws {import("./amxd.js").AmxdError} for bytes that are no readable device
   */
  constructor(max, bytes, options) {
    this.max = max;
    this.bytes = Buffer.from(bytes);
    this.amxd = options.amxd ?? readAmxd(this.bytes);
    this.host = options.host;
    this.path = options.path ?? "";
    this.folder = this.path ? dirname(this.path) : "";
    this.name = options.name ?? (basename(this.path || this.amxd.name, ".amxd") || "device");
    this.instance = max.newInstance();
    this.enabled = options.enabled ?? true;
    this.stored = options.stored ?? null;
    this.#checkTop();
    this.patcher = new Patcher(this, this.amxd.patcher);
    this.dsp = new Dsp(this);
  }

  /** What the bytes say about themselves must agree. */
  #checkTop() {
    const { kind, patcher, meta, frozen } = this.amxd;
    const type = Number(patcher.project?.amxdtype ?? 0);
    if (type !== Buffer.from(kind, "latin1").readUInt32BE(0)) {
      this.max.report("format", `${this.name}: the patcher says device type ${type}, the file says "${kind}"`);
    }
    if (meta !== (frozen ? 7 : 1)) this.notes.push(`meta is ${meta}, Max writes ${frozen ? 7 : 1}`);
  }

  /**
   * A name with a leading `---` made this device's own.
   * @param {string} name
   */
  local(name) {
    return name.startsWith("---") ? `${String(this.instance).padStart(3, "0")}${name.slice(3)}` : name;
  }

  /**
   * A file packed in the device.
   * @param {string} name
   */
  file(name) {
    return this.amxd.files.find((file) => file.name === name) ?? null;
  }

  /** Runs the load phases after the objects were made. */
  load() {
    const boxes = this.patcher.all();
    this.max.scheduler.main(() => {
      this.dsp.compile();
      for (const box of boxes) box.connected();
      this.#parameters(boxes);
      this.#initial();
      for (const box of boxes) box.loadbang();
      // What the middle outlet does at load is not documented; a device that is off must learn it [inferred].
      this.liveReady = true;
      const devices = boxes.filter((box) => box instanceof ThisDevice);
      for (const box of devices) box.ready();
      for (const box of devices) box.enabled(this.enabled);
    });
  }

  /** @param {Box[]} boxes */
  #parameters(boxes) {
    const names = new Set();
    for (const box of boxes) {
      const info = /** @type {ParameterInfo | null | undefined} */ (/** @type {any} */ (box).info);
      if (!info) {
        this.#noParameter(box);
        continue;
      }
      for (const problem of info.problems) box.report("parameter", `"${info.longName}" ${problem}`);
      if (names.has(info.longName)) box.report("parameter", `long name "${info.longName}" is used twice`);
      names.add(info.longName);
      this.parameters.push({ box, info, parameter: null, blob: info.kind > 2 ? new Blob(info) : null });
    }
    const numeric = this.parameters.filter((entry) => !entry.blob);
    const specs = numeric.map(({ info }) => ({ info, spec: parameterSpec(info, this.#stored(info)) }));
    const made = this.host.addParameters(specs, this.#banks(names));
    numeric.forEach((entry, index) => {
      entry.parameter = made[index];
      entry.box.attach(made[index]);
    });
    for (const entry of this.parameters) if (entry.blob) entry.box.attachBlob?.(entry.blob);
  }

  /**
   * A box that should be a parameter and is none.
   * @param {Box} box
   */
  #noParameter(box) {
    if (box.facts.parameter && box.name.startsWith("live.")) box.report("parameter", "declares no parameter");
    else if (box.json.parameter_enable) box.report("parameter", "is a parameter the headless Max does not know");
  }

  /** @param {Set<string>} names */
  #banks(names) {
    const banks = Object.values(this.amxd.patcher.parameters?.parameterbanks ?? {});
    return banks.map((/** @type {any} */ bank) => {
      for (const name of bank.parameters ?? []) {
        if (name !== "-" && name !== "" && !names.has(name)) {
          this.max.report("parameter", `bank "${bank.name}" names "${name}", which does not exist`);
        }
      }
      return { name: String(bank.name ?? ""), parameters: (bank.parameters ?? []).map(String) };
    });
  }

  /**
   * The value saved with the Set, which hidden parameters do not have.
   * @param {ParameterInfo} info
   * @returns {Atom[] | null}
   */
  #stored(info) {
    const value = this.stored?.[info.longName];
    return value === undefined || info.visibility === "hidden" ? null : atomsOf(value);
  }

  /** Initial and stored values go out, lower parameter_order first. */
  #initial() {
    const ordered = [...this.parameters].sort((a, b) => a.info.order - b.info.order);
    for (const { box, info, blob } of ordered) {
      const stored = this.#stored(info);
      if (blob) {
        const value = stored ?? info.initial;
        if (value) box.restore?.(value);
      } else if (stored || info.initial) box.sendInitial?.();
    }
  }

  /**
   * The entry of a parameter.
   * @param {string} longName
   */
  parameter(longName) {
    const found = this.parameters.find((entry) => entry.info.longName === longName);
    if (!found) {
      const all = this.parameters.map((entry) => entry.info.longName).join(", ");
      throw new Error(`"${this.name}" has no parameter "${longName}"; it has: ${all}`);
    }
    return found;
  }

  /** What the Set keeps of this device. @returns {Record<string, any>} */
  state() {
    return Object.fromEntries(
      this.parameters
        .filter(({ info }) => info.visibility !== "hidden")
        .map(({ info, parameter, blob }) => [info.longName, parameter ? parameter.value : (blob?.value ?? [])]),
    );
  }

  /**
   * MIDI comes in. A device that is switched off is passed by, and its patch hears nothing.
   * @param {number[]} bytes
   */
  midiArrives(bytes) {
    if (!this.enabled) {
      this.midiLeaves(bytes);
      return;
    }
    this.max.scheduler.high(() => {
      for (const box of this.patcher.all()) if (box instanceof MidiIn || box instanceof NoteIn) box.feed(bytes);
    });
  }

  /**
   * MIDI goes out.
   * @param {number[]} bytes
   */
  midiLeaves(bytes) {
    const { musical, scheduler } = this.max;
    this.midiOut.push({ time: scheduler.now(), beat: musical.ticks / TICKS, run: musical.run / TICKS, bytes });
  }

  /**
   * Sound goes through the device. One that is switched off is passed by, as Live does, and its patch hears nothing.
   * @param {Float32Array} left
   * @param {Float32Array} right
   * @returns {[Float32Array, Float32Array]}
   */
  process(left, right) {
    return this.enabled ? this.dsp.process(left, right) : [left.slice(), right.slice()];
  }

  /** The device is switched on or off. @param {boolean} on */
  setEnabled(on) {
    if (on === this.enabled) return;
    this.enabled = on;
    this.max.scheduler.main(() => {
      for (const box of this.patcher.all()) if (box instanceof ThisDevice) box.enabled(on);
    });
  }

  /** All cords, those of subpatchers too; `index` is the place in the patcher's lines. */
  cords() {
    /** @type {Patcher[]} */
    const patchers = [this.patcher, ...this.patcher.all().flatMap((box) => /** @type {any} */ (box).subpatcher ?? [])];
    return patchers.flatMap((patcher) => patcher.cords.map((cord) => ({ ...cord, patcher: patcher.path })));
  }

  /**
   * Cuts a cord of the main patcher.
   * @param {number} index in `cords()`
   */
  cut(index) {
    const cord = this.patcher.cords.find((each) => each.index === index);
    if (!cord) throw new Error(`there is no cord ${index}`);
    cord.live = false;
    this.patcher.connect();
    this.dsp.compile();
  }

  /** Takes the device away: its code hears notifydeleted, its process and sockets end. */
  remove() {
    if (this.removed) return;
    this.removed = true;
    this.max.scheduler.main(() => {
      for (const box of this.patcher.all()) if (box instanceof FreeBang) box.leaving();
      for (const box of this.patcher.all()) box.free();
    });
  }
}
