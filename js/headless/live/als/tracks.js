/** Tracks of a Set file, with their clips, devices and strips. */
import { faderOf } from "../model/mixer.js";
import { allDevices, createTrack } from "../model/structure.js";
import { readClip } from "./clips.js";
import { note, readDevices } from "./devices.js";
import { colourIndex, givenName } from "./names.js";

/** @typedef {import("./xml.js").Node} Node */
/** @typedef {import("../model/track.js").Track} Track */
/** @typedef {import("../model/clip.js").Clip} Clip */
/** @typedef {import("./devices.js").Targets} Targets */
/** @typedef {{node: Node, track: Track}} Pair */

/** @type {Record<string, import("../model/track.js").TrackKind>} */
const KINDS = { MidiTrack: "midi", AudioTrack: "audio", GroupTrack: "group", ReturnTrack: "return" };

/**
 * Make all tracks. Return tracks come first, so that every strip has its sends.
 *
 * @param {Node} liveSet
 * @param {import("../set.js").LiveSet} set
 * @returns {Pair[]} each track with its node, the main track last
 */
export function readTracks(liveSet, set) {
  /** @type {Pair[]} */
  const pairs = [];
  const nodes = liveSet.list("Tracks").filter((node) => KINDS[node.name]);
  const ordered = [
    ...nodes.filter((node) => node.name === "ReturnTrack"),
    ...nodes.filter((node) => node.name !== "ReturnTrack"),
  ];
  for (const node of ordered) {
    const group = pairs.find((pair) => pair.node.attributes.Id === node.text("TrackGroupId"))?.track ?? null;
    const spec = { kind: KINDS[node.name], name: givenName(node), colorIndex: colourIndex(node), group };
    pairs.push({ node, track: createTrack(set.song, spec) });
  }
  const main = liveSet.at("MainTrack") ?? liveSet.at("MasterTrack");
  if (main) pairs.push({ node: main, track: set.song.master_track });
  return pairs;
}

/**
 * Fill one track.
 *
 * @param {Pair} pair
 * @param {Targets} targets
 */
export function fillTrack({ node, track }, targets) {
  readStrip(node, track, targets);
  const sequencer = node.at("DeviceChain/MainSequencer");
  track.fold_state = track.is_foldable && !node.flag("TrackUnfolded", true);
  track.is_frozen = node.flag("Freeze") && track.can_be_frozen;
  track.arm = sequencer?.flag("Recorder/IsArmed") ?? false;
  readDevices(node.at("DeviceChain/DeviceChain"), track, targets);
  if (sequencer) readClips(sequencer, track, targets);
  if (track.kind === "midi" && allDevices(track).length > 0) track.view.select_instrument();
}

/** @param {Node} node @param {Track} track @param {Targets} targets */
function readStrip(node, track, targets) {
  const strip = node.at("DeviceChain/Mixer");
  if (!strip) return;
  const mixer = track.mixer_device;
  mixer.volume.current = faderOf(strip.number("Volume/Manual", 1));
  mixer.panning.current = mixer.panning.fit(strip.number("Pan/Manual", 0));
  mixer.crossfade_assign = strip.number("CrossFadeState/Manual", 1);
  note(targets, strip.at("Volume"), mixer.volume);
  note(targets, strip.at("Pan"), mixer.panning);
  strip.list("Sends").forEach((holder, at) => {
    const send = mixer.sends[at];
    if (!send) return;
    send.current = faderOf(holder.number("Send/Manual", 0));
    note(targets, holder.at("Send"), send);
  });
  if (track.kind === "master") {
    note(targets, strip.at("Tempo"), track.song.tempoParameter);
    return;
  }
  track.mute = !strip.flag("Speaker/Manual", true);
  track.solo = strip.flag("SoloSink");
}

/** @param {Node} sequencer @param {Track} track @param {Targets} targets for the clips' envelopes */
function readClips(sequencer, track, targets) {
  const slots = sequencer.list("ClipSlotList").filter((each) => each.name === "ClipSlot");
  slots.forEach((holder, at) => {
    const slot = track.clip_slots[at];
    if (!slot) return;
    slot.has_stop_button = holder.flag("HasStop", true);
    const node = holder.at("ClipSlot/Value")?.children[0];
    if (node && isClip(node)) slot.clip = readClip(node, slot, false, targets);
  });
  const events = [
    ...sequencer.list("ClipTimeable/ArrangerAutomation/Events"),
    ...sequencer.list("Sample/ArrangerAutomation/Events"),
  ];
  track.arrangement_clips = events
    .filter(isClip)
    .flatMap((node) => readClip(node, track, true, targets) ?? [])
    .sort((a, b) => a.start_time - b.start_time);
}

/** @param {Node} node */
function isClip(node) {
  return node.name === "MidiClip" || node.name === "AudioClip";
}
