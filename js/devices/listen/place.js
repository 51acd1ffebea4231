/** Which audio clip the user points at, and what of its file it plays. */
import { readSound } from "../../live/audio_clip.js";
import { isSessionClip } from "../../live/clip.js";
import { LiveRefusal } from "../../live/errors.js";
import { detailClip, highlightedClip } from "../../live/view.js";

/** @typedef {import("../../live/live.js").Live} Live */

/**
 * `session`: whether it lies in the session grid.
 * @typedef {import("../../live/audio_clip.js").Sound & {clip: number, session: boolean}} Place
 */

/** @param {Live} live @returns {Place} @throws {LiveRefusal} with words when no audio clip is pointed at */
export function findPlace(live) {
  const clip = pointedAt(live);
  return { clip, ...readSound(live, clip), session: isSessionClip(live, clip) };
}

/** @param {Live} live @returns {number} */
function pointedAt(live) {
  const shown = detailClip(live);
  if (shown !== 0 && live.flag(shown, "is_audio_clip")) return shown;
  const lying = highlightedClip(live);
  if (lying !== 0 && live.flag(lying, "is_audio_clip")) return lying;
  if (shown !== 0) throw new LiveRefusal("That is a MIDI clip: Companion hears those");
  throw new LiveRefusal("No audio clip here: select one, or choose bars to hear the track");
}
