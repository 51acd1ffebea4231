/**
 * What Taste shows: the light with its words, the picture of what was learnt, the menus that the script fills, the button's
 * text, and Max's windows for a file. Each is sent only when it changes, so that an idle device is silent.
 *
 * Outlet 0 -> picture: status <state> <words> [<why>], learnt <dict name>
 * Outlet 1 -> controls: <menu> _parameter_range <items>, <menu> set <n>, act text <words>, name set <text>,
 *   <memory> <words>, <look> <0|1>; open bang, save bang: Max's windows
 */
import { MenuFace } from "../shared/menu_face.js";
import { onlyNews } from "../shared/news.js";

/** @typedef {import("../../ui/learnt.js").Learnt} Learnt */

/**
 * @typedef {object} Outside
 * @property {(index: number, ...values: (string|number)[]) => void} outlet
 * @property {(json: string) => string} writeDict stores what the picture shows, gives the name of its Dict
 */

/** @extends {MenuFace<Outside>} */
export class Face extends MenuFace {
  #learnt = onlyNews((/** @type {string} */ learnt) =>
    this.outside.outlet(0, "learnt", this.outside.writeDict(JSON.stringify({ learnt }))),
  );
  #action = onlyNews((/** @type {string} */ words) => this.outside.outlet(1, "act", "text", words));

  /** @param {Learnt} learnt */
  learnt(learnt) {
    this.#learnt(JSON.stringify(learnt));
  }

  /** @param {string} words on the button */
  action(words) {
    this.#action(words);
  }

  /** Asks the user for a file that is there. */
  openFile() {
    this.outside.outlet(1, "open", "bang");
  }

  /** Asks the user where a file is to be. */
  saveFile() {
    this.outside.outlet(1, "save", "bang");
  }
}
