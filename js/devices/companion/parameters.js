/** The controls of Companion. */
import table from "../../../presets/devices/companion.json" with { type: "json" };
import { Controls, tableOf, valuesOf } from "../shared/controls.js";

const TABLE = tableOf(table);

/** Selectors of the controls that hold a choice. */
export const VALUES = valuesOf(TABLE);

export const companionControls = () => new Controls(TABLE);
