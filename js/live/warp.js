/**
 * Between a clip's time and its file's: beats where the clip is warped, seconds where it is not. Warp markers pin
 * moments of the file to beats; between two of them time runs evenly, and before the first and behind the last as in
 * the segment next to it.
 */
import { LiveRefusal } from "./errors.js";

/** @typedef {import("./live.js").Live} Live */

/** @typedef {{beat: number, second: number}} Pin */

/**
 * Time of a clip against time of its file, both ways.
 * @typedef {object} TimeMap
 * @property {(time: number) => number} toSeconds from the clip's own time (beats, or seconds when not warped)
 * @property {(second: number) => number} toBeats of the file's seconds, in beats of the Set from the clip's zero
 */

/** @param {Live} live @param {number} clip an audio clip @returns {TimeMap} */
export function timeMap(live, clip) {
  if (!live.flag(clip, "warping")) {
    const tempo = live.number("live_set", "tempo");
    return { toSeconds: (time) => time, toBeats: (second) => (second * tempo) / 60 };
  }
  const pins = readPins(live, clip);
  return {
    toSeconds: (beat) => along(pins, "beat", "second", beat),
    toBeats: (second) => along(pins, "second", "beat", second),
  };
}

/** @param {Live} live @param {number} clip @returns {Pin[]} in order, at least two */
function readPins(live, clip) {
  const [told] = live.list(clip, "warp_markers");
  const { warp_markers: markers } = typeof told === "string" ? JSON.parse(told) : /** @type {any} */ (told);
  /** @type {Pin[]} */
  const pins = [];
  for (const { beat_time, sample_time } of markers ?? []) {
    const last = pins.at(-1);
    // Two pins on one moment would make a segment without a slope.
    if (last === undefined || (beat_time > last.beat && sample_time > last.second)) {
      pins.push({ beat: beat_time, second: sample_time });
    }
  }
  if (pins.length < 2) throw new LiveRefusal("Live has not warped that clip yet: try again in a moment");
  return pins;
}

/**
 * @param {Pin[]} pins
 * @param {"beat"|"second"} from
 * @param {"beat"|"second"} to
 * @param {number} at
 */
function along(pins, from, to, at) {
  let right = pins.findIndex((pin) => pin[from] > at);
  if (right < 0) right = pins.length - 1;
  const a = pins[Math.max(0, right - 1)];
  const b = pins[Math.max(1, right)];
  return a[to] + ((at - a[from]) / (b[from] - a[from])) * (b[to] - a[to]);
}
