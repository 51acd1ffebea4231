/** Clip slots and scenes: told, launched and stopped from outside. */
import { clipName, heard, isMidiClip, readRegion } from "../clip.js";
import { clipIn } from "../clip_slot.js";
import { LiveRefusal } from "../errors.js";
import { sceneIds } from "../scene.js";
import { playingSlot, slotIds, trackName } from "../track.js";
import { trackAt } from "./places.js";

/** @typedef {import("../live.js").Live} Live */

/**
 * live.slot: a slot of the session, after it was launched or stopped.
 *
 * @param {Live} live
 * @param {{track: number, slot?: number, action?: "fire"|"stop"}} params without a slot: the one that plays
 */
export function slot(live, { track, slot: wanted, action }) {
  const at = trackAt(live, { track });
  const slots = slotIds(live, at);
  const index = wanted ?? Math.max(0, playingSlot(live, at));
  const id = slots[index] ?? 0;
  if (id === 0) throw new LiveRefusal(`Track ${track} has no slot ${index}: the first one is 0`);
  const clip = clipIn(live, id);
  if (action === "fire") {
    if (wanted === undefined) throw new LiveRefusal("Say which slot is to be launched");
    if (clip === 0) throw new LiveRefusal(`Slot ${index} of "${trackName(live, at)}" is empty: nothing was launched`);
    live.call(id, "fire");
  } else if (action === "stop") {
    if (wanted === undefined) live.call(at, "stop_all_clips");
    else live.call(id, "stop");
  }
  return { track, slot: index, clip: clip === 0 ? null : tellClip(live, id, clip) };
}

/** @param {Live} live @param {number} id of the slot @param {number} clip */
function tellClip(live, id, clip) {
  const region = readRegion(live, clip);
  return {
    name: clipName(live, clip),
    midi: isMidiClip(live, clip),
    looping: region.looping,
    length: heard(region).span,
    is_playing: live.flag(id, "is_playing"),
    is_triggered: live.flag(id, "is_triggered"),
    is_recording: live.flag(clip, "is_recording"),
    position: live.number(clip, "playing_position"),
  };
}

/**
 * live.scene: a row of the session, after it was launched.
 *
 * @param {Live} live
 * @param {{scene: number, action?: "fire"}} params
 */
export function scene(live, { scene: row, action }) {
  const all = sceneIds(live);
  const id = all[row] ?? 0;
  if (id === 0) throw new LiveRefusal(`There is no scene ${row}: there are ${all.length}, the first one is 0`);
  if (action === "fire") live.call(id, "fire");
  return {
    scene: row,
    name: live.text(id, "name"),
    empty: live.flag(id, "is_empty"),
    is_triggered: live.flag(id, "is_triggered"),
  };
}
