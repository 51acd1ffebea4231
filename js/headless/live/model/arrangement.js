/** Clips in the arrangement of one track: a new one pushes what it covers aside. */
import { copyClip } from "./copy.js";

/** @typedef {import("./clip.js").Clip} Clip */
/** @typedef {import("./track.js").Track} Track */
/** @typedef {{start: number, end: number}} Place */

/**
 * Put a clip into the arrangement; clips it covers go, clips it overlaps are shortened or split, as when a clip
 * is drawn by hand.
 *
 * @param {Track} track
 * @param {Clip} clip with its place
 * @returns {Clip}
 */
export function placeClip(track, clip) {
  const { start, end } = /** @type {Place} */ (clip.place);
  const kept = track.arrangement_clips.flatMap((other) => {
    const place = /** @type {Place} */ (other.place);
    if (place.end <= start || place.start >= end) return [other];
    const rest = [];
    if (place.end > end) rest.push(tail(track, other, end, place.start >= start));
    if (place.start < start) {
      other.assign("place", { start: place.start, end: start });
      rest.push(other);
    }
    return rest;
  });
  track.assign(
    "arrangement_clips",
    [...kept, clip].sort((a, b) => a.start_time - b.start_time),
  );
  return clip;
}

/**
 * What is left of a clip behind a cut.
 *
 * @param {Track} track
 * @param {Clip} clip
 * @param {number} cut beats
 * @param {boolean} itself true: shorten the clip itself; false: the clip keeps its head, a copy is the tail
 * @returns {Clip}
 */
function tail(track, clip, cut, itself) {
  const place = /** @type {Place} */ (clip.place);
  const { start, end } = clip.markers;
  const rest = itself ? clip : copyClip(clip, track, cut);
  rest.assign("place", { start: cut, end: place.end });
  const marker = start + clip.ownTime(cut - place.start);
  if (marker < end) rest.assign("markers", { start: marker, end });
  return rest;
}
