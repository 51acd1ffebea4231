/**
 * What a device that makes takes shows: the light with its words, the picture, the button's text, the seed, the menus that
 * the script fills. Each is sent only when it changes, so that an idle device is silent.
 *
 * Outlet 0 -> picture: status <state> <words> [<why>], stars <n>, roll (or grid) <dict name>, playhead <beats>
 * Outlet 1 -> controls: <menu> _parameter_range <items>, <control> set <n>, busy text <the action|Cancel>, <memory> <words>,
 *   <look> <0|1>, of another button that cancels <its selector> text <its action|Cancel>; open_folder bang: Max's dialog
 * Outlet 2 -> audition: clear, <number> <pitch> <velocity> <ms> <delay ms>, count <notes>, begin, line <ticks>, stop
 */
import { onlyNews } from "../shared/news.js";

/** @typedef {import("../../ui/status.js").State} State */

/**
 * @typedef {object} Outside
 * @property {(index: number, ...values: (string|number)[]) => void} outlet
 * @property {(json: string) => string} writeDict stores what the picture shows, gives the name of its Dict
 */

export class Face {
  #outside;
  #status = onlyNews((/** @type {string[]} */ ...atoms) => this.#outside.outlet(0, "status", ...atoms));
  #stars = onlyNews((/** @type {number} */ stars) => this.#outside.outlet(0, "stars", stars));
  /** the buttons that cancel now: "" for the main one @type {Set<string>} */ #busy = new Set();
  /** by selector of the menu @type {Map<string, (...items: string[]) => void>} */ #menus = new Map();

  /** @param {Outside} outside @param {string} [action] what the main button says while it does not cancel */
  constructor(outside, action = "Generate") {
    this.#outside = outside;
    this.action = action;
  }

  /** @param {State} state @param {string} words @param {string} [why] shown to who points at the words */
  status(state, words, why = "") {
    this.#status(...(why === "" ? [state, words] : [state, words, why]));
  }

  /** @param {number} stars of the take in the clip, 0 for none yet; -1: there is no take to rate */
  stars(stars) {
    this.#stars(stars);
  }

  /** @param {string} word that the picture knows it by @param {string} json */
  picture(word, json) {
    this.#outside.outlet(0, word, this.#outside.writeDict(json));
  }

  /** @param {number} beats below 0: none */
  playhead(beats) {
    this.#outside.outlet(0, "playhead", beats);
  }

  /** @param {boolean} busy whether the button cancels @param {string} [button] selector of another than the main one */
  busy(busy, button = "") {
    if (busy === this.#busy.has(button)) return;
    if (busy) this.#busy.add(button);
    else this.#busy.delete(button);
    const action = button === "" ? this.action : `${button[0].toUpperCase()}${button.slice(1)}`;
    this.#outside.outlet(1, button || "busy", "text", busy ? "Cancel" : action);
  }

  /** Asks the user for a folder. */
  openFolder() {
    this.#outside.outlet(1, "open_folder", "bang");
  }

  /** @param {number} seed */
  seed(seed) {
    this.#outside.outlet(1, "seed", "set", seed);
  }

  /** @param {string} menu selector of a menu the script fills @param {readonly string[]} items */
  items(menu, items) {
    let send = this.#menus.get(menu);
    if (send === undefined) {
      send = onlyNews((/** @type {string[]} */ ...each) => this.#outside.outlet(1, menu, "_parameter_range", ...each));
      this.#menus.set(menu, send);
    }
    send(...items);
  }

  /** Moves a menu without a word from it. @param {string} menu selector @param {number} index */
  choose(menu, index) {
    this.#outside.outlet(1, menu, "set", index);
  }

  /** Keeps words in the Set that nobody sees. @param {string} memory selector @param {readonly string[]} words */
  keep(memory, words) {
    this.#outside.outlet(1, memory, ...words);
  }

  /** Said each time, for the device's own switch moves the same look. @param {string} look as the patch knows it @param {boolean} able whether a hand changes something there */
  able(look, able) {
    this.#outside.outlet(1, look, able ? 1 : 0);
  }

  /** Writes into a text field without a word from it. @param {string} field selector @param {string} text */
  text(field, text) {
    this.#outside.outlet(1, field, "set", text);
  }

  /** @param {...(string|number)} values as audition.js has them */
  play(...values) {
    this.#outside.outlet(2, ...values);
  }
}
