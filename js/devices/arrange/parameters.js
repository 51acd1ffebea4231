/** The controls of Arrange. */
import table from "../../../presets/devices/arrange.json" with { type: "json" };
import { tableOf, valuesOf } from "../shared/controls.js";

export const TABLE = tableOf(table);

/** Selectors of the controls that hold a number or a choice. */
export const VALUES = valuesOf(TABLE);
