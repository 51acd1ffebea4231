/** The controls of Chords. */
import table from "../../../presets/devices/chords.json" with { type: "json" };
import { tableOf, valuesOf } from "../shared/controls.js";

export const TABLE = tableOf(table);

/** Selectors of the controls that hold a number or a choice. */
export const VALUES = valuesOf(TABLE);

/** How many entries the Progression menu always has: Auto and the style's stock. */
export const PROGRESSION_ITEMS =
  TABLE.parameters.find(({ selector }) => selector === "progression")?.items?.length ?? 0;
