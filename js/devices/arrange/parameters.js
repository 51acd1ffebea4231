/** The controls of Arrange. */
import table from "../../../presets/devices/arrange.json" with { type: "json" };
import * as maker from "../maker/parameters.js";
import { buttonsOf, tableOf, valuesOf } from "../shared/controls.js";

const TABLE = tableOf(table);

/** Selectors of the buttons, which hold no value. */
export const BUTTONS = buttonsOf(TABLE);

/** Selectors of the controls that hold a number or a choice. */
export const VALUES = valuesOf(TABLE);

export class Parameters extends maker.Parameters {
  constructor() {
    super(TABLE);
  }
}
