/** Makes an audio clip of a file that is a loop: warped so that the file's length is the loop's, from the first beat on. */
import { loopOver } from "./clip.js";
import { clipIn } from "./clip_slot.js";
import { LiveRefusal } from "./errors.js";
import { timeMap } from "./warp.js";

/** @typedef {import("./live.js").Live} Live */

/** How far a beat may lie from its place in the file: nobody hears a millisecond. */
const CLOSE_SECONDS = 1e-3;

/** Warp mode Beats: it keeps strokes sharp. */
const BEATS = 0;

/**
 * @param {Live} live
 * @param {number} slot an empty slot of an audio track
 * @param {string} path whole path of an audio file
 * @returns {number} id of the new clip, read back from Live
 * @throws {LiveRefusal} when Live made none
 */
export function createAudioClip(live, slot, path) {
  live.call(slot, "create_audio_clip", path);
  const clip = clipIn(live, slot);
  if (clip === 0) throw new LiveRefusal("Live made no clip of the file");
  return clip;
}

/**
 * @param {Live} live
 * @param {number} clip an audio clip whose whole file is the loop
 * @param {number} beats length of the loop
 * @returns {boolean} false where Live has not warped it yet: try again in a moment
 */
export function loopFile(live, clip, beats) {
  if (!live.flag(clip, "warping")) live.set(clip, "warping", 1);
  if (!live.flag(clip, "warping")) return false;
  if (!fits(live, clip, beats)) pin(live, clip, beats);
  if (!fits(live, clip, beats)) return false;
  if (live.number(clip, "warp_mode") !== BEATS) live.set(clip, "warp_mode", BEATS);
  loopOver(live, clip, 0, beats);
  return true;
}

/** @param {Live} live @param {number} clip @returns {number} seconds of its file */
const seconds = (live, clip) => live.number(clip, "sample_length") / Math.max(1, live.number(clip, "sample_rate"));

/** Whether the file begins on the first beat and ends with the loop. @param {Live} live @param {number} clip @param {number} beats */
function fits(live, clip, beats) {
  try {
    const { toSeconds } = timeMap(live, clip);
    return Math.abs(toSeconds(0)) < CLOSE_SECONDS && Math.abs(toSeconds(beats) - seconds(live, clip)) < CLOSE_SECONDS;
  } catch (problem) {
    if (problem instanceof LiveRefusal) return false;
    throw problem;
  }
}

/**
 * What Live guessed of the file's tempo goes: one marker stays and is moved to where it belongs, then begin and end are
 * pinned.
 *
 * @param {Live} live
 * @param {number} clip
 * @param {number} beats
 */
function pin(live, clip, beats) {
  const lasts = seconds(live, clip);
  const [first, ...more] = shown(live, clip);
  if (first === undefined || lasts <= 0) return;
  for (const { beat_time } of more.reverse()) live.call(clip, "remove_warp_marker", beat_time);
  const belongs = (first.sample_time / lasts) * beats;
  if (belongs !== first.beat_time) live.call(clip, "move_warp_marker", first.beat_time, belongs - first.beat_time);
  for (const [beat_time, sample_time] of [
    [0, 0],
    [beats, lasts],
  ]) {
    if (Math.abs(sample_time - first.sample_time) > CLOSE_SECONDS) {
      live.call(clip, "add_warp_marker", { beat_time, sample_time });
    }
  }
}

/** The markers one sees; Live tells one more behind the last. @param {Live} live @param {number} clip @returns {{beat_time: number, sample_time: number}[]} */
function shown(live, clip) {
  const [told] = live.list(clip, "warp_markers");
  const { warp_markers: markers } = typeof told === "string" ? JSON.parse(told) : /** @type {any} */ (told);
  return (markers ?? []).slice(0, -1);
}
