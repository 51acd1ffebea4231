/** A track: what it is, what lies on it. */
import { LiveRefusal } from "./errors.js";

/** @typedef {import("./live.js").Live} Live */

/** @param {Live} live @param {number} track @returns {string} */
export const trackName = (live, track) => live.text(track, "name");

/** @param {Live} live @param {number} track @returns {boolean} a group track carries no MIDI of its own */
export const isMidiTrack = (live, track) => live.flag(track, "has_midi_input") && !isGroupTrack(live, track);

/** @param {Live} live @param {number} track */
export const isGroupTrack = (live, track) => live.flag(track, "is_foldable");

/** @param {Live} live @param {number} track */
export const isFrozen = (live, track) => live.flag(track, "is_frozen");

/** Nothing on a frozen track can be changed. @param {Live} live @param {number} track @throws {LiveRefusal} when it is */
export function refuseFrozen(live, track) {
  if (isFrozen(live, track)) throw new LiveRefusal(`"${trackName(live, track)}" is frozen: unfreeze it to write`);
}

/** @param {Live} live @param {number} track @returns {number[]} */
export const slotIds = (live, track) => live.children(track, "clip_slots");

/** @param {Live} live @param {number} track @returns {number[]} */
export const arrangementClipIds = (live, track) => live.children(track, "arrangement_clips");

/** @param {Live} live @param {number} track @returns {number} the playing session slot, negative when none plays */
export const playingSlot = (live, track) => live.number(track, "playing_slot_index");

// A drum rack may sit inside instrument racks; deeper nests than this are not looked into.
const RACK_DEPTH = 3;

const DRUM_NAME = /\b(drums?|perc(ussion)?|kick|snare|hats?|hi-?hats?|claps?|beats?|break)\b/i;

/**
 * Whether a track's notes are drum hits and so say nothing about the key.
 *
 * @param {Live} live
 * @param {number} track
 * @returns {boolean} true when a drum rack is on it, or its name says so
 */
export function isDrumTrack(live, track) {
  return DRUM_NAME.test(trackName(live, track)) || holdsDrumRack(live, track, RACK_DEPTH);
}

/** @param {Live} live @param {number} parent @param {number} depth */
const holdsDrumRack = (live, parent, depth) =>
  findDevice(live, parent, (device) => live.flag(device, "can_have_drum_pads"), depth) !== 0;

/**
 * @param {Live} live
 * @param {number} parent a track or a chain
 * @param {(device: number) => boolean} wanted
 * @param {number} [depth] racks in racks that are looked into
 * @returns {number} id of the first device that is wanted, 0 when there is none
 */
export function findDevice(live, parent, wanted, depth = RACK_DEPTH) {
  for (const device of live.children(parent, "devices")) {
    if (wanted(device)) return device;
    // The chains of a drum rack hold the sounds of its pads.
    if (depth <= 0 || !live.flag(device, "can_have_chains") || live.flag(device, "can_have_drum_pads")) continue;
    for (const chain of live.children(device, "chains")) {
      const found = findDevice(live, chain, wanted, depth - 1);
      if (found !== 0) return found;
    }
  }
  return 0;
}
