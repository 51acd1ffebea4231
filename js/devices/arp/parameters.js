/** The controls of Arp. */
import table from "../../../presets/devices/arp.json" with { type: "json" };
import { tableOf, valuesOf } from "../shared/controls.js";

export const TABLE = tableOf(table);

/** Selectors of the controls that hold a number or a choice. */
export const VALUES = valuesOf(TABLE);
