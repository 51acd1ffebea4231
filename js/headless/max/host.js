/**
 * Ties a Max device to its device in the Set: parameters, the on/off switch, LiveAPI, and its end when the
 * Set loses it.
 */

import { createLiveAPI } from "../live/liveapi.js";
import { DEVICE_TYPE } from "../live/model/device.js";
import { DeviceParameter } from "../live/model/parameter.js";

/**
 * @typedef {import("../live/set.js").LiveSet} LiveSet
 * @typedef {import("../live/model/device.js").Device} Model
 * @typedef {import("../live/model/track.js").Track} Track
 * @typedef {import("../live/model/rack.js").Chain} Chain
 * @typedef {import("./params.js").ParameterInfo} ParameterInfo
 */

/** Class names of the Set for the kinds of .amxd. */
const CLASSES = /** @type {Record<string, {className: string, title: string, type: keyof typeof DEVICE_TYPE}>} */ ({
  mmmm: { className: "MxDeviceMidiEffect", title: "Max MIDI Effect", type: "midi_effect" },
  aaaa: { className: "MxDeviceAudioEffect", title: "Max Audio Effect", type: "audio_effect" },
  iiii: { className: "MxDeviceInstrument", title: "Max Instrument", type: "instrument" },
});

/**
 * Puts an empty Max device into the Set, before its patch is loaded.
 * @param {LiveSet} set
 * @param {Track | Chain} owner
 * @param {{kind: string, name: string, index: number}} spec
 * @returns {Model}
 */
export function placeDevice(set, owner, { kind, name, index }) {
  const found = CLASSES[kind];
  if (!found) throw new Error(`a device of kind "${kind}" cannot be put on a track`);
  return set.addDevice(
    owner,
    { name, className: found.className, classDisplayName: found.title, type: DEVICE_TYPE[found.type] },
    index,
  );
}

/** The Set's side of one Max device. */
export class SetHost {
  /**
   * @param {LiveSet} set
   * @param {Model} model
   */
  constructor(set, model) {
    this.set = set;
    this.model = model;
  }

  /**
   * The parameters in the Set. Live lists what can be automated; stored-only and hidden ones live beside the
   * list. A copied device has its list already: those are taken over.
   * @param {{info: ParameterInfo, spec: any}[]} wanted
   * @param {{name: string, parameters: string[]}[]} banks
   * @returns {import("./objects/live.js").Parameter[]}
   */
  addParameters(wanted, banks) {
    const { model, set } = this;
    const known = new Map(model.parameters.slice(1).map((parameter) => [parameter.original_name, parameter]));
    const fresh = wanted.filter(({ info }) => info.visibility === "automated" && !known.has(info.longName));
    model.addParameters(
      fresh.map(({ spec }) => spec),
      banks,
    );
    const listed = new Map(model.parameters.slice(1).map((parameter) => [parameter.original_name, parameter]));
    return wanted.map(({ info, spec }) => listed.get(info.longName) ?? new DeviceParameter(set, model, spec));
  }

  /**
   * @param {{schedule: (run: () => void) => void, post: (text: string) => void}} script
   * @returns {any}
   */
  makeLiveAPI({ schedule, post }) {
    return createLiveAPI(this.set, { thisDevice: this.model, schedule, post: (text) => post(text) });
  }
}
