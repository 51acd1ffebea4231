/**
 * The only place where LiveAPI paths are made.
 *
 * Everything below a root is reached by ids that Live hands out (`get("clip_slots")` -> ids), which stay with their
 * object when tracks move; a path with numbers in it names a place, not an object, and is made here when a place is meant.
 */

export const SONG = "live_set";
export const SONG_VIEW = "live_set view";
export const THIS_DEVICE = "this_device";
export const APPLICATION = "live_app";

/** Paths whose object is the same for the whole life of a device, so one LiveAPI object each may rest on them. */
export const ROOTS = Object.freeze([SONG, SONG_VIEW, THIS_DEVICE, APPLICATION]);

/**
 * @param {number} index
 * @param {string} what
 */
function whole(index, what) {
  if (!Number.isInteger(index) || index < 0)
    throw new RangeError(`${what} must be a whole number from 0, not ${index}`);
  return index;
}

/** @param {number} index counted from 0, left to right, group tracks included */
export const track = (index) => `${SONG} tracks ${whole(index, "track")}`;

/**
 * @param {number} trackIndex
 * @param {number} slotIndex the scene's number, from 0
 */
export const clipSlot = (trackIndex, slotIndex) => `${track(trackIndex)} clip_slots ${whole(slotIndex, "slot")}`;

/** @param {number} index counted from 0, left to right */
export const returnTrack = (index) => `${SONG} return_tracks ${whole(index, "return track")}`;

export const mainTrack = () => `${SONG} master_track`;

/**
 * What stands below an object, for who observes it: observers are sent to paths.
 *
 * @param {string} path
 * @param {string} child
 * @param {number} [index] in a list of children
 */
export const below = (path, child, index) =>
  index === undefined ? `${path} ${child}` : `${path} ${child} ${whole(index, child)}`;
