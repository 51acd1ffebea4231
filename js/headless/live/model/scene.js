/** Scene: a row of the session grid. */
import { nearestColour, PALETTE } from "./colours.js";
import { LiveObject } from "./object.js";

export class Scene extends LiveObject {
  /** @override */
  static type = "Scene";

  /**
   * @param {import("../set.js").LiveSet} set
   * @param {import("./song.js").Song} parent
   * @param {string} [name]
   */
  constructor(set, parent, name = "") {
    super(set, parent);
    this.name = name;
    this.color_index = 13;
    /** Beats per minute; -1 while the scene has no tempo of its own. */
    this.tempo = -1;
    this.time_signature_numerator = -1;
    this.time_signature_denominator = -1;
  }

  get song() {
    return /** @type {import("./song.js").Song} */ (this.parent);
  }

  get index() {
    return this.song.scenes.indexOf(this);
  }

  get tempo_enabled() {
    return this.tempo > 0;
  }

  get time_signature_enabled() {
    return this.time_signature_numerator > 0;
  }

  get clip_slots() {
    return this.song.tracks.map((track) => track.clip_slots[this.index]);
  }

  get is_empty() {
    return this.clip_slots.every((slot) => !slot.has_clip);
  }

  get is_triggered() {
    return this.clip_slots.some((slot) => slot.is_triggered);
  }

  get color() {
    return PALETTE[this.color_index] ?? 0;
  }

  /** @param {number} rgb */
  set_color(rgb) {
    this.assign("color_index", nearestColour(rgb));
  }

  fire() {
    if (this.tempo_enabled) this.song.set_tempo(this.tempo);
    this.song.transport.start();
    for (const slot of this.clip_slots) if (!slot.is_group_slot) this.set.launcher.fireSlot(slot);
  }

  fire_as_selected() {
    this.fire();
    const next = this.song.scenes[this.index + 1];
    if (next) this.song.view.set_selected_scene(next);
  }

  /** @param {boolean} pressed */
  set_fire_button_state(pressed) {
    if (pressed) this.fire();
  }
}
