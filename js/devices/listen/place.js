/** Which audio clip the user points at, and what of its file it plays. */
import { heard, isRecording, isSessionClip, readRegion } from "../../live/clip.js";
import { clipIn, isGroupSlot } from "../../live/clip_slot.js";
import { LiveRefusal } from "../../live/errors.js";
import { detailClip, highlightedSlot } from "../../live/view.js";
import { timeMap } from "./warp.js";

/** @typedef {import("../../live/live.js").Live} Live */

/**
 * @typedef {object} Place
 * @property {number} clip
 * @property {string} name of the clip, or of its file where it has none
 * @property {string} path whole path of the file
 * @property {number} start seconds into the file
 * @property {number} end seconds into the file
 * @property {boolean} session whether it lies in the session grid
 */

/** A clip's end may lie a little behind its file's. */
const SHORTEST = 1e-3;

/** @param {Live} live @returns {Place} @throws {LiveRefusal} with words when no audio clip is pointed at */
export function findPlace(live) {
  const clip = pointedAt(live);
  if (isRecording(live, clip)) throw new LiveRefusal("That clip is recording: stop it first");
  const path = live.text(clip, "file_path");
  if (path === "") throw new LiveRefusal("That clip has no file yet: save the Set first");
  const { start, span } = heard(readRegion(live, clip));
  const { toSeconds } = timeMap(live, clip);
  const length = live.number(clip, "sample_length") / Math.max(1, live.number(clip, "sample_rate"));
  // A clip may begin before its file does and end behind it; only the file can be heard.
  const from = Math.max(0, toSeconds(start));
  const to = length > 0 ? Math.min(length, toSeconds(start + span)) : toSeconds(start + span);
  if (to - from < SHORTEST) throw new LiveRefusal("That clip plays nothing of its file");
  return {
    clip,
    name: live.text(clip, "name") || fileName(path),
    path,
    start: from,
    end: to,
    session: isSessionClip(live, clip),
  };
}

/** @param {Live} live @returns {number} */
function pointedAt(live) {
  const shown = detailClip(live);
  if (shown !== 0 && live.flag(shown, "is_audio_clip")) return shown;
  const slot = highlightedSlot(live);
  const lying = slot === 0 || isGroupSlot(live, slot) ? 0 : clipIn(live, slot);
  if (lying !== 0 && live.flag(lying, "is_audio_clip")) return lying;
  if (shown !== 0) throw new LiveRefusal("That is a MIDI clip: Companion hears those");
  throw new LiveRefusal("No audio clip here: select one, or choose bars to hear the track");
}

/** @param {string} path @returns {string} without folders and ending */
const fileName = (path) => (path.split(/[/\\]/).at(-1) ?? path).replace(/\.[^.]+$/, "");
