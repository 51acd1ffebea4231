/** An audio clip: what of its file it plays. */
import { heard, isRecording, readRegion } from "./clip.js";
import { LiveRefusal } from "./errors.js";
import { timeMap } from "./warp.js";

/** @typedef {import("./live.js").Live} Live */

/**
 * @typedef {object} Sound
 * @property {string} name of the clip, or of its file where it has none
 * @property {string} path whole path of the file
 * @property {number} start seconds into the file
 * @property {number} end seconds into the file
 */

/** A clip's end may lie a little behind its file's. */
const SHORTEST = 1e-3;

/**
 * @param {Live} live
 * @param {number} clip an audio clip
 * @returns {Sound}
 * @throws {LiveRefusal} with words when there is nothing that can be heard
 */
export function readSound(live, clip) {
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
  return { name: live.text(clip, "name") || fileName(path), path, start: from, end: to };
}

/** @param {string} path @returns {string} without folders and ending */
const fileName = (path) => (path.split(/[/\\]/).at(-1) ?? path).replace(/\.[^.]+$/, "");
