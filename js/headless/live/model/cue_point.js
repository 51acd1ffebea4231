/** CuePoint: a locator in the arrangement. */
import { LiveObject } from "./object.js";

export class CuePoint extends LiveObject {
  /** @override */
  static type = "CuePoint";

  /**
   * @param {import("../set.js").LiveSet} set
   * @param {import("./song.js").Song} parent
   * @param {number} time beats
   * @param {string} name
   */
  constructor(set, parent, time, name) {
    super(set, parent);
    this.time = time;
    this.name = name;
  }

  jump() {
    const song = /** @type {import("./song.js").Song} */ (this.parent);
    song.set_current_song_time(this.time);
  }
}
