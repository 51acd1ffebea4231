/**
 * Which macros automation leads. While the song stands Live may show such a one as it is wherever one looks: nobody has
 * turned it, and everywhere else it stays what it was.
 */
import { THIS_DEVICE } from "../../live/paths.js";
import { MACROS } from "./parameters.js";

/** `automation_state` of the Live Object Model: there is a lane, and no hand has overridden it. */
const LED = 1;

export class Led {
  #live;
  /** ids of the nine @type {number[]} */ #macros = [];

  /** @param {import("../../live/live.js").Live} live */
  constructor(live) {
    this.#live = live;
  }

  /** @returns {boolean[]} of each macro whether it is led */
  now() {
    if (this.#macros.length === 0) this.#macros = this.#found();
    return this.#macros.map((id) => this.#live.number(id, "automation_state") === LED);
  }

  #found() {
    const all = this.#live.children(THIS_DEVICE, "parameters");
    const ids = new Map(all.map((id) => [this.#live.text(id, "original_name").toLowerCase(), id]));
    return MACROS.map((name) => ids.get(name) ?? 0);
  }
}
