/** The device this script runs in, and the track it stands on. */
import { LiveRefusal } from "./errors.js";
import { THIS_DEVICE } from "./paths.js";
import { trackIds } from "./song.js";

/** @typedef {import("./live.js").Live} Live */

// Racks in racks in racks: more levels than anybody nests, so that a strange Set cannot hold us in a loop.
const MOST_LEVELS = 32;

/**
 * @param {Live} live
 * @returns {number} id of the track this device is on, also from inside racks and drum racks
 */
export function ownTrack(live) {
  let at = live.child(THIS_DEVICE, "canonical_parent");
  for (let level = 0; level < MOST_LEVELS && at !== 0; level++) {
    const type = live.type(at);
    if (type === "Track") return at;
    if (type === "Song") break;
    at = live.child(at, "canonical_parent");
  }
  throw new LiveRefusal("This device is on no track");
}

/** @param {Live} live @returns {number} as ownTrack; 0 when the device stands where no track can be found */
export function homeTrack(live) {
  try {
    return ownTrack(live);
  } catch (problem) {
    if (problem instanceof LiveRefusal) return 0;
    throw problem;
  }
}

/** @param {Live} live @param {number} track @returns {boolean} false for return tracks and the main track */
export const holdsClips = (live, track) => trackIds(live).includes(track);
