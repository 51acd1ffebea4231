/** Song.View, Application and Application.View: what the person looks at. */
import { LiveRefusal } from "../errors.js";
import { LiveObject } from "./object.js";

/** @typedef {import("./track.js").Track} Track */
/** @typedef {import("./clip.js").Clip} Clip */
/** @typedef {import("./clip_slot.js").ClipSlot} ClipSlot */
/** @typedef {import("./device.js").Device} Device */

export class SongView extends LiveObject {
  /** @override */
  static type = "Song.View";

  /**
   * @param {import("../set.js").LiveSet} set
   * @param {import("./song.js").Song} parent
   */
  constructor(set, parent) {
    super(set, parent);
    /** @type {Clip | null} */
    this.shownClip = null;
    /** @type {Track | null} */
    this.chosenTrack = null;
    /** @type {import("./scene.js").Scene | null} */
    this.chosenScene = null;
    /** @type {import("./parameter.js").DeviceParameter | null} */
    this.selected_parameter = null;
    /** @type {import("./rack.js").Chain | null} */
    this.selected_chain = null;
    this.follow_song = false;
    this.draw_mode = false;
  }

  get song() {
    return /** @type {import("./song.js").Song} */ (this.parent);
  }

  /** The clip in Detail View, or null. */
  get detail_clip() {
    return this.shownClip?.alive ? this.shownClip : null;
  }

  /** @param {Clip} clip */
  set_detail_clip(clip) {
    this.shownClip = clip;
  }

  get selected_track() {
    return this.chosenTrack?.alive ? this.chosenTrack : (this.song.tracks[0] ?? null);
  }

  /** @param {Track} track */
  set_selected_track(track) {
    this.chosenTrack = track;
  }

  get selected_scene() {
    return this.chosenScene?.alive ? this.chosenScene : (this.song.scenes[0] ?? null);
  }

  /** @param {import("./scene.js").Scene} scene */
  set_selected_scene(scene) {
    this.chosenScene = scene;
  }

  /** The slot where selected track and scene cross; null on return and main tracks. */
  get highlighted_clip_slot() {
    const scene = this.selected_scene;
    return scene ? (this.selected_track?.clip_slots[scene.index] ?? null) : null;
  }

  /** @param {ClipSlot} slot */
  set_highlighted_clip_slot(slot) {
    this.chosenTrack = slot.track;
    this.chosenScene = this.song.scenes[slot.index];
    if (slot.clip) this.shownClip = slot.clip;
  }

  /** @param {Device} device */
  select_device(device) {
    this.chosenTrack = device.track;
    device.track.view.selected_device = device;
  }

  /**
   * The person drops a device: its track is selected with it. On another track than before, Clip View goes to what is
   * in the slot that is highlighted now [inferred].
   *
   * @param {Device} device
   */
  drop(device) {
    const before = this.selected_track;
    this.select_device(device);
    if (this.selected_track !== before) this.shownClip = this.highlighted_clip_slot?.clip ?? null;
  }
}

export class Application extends LiveObject {
  /** @override */
  static type = "Application";

  /**
   * @param {import("../set.js").LiveSet} set
   * @param {string} version "12.2.5"
   */
  constructor(set, version) {
    super(set, null);
    this.version = version;
    this.view = new ApplicationView(set, this);
    /** @type {LiveObject[]} */
    this.control_surfaces = [];
    this.open_dialog_count = 0;
    this.current_dialog_message = "";
    this.average_process_usage = 0;
    this.peak_process_usage = 0;
  }

  /** @override @returns {Array<[string, LiveObject | LiveObject[] | null]>} */
  branches() {
    return [["view", this.view]];
  }

  get_version_string() {
    return this.version;
  }

  get_major_version() {
    return this.part(0);
  }

  get_minor_version() {
    return this.part(1);
  }

  get_bugfix_version() {
    return this.part(2);
  }

  get_document() {
    return this.set.song;
  }

  /** @param {number} at */
  part(at) {
    return Number.parseInt(this.version.split(".")[at] ?? "0", 10);
  }
}

const VIEWS = ["Browser", "Arranger", "Session", "Detail", "Detail/Clip", "Detail/DeviceChain"];

export class ApplicationView extends LiveObject {
  /** @override */
  static type = "Application.View";

  /**
   * @param {import("../set.js").LiveSet} set
   * @param {Application} parent
   */
  constructor(set, parent) {
    super(set, parent);
    this.focused_document_view = "Session";
    this.browse_mode = false;
    /** @type {Set<string>} */
    this.shown = new Set(["Session", "Detail", "Detail/DeviceChain"]);
  }

  available_main_views() {
    return [...VIEWS];
  }

  /** @param {string} name */
  is_view_visible(name) {
    return this.shown.has(this.known(name));
  }

  /** @param {string} name */
  show_view(name) {
    this.shown.add(this.known(name));
    if (name === "Session" || name === "Arranger") {
      this.shown.delete(name === "Session" ? "Arranger" : "Session");
      this.focused_document_view = name;
    }
    if (name === "Detail/Clip") this.shown.delete("Detail/DeviceChain");
    if (name === "Detail/DeviceChain") this.shown.delete("Detail/Clip");
  }

  /** @param {string} name */
  focus_view(name) {
    this.show_view(name);
  }

  /** @param {string} name */
  hide_view(name) {
    this.shown.delete(this.known(name));
  }

  toggle_browse() {
    this.browse_mode = !this.browse_mode;
  }

  /** @param {string} name */
  known(name) {
    if (!VIEWS.includes(name)) throw new LiveRefusal(`call: no view "${name}"; known: ${VIEWS.join(", ")}.`);
    return name;
  }
}
