/** A headless Set with a device on its first track, and our hand on it. */
import { createLiveAPI } from "../../../../js/headless/live/liveapi.js";
import { LiveSet } from "../../../../js/headless/live/set.js";
import { Live } from "../../../../js/live/live.js";

const CHORDS = { name: "Bandmate Chords", className: "MxDeviceMidiEffect", type: 4 };

/** @param {any} [options] as LiveSet.empty's */
export function stage(options = {}) {
  const set = LiveSet.empty({
    tracks: [
      { kind: "midi", name: "Keys" },
      { kind: "midi", name: "Bass" },
      { kind: "audio", name: "Vox" },
    ],
    scenes: 3,
    ...options,
  });
  const device = set.addDevice(/** @type {any} */ (set.tracks[0]), CHORDS);
  return { set, device, ...handOn(set, device) };
}

/** @param {any} set @param {any} device */
export function handOn(set, device) {
  /** @type {string[]} */
  const posts = [];
  const LiveAPI = createLiveAPI(set, { thisDevice: () => device, post: (text) => posts.push(text) });
  const live = new Live(/** @type {any} */ (LiveAPI));
  live.start();
  return { live, posts, LiveAPI };
}

/** @param {any} set @param {number} track @param {number} slot @param {number} length @param {any[]} [notes] */
export function addClip(set, track, slot, length, notes = []) {
  return set.edit(() => {
    const cell = set.tracks[track].clip_slots[slot];
    cell.create_clip(length);
    if (notes.length > 0) cell.clip.add_new_notes({ notes });
    return cell.clip;
  });
}

/** @param {any} set @param {any} clip */
export const show = (set, clip) => set.song.view.set_detail_clip(clip);

/** @param {number} pitch @param {number} start_time @param {number} duration */
export const note = (pitch, start_time, duration, velocity = 100) => ({
  pitch,
  start_time,
  duration,
  velocity,
  mute: false,
  probability: 1,
  velocity_deviation: 0,
  release_velocity: 64,
});
