/** Clip: loop, markers, name, colour; MIDI notes and audio values live in the two classes below it. */
import { LiveRefusal } from "../errors.js";
import { nearestColour, PALETTE } from "./colours.js";
import { LiveObject } from "./object.js";

/**
 * What a clip is made from. Times in beats.
 *
 * @typedef {object} ClipSpec
 * @property {number} length loop length, above 0
 * @property {string} [name]
 * @property {number} [colorIndex] 0..69
 * @property {number} [start] place in the arrangement; absent for session clips
 * @property {number} [end] end in the arrangement (default: start + length)
 */

export class Clip extends LiveObject {
  /** @override */
  static type = "Clip";

  /**
   * @param {import("../set.js").LiveSet} set
   * @param {LiveObject} parent a ClipSlot (session) or a Track (arrangement)
   * @param {ClipSpec} spec
   */
  constructor(set, parent, spec) {
    super(set, parent);
    this.name = spec.name ?? "";
    this.color_index = spec.colorIndex ?? this.track.color_index;
    this.muted = false;
    this.looping = true;
    /** @type {{start: number, end: number}} */
    this.loop = { start: 0, end: spec.length };
    /** @type {{start: number, end: number}} */
    this.markers = { start: 0, end: spec.length };
    /** @type {{start: number, end: number} | null} */
    this.place = spec.start === undefined ? null : { start: spec.start, end: spec.end ?? spec.start + spec.length };
    this.signature_numerator = set.song.signature_numerator;
    this.signature_denominator = set.song.signature_denominator;
    this.launch_mode = 0;
    this.launch_quantization = 0;
    this.legato = false;
    this.velocity_amount = 0;
    this.has_groove = false;
    /** @type {Map<import("./parameter.js").DeviceParameter | string, Array<{time: number, value: number}>>} */
    this.envelopes = new Map();
    this.view = new ClipView(set, this);
  }

  /** @override @returns {Array<[string, LiveObject | LiveObject[] | null]>} */
  branches() {
    return [["view", this.view]];
  }

  get is_audio_clip() {
    return false;
  }

  get is_midi_clip() {
    return !this.is_audio_clip;
  }

  get is_session_clip() {
    return this.place === null;
  }

  get is_arrangement_clip() {
    return this.place !== null;
  }

  get is_take_lane_clip() {
    return false;
  }

  /** @returns {import("./track.js").Track} */
  get track() {
    const parent = /** @type {any} */ (this.parent);
    return parent.type === "Track" ? parent : parent.parent;
  }

  get start_time() {
    return this.place?.start ?? 0;
  }

  /** In the arrangement its right edge; in the session grid the loop's end, or the end marker. */
  get end_time() {
    return this.place?.end ?? this.loop_end;
  }

  /** Beats of the song as the clip itself counts. @param {number} beats */
  ownTime(beats) {
    return beats;
  }

  get lengthInBeats() {
    return this.length;
  }

  get length() {
    return this.loop_end - this.loop_start;
  }

  get color() {
    return PALETTE[this.color_index] ?? 0;
  }

  /** Live snaps to its palette. @param {number} rgb */
  set_color(rgb) {
    this.assign("color_index", nearestColour(rgb));
  }

  /** For a clip that does not loop, Live gives the clip's start and end under the loop's names. */
  get loop_start() {
    return this.looping ? this.loop.start : this.markers.start;
  }

  get loop_end() {
    return this.looping ? this.loop.end : this.markers.end;
  }

  get start_marker() {
    return this.markers.start;
  }

  get end_marker() {
    return this.markers.end;
  }

  /** Start of the loop; moving it moves the whole loop. */
  get position() {
    return this.loop_start;
  }

  /** @param {number} value */
  set_loop_start(value) {
    this.setSpan(this.looping ? "loop" : "markers", value, this.loop_end, "loop_start");
  }

  /** @param {number} value */
  set_loop_end(value) {
    this.setSpan(this.looping ? "loop" : "markers", this.loop_start, value, "loop_end");
  }

  /** @param {number} value */
  set_start_marker(value) {
    this.setSpan("markers", value, this.markers.end, "start_marker");
  }

  /** @param {number} value */
  set_end_marker(value) {
    this.setSpan("markers", this.markers.start, value, "end_marker");
  }

  /** @param {number} value */
  set_position(value) {
    this.setSpan(this.looping ? "loop" : "markers", value, value + this.length, "position");
  }

  /**
   * @param {"loop" | "markers"} field
   * @param {number} start
   * @param {number} end
   * @param {string} asked
   */
  setSpan(field, start, end, asked) {
    this.refuseWhenFrozen();
    if (!(end > start)) {
      throw new LiveRefusal(`set: ${asked}: a clip cannot end (${end}) at or before its start (${start}).`);
    }
    this.assign(field, { start, end });
  }

  get is_playing() {
    return this.set.launcher.playing(this);
  }

  get is_triggered() {
    return this.set.launcher.triggered(this);
  }

  get is_recording() {
    return false;
  }

  get is_overdubbing() {
    return false;
  }

  get will_record_on_start() {
    return false;
  }

  /** Where the play head is inside the clip, beats; 0 when it does not play. */
  get playing_position() {
    return this.set.launcher.position(this);
  }

  get playing_status() {
    return this.is_triggered ? 2 : this.is_playing ? 1 : 0;
  }

  get has_envelopes() {
    return this.envelopes.size > 0;
  }

  fire() {
    this.set.launcher.fireClip(this);
  }

  stop() {
    this.set.launcher.stopClip(this);
  }

  /** @param {import("./parameter.js").DeviceParameter} parameter */
  clear_envelope(parameter) {
    const left = new Map(this.envelopes);
    left.delete(parameter);
    this.assign("envelopes", left);
  }

  clear_all_envelopes() {
    this.assign("envelopes", new Map());
  }

  /** Double the loop and its content. */
  duplicate_loop() {
    this.refuseWhenFrozen();
    const { start, end } = this.loop;
    this.assign("loop", { start, end: end + (end - start) });
    this.assign("markers", { start: this.markers.start, end: Math.max(this.markers.end, this.loop.end) });
  }

  /** Cut away what lies outside the loop (or, not looping, the markers). */
  crop() {
    this.refuseWhenFrozen();
    this.assign("markers", { start: this.loop_start, end: this.loop_end });
  }

  refuseWhenFrozen() {
    if (this.track.is_frozen) {
      throw new LiveRefusal(`The track "${this.track.name}" is frozen: unfreeze it to change its clips.`);
    }
  }
}

export class ClipView extends LiveObject {
  /** @override */
  static type = "Clip.View";

  /**
   * @param {import("../set.js").LiveSet} set
   * @param {Clip} parent
   */
  constructor(set, parent) {
    super(set, parent);
    this.grid_quantization = 7;
    this.grid_is_triplet = false;
    this.envelope_shown = false;
  }

  show_envelope() {
    this.envelope_shown = true;
  }

  hide_envelope() {
    this.envelope_shown = false;
  }

  show_loop() {}
}
