/** Devices of a Set file: class, name, on/off, the parameters whose range is written there, racks and chains. */
import { DEVICE_TYPE, Device, MaxDevice } from "../model/device.js";
import { DrumChain, RackDevice } from "../model/rack.js";
import { CLASSES } from "./classes.js";
import { givenName } from "./names.js";

/** @typedef {import("./xml.js").Node} Node */
/** @typedef {import("../model/track.js").Track} Track */
/** @typedef {import("../model/rack.js").Chain} Chain */
/** @typedef {import("../model/parameter.js").DeviceParameter} DeviceParameter */
/** @typedef {Map<string, DeviceParameter>} Targets automation target id -> parameter */

/**
 * Read the devices below a node into a track or chain.
 *
 * @param {Node | null} chainNode the node that holds `Devices`
 * @param {Track | Chain} owner
 * @param {Targets} targets filled with what automation can point at
 */
export function readDevices(chainNode, owner, targets) {
  owner.devices = (chainNode?.list("Devices") ?? []).map((node) => readDevice(node, owner, targets));
}

/**
 * @param {Node} node
 * @param {Track | Chain} owner
 * @param {Targets} targets
 * @returns {Device}
 */
function readDevice(node, owner, targets) {
  const { set } = owner;
  const known = CLASSES[node.name];
  const max = node.name.startsWith("MxDevice");
  const branches = node.list("Branches");
  const rack = node.name.endsWith("GroupDevice");
  const title = known?.title ?? (max ? maxName(node) : pluginName(node)) ?? node.name;
  const entries = parameterNodes(node);
  const spec = {
    name: node.text("UserName") || title,
    className: node.name,
    classDisplayName: title,
    type: known?.type ?? maxType(node.name),
    parameters: entries.map(({ spec: each }) => each),
  };
  /** @type {Device} */
  let device;
  if (rack) device = new RackDevice(set, owner, { ...spec, drums: node.name === "DrumGroupDevice" });
  else if (max) device = new MaxDevice(set, owner, spec);
  else device = new Device(set, owner, spec);
  device.on.current = Number(node.flag("On/Manual", true));
  note(targets, node.at("On"), device.on);
  entries.forEach((entry, at) => {
    note(targets, entry.node, device.parameters[at + 1]);
  });
  if (device instanceof RackDevice) for (const branch of branches) readChain(branch, device, targets);
  return device;
}

/** @param {Node} branch @param {RackDevice} rack @param {Targets} targets */
function readChain(branch, rack, targets) {
  // The file counts pads from the top: note 0 is written as 128.
  const receiving = branch.number("BranchInfo/ReceivingNote", 92);
  const chain = rack.addChain(givenName(branch), Math.min(127, Math.max(0, 128 - receiving)));
  if (chain instanceof DrumChain) {
    chain.out_note = branch.number("BranchInfo/SendingNote", 60);
    chain.choke_group = branch.number("BranchInfo/ChokeGroup", 0);
  }
  chain.solo = branch.flag("IsSoloed");
  chain.mute = !branch.flag("MixerDevice/Speaker/Manual", true);
  readDevices(branch.at("DeviceChain")?.children[0] ?? null, chain, targets);
}

/**
 * Parameters with a value and a written range, or a switch. Others are left out: the file does not say what
 * they may hold.
 *
 * @param {Node} node
 * @returns {Array<{node: Node, spec: import("../model/parameter.js").ParameterSpec}>}
 */
function parameterNodes(node) {
  return node.children.flatMap((child) => {
    const manual = child.at("Manual")?.attributes.Value;
    if (child.name === "On" || manual === undefined || !child.at("AutomationTarget")) return [];
    const name = child.name.replaceAll(".", " ").replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2");
    /** @param {import("../model/parameter.js").ParameterSpec} spec */
    const entry = (spec) => [{ node: child, spec }];
    if (manual === "true" || manual === "false") {
      return entry({ name, items: ["Off", "On"], value: Number(manual === "true") });
    }
    const range = child.at("MidiControllerRange");
    const value = Number(manual);
    if (!range || !Number.isFinite(value)) return [];
    // The range is the one MIDI controllers sweep, which a person can narrow: the value itself always fits.
    const [low, high] = [range.number("Min", value), range.number("Max", value)];
    const min = Math.min(low, high, value);
    return entry({ name, min, max: Math.max(low, high, value), value });
  });
}

/** @param {Targets} targets @param {Node | null} node @param {DeviceParameter} parameter */
export function note(targets, node, parameter) {
  const id = node?.at("AutomationTarget")?.attributes.Id;
  if (id) targets.set(id, parameter);
}

/** Name of a Max device: its file's. @param {Node} node */
function maxName(node) {
  const value = node.at("PatchSlot/Value")?.children[0];
  const file = value?.text("FileRef/Name") || value?.text("FileRef/RelativePath") || value?.text("FileRef/Path") || "";
  return (
    file
      .split("/")
      .at(-1)
      ?.replace(/\.amxd$/, "") || null
  );
}

/** Name of a plug-in. @param {Node} node */
function pluginName(node) {
  const info = node.at("PluginDesc")?.children[0];
  return info?.text("PlugName") || info?.text("Name") || null;
}

/** @param {string} name */
function maxType(name) {
  if (name === "MxDeviceMidiEffect") return DEVICE_TYPE.midi_effect;
  if (name === "MxDeviceInstrument") return DEVICE_TYPE.instrument;
  return name === "MxDeviceAudioEffect" ? DEVICE_TYPE.audio_effect : DEVICE_TYPE.undefined;
}
