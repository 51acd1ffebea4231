/**
 * What a device that makes takes shows: the light with its words, the picture, the button's text, the seed, the menus that
 * the script fills. Each is sent only when it changes, so that an idle device is silent.
 *
 * Outlet 0 -> picture: status <state> <words> [<why>], stars <n>, roll (or grid) <dict name>, playhead <beats>
 * Outlet 1 -> controls: <menu> _parameter_range <items>, <control> set <n>, busy text <the action|Cancel>, <memory> <words>,
 *   <look> <0|1>, of another button that cancels <its selector> text <its action|Cancel>; open_folder bang: Max's dialog
 * Outlet 2 -> audition: clear, <number> <pitch> <velocity> <ms> <delay ms>, count <notes>, begin, line <ticks>, stop
 */
import { MenuFace } from "../shared/menu_face.js";
import { onlyNews } from "../shared/news.js";

/**
 * @typedef {object} Outside
 * @property {(index: number, ...values: (string|number)[]) => void} outlet
 * @property {(json: string) => string} writeDict stores what the picture shows, gives the name of its Dict
 */

/** @extends {MenuFace<Outside>} */
export class Face extends MenuFace {
  #stars = onlyNews((/** @type {number} */ stars) => this.outside.outlet(0, "stars", stars));
  /** the buttons that cancel now: "" for the main one @type {Set<string>} */ #busy = new Set();

  /** @param {Outside} outside @param {string} [action] what the main button says while it does not cancel */
  constructor(outside, action = "Generate") {
    super(outside);
    this.action = action;
  }

  /** @param {number} stars of the take in the clip, 0 for none yet; -1: there is no take to rate */
  stars(stars) {
    this.#stars(stars);
  }

  /** @param {string} word that the picture knows it by @param {string} json */
  picture(word, json) {
    this.outside.outlet(0, word, this.outside.writeDict(json));
  }

  /** @param {number} beats below 0: none */
  playhead(beats) {
    this.outside.outlet(0, "playhead", beats);
  }

  /** @param {boolean} busy whether the button cancels @param {string} [button] selector of another than the main one */
  busy(busy, button = "") {
    if (busy === this.#busy.has(button)) return;
    if (busy) this.#busy.add(button);
    else this.#busy.delete(button);
    const action = button === "" ? this.action : `${button[0].toUpperCase()}${button.slice(1)}`;
    this.outside.outlet(1, button || "busy", "text", busy ? "Cancel" : action);
  }

  /** Asks the user for a folder. */
  openFolder() {
    this.outside.outlet(1, "open_folder", "bang");
  }

  /** @param {number} seed */
  seed(seed) {
    this.outside.outlet(1, "seed", "set", seed);
  }

  /** @param {...(string|number)} values as audition.js has them */
  play(...values) {
    this.outside.outlet(2, ...values);
  }
}
