/** Track: MIDI, audio, group, return and master tracks. */
import { LiveRefusal } from "../errors.js";
import { placeClip } from "./arrangement.js";
import { ClipSlot } from "./clip_slot.js";
import { nearestColour, PALETTE } from "./colours.js";
import { copyClip } from "./copy.js";
import { MidiClip } from "./midi_clip.js";
import { MixerDevice } from "./mixer.js";
import { inserted, LiveObject, without } from "./object.js";

/** @typedef {"midi" | "audio" | "group" | "return" | "master"} TrackKind */
/** @typedef {import("./device.js").Device} Device */
/** @typedef {import("./clip.js").Clip} Clip */

/**
 * What a track is made from.
 *
 * @typedef {object} TrackSpec
 * @property {TrackKind} kind
 * @property {string} [name] given name; absent: Live's own ("1-MIDI"), which follows the track's place
 * @property {number} [colorIndex] 0..69
 * @property {Track | null} [group] the group track around it
 */

/** Live's arrangement ends here. */
const LAST_BEAT = 1_576_800;
const WORDS = { midi: "MIDI", audio: "Audio", group: "Group", return: "Return", master: "Main" };

export class Track extends LiveObject {
  /** @override */
  static type = "Track";

  /**
   * @param {import("../set.js").LiveSet} set
   * @param {import("./song.js").Song} parent
   * @param {TrackSpec} spec
   */
  constructor(set, parent, spec) {
    super(set, parent);
    /** @type {TrackKind} @readonly */
    this.kind = spec.kind;
    /** @type {string} name given by hand; empty: Live's own */
    this.given_name = spec.name ?? "";
    this.color_index = spec.colorIndex ?? 13;
    /** @type {Track | null} */
    this.group_track = spec.group ?? null;
    this.arm = false;
    this.mute = false;
    this.solo = false;
    this.fold_state = false;
    this.is_frozen = false;
    this.current_monitoring_state = 1;
    const sends = spec.kind === "master" ? 0 : parent.return_tracks.length;
    this.mixer_device = new MixerDevice(set, this, { master: spec.kind === "master", sends });
    /** @type {ClipSlot[]} one for each scene; none on return and master tracks */
    this.clip_slots = this.holdsClips ? parent.scenes.map(() => new ClipSlot(set, this)) : [];
    /** @type {Clip[]} by start */
    this.arrangement_clips = [];
    /** @type {Device[]} */
    this.devices = [];
    this.view = new TrackView(set, this);
  }

  /** @override @returns {Array<[string, LiveObject | LiveObject[] | null]>} */
  branches() {
    return [
      ["clip_slots", this.clip_slots],
      ["arrangement_clips", this.arrangement_clips],
      ["devices", this.devices],
      ["mixer_device", this.mixer_device],
      ["view", this.view],
    ];
  }

  get song() {
    return /** @type {import("./song.js").Song} */ (this.parent);
  }

  get holdsClips() {
    return this.kind !== "return" && this.kind !== "master";
  }

  get name() {
    if (this.given_name !== "") return this.given_name;
    if (this.kind === "master") return WORDS.master;
    if (this.kind === "return") {
      return `${String.fromCharCode(65 + this.song.return_tracks.indexOf(this))}-${WORDS.return}`;
    }
    return `${this.song.tracks.indexOf(this) + 1}-${WORDS[this.kind]}`;
  }

  /** @param {string} name */
  set_name(name) {
    this.assign("given_name", name);
  }

  get color() {
    return PALETTE[this.color_index] ?? 0;
  }

  /** @param {number} rgb */
  set_color(rgb) {
    this.assign("color_index", nearestColour(rgb));
  }

  get has_midi_input() {
    return this.kind === "midi";
  }

  get has_audio_input() {
    return this.kind !== "midi";
  }

  get has_midi_output() {
    return this.kind === "midi" && !this.has_audio_output;
  }

  /** A MIDI track makes sound once an instrument lies on it. */
  get has_audio_output() {
    return this.kind !== "midi" || this.devices.some((device) => device.device_type === 1);
  }

  get can_be_armed() {
    return this.kind === "midi" || this.kind === "audio";
  }

  /** @param {boolean} value */
  set_arm(value) {
    if (!this.can_be_armed) throw new LiveRefusal(`set: the track "${this.name}" cannot be armed.`);
    this.assign("arm", value);
  }

  /** @param {boolean} value */
  set_mute(value) {
    if (this.kind === "master") throw new LiveRefusal("set: the main track cannot be muted.");
    this.assign("mute", value);
  }

  /** @param {boolean} value */
  set_solo(value) {
    if (this.kind === "master") throw new LiveRefusal("set: the main track cannot be soloed.");
    this.assign("solo", value);
  }

  get can_be_frozen() {
    return this.can_be_armed;
  }

  get is_foldable() {
    return this.kind === "group";
  }

  get is_grouped() {
    return this.group_track !== null;
  }

