/**
 * What Macros shows: the light with its words, who hears its knobs and how strongly, and whether a hand can do something.
 * Each is sent only when it changes, so that an idle device is silent.
 *
 * Outlet 0 -> picture: status <state> <words> [<why>], steered <dict name>
 * Outlet 1 -> all controls: 0 or 1
 */
import { LitFace } from "../shared/lit_face.js";
import { onlyNews } from "../shared/news.js";

/**
 * @typedef {object} Outside
 * @property {(index: number, ...values: (string|number)[]) => void} outlet
 * @property {(json: string) => string} writeDict stores the rows, gives the name of their Dict
 */

/** @extends {LitFace<Outside>} */
export class Face extends LitFace {
  #rows = onlyNews((/** @type {string} */ rows) =>
    this.outside.outlet(0, "steered", this.outside.writeDict(JSON.stringify({ rows }))),
  );

  /** Who hears the knobs. @param {readonly import("../../ui/steeredrows.js").Row[]} rows */
  rows(rows) {
    this.#rows(JSON.stringify(rows));
  }

  /** Said each time, for the device's own switch moves the same look. @param {boolean} active whether a hand can do something */
  active(active) {
    this.outside.outlet(1, active ? 1 : 0);
  }
}
