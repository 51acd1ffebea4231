/** Devices, racks, parameters and mixers, in the words of `parse.js`. */
import { readClass } from "./parse.js";

export const DEVICE_CLASSES = [
  readClass(
    "Device",
    null,
    `
    parameters: DeviceParameter[] observe
    view: Device.View
    name: text get set observe
    class_name: text get
    class_display_name: text get
    type: int get from device_type
    is_active: bool get observe
    can_have_chains: bool get
    can_have_drum_pads: bool get
    latency_in_samples: int get observe
    latency_in_ms: float get observe
  `,
  ),
  readClass("Device.View", null, "is_collapsed: bool get set observe"),
  readClass(
    "MaxDevice",
    "Device",
    `
    get_bank_count() reads
    get_bank_name(index: int) reads
    get_bank_parameters(index: int) reads
  `,
  ),
  readClass(
    "RackDevice",
    "Device",
    `
    chains: Chain[] observe
    drum_pads: DrumPad[] observe
    is_showing_chains: bool get set observe
    visible_macro_count: int get observe
  `,
  ),
  readClass(
    "Chain",
    null,
    `
    devices: Device[] observe
    mixer_device: MixerDevice
    name: text get set observe
    color: int 0..16777215 get set observe
    mute: bool get set observe
    solo: bool get set observe
    delete_device(index: int)
  `,
  ),
  readClass(
    "DrumChain",
    "Chain",
    `
    in_note: int -1..127 get set observe since 12.3
    out_note: int 0..127 get set observe
    choke_group: int 0..16 get set observe
  `,
  ),
  readClass(
    "DrumPad",
    null,
    `
    chains: DrumChain[] observe
    name: text get observe
    note: int get
    mute: bool get set observe
    solo: bool get set observe
  `,
  ),
  readClass(
    "DeviceParameter",
    null,
    `
    value: float get set observe
    display_value: text get observe
    min: float get
    max: float get
    default_value: float get
    is_quantized: bool get
    value_items: list get
    name: text get observe
    original_name: text get
    automation_state: int get observe
    state: int get observe
    is_enabled: bool get
    str_for_value(value: float) reads
    __str__() reads
    re_enable_automation()
  `,
  ),
  readClass(
    "MixerDevice",
    null,
    `
    volume: DeviceParameter
    panning: DeviceParameter
    track_activator: DeviceParameter
    sends: DeviceParameter[] observe
    crossfader: DeviceParameter
    cue_volume: DeviceParameter
    song_tempo: DeviceParameter
    crossfade_assign: int 0..2 get set observe
    panning_mode: int 0..1 get set observe
  `,
  ),
];
