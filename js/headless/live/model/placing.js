/**
 * Where a device may stand: MIDI effects before the instrument, audio effects behind it; on a track of sound audio
 * effects alone; in a rack's chain what the rack is. Asked for another place, Live takes the nearest possible one;
 * where there is none, it refuses [LOM page, move_device].
 */
import { LiveRefusal } from "../errors.js";
import { DEVICE_TYPE } from "./device.js";

/** @typedef {import("./device.js").Device} Device */
/** @typedef {import("./track.js").Track} Track */
/** @typedef {import("./rack.js").Chain} Chain */

const { instrument, audio_effect, midi_effect } = DEVICE_TYPE;
/** How a kind is called, and how far right it stands. @type {Record<number, {words: string, rank: number}>} */
const KINDS = {
  [midi_effect]: { words: "a MIDI effect", rank: 0 },
  [instrument]: { words: "an instrument", rank: 1 },
  [audio_effect]: { words: "an audio effect", rank: 2 },
};

/**
 * What an owner takes at all.
 *
 * @param {Track | Chain} owner
 * @returns {number[]} device types
 */
function taken(owner) {
  if (owner.type === "Track") {
    return /** @type {Track} */ (owner).kind === "midi" ? [midi_effect, instrument, audio_effect] : [audio_effect];
  }
  const type = /** @type {Device} */ (owner.parent).device_type;
  return type === instrument ? [midi_effect, instrument, audio_effect] : [type];
}

/**
 * The place that a device gets.
 *
 * @param {Track | Chain} owner
 * @param {readonly Device[]} devices of the owner, without the one that is placed
 * @param {number} type of the device
 * @param {number} index wanted; -1: as far right as may be
 * @returns {number}
 * @throws {LiveRefusal} there is no place for it
 */
export function placeFor(owner, devices, type, index) {
  const wanted = index < 0 ? devices.length : Math.min(index, devices.length);
  const kind = KINDS[type];
  if (!kind) return wanted;
  if (!taken(owner).includes(type)) {
    throw new LiveRefusal(`"${owner.name}" takes no ${kind.words.replace(/^an? /u, "")}.`);
  }
  if (taken(owner).length === 1) return wanted;
  const has = devices.some((device) => device.device_type === instrument);
  if (type === audio_effect && !has) {
    throw new LiveRefusal(`"${owner.name}" has no instrument yet: an audio effect hears nothing there.`);
  }
  if (type === instrument && has) throw new LiveRefusal(`"${owner.name}" has an instrument already.`);
  const rank = (/** @type {Device} */ device) => KINDS[device.device_type]?.rank ?? Number.NaN;
  // Behind the last one that must stand before it, before the first one that must stand behind.
  const least = Math.max(0, ...devices.map((device, at) => (rank(device) < kind.rank ? at + 1 : 0)));
  const first = devices.findIndex((device) => rank(device) > kind.rank);
  return Math.max(least, Math.min(wanted, first < 0 ? devices.length : first));
}
