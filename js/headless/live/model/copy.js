/** Copies of clips, devices and tracks: new objects with new ids and the same content. */
import { AudioClip } from "./audio_clip.js";
import { Device, MaxDevice } from "./device.js";
import { MidiClip } from "./midi_clip.js";
import { DrumChain, RackDevice } from "./rack.js";

/** @typedef {import("./clip.js").Clip} Clip */
/** @typedef {import("./object.js").LiveObject} LiveObject */

const CLIP_FIELDS = [
  "name",
  "color_index",
  "muted",
  "looping",
  "loop",
  "markers",
  "signature_numerator",
  "signature_denominator",
  "launch_mode",
  "launch_quantization",
  "legato",
  "velocity_amount",
];
const AUDIO_FIELDS = ["gain", "pitch_coarse", "pitch_fine", "warping", "warp_mode", "ram_mode", "markersOfWarp"];

/**
 * A copy of a clip.
 *
 * @param {Clip} clip
 * @param {LiveObject} parent slot (session) or track (arrangement) of the copy
 * @param {number} [start] beats, for the arrangement
 * @returns {Clip}
 */
export function copyClip(clip, parent, start) {
  const { set } = parent;
  const spec = { length: clip.length, start, ...(start === undefined ? {} : { end: start + clip.lengthInBeats }) };
  /** @type {any} */
  let copy;
  if (clip instanceof AudioClip) {
    copy = new AudioClip(set, parent, {
      ...spec,
      filePath: clip.file_path,
      sampleLength: clip.sample_length,
      sampleRate: clip.sample_rate,
    });
    for (const field of AUDIO_FIELDS) copy[field] = /** @type {any} */ (clip)[field];
  } else {
    copy = new MidiClip(set, parent, spec);
    copy.notes = /** @type {MidiClip} */ (clip).notes.map((note) => ({ ...note, note_id: set.nextNoteId() }));
  }
  for (const field of CLIP_FIELDS) copy[field] = /** @type {any} */ (clip)[field];
  copy.envelopes = new Map(clip.envelopes);
  return copy;
}

/**
 * A copy of a device with its values, and of a rack with all its chains.
 *
 * @param {Device} device
 * @param {LiveObject} parent track or chain of the copy
 * @returns {Device}
 */
export function copyDevice(device, parent) {
  const { set } = parent;
  const spec = {
    name: device.name,
    className: device.class_name,
    classDisplayName: device.class_display_name,
    type: device.device_type,
    banks: device.banks,
    parameters: device.parameters.slice(1).map(parameterSpec),
  };
  /** @type {Device} */
  let copy;
  if (device instanceof RackDevice) {
    const rack = new RackDevice(set, parent, { ...spec, drums: device.can_have_drum_pads });
    rack.chains = device.chains.map((chain) => {
      const note = chain instanceof DrumChain ? chain.in_note : undefined;
      const twin = rack.addChain(chain.name, note);
      twin.devices = chain.devices.map((each) => copyDevice(each, twin));
      return twin;
    });
    copy = rack;
  } else {
    copy = device instanceof MaxDevice ? new MaxDevice(set, parent, spec) : new Device(set, parent, spec);
  }
  copy.on.current = device.on.current;
  set.copied(device, copy);
  return copy;
}

/**
 * @param {import("./parameter.js").DeviceParameter} parameter
 * @returns {import("./parameter.js").ParameterSpec}
 */
function parameterSpec(parameter) {
  return {
    name: parameter.name,
    originalName: parameter.original_name,
    min: parameter.min,
    max: parameter.max,
    value: parameter.value,
    defaultValue: parameter.default_value,
    quantized: parameter.is_quantized,
    items: parameter.items ?? undefined,
    format: parameter.format,
    visibility: parameter.visibility,
  };
}
