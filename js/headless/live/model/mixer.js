/** MixerDevice: volume, pan, sends and the rest of a track's or chain's strip. */
import { LiveObject } from "./object.js";
import { DeviceParameter } from "./parameter.js";

/** The fader value Live shows as 0 dB. */
export const UNITY_VOLUME = 0.85;

/**
 * Text of a fader value. Above 0.4 Live's fader is linear, 40 dB per unit with 0 dB at 0.85; below, this
 * follows a curve of the same slope that falls to -inf at 0 (shown only, never computed with).
 *
 * @param {number} value 0..1
 */
export function volumeText(value) {
  if (value <= 0) return "-inf dB";
  const decibel = value >= 0.4 ? 40 * (value - UNITY_VOLUME) : -18 - 52 * (1 - value / 0.4) ** 1.6;
  return `${decibel.toFixed(1)} dB`;
}

/**
 * Fader value of a gain; the inverse of `volumeText`.
 *
 * @param {number} gain linear, 1 = 0 dB
 * @returns {number} 0..1
 */
export function faderOf(gain) {
  if (!(gain > 0)) return 0;
  const decibel = 20 * Math.log10(gain);
  if (decibel >= -18) return Math.min(1, UNITY_VOLUME + decibel / 40);
  return Math.max(0, 0.4 * (1 - ((-18 - decibel) / 52) ** (1 / 1.6)));
}

/** @param {number} value -1..1 */
export function panText(value) {
  const side = Math.round(Math.abs(value) * 50);
  return side === 0 ? "C" : `${side}${value < 0 ? "L" : "R"}`;
}

export class MixerDevice extends LiveObject {
  /** @override */
  static type = "MixerDevice";

  /**
   * @param {import("../set.js").LiveSet} set
   * @param {LiveObject} parent the track
   * @param {{master?: boolean, sends?: number}} shape
   */
  constructor(set, parent, { master = false, sends = 0 } = {}) {
    super(set, parent);
    const make = (/** @type {import("./parameter.js").ParameterSpec} */ spec) => new DeviceParameter(set, this, spec);
    this.volume = make({ name: "Track Volume", defaultValue: UNITY_VOLUME, format: volumeText });
    this.panning = make({ name: "Track Panning", min: -1, max: 1, defaultValue: 0, format: panText });
    this.track_activator = make({ name: "Track Activator", items: ["Off", "On"], defaultValue: 1 });
    /** @type {DeviceParameter[]} */
    this.sends = [];
    for (let at = 0; at < sends; at++) this.addSend(at);
    this.crossfade_assign = 1;
    this.panning_mode = 0;
    this.crossfader = master ? make({ name: "Crossfader", min: -1, max: 1, defaultValue: 0 }) : null;
    this.cue_volume = master ? make({ name: "Preview Volume", defaultValue: UNITY_VOLUME, format: volumeText }) : null;
    this.song_tempo = master ? make({ name: "Song Tempo", min: 20, max: 999, value: 120, defaultValue: 120 }) : null;
  }

  /** @override @returns {Array<[string, LiveObject | LiveObject[] | null]>} */
  branches() {
    return [
      ["volume", this.volume],
      ["panning", this.panning],
      ["track_activator", this.track_activator],
      ["sends", this.sends],
      ["crossfader", this.crossfader],
      ["cue_volume", this.cue_volume],
      ["song_tempo", this.song_tempo],
    ];
  }

  /**
   * One more send, for a new return track.
   *
   * @param {number} index place of the return track
   */
  addSend(index) {
    const name = `${String.fromCharCode(65 + index)} Send`;
    const send = new DeviceParameter(this.set, this, { name, defaultValue: 0, format: volumeText });
    this.assign("sends", [...this.sends, send]);
  }
}
