/** The controls of Drums. */
import table from "../../../presets/devices/drums.json" with { type: "json" };
import { tableOf, valuesOf } from "../shared/controls.js";

export const TABLE = tableOf(table);

/** Selectors of the controls that hold a number or a choice. */
export const VALUES = valuesOf(TABLE);