  /** @param {boolean} value */
  set_fold_state(value) {
    if (!this.is_foldable) throw new LiveRefusal(`set: the track "${this.name}" cannot be folded.`);
    this.assign("fold_state", value);
  }

  get is_visible() {
    let group = this.group_track;
    while (group) {
      if (group.fold_state) return false;
      group = group.group_track;
    }
    return true;
  }

  get playing_slot_index() {
    return this.set.launcher.playingIndex(this);
  }

  get fired_slot_index() {
    return this.set.launcher.firedIndex(this);
  }

  get back_to_arranger() {
    return this.playing_slot_index >= 0;
  }

  /** @param {boolean} value only off does something */
  set_back_to_arranger(value) {
    if (!value) this.set.launcher.stopTrack(this);
  }

  get performance_impact() {
    return 0;
  }

  /**
   * An empty MIDI clip in the arrangement. What lay there is cut away, as when one is drawn by hand.
   *
   * @param {number} start beats, 0 or more
   * @param {number} length beats, above 0
   */
  create_midi_clip(start, length) {
    if (this.kind !== "midi") throw new LiveRefusal(`create_midi_clip: "${this.name}" is not a MIDI track.`);
    this.refuseWhenFrozen("create_midi_clip");
    if (!(length > 0) || start < 0) {
      throw new LiveRefusal("create_midi_clip: wants a start of 0 or more and a length above 0 beats.");
    }
    return placeClip(this, new MidiClip(this.set, this, { length, start }));
  }

  /** @param {string} path @param {number} start beats */
  create_audio_clip(path, start) {
    if (this.kind !== "audio") throw new LiveRefusal(`create_audio_clip: "${this.name}" is not an audio track.`);
    this.refuseWhenFrozen("create_audio_clip");
    if (!(start >= 0 && start <= LAST_BEAT)) {
      throw new LiveRefusal(`create_audio_clip: position ${start}; allowed: 0 to ${LAST_BEAT}.`);
    }
    return placeClip(this, this.set.audioClip(this, { filePath: path, start }));
  }

  /** @param {Clip} clip */
  delete_clip(clip) {
    this.refuseWhenFrozen("delete_clip");
    const slot = this.clip_slots.find((each) => each.clip === clip);
    if (slot) slot.delete_clip();
    else if (this.arrangement_clips.includes(clip)) {
      this.assign("arrangement_clips", without(this.arrangement_clips, clip));
    } else throw new LiveRefusal(`delete_clip: that clip is not on "${this.name}".`);
  }

  /** @param {number} index */
  delete_device(index) {
    this.refuseWhenFrozen("delete_device");
    const device = this.devices[index];
    if (!device) throw new LiveRefusal(`delete_device: there is no device ${index} on "${this.name}".`);
    this.assign("devices", without(this.devices, device));
  }

  /** @param {number} index slot whose clip is copied into the next one, which must be empty */
  duplicate_clip_slot(index) {
    const slot = this.slot(index, "duplicate_clip_slot");
    const target = this.clip_slots.slice(index + 1).find((each) => !each.clip);
    if (!target) throw new LiveRefusal("duplicate_clip_slot: there is no empty slot below.");
    slot.duplicate_clip_to(target);
    return target.index;
  }

  /** @param {Clip} clip @param {number} start beats */
  duplicate_clip_to_arrangement(clip, start) {
    this.refuseWhenFrozen("duplicate_clip_to_arrangement");
    if (clip.is_midi_clip !== (this.kind === "midi")) {
      throw new LiveRefusal("duplicate_clip_to_arrangement: a clip fits only on a track of its own kind.");
    }
    return placeClip(this, copyClip(clip, this, start));
  }

  stop_all_clips() {
    this.set.launcher.stopTrack(this);
  }

  /** @param {number} beats */
  jump_in_running_session_clip(beats) {
    this.set.launcher.jump(this, beats);
  }

  /** @param {Device} device @param {number} [index] -1: at the end */
  addDevice(device, index = -1) {
    this.assign("devices", inserted(this.devices, index, device));
    return device;
  }

  /** @param {number} index @param {string} call */
  slot(index, call) {
    const slot = this.clip_slots[index];
    if (!slot) throw new LiveRefusal(`${call}: there is no clip slot ${index} on "${this.name}".`);
    return slot;
  }

  /** @param {string} call */
  refuseWhenFrozen(call) {
    if (this.is_frozen) throw new LiveRefusal(`${call}: the track "${this.name}" is frozen.`);
  }
}

export class TrackView extends LiveObject {
  /** @override */
  static type = "Track.View";

  /**
   * @param {import("../set.js").LiveSet} set
   * @param {Track} parent
   */
  constructor(set, parent) {
    super(set, parent);
    /** @type {Device | null} */
    this.selected_device = null;
    this.is_collapsed = false;
    this.device_insert_mode = 0;
  }

  select_instrument() {
    const track = /** @type {Track} */ (this.parent);
    const found = track.devices.find((device) => device.device_type === 1);
    if (found) this.selected_device = found;
    return found !== undefined;
  }
}
