/**
 * A menu of the Set's tracks (MIDI tracks, when not told otherwise) behind a few entries of its own. What is chosen is a track and not a row: when tracks
 * move, the menu moves with the chosen one, and when that is gone the menu says so and falls back to its first entry.
 */
import { homeTrack } from "../../live/device.js";
import { trackIds } from "../../live/song.js";
import { isMidiTrack, trackName } from "../../live/track.js";

/** @typedef {import("../../live/live.js").Live} Live */

export class TrackMenu {
  #live;
  #face;
  #parameters;
  #selector;
  #own;
  #most;
  #offers;
  #named;
  /** the tracks shown, in order @type {number[]} */ #tracks = [];
  #seen = false;
  /** id of the chosen track; 0: an entry of the menu's own; -1: not looked up yet */
  #chosen = -1;

  /**
   * @param {Live} live
   * @param {import("./face.js").Face} face
   * @param {import("./parameters.js").Parameters} parameters
   * @param {string} selector of the menu, whose table lists its own entries first and then as many tracks as it can show
   * @param {number} own how many entries are its own
   * @param {object} [tracks]
   * @param {(live: Live, track: number) => boolean} [tracks.offers] which tracks but the device's own are in it
   * @param {(live: Live, track: number) => string} [tracks.named] what they are called
   */
  constructor(live, face, parameters, selector, own, { offers = isMidiTrack, named = trackName } = {}) {
    this.#live = live;
    this.#face = face;
    this.#parameters = parameters;
    this.#selector = selector;
    this.#own = parameters.items(selector).slice(0, own);
    this.#most = parameters.items(selector).length - own;
    this.#offers = offers;
    this.#named = named;
  }

  /** Another entry is chosen: by the hand, or by Live that puts back what the Set stored before the tracks can be seen. */
  turned() {
    if (this.#seen) this.#chosen = this.#trackAt(this.#parameters.number(this.#selector));
  }

  /** @returns {number} id of the chosen track, 0 for one of the menu's own entries */
  get track() {
    return Math.max(0, this.#chosen);
  }

  /** Shows the tracks as they are now. @returns {boolean} false when the chosen track is gone */
  refresh() {
    const home = homeTrack(this.#live);
    const all = trackIds(this.#live).filter((track) => track !== home && this.#offers(this.#live, track));
    this.#tracks = all.slice(0, this.#most);
    const names = this.#tracks.map((track) => this.#named(this.#live, track));
    this.#face.items(this.#selector, [...this.#own, ...filled(names, this.#most, this.#own)]);
    this.#seen = true;
    // What Live put back from a saved Set is a row; which track that is can only be seen now.
    if (this.#chosen < 0) this.turned();
    return this.#follow();
  }

  #follow() {
    if (this.#chosen <= 0) return true;
    const row = this.#tracks.indexOf(this.#chosen);
    const index = row < 0 ? 0 : this.#own.length + row;
    if (row < 0) this.#chosen = 0;
    if (index !== this.#parameters.number(this.#selector)) {
      this.#parameters.set(this.#selector, index);
      this.#face.choose(this.#selector, index);
    }
    return row >= 0;
  }

  /** @param {number} index of an entry */
  #trackAt(index) {
    return index < this.#own.length ? 0 : (this.#tracks[index - this.#own.length] ?? 0);
  }
}

/**
 * @param {readonly string[]} names
 * @param {number} most
 * @param {readonly string[]} own
 * @returns {string[]} always as many, so that a row never falls outside of the menu, and no two alike: Max would take them
 *   for one another
 */
function filled(names, most, own) {
  const seen = new Set(own);
  return Array.from({ length: most }, (_, row) => {
    const name = names[row] ?? `(no track ${row + 1})`;
    const unlike = seen.has(name) ? `${name} (${row + 1})` : name;
    seen.add(unlike);
    return unlike;
  });
}
