/** The controls of Listen. */
import table from "../../../presets/devices/listen.json" with { type: "json" };
import { Controls, tableOf, valuesOf } from "../shared/controls.js";

const TABLE = tableOf(table);

/** Selectors of the controls that hold a number or a choice. */
export const VALUES = valuesOf(TABLE);

export const listenControls = () => new Controls(TABLE);
