/**
 * What the device shows: the light with its words, the picture, the button's text, the seed, the menu. Each is sent only
 * when it changes, so that an idle device is silent.
 *
 * Outlet 0 -> picture: status <state> <words> [<why>], roll <dict name>, playhead <beats>
 * Outlet 1 -> controls: progressions _parameter_range <items>, seed set <n>, busy text <Generate|Cancel>
 * Outlet 2 -> audition: <pitch> <velocity> <ms> <delay ms>, stop
 */
import { rollToJson } from "../../ui/roll_dict.js";
import { onlyNews } from "../shared/news.js";

/** @typedef {import("../../ui/status.js").State} State */

/**
 * @typedef {object} Outside
 * @property {(index: number, ...values: (string|number)[]) => void} outlet
 * @property {(json: string) => string} writeDict stores a roll, gives the name of its Dict
 */

export class Face {
  #outside;
  #status = onlyNews((/** @type {string[]} */ ...atoms) => this.#outside.outlet(0, "status", ...atoms));
  #busy = false;
  #items = onlyNews((/** @type {string[]} */ ...items) =>
    this.#outside.outlet(1, "progressions", "_parameter_range", ...items),
  );

  /** @param {Outside} outside */
  constructor(outside) {
    this.#outside = outside;
  }

  /** @param {State} state @param {string} words @param {string} [why] shown to who points at the words */
  status(state, words, why = "") {
    this.#status(...(why === "" ? [state, words] : [state, words, why]));
  }

  /** @param {import("../../ui/roll.js").Roll} roll */
  roll(roll) {
    this.#outside.outlet(0, "roll", this.#outside.writeDict(rollToJson(roll)));
  }

  /** @param {number} beats below 0: none */
  playhead(beats) {
    this.#outside.outlet(0, "playhead", beats);
  }

  /** @param {boolean} busy whether the button cancels */
  busy(busy) {
    if (busy === this.#busy) return;
    this.#busy = busy;
    this.#outside.outlet(1, "busy", "text", busy ? "Cancel" : "Generate");
  }

  /** @param {number} seed */
  seed(seed) {
    this.#outside.outlet(1, "seed", "set", seed);
  }

  /** @param {readonly string[]} items */
  progressions(items) {
    this.#items(...items);
  }

  /** @param {...(string|number)} values one note, or "stop" */
  play(...values) {
    this.#outside.outlet(2, ...values);
  }
}
