/**
 * The controls of a device as its script sees them: what each message means and what goes onto the wire for it. The
 * table is the one the patch is built from, so an index cannot mean one thing here and another there.
 */

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

/** @typedef {{name: string, parameters: Control[]}} Table presets/devices/<device>.json */

/** @param {unknown} json a table as bundled @returns {Table} */
export const tableOf = (json) => /** @type {Table} */ (json);

/** @param {Table} table @returns {string[]} selectors of the buttons, which hold no value */
export const buttonsOf = ({ parameters }) =>
  parameters.filter(({ kind }) => kind === "button").map(({ selector }) => selector);

/** @param {Table} table @returns {string[]} selectors of the controls that hold a number or a choice */
export const valuesOf = ({ parameters }) =>
  parameters.filter(({ kind, type }) => kind !== "button" && type !== "blob").map(({ selector }) => selector);

export class Controls {
  #device;
  /** @type {Map<string, Control>} */ #byName;
  /** @type {Map<string, number>} */ #values;

  /** @param {Table} table */
  constructor(table) {
    this.#device = table.name;
    this.#byName = new Map(table.parameters.map((control) => [control.selector, control]));
    this.#values = new Map(valuesOf(table).map((name) => [name, this.#byName.get(name)?.initial ?? 0]));
  }

  /** @param {string} selector @param {number} value as Max sends it; kept inside of the control's range */
  set(selector, value) {
    const control = this.#byName.get(selector);
    if (control === undefined || !this.#values.has(selector) || !Number.isFinite(value)) return;
    const most = control.max ?? (control.items?.length ?? 1) - 1;
    const inside = Math.max(control.min ?? 0, Math.min(most, value));
    this.#values.set(selector, control.type === "float" ? inside : Math.round(inside));
  }

  /** @param {string} selector @returns {number} */
  number(selector) {
    const value = this.#values.get(selector);
    if (value === undefined) throw new RangeError(`${this.#device} has no control "${selector}"`);
    return value;
  }

  /** @param {string} selector of a menu @returns {readonly string[]} its entries as the table lists them */
  items(selector) {
    return this.#byName.get(selector)?.items ?? [];
  }

  /** @param {string} selector of a menu @returns {readonly string[]} the word of each of its entries */
  ids(selector) {
    return this.#byName.get(selector)?.ids ?? [];
  }

  /** @param {string} selector of a menu or toggle @returns {string} the wire's id for the chosen item */
  choice(selector) {
    const ids = this.#byName.get(selector)?.ids;
    if (ids === undefined) throw new RangeError(`${this.#device} has no menu "${selector}"`);
    return ids[this.number(selector)];
  }
}
