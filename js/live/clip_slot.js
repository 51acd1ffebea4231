/** A cell of the session grid. */
import { LiveRefusal } from "./errors.js";

/** @typedef {import("./live.js").Live} Live */

/** @param {Live} live @param {number} slot @returns {number} id of the clip in it, 0 when empty */
export const clipIn = (live, slot) => (live.flag(slot, "has_clip") ? live.child(slot, "clip") : 0);

/** @param {Live} live @param {number} slot */
export const isGroupSlot = (live, slot) => live.flag(slot, "is_group_slot");

/**
 * @param {Live} live
 * @param {number} slot an empty slot of a MIDI track
 * @param {number} length beats, above 0
 * @returns {number} id of the new clip, read back from Live
 * @throws {LiveRefusal} when Live made none
 */
export function createClip(live, slot, length) {
  live.call(slot, "create_clip", length);
  const clip = clipIn(live, slot);
  if (clip === 0) throw new LiveRefusal("Live made no clip in that slot");
  return clip;
}

/** @param {Live} live @param {number} slot @throws {LiveRefusal} when the clip is still there afterwards */
export function deleteClip(live, slot) {
  live.call(slot, "delete_clip");
  if (live.flag(slot, "has_clip")) throw new LiveRefusal("Live kept the clip in that slot");
}
