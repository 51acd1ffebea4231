/** A place where a clip can be made and taken away again: a slot of the session, or a stretch of a track's arrangement. */
import { clipIn, createClip, deleteClip } from "./clip_slot.js";
import { LiveRefusal } from "./errors.js";
import { TOLERANCE } from "./notes.js";
import { arrangementClipIds } from "./track.js";

/** @typedef {import("./live.js").Live} Live */

/**
 * @typedef {object} Place
 * @property {number} slot id; 0: the arrangement
 * @property {number} track
 * @property {number} at beats from the start of the arrangement
 * @property {number} span beats, in the arrangement
 */

/** @param {Live} live @param {number} track @param {number} at @param {number} span @returns {number[]} clips that lie there, also in part */
export const clipsOver = (live, track, at, span) =>
  arrangementClipIds(live, track).filter(
    (clip) => live.number(clip, "start_time") < at + span - TOLERANCE && live.number(clip, "end_time") > at + TOLERANCE,
  );

/** @param {Live} live @param {Place} place @returns {boolean} whether there is such a place still */
export const isThere = (live, { slot, track }) => live.exists(slot === 0 ? track : slot);

/** @param {Live} live @param {Place} place @returns {number} id of a clip that lies there, 0 for none */
export const clipThere = (live, { slot, track, at, span }) =>
  slot === 0 ? (clipsOver(live, track, at, span)[0] ?? 0) : clipIn(live, slot);

/**
 * @param {Live} live
 * @param {Place} place where no clip lies
 * @param {number} length beats of a session clip
 * @returns {number} id of the new clip, read back from Live
 * @throws {LiveRefusal} when Live made none
 */
export function makeClip(live, place, length) {
  if (place.slot !== 0) return createClip(live, place.slot, length);
  live.call(place.track, "create_midi_clip", place.at, place.span);
  const clip = clipThere(live, place);
  if (clip === 0) throw new LiveRefusal("Live made no clip in the loop");
  return clip;
}

/** @param {Live} live @param {Place} place @param {number} clip that lies there @throws {LiveRefusal} when it is still there afterwards */
export function takeAway(live, place, clip) {
  if (place.slot !== 0) {
    deleteClip(live, place.slot);
    return;
  }
  live.call(place.track, "delete_clip", `id ${clip}`);
  if (live.exists(clip)) throw new LiveRefusal("Live kept the clip in the arrangement");
}
