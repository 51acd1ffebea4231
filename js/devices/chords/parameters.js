/**
 * The controls of Chords as the script sees them: what each message means and what goes onto the wire for it. The table
 * is the one the patch is built from, so an index cannot mean one thing here and another there.
 */
import table from "../../../presets/devices/chords.json" with { type: "json" };

/**
 * @typedef {object} Control
 * @property {string} selector
 * @property {string} type "enum", "int", "float" or "blob"
 * @property {string} kind
 * @property {string[]} [items]
 * @property {string[]} [ids] what each item is called on the wire
 * @property {number} [min]
 * @property {number} [max]
 * @property {number} [initial]
 */

const controls = /** @type {Control[]} */ (table.parameters);

/** Selectors of the buttons, which hold no value. */
export const BUTTONS = controls.filter(({ kind }) => kind === "button").map(({ selector }) => selector);

/** Selectors of the controls that hold a number or a choice. */
export const VALUES = controls
  .filter(({ kind, type }) => kind !== "button" && type !== "blob")
  .map(({ selector }) => selector);

const byName = new Map(controls.map((control) => [control.selector, control]));

/** How many entries the Progression menu always has: Auto and the style's stock. */
export const PROGRESSION_ITEMS = byName.get("progression")?.items?.length ?? 0;

export class Parameters {
  /** @type {Map<string, number>} */
  #values = new Map(VALUES.map((name) => [name, byName.get(name)?.initial ?? 0]));
  #ownText = "";

  /** @param {string} selector @param {number} value as Max sends it; kept inside of the control's range */
  set(selector, value) {
    const control = byName.get(selector);
    if (control === undefined || !this.#values.has(selector) || !Number.isFinite(value)) return;
    const most = control.max ?? (control.items?.length ?? 1) - 1;
    const inside = Math.max(control.min ?? 0, Math.min(most, value));
    this.#values.set(selector, control.type === "float" && selector !== "seed" ? inside : Math.round(inside));
  }

  /** @param {string} selector @returns {number} */
  number(selector) {
    const value = this.#values.get(selector);
    if (value === undefined) throw new RangeError(`Chords has no control "${selector}"`);
    return value;
  }

  /** @param {string} selector of a menu or toggle @returns {string} the wire's id for the chosen item */
  choice(selector) {
    const ids = byName.get(selector)?.ids;
    if (ids === undefined) throw new RangeError(`Chords has no menu "${selector}"`);
    return ids[this.number(selector)];
  }

  /** The user's own progression; "" when the menu decides. */
  get ownText() {
    return this.#ownText;
  }

  set ownText(text) {
    this.#ownText = text.replace(/\s+/g, " ").trim();
  }
}
