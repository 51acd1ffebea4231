/** Song: the Set's transport, scale, tracks and scenes (`live_set`). */
import { LiveRefusal } from "../errors.js";
import { CuePoint } from "./cue_point.js";
import { LiveObject } from "./object.js";
import { SCALES } from "./scales.js";
import { Transport } from "./transport.js";
import { SongView } from "./view.js";

/** @typedef {import("./track.js").Track} Track */
/** @typedef {import("./scene.js").Scene} Scene */

export class Song extends LiveObject {
  /** @override */
  static type = "Song";

  /**
   * @param {import("../set.js").LiveSet} set
   * @param {() => number} now milliseconds
   */
  constructor(set, now) {
    super(set, null);
    this.transport = new Transport(now);
    /** @type {Track[]} MIDI, audio and group tracks in order */
    this.tracks = [];
    /** @type {Track[]} */
    this.return_tracks = [];
    /** @type {Scene[]} */
    this.scenes = [];
    /** @type {CuePoint[]} by time */
    this.cue_points = [];
    /** @type {Track} made by the Set right after */
    this.master_track = /** @type {any} */ (null);
    this.view = new SongView(set, this);
    this.name = "";
    this.file_path = "";
    this.signature_numerator = 4;
    this.signature_denominator = 4;
    this.root_note = 0;
    this.scale_name = "Major";
    this.scale_mode = false;
    /** 4 = one bar. */
    this.clip_trigger_quantization = 4;
    this.midi_recording_quantization = 0;
    this.metronome = false;
    this.record_mode = false;
    this.session_record = false;
    this.session_automation_record = false;
    this.arrangement_overdub = false;
    this.overdub = false;
    this.punch_in = false;
    this.punch_out = false;
    this.groove_amount = 1;
    this.swing_amount = 0;
    this.exclusive_arm = true;
    this.exclusive_solo = true;
    this.is_ableton_link_enabled = false;
    this.tempo_follower_enabled = false;
    this.count_in_duration = 0;
    this.start_time = 0;
    /** Beats between the lines of the arrangement that locators snap to, a matter of its zoom; 0: they do not. */
    this.locatorGrid = 0;
  }

  /** @override @returns {Array<[string, LiveObject | LiveObject[] | null]>} */
  branches() {
    return [
      ["tracks", this.tracks],
      ["return_tracks", this.return_tracks],
      ["master_track", this.master_track],
      ["scenes", this.scenes],
      ["cue_points", this.cue_points],
      ["view", this.view],
    ];
  }

  /** Quarter notes in a bar. */
  get beatsPerBar() {
    return (this.signature_numerator * 4) / this.signature_denominator;
  }

  get tempo() {
    return this.transport.tempo;
  }

  /** @param {number} bpm 20..999 */
  set_tempo(bpm) {
    this.tempoParameter.move(bpm, "api");
  }

  /** The tempo as a parameter of the main track; the transport follows it. */
  get tempoParameter() {
    return /** @type {import("./parameter.js").DeviceParameter} */ (this.master_track.mixer_device.song_tempo);
  }

  /** @param {number} denominator */
  set_signature_denominator(denominator) {
    if (![1, 2, 4, 8, 16].includes(denominator)) {
      throw new LiveRefusal(`set: signature_denominator ${denominator}; allowed: 1, 2, 4, 8, 16.`);
    }
    this.assign("signature_denominator", denominator);
  }

  get scale_intervals() {
    return [...(SCALES.get(this.scale_name) ?? [])];
  }

  /** @param {string} name */
  set_scale_name(name) {
    if (!SCALES.has(name)) throw new LiveRefusal(`set: Live has no scale "${name}".`);
    this.assign("scale_name", name);
  }

  get is_playing() {
    return this.transport.playing;
  }

  /** @param {boolean} value */
  set_is_playing(value) {
    if (value) this.start_playing();
    else this.stop_playing();
  }

  get current_song_time() {
    return this.transport.position;
  }

  /**
   * Live moves its play head a moment later than it was asked, and never past the song's length: both were found in Live
   * by several public projects, which is why they look again before they set a locator.
   *
   * @param {number} beats
   */
  set_current_song_time(beats) {
    this.set.later(() => this.moveHead(Math.min(beats, this.song_length)));
  }

  /** @param {number} beats */
  moveHead(beats) {
    this.transport.moveTo(beats);
    if (!this.transport.playing) this.start_time = this.transport.position;
  }

  get loop() {
    return this.transport.loop;
  }

