/** The controls of Chords. */
import table from "../../../presets/devices/chords.json" with { type: "json" };
import * as maker from "../maker/parameters.js";
import { buttonsOf, tableOf, valuesOf } from "../shared/controls.js";

const TABLE = tableOf(table);

/** Selectors of the buttons, which hold no value. */
export const BUTTONS = buttonsOf(TABLE);

/** Selectors of the controls that hold a number or a choice. */
export const VALUES = valuesOf(TABLE);

/** How many entries the Progression menu always has: Auto and the style's stock. */
export const PROGRESSION_ITEMS =
  TABLE.parameters.find(({ selector }) => selector === "progression")?.items?.length ?? 0;

export class Parameters extends maker.Parameters {
  constructor() {
    super(TABLE);
  }
}
