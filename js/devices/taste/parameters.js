/** The controls of Taste. */
import table from "../../../presets/devices/taste.json" with { type: "json" };
import { tableOf, valuesOf } from "../shared/controls.js";

export const TABLE = tableOf(table);

/** Selectors of the controls that hold a number. */
export const VALUES = valuesOf(TABLE);
