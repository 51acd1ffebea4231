/**
 * What Companion shows: the light with its words, the clip with its card, which button cancels, and whether
 * any can be pressed. Each is sent only when it changes, so that an idle device is silent.
 *
 * Outlet 0 -> picture: status <state> <words> [<why>], stars <n>, clip <dict name>
 * Outlet 1 -> buttons: analyze text <Analyze|Cancel>, fit text <Fit to key|Cancel>, learn text <Learn|Cancel>; all controls:
 *   active <0|1>
 */
import { LitFace } from "../shared/lit_face.js";
import { onlyNews } from "../shared/news.js";

/** @typedef {"analyze"|"fit"|"learn"} Button */

/** @type {Readonly<Record<Button, string>>} */
const TEXTS = Object.freeze({ analyze: "Analyze", fit: "Fit to key", learn: "Learn" });

/**
 * @typedef {object} Outside
 * @property {(index: number, ...values: (string|number)[]) => void} outlet
 * @property {(json: string) => string} writeDict stores clip and card, gives the name of its Dict
 */

/** @extends {LitFace<Outside>} */
export class Face extends LitFace {
  #clip = onlyNews((/** @type {string} */ clip) =>
    this.outside.outlet(0, "clip", this.outside.writeDict(JSON.stringify({ clip }))),
  );
  #stars = onlyNews((/** @type {number} */ stars) => this.outside.outlet(0, "stars", stars));
  /** @type {Button} */ #pressed = "analyze";
  /** @type {Button|null} */ #cancels = null;

  /** @param {number} stars of the take in the clip pointed at, 0 for none yet; -1: there is no take to rate */
  stars(stars) {
    this.#stars(stars);
  }

  /** @param {Button} button that was pressed: it cancels if the press lasts */
  press(button) {
    this.#pressed = button;
  }

  /** @param {boolean} busy whether the pressed button cancels */
  busy(busy) {
    const cancels = busy ? this.#pressed : null;
    if (cancels === this.#cancels) return;
    if (this.#cancels !== null) this.outside.outlet(1, this.#cancels, "text", TEXTS[this.#cancels]);
    this.#cancels = cancels;
    if (cancels !== null) this.outside.outlet(1, cancels, "text", "Cancel");
  }

  /** Said each time, for the device's own switch moves the same look. @param {boolean} active whether a hand can do something */
  active(active) {
    this.outside.outlet(1, "active", active ? 1 : 0);
  }

  /** @param {string} name of the clip pointed at; "" for none @param {import("../../ui/clipcard.js").Card|null} card null: not heard */
  clip(name, card) {
    this.#clip(JSON.stringify({ name, card }));
  }
}
