/** What a device shows that fills menus, keeps words in the Set, and says of controls whether a hand changes something there. */
import { LitFace } from "./lit_face.js";
import { onlyNews } from "./news.js";

/**
 * Outlet 1 -> controls: <menu> _parameter_range <items>, <menu> set <n>, <text field> set <words>, <memory> <words>, <look> <0|1>.
 *
 * @template {import("./lit_face.js").Outlets} Outside
 * @extends {LitFace<Outside>}
 */
export class MenuFace extends LitFace {
  /** by selector of the menu @type {Map<string, (...items: string[]) => void>} */ #menus = new Map();

  /** @param {string} menu selector of a menu the script fills @param {readonly string[]} items */
  items(menu, items) {
    let send = this.#menus.get(menu);
    if (send === undefined) {
      send = onlyNews((/** @type {string[]} */ ...each) => this.outside.outlet(1, menu, "_parameter_range", ...each));
      this.#menus.set(menu, send);
    }
    send(...items);
  }

  /** Moves a menu without a word from it. @param {string} menu selector @param {number} index */
  choose(menu, index) {
    this.outside.outlet(1, menu, "set", index);
  }

  /** Writes into a text field without a word from it. @param {string} field selector @param {string} text */
  text(field, text) {
    this.outside.outlet(1, field, "set", text);
  }

  /** Keeps words in the Set that nobody sees. @param {string} memory selector @param {readonly string[]} words */
  keep(memory, words) {
    this.outside.outlet(1, memory, ...words);
  }

  /** Said each time, for the device's own switch moves the same look. @param {string} look as the patch knows it @param {boolean} able whether a hand changes something there */
  able(look, able) {
    this.outside.outlet(1, look, able ? 1 : 0);
  }
}
