/** What every device shows: its light, and what it means in words. */
import { onlyNews } from "./news.js";

/** @typedef {import("../../ui/status.js").State} State */

/** @typedef {{outlet: (index: number, ...values: (string|number)[]) => void}} Outlets */

/**
 * Outlet 0 -> picture: status <state> <words> [<why>], only when it changes, so that an idle device is silent.
 *
 * @template {Outlets} Outside
 */
export class LitFace {
  #status = onlyNews((/** @type {string[]} */ ...atoms) => this.outside.outlet(0, "status", ...atoms));

  /** @param {Outside} outside of Max what a face may use */
  constructor(outside) {
    this.outside = outside;
  }

  /** @param {State} state @param {string} words @param {string} [why] shown to who points at the words */
  status(state, words, why = "") {
    this.#status(...(why === "" ? [state, words] : [state, words, why]));
  }
}
