/** DeviceParameter: one value of a device or a mixer, in its native range. */
import { LiveRefusal } from "../errors.js";
import { LiveObject } from "./object.js";

/**
 * What a parameter is made from.
 *
 * @typedef {object} ParameterSpec
 * @property {string} name name as the LOM shows it (the short name for Max parameters)
 * @property {string} [originalName] long name for Max parameters; the name otherwise
 * @property {number} [min] lowest value, native units (default 0)
 * @property {number} [max] highest value, native units (default 1, or the item count - 1)
 * @property {number} [value] start value (default: `defaultValue`, else `min`)
 * @property {number} [defaultValue] value of a double click
 * @property {boolean} [quantized] whole steps only; true whenever `items` is given
 * @property {string[]} [items] texts of the steps
 * @property {(value: number) => string} [format] text of a value; default: the item, or two decimals
 * @property {"automated" | "stored" | "hidden"} [visibility] Max's Parameter Visibility; a hidden parameter
 *   makes no undo step and cannot be automated
 */

/** Who moved a parameter: a hand, LiveAPI, an automation lane, the patch itself, undo. */
/** @typedef {"user" | "api" | "automation" | "patch" | "undo"} MoveSource */

/** @param {number} value */
const plainText = (value) => String(Math.round(value * 100) / 100);

export class DeviceParameter extends LiveObject {
  /** @override */
  static type = "DeviceParameter";

  /**
   * @param {import("../set.js").LiveSet} set
   * @param {LiveObject} parent the device or mixer
   * @param {ParameterSpec} spec
   */
  constructor(set, parent, spec) {
    super(set, parent);
    this.name = spec.name;
    this.original_name = spec.originalName ?? spec.name;
    this.items = spec.items ?? null;
    this.is_quantized = spec.quantized ?? this.items !== null;
    this.min = spec.min ?? 0;
    this.max = spec.max ?? (this.items ? this.items.length - 1 : 1);
    this.default_value = spec.defaultValue ?? spec.value ?? this.min;
    this.visibility = spec.visibility ?? "automated";
    this.format = spec.format ?? ((/** @type {number} */ value) => this.items?.[value] ?? plainText(value));
    this.is_enabled = true;
    /** A hand, LiveAPI or the patch has taken over from the automation. */
    this.overridden = false;
    /** @type {import("./automation.js").Point[] | null} arrangement envelope, beats ascending */
    this.envelope = null;
    /** @type {Set<(value: number, source: MoveSource) => void>} called at once on each move (device glue) */
    this.listeners = new Set();
    this.current = this.fit(spec.value ?? this.default_value);
  }

  /** 0 when active, 1 irrelevant now, 2 disabled. */
  get state() {
    return this.is_enabled ? 0 : 2;
  }

  /** 0 no automation, 1 automation plays, 2 overridden. */
  get automation_state() {
    if (this.overridden) return 2;
    return this.visibility === "automated" && this.set.automation.has(this) ? 1 : 0;
  }

  get value() {
    return this.current;
  }

  /** @returns {string[]} texts of the steps; empty for smooth parameters */
  get value_items() {
    return this.items ? [...this.items] : [];
  }

  get display_value() {
    return this.format(this.current);
  }

  /**
   * Text of any value, as `str_for_value` of the LOM.
   *
   * @param {number} value
   */
  str_for_value(value) {
    return this.format(this.fit(value));
  }

  /** The value's text, the LOM's `__str__`. */
  __str__() {
    return this.display_value;
  }

  /** Text shown under the name; Live uses the same words as `__str__`. @override */
  toString() {
    return this.display_value;
  }

  /**
   * The value nearest to what was asked that this parameter can hold: inside the range, on a step.
   *
   * @param {number} value
   */
  fit(value) {
    const inside = Math.min(this.max, Math.max(this.min, value));
    return this.is_quantized ? Math.round(inside) : inside;
  }

  /**
   * Write from the LOM: refused out of range, quantised values snap.
   *
   * @param {number} value
   */
  set_value(value) {
    this.refuseWhenFrozen();
    if (!(value >= this.min && value <= this.max)) {
      throw new LiveRefusal(
        `set: ${value} is out of range for "${this.name}": ${plainText(this.min)} to ${plainText(this.max)}.`,
      );
    }
    if (!this.is_enabled) throw new LiveRefusal(`set: "${this.name}" is disabled.`);
    this.move(value, "api");
  }

  /**
   * Move the value; the one road for hands, LiveAPI, automation and patches. Each move that is not
   * automation is an undo step, unless the parameter is hidden.
   *
   * @param {number} value native units; fitted to the range and steps
   * @param {MoveSource} source
   */
  move(value, source) {
    const fitted = this.fit(value);
    if (source !== "automation" && this.automation_state === 1) this.overridden = true;
    if (Object.is(fitted, this.current)) return;
    const { history } = this.set;
    if (source === "automation" || this.visibility === "hidden") this.current = fitted;
    else if (source === "user") history.step("user", () => this.assign("current", fitted));
    else history.step(`${source} ${this.id}`, () => this.assign("current", fitted));
    for (const listener of this.listeners) listener(fitted, source);
    // Of all that automation moves at one time the observers hear at once.
    if (source !== "automation") this.set.touch();
  }

  /** Undo moved the value: the device's own controls follow. @override @param {string} key */
  restored(key) {
    if (key !== "current") return;
    for (const listener of [...this.listeners]) listener(this.current, "undo");
  }

  /** Let the automation lane lead again after a hand took over. */
  re_enable_automation() {
    this.overridden = false;
  }

  /** A frozen track's devices cannot be turned. */
  refuseWhenFrozen() {
    let above = this.parent;
    while (above && above.type !== "Track") above = above.parent;
    const track = /** @type {import("./track.js").Track | null} */ (above);
    if (track?.is_frozen && this.parent?.type !== "MixerDevice") {
      throw new LiveRefusal(`The track "${track.name}" is frozen: unfreeze it to change its devices.`);
    }
  }
}
