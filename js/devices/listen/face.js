/**
 * What Listen shows and moves. Each is sent only when it changes, so that an idle device is silent.
 *
 * Outlet 0 -> panel: status <state> <words> [<why>], heard <dict name>
 * Outlet 1 -> controls: busy text <Listen|Cancel>
 * Outlet 2 -> tape machine: buffer and view <message to the tape's and the scope's buffer~>, laps and scope <message to
 *             who writes them>, region <end of the first lap, ms> <start of the second>, frames <0|1>, where, measure <0|1>
 * Outlet 3 -> spectrum: scope <buffer name>, active <0|1>
 */
import { LitFace } from "../shared/lit_face.js";

/**
 * @typedef {object} Outside
 * @property {(index: number, ...values: (string|number)[]) => void} outlet
 * @property {(json: string) => string} writeDict stores what was heard, gives the name of its Dict
 */

/** @extends {LitFace<Outside>} */
export class Face extends LitFace {
  #busy = false;

  /** @param {boolean} busy whether the button cancels */
  busy(busy) {
    if (busy === this.#busy) return;
    this.#busy = busy;
    this.outside.outlet(1, "busy", "text", busy ? "Cancel" : "Listen");
  }

  /** @param {import("../../ui/heard.js").Figures} figures */
  heard(figures) {
    const json = JSON.stringify({ figures: JSON.stringify(figures) });
    this.outside.outlet(0, "heard", this.outside.writeDict(json));
  }

  /** @param {...(string|number)} values */
  tape(...values) {
    this.outside.outlet(2, ...values);
  }

  /** @param {...(string|number)} values */
  spectrum(...values) {
    this.outside.outlet(3, ...values);
  }
}
