/** The controls of Chords, and the progression a user types. */
import table from "../../../presets/devices/chords.json" with { type: "json" };
import { buttonsOf, Controls, tableOf, valuesOf } from "../shared/controls.js";

const TABLE = tableOf(table);

/** Selectors of the buttons, which hold no value. */
export const BUTTONS = buttonsOf(TABLE);

/** Selectors of the controls that hold a number or a choice. */
export const VALUES = valuesOf(TABLE);

/** How many entries the Progression menu always has: Auto and the style's stock. */
export const PROGRESSION_ITEMS =
  TABLE.parameters.find(({ selector }) => selector === "progression")?.items?.length ?? 0;

export class Parameters extends Controls {
  #ownText = "";

  constructor() {
    super(TABLE);
  }

  /** @override @param {string} selector @param {number} value */
  set(selector, value) {
    // Live may only store a seed as a float, since an int parameter has 256 values at most.
    super.set(selector, selector === "seed" ? Math.round(value) : value);
  }

  /** The user's own progression; "" when the menu decides. */
  get ownText() {
    return this.#ownText;
  }

  set ownText(text) {
    this.#ownText = text.replace(/\s+/g, " ").trim();
  }
}
