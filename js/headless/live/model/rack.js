/** Racks: RackDevice, Chain, DrumChain and DrumPad. */
import { LiveRefusal } from "../errors.js";
import { Device } from "./device.js";
import { MixerDevice } from "./mixer.js";
import { inserted, LiveObject, without } from "./object.js";

/** Choices of a rack's macro parameters. */
const MACROS = Array.from({ length: 16 }, (_, at) => ({ name: `Macro ${at + 1}`, min: 0, max: 127 }));

export class Chain extends LiveObject {
  /** @override */
  static type = "Chain";

  /**
   * @param {import("../set.js").LiveSet} set
   * @param {RackDevice} parent
   * @param {string} name
   */
  constructor(set, parent, name) {
    super(set, parent);
    this.name = name;
    this.color = 0;
    this.mute = false;
    this.solo = false;
    /** @type {Device[]} */
    this.devices = [];
    this.mixer_device = new MixerDevice(set, this);
  }

  /** @override @returns {Array<[string, LiveObject | LiveObject[] | null]>} */
  branches() {
    return [
      ["devices", this.devices],
      ["mixer_device", this.mixer_device],
    ];
  }

  /** @param {Device} device @param {number} [index] -1 for the end */
  addDevice(device, index = -1) {
    this.assign("devices", inserted(this.devices, index, device));
    return device;
  }

  /** @param {number} index */
  delete_device(index) {
    const device = this.devices[index];
    if (!device) throw new LiveRefusal(`call: delete_device: there is no device ${index} in "${this.name}".`);
    this.assign("devices", without(this.devices, device));
  }
}

export class DrumChain extends Chain {
  /** @override */
  static type = "DrumChain";

  /**
   * @param {import("../set.js").LiveSet} set
   * @param {RackDevice} parent
   * @param {string} name
   * @param {number} note pitch that plays the chain, 0..127
   */
  constructor(set, parent, name, note) {
    super(set, parent, name);
    this.in_note = note;
    this.out_note = 60;
    this.choke_group = 0;
  }
}

export class DrumPad extends LiveObject {
  /** @override */
  static type = "DrumPad";

  /**
   * @param {import("../set.js").LiveSet} set
   * @param {RackDevice} parent
   * @param {number} note
   */
  constructor(set, parent, note) {
    super(set, parent);
    this.note = note;
    this.mute = false;
    this.solo = false;
  }

  /** Chains which the pad's note plays. @returns {DrumChain[]} */
  get chains() {
    const rack = /** @type {RackDevice} */ (this.parent);
    return /** @type {DrumChain[]} */ (rack.chains).filter((chain) => chain.in_note === this.note);
  }

  get name() {
    return this.chains[0]?.name ?? NOTE_NAMES[this.note % 12] + String(Math.floor(this.note / 12) - 2);
  }
}

const NOTE_NAMES = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];

export class RackDevice extends Device {
  /** @override */
  static type = "RackDevice";

  /**
   * @param {import("../set.js").LiveSet} set
   * @param {LiveObject} parent
   * @param {import("./device.js").DeviceSpec & {drums?: boolean}} spec
   */
  constructor(set, parent, spec) {
    super(set, parent, { parameters: MACROS, ...spec });
    /** @type {Chain[]} */
    this.chains = [];
    /** @type {DrumPad[]} 128 pads for drum racks, none else */
    this.drum_pads = spec.drums ? Array.from({ length: 128 }, (_, note) => new DrumPad(set, this, note)) : [];
    this.is_showing_chains = false;
    this.visible_macro_count = 8;
  }

  /** @override @returns {Array<[string, LiveObject | LiveObject[] | null]>} */
  branches() {
    return [...super.branches(), ["chains", this.chains], ["drum_pads", this.drum_pads]];
  }

  /** @override */
  get can_have_chains() {
    return true;
  }

  /** @override */
  get can_have_drum_pads() {
    return this.drum_pads.length > 0;
  }

  /** Pads of the drum rack that play something. @returns {DrumPad[]} */
  get filled_drum_pads() {
    return this.drum_pads.filter((pad) => pad.chains.length > 0);
  }

  /**
   * Add a chain.
   *
   * @param {string} name
   * @param {number} [note] the pad's note for drum racks, 0..127
   * @returns {Chain}
   */
  addChain(name, note) {
    const chain = this.can_have_drum_pads
      ? new DrumChain(this.set, this, name, note ?? 36 + this.chains.length)
      : new Chain(this.set, this, name);
    this.assign("chains", [...this.chains, chain]);
    return chain;
  }
}
