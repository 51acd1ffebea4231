/**
 * What Taste shows: the light with its words, the picture of what was learnt, the menus that the script fills, the button's
 * text, and Max's windows for a file. Each is sent only when it changes, so that an idle device is silent.
 *
 * Outlet 0 -> picture: status <state> <words> [<why>], learnt <dict name>
 * Outlet 1 -> controls: <menu> _parameter_range <items>, <menu> set <n>, act text <words>, name set <text>,
 *   <memory> <words>, <look> <0|1>; open bang, save bang: Max's windows
 */
import { onlyNews } from "../shared/news.js";

/** @typedef {import("../../ui/status.js").State} State */
/** @typedef {import("../../ui/learnt.js").Learnt} Learnt */

/**
 * @typedef {object} Outside
 * @property {(index: number, ...values: (string|number)[]) => void} outlet
 * @property {(json: string) => string} writeDict stores what the picture shows, gives the name of its Dict
 */

export class Face {
  #outside;
  #status = onlyNews((/** @type {string[]} */ ...atoms) => this.#outside.outlet(0, "status", ...atoms));
  #learnt = onlyNews((/** @type {string} */ learnt) =>
    this.#outside.outlet(0, "learnt", this.#outside.writeDict(JSON.stringify({ learnt }))),
  );
  #action = onlyNews((/** @type {string} */ words) => this.#outside.outlet(1, "act", "text", words));
  /** by selector of the menu @type {Map<string, (...items: string[]) => void>} */ #menus = new Map();

  /** @param {Outside} outside */
  constructor(outside) {
    this.#outside = outside;
  }

  /** @param {State} state @param {string} words @param {string} [why] shown to who points at the words */
  status(state, words, why = "") {
    this.#status(...(why === "" ? [state, words] : [state, words, why]));
  }

  /** @param {Learnt} learnt */
  learnt(learnt) {
    this.#learnt(JSON.stringify(learnt));
  }

  /** @param {string} words on the button */
  action(words) {
    this.#action(words);
  }

  /** @param {string} menu selector of a menu the script fills @param {readonly string[]} items */
  items(menu, items) {
    const send =
      this.#menus.get(menu) ??
      onlyNews((/** @type {string[]} */ ...each) => this.#outside.outlet(1, menu, "_parameter_range", ...each));
    this.#menus.set(menu, send);
    send(...items);
  }

  /** Moves a menu without a word from it. @param {string} menu selector @param {number} index */
  choose(menu, index) {
    this.#outside.outlet(1, menu, "set", index);
  }

  /** Writes into the text field without a word from it. @param {string} text */
  name(text) {
    this.#outside.outlet(1, "name", "set", text);
  }

  /** Keeps words in the Set that nobody sees. @param {string} memory selector @param {readonly string[]} words */
  keep(memory, words) {
    this.#outside.outlet(1, memory, ...words);
  }

  /** Said each time, for the device's own switch moves the same look. @param {string} look as the patch knows it @param {boolean} able whether a hand changes something there */
  able(look, able) {
    this.#outside.outlet(1, look, able ? 1 : 0);
  }

  /** Asks the user for a file that is there. */
  openFile() {
    this.#outside.outlet(1, "open", "bang");
  }

  /** Asks the user where a file is to be. */
  saveFile() {
    this.#outside.outlet(1, "save", "bang");
  }
}
