/**
 * What Companion shows: the light with its words, the card of the clip, and which button cancels. Each is sent only when
 * it changes, so that an idle device is silent.
 *
 * Outlet 0 -> picture: status <state> <words> [<why>], card <dict name>
 * Outlet 1 -> buttons: analyze text <Analyze|Cancel>, fit text <Fit to key|Cancel>
 */

/** @typedef {import("../../ui/status.js").State} State */
/** @typedef {"analyze"|"fit"} Button */

/** @type {Readonly<Record<Button, string>>} */
const TEXTS = Object.freeze({ analyze: "Analyze", fit: "Fit to key" });

/**
 * @typedef {object} Outside
 * @property {(index: number, ...values: (string|number)[]) => void} outlet
 * @property {(json: string) => string} writeDict stores a card, gives the name of its Dict
 */

export class Face {
  #outside;
  #status = "";
  #resting = "";
  /** @type {Button} */ #pressed = "analyze";
  /** @type {Button|null} */ #cancels = null;
  /** @type {[State, string, string]} */ #last = ["off", "", ""];

  /** @param {Outside} outside */
  constructor(outside) {
    this.#outside = outside;
  }

  /** @param {string} words why the device rests, whatever its state; "" while it works */
  rest(words) {
    this.#resting = words;
    this.status(...this.#last);
  }

  /** @param {State} state @param {string} words @param {string} [why] shown to who points at the words */
  status(state, words, why = "") {
    this.#last = [state, words, why];
    const resting = this.#resting !== "";
    const shown = resting ? ["off", this.#resting] : [state, words];
    const atoms = why === "" || resting ? shown : [...shown, why];
    const now = JSON.stringify(atoms);
    if (now === this.#status) return;
    this.#status = now;
    this.#outside.outlet(0, "status", ...atoms);
  }

  /** @param {Button} button that was pressed: it cancels if the press lasts */
  press(button) {
    this.#pressed = button;
  }

  /** @param {boolean} busy whether the pressed button cancels */
  busy(busy) {
    const cancels = busy ? this.#pressed : null;
    if (cancels === this.#cancels) return;
    if (this.#cancels !== null) this.#outside.outlet(1, this.#cancels, "text", TEXTS[this.#cancels]);
    this.#cancels = cancels;
    if (cancels !== null) this.#outside.outlet(1, cancels, "text", "Cancel");
  }

  /** @param {import("../../ui/clipcard.js").Card} card */
  card(card) {
    const json = JSON.stringify({ card: JSON.stringify(card) });
    this.#outside.outlet(0, "card", this.#outside.writeDict(json));
  }
}