  /** @param {boolean} value */
  set_loop(value) {
    this.transport.rebase();
    this.transport.loop = value;
  }

  get loop_start() {
    return this.transport.loop_start;
  }

  /** @param {number} beats */
  set_loop_start(beats) {
    this.transport.rebase();
    this.transport.loop_start = beats;
  }

  get loop_length() {
    return this.transport.loop_length;
  }

  /** @param {number} beats */
  set_loop_length(beats) {
    if (!(beats > 0)) throw new LiveRefusal(`set: loop_length must be above 0, not ${beats}.`);
    this.transport.rebase();
    this.transport.loop_length = beats;
  }

  get visible_tracks() {
    return this.tracks.filter((track) => track.is_visible);
  }

  /** The end of the last clip, the last locator, or the end of the loop. */
  get last_event_time() {
    const clips = this.tracks.flatMap((track) => track.arrangement_clips.map((clip) => clip.end_time));
    return Math.max(this.loop_start + this.loop_length, ...clips, ...this.cue_points.map((cue) => cue.time));
  }

  get song_length() {
    return this.last_event_time + this.beatsPerBar;
  }

  get can_undo() {
    return this.set.history.done.length > 0;
  }

  get can_redo() {
    return this.set.history.undone.length > 0;
  }

  get back_to_arranger() {
    return this.tracks.some((track) => track.back_to_arranger);
  }

  get session_record_status() {
    return this.session_record ? 1 : 0;
  }

  get re_enable_automation_enabled() {
    return this.set.automation.overridden;
  }

  get is_counting_in() {
    return false;
  }

  start_playing() {
    this.set.arrive();
    this.transport.moveTo(this.start_time);
    this.transport.start();
  }

  continue_playing() {
    this.set.arrive();
    this.transport.start();
  }

  stop_playing() {
    this.transport.stop();
    this.set.launcher.halt();
  }

  play_selection() {
    this.start_playing();
  }

  /** @param {boolean} [quantized] */
  stop_all_clips(quantized = true) {
    for (const track of this.tracks) this.set.launcher.stopTrack(track, quantized);
  }

  /** @param {number} beats */
  jump_by(beats) {
    this.set.later(() => this.transport.moveTo(Math.min(this.transport.position + beats, this.song_length)));
  }

  /** @param {number} beats */
  scrub_by(beats) {
    this.jump_by(beats);
  }

  /** @param {1 | -1} direction */
  jumpToCue(direction) {
    const here = this.transport.position;
    const cues = this.cue_points.filter((cue) => (cue.time - here) * direction > 1e-6);
    const cue = direction > 0 ? cues[0] : cues.at(-1);
    if (cue) this.set_current_song_time(cue.time);
  }

  jump_to_next_cue() {
    this.jumpToCue(1);
  }

  jump_to_prev_cue() {
    this.jumpToCue(-1);
  }

  /**
   * Set a locator where the play head is, or take away the one that is there. A new one is named by its number. Two
   * public projects found that Live puts it on the arrangement's nearest grid line.
   */
  set_or_delete_cue() {
    const grid = this.locatorGrid;
    const here = grid > 0 ? Math.round(this.transport.position / grid) * grid : this.transport.position;
    const present = this.cue_points.find((cue) => Math.abs(cue.time - here) < 1e-6);
    const cues = present
      ? this.cue_points.filter((cue) => cue !== present)
      : [...this.cue_points, new CuePoint(this.set, this, here, String(this.cue_points.length + 1))];
    this.assign(
      "cue_points",
      cues.sort((a, b) => a.time - b.time),
    );
  }

  undo() {
    this.set.history.undo();
  }

  redo() {
    this.set.history.redo();
  }

  re_enable_automation() {
    this.set.automation.reEnable();
  }

  /** "bar.beat.sixteenth.ticks", 60 ticks a sixteenth. */
  get_current_beats_song_time() {
    const beat = this.transport.position;
    const unit = 4 / this.signature_denominator;
    const inBar = beat % this.beatsPerBar;
    const inBeat = inBar % unit;
    const two = (/** @type {number} */ value) => String(Math.floor(value)).padStart(2, "0");
    const bars = String(Math.floor(beat / this.beatsPerBar) + 1).padStart(3, "0");
    const ticks = String(Math.floor((inBeat % 0.25) * 240)).padStart(3, "0");
    return `${bars}.${two(inBar / unit + 1)}.${two(inBeat / 0.25 + 1)}.${ticks}`;
  }
}
