/** Device, and MaxDevice for Max for Live devices. */
import { LiveRefusal } from "../errors.js";
import { LiveObject } from "./object.js";
import { DeviceParameter } from "./parameter.js";

/** Values of `Device.type` in the Live Object Model. */
export const DEVICE_TYPE = Object.freeze({ undefined: 0, instrument: 1, audio_effect: 2, midi_effect: 4 });

/**
 * What a device is made from.
 *
 * @typedef {object} DeviceSpec
 * @property {string} name shown in the title bar
 * @property {string} className "MxDeviceMidiEffect", "Reverb" ...
 * @property {string} [classDisplayName] name of the kind ("Max MIDI Effect"); default: the name
 * @property {number} [type] one of DEVICE_TYPE
 * @property {import("./parameter.js").ParameterSpec[]} [parameters] without "Device On", which comes first
 * @property {Array<{name: string, parameters: string[]}>} [banks] Push banks by long names (Max devices)
 */

export class Device extends LiveObject {
  /** @override */
  static type = "Device";

  /**
   * @param {import("../set.js").LiveSet} set
   * @param {LiveObject} parent a Track or Chain
   * @param {DeviceSpec} spec
   */
  constructor(set, parent, spec) {
    super(set, parent);
    this.name = spec.name;
    this.class_name = spec.className;
    this.class_display_name = spec.classDisplayName ?? spec.name;
    /** `Device.type` of the LOM (`type` is taken by the class name). */
    this.device_type = spec.type ?? DEVICE_TYPE.undefined;
    const on = { name: "Device On", items: ["Off", "On"], value: 1, defaultValue: 1 };
    this.parameters = [on, ...(spec.parameters ?? [])].map((each) => new DeviceParameter(set, this, each));
    this.banks = spec.banks ?? [];
    this.latency_in_samples = 0;
    this.latency_in_ms = 0;
    this.view = new DeviceView(set, this);
  }

  /** @override @returns {Array<[string, LiveObject | LiveObject[] | null]>} */
  branches() {
    return [
      ["parameters", this.parameters],
      ["view", this.view],
    ];
  }

  /** The switch in the title bar. */
  get on() {
    return this.parameters[0];
  }

  /** True when the device and every rack around it are switched on. */
  get is_active() {
    /** @type {LiveObject | null} */
    let above = this;
    while (above) {
      if (above instanceof Device && above.on.value === 0) return false;
      above = above.parent;
    }
    return true;
  }

  get can_have_chains() {
    return false;
  }

  get can_have_drum_pads() {
    return false;
  }

  /** The track this device sits on, through any racks. @returns {import("./track.js").Track} */
  get track() {
    let above = this.parent;
    while (above && above.type !== "Track") above = above.parent;
    return /** @type {import("./track.js").Track} */ (above);
  }

  /**
   * Add parameters while the device is being loaded (a Max device tells its own); no undo step.
   *
   * @param {import("./parameter.js").ParameterSpec[]} specs
   * @param {Array<{name: string, parameters: string[]}>} [banks] Push banks by long names
   * @returns {DeviceParameter[]} the new ones, in order
   */
  addParameters(specs, banks = this.banks) {
    const made = specs.map((spec) => new DeviceParameter(this.set, this, spec));
    this.parameters = [...this.parameters, ...made];
    this.banks = banks;
    return made;
  }

  /**
   * A parameter by long or short name.
   *
   * @param {string} name
   * @throws {Error} when the device has none of that name
   */
  parameter(name) {
    const found = this.parameters.find((each) => each.original_name === name || each.name === name);
    if (!found) throw new Error(`"${this.name}" has no parameter "${name}".`);
    return found;
  }
}

export class DeviceView extends LiveObject {
  /** @override */
  static type = "Device.View";

  /**
   * @param {import("../set.js").LiveSet} set
   * @param {Device} parent
   */
  constructor(set, parent) {
    super(set, parent);
    this.is_collapsed = false;
  }
}

export class MaxDevice extends Device {
  /** @override */
  static type = "MaxDevice";

  get_bank_count() {
    return this.banks.length;
  }

  /** @param {number} index */
  get_bank_name(index) {
    return this.bank(index).name;
  }

  /**
   * Ids of the parameters of a bank; nothing for an empty slot.
   *
   * @param {number} index
   * @returns {Array<DeviceParameter | null>}
   */
  get_bank_parameters(index) {
    if (index === -1) return this.parameters.slice(1, 9);
    return this.bank(index).parameters.map(
      (name) => this.parameters.find((each) => each.original_name === name) ?? null,
    );
  }

  /** @param {number} index */
  bank(index) {
    const bank = this.banks[index];
    if (!bank) throw new LiveRefusal(`call: "${this.name}" has ${this.banks.length} banks, not ${index + 1}.`);
    return bank;
  }
}
