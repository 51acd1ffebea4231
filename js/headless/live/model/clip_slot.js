/** ClipSlot: a cell of the session grid. */
import { basename, extname } from "node:path";
import { LiveRefusal } from "../errors.js";
import { copyClip } from "./copy.js";
import { MidiClip } from "./midi_clip.js";
import { LiveObject } from "./object.js";

export class ClipSlot extends LiveObject {
  /** @override */
  static type = "ClipSlot";

  /**
   * @param {import("../set.js").LiveSet} set
   * @param {import("./track.js").Track} parent
   */
  constructor(set, parent) {
    super(set, parent);
    /** @type {import("./clip.js").Clip | null} */
    this.clip = null;
    this.has_stop_button = true;
  }

  /** @override @returns {Array<[string, LiveObject | LiveObject[] | null]>} */
  branches() {
    return [["clip", this.clip]];
  }

  get track() {
    return /** @type {import("./track.js").Track} */ (this.parent);
  }

  get index() {
    return this.track.clip_slots.indexOf(this);
  }

  get has_clip() {
    return this.clip !== null;
  }

  get is_group_slot() {
    return this.track.is_foldable;
  }

  get color() {
    return this.clip?.color ?? 0;
  }

  get is_playing() {
    return this.clip?.is_playing ?? false;
  }

  get is_triggered() {
    return this.set.launcher.triggeredSlot(this);
  }

  get is_recording() {
    return false;
  }

  get playing_status() {
    return this.is_triggered ? 2 : this.is_playing ? 1 : 0;
  }

  get will_record_on_start() {
    return false;
  }

  /** @param {number} length beats, above 0 */
  create_clip(length) {
    this.refuseUnlessFree("create_clip");
    if (this.track.kind !== "midi") {
      throw new LiveRefusal(`create_clip: "${this.track.name}" is not a MIDI track.`);
    }
    if (!(length > 0)) throw new LiveRefusal(`create_clip: the length must be above 0 beats, not ${length}.`);
    this.assign("clip", new MidiClip(this.set, this, { length }));
  }

  /** @param {string} path absolute path of an audio file */
  create_audio_clip(path) {
    this.refuseUnlessFree("create_audio_clip");
    if (this.track.kind !== "audio") {
      throw new LiveRefusal(`create_audio_clip: "${this.track.name}" is not an audio track.`);
    }
    const name = basename(path, extname(path));
    this.assign("clip", this.set.audioClip(this, { ...this.set.imports, filePath: path, name }));
  }

  delete_clip() {
    if (!this.clip) throw new LiveRefusal("delete_clip: this slot is empty.");
    this.refuseWhenFrozen();
    this.set.launcher.forget(this.clip);
    this.assign("clip", null);
  }

  /** @param {ClipSlot} target */
  duplicate_clip_to(target) {
    if (!this.clip) throw new LiveRefusal("duplicate_clip_to: this slot is empty.");
    if (target.track.kind !== this.track.kind) {
      throw new LiveRefusal("duplicate_clip_to: a clip fits only on a track of its own kind.");
    }
    target.refuseWhenFrozen();
    if (target.is_group_slot) throw new LiveRefusal("duplicate_clip_to: a group slot holds no clips.");
    target.assign("clip", copyClip(this.clip, target));
  }

  fire() {
    this.set.launcher.fireSlot(this);
  }

  stop() {
    this.set.launcher.stopTrack(this.track);
  }

  /** @param {boolean} pressed */
  set_fire_button_state(pressed) {
    if (pressed) this.fire();
  }

  /** @param {string} call */
  refuseUnlessFree(call) {
    if (this.is_group_slot) throw new LiveRefusal(`${call}: a group slot holds no clips.`);
    if (this.clip) throw new LiveRefusal(`${call}: this slot already holds a clip.`);
    this.refuseWhenFrozen();
  }

  refuseWhenFrozen() {
    if (this.track.is_frozen) {
      throw new LiveRefusal(`The track "${this.track.name}" is frozen: unfreeze it to change its clips.`);
    }
  }
}
