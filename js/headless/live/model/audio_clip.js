/**
 * An audio clip: a reference to a file with warp, gain and pitch.
 *
 * A warped clip counts in beats, as a MIDI clip does. One that is not warped counts its loop, markers and length in
 * seconds of its file, and cannot be looped [LOM page].
 */
import { LiveRefusal } from "../errors.js";
import { Clip } from "./clip.js";
import { addMarker, beatAt, moveMarker, removeMarker, secondsAt, straight } from "./warp.js";

/** Warp modes: Beats, Tones, Texture, Re-Pitch, Complex, REX, Complex Pro. */
const WARP_MODES = [0, 1, 2, 3, 4, 6];

/**
 * @typedef {object} AudioSpec
 * @property {string} filePath absolute path of the sample
 * @property {number} [sampleLength] samples
 * @property {number} [sampleRate] samples per second
 * @property {boolean} [warping] default true; false: `length` is in seconds
 * @property {import("./warp.js").WarpMarker[]} [warpMarkers] with the hidden last one; default: the song's tempo throughout
 * @property {boolean} [looping] default: as warped, in the session grid
 */

export class AudioClip extends Clip {
  /**
   * @param {import("../set.js").LiveSet} set
   * @param {import("./object.js").LiveObject} parent
   * @param {import("./clip.js").ClipSpec & AudioSpec} spec
   */
  constructor(set, parent, spec) {
    super(set, parent, spec);
    this.file_path = spec.filePath;
    this.sample_length = spec.sampleLength ?? 0;
    this.sample_rate = spec.sampleRate ?? 44100;
    this.gain = 0.4;
    this.pitch_coarse = 0;
    this.pitch_fine = 0;
    this.warping = spec.warping ?? true;
    this.looping = spec.looping ?? (this.warping && this.place === null);
    this.warp_mode = 0;
    this.ram_mode = false;
    this.markersOfWarp = spec.warpMarkers ?? straight(set.song.tempo);
  }

  /** @override */
  get is_audio_clip() {
    return true;
  }

  get available_warp_modes() {
    return [...WARP_MODES];
  }

  get warp_markers() {
    return { warp_markers: this.markersOfWarp };
  }

  /** Length of the file, seconds. */
  get duration() {
    return this.sample_length / this.sample_rate;
  }

  /** @override @param {number} beats */
  ownTime(beats) {
    return this.warping ? beats : (beats * 60) / this.set.song.tempo;
  }

  /** @override */
  get lengthInBeats() {
    return this.warping ? this.length : (this.length * this.set.song.tempo) / 60;
  }

  /** @param {number} mode */
  set_warp_mode(mode) {
    if (!WARP_MODES.includes(mode)) {
      throw new LiveRefusal(`set: warp_mode ${mode} is not available; allowed: ${WARP_MODES.join(", ")}.`);
    }
    this.assign("warp_mode", mode);
  }

  /** @param {boolean} value */
  set_looping(value) {
    if (value && !this.warping) throw new LiveRefusal("set: looping: only a warped audio clip can be looped.");
    this.assign("looping", value);
  }

  /** Live carries this out a moment later [LOM page]. @param {boolean} value */
  set_warping(value) {
    this.refuseWhenFrozen();
    this.set.later(() => {
      if (!this.alive || value === this.warping) return;
      const time = value ? beatAt : secondsAt;
      const across = (/** @type {{start: number, end: number}} */ span) => ({
        start: time(this.markersOfWarp, span.start),
        end: time(this.markersOfWarp, span.end),
      });
      // Without warp there is no loop: what was looped is played once.
      const played = this.looping ? { start: this.markers.start, end: this.loop.end } : this.markers;
      this.assign("markers", across(value ? this.markers : played));
      this.assign("loop", across(this.loop));
      if (!value) this.assign("looping", false);
      this.assign("warping", value);
    });
  }

  /** @param {string} call */
  refuseUnlessWarped(call) {
    this.refuseWhenFrozen();
    if (!this.warping) throw new LiveRefusal(`${call}: this clip is not warped.`);
  }

  /** @param {Record<string, unknown>} marker */
  add_warp_marker(marker) {
    this.refuseUnlessWarped("add_warp_marker");
    this.assign("markersOfWarp", addMarker(this.markersOfWarp, marker, this.duration));
  }

  /** @param {number} beat @param {number} distance beats */
  move_warp_marker(beat, distance) {
    this.refuseUnlessWarped("move_warp_marker");
    this.assign("markersOfWarp", moveMarker(this.markersOfWarp, beat, distance));
  }

  /** @param {number} beat */
  remove_warp_marker(beat) {
    this.refuseUnlessWarped("remove_warp_marker");
    this.assign("markersOfWarp", removeMarker(this.markersOfWarp, beat));
  }
}
