/** An audio clip: a reference to a file with warp, gain and pitch. */
import { LiveRefusal } from "../errors.js";
import { Clip } from "./clip.js";

/** Warp modes: Beats, Tones, Texture, Re-Pitch, Complex, REX, Complex Pro. */
const WARP_MODES = [0, 1, 2, 3, 4, 6];

/**
 * @typedef {object} AudioSpec
 * @property {string} filePath absolute path of the sample
 * @property {number} [sampleLength] samples
 * @property {number} [sampleRate] samples per second
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
    this.warping = true;
    this.warp_mode = 0;
    this.ram_mode = false;
    /** @type {Array<{beat_time: number, sample_time: number}>} */
    this.markersOfWarp = [];
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

  /** @param {number} mode */
  set_warp_mode(mode) {
    if (!WARP_MODES.includes(mode)) {
      throw new LiveRefusal(`set: warp_mode ${mode} is not available; allowed: ${WARP_MODES.join(", ")}.`);
    }
    this.assign("warp_mode", mode);
  }
}
