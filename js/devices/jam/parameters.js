/** The controls of Jam. */
import table from "../../../presets/devices/jam.json" with { type: "json" };
import * as maker from "../maker/parameters.js";
import { tableOf, valuesOf } from "../shared/controls.js";

const TABLE = tableOf(table);

/** The macros, in the order in which the player tells where they stand. */
export const MACROS = Object.freeze([
  ...["density", "complexity", "tension", "energy", "brightness", "swing", "humanise", "variation", "surprise"],
]);

/** Selectors of the controls that hold a number or a choice and that speak to the script themselves. */
export const VALUES = valuesOf(TABLE).filter((selector) => !MACROS.includes(selector));

export class Parameters extends maker.Parameters {
  constructor() {
    super(TABLE);
  }
}
