/**
 * A box in a patcher: the base of every Max object.
 *
 * A subclass implements `message`; the base checks each incoming message against the facts table first, does
 * the conversions every Max object gets for free (int and float, a list spread over the inlets), and checks
 * each outgoing message (outlet in range, symbols not too long).
 */

import { isFloat, isNumber, MAX_SYMBOL, message, num, toAtoms } from "./atoms.js";
import { allowedCounts, FACTS } from "./facts.js";
import { attributeNames, inletWords, wordsOf } from "./facts_read.js";
import { BOX_ATTRIBUTES } from "./facts_ui.js";
import { MAX_DEPTH } from "./world.js";

/**
 * @typedef {import("./atoms.js").Atom} Atom
 * @typedef {import("./atoms.js").Message} Message
 * @typedef {{box: Box, inlet: number}} Target
 * @typedef {{patcher: import("./patcher.js").Patcher, json: any, name: string, args: Atom[],
 *   attributes: Record<string, Atom[]>}} BoxSpec
 */

/** @type {Readonly<Record<string, string>>} */
const NO_ATTRIBUTES = Object.freeze({});

/** @param {Atom} atom */
const isLong = (atom) => typeof atom === "string" && atom.length > MAX_SYMBOL;

export class Box {
  /** Cords by outlet, in the order they fire. @type {Target[][]} */
  targets = [];
  freed = false;

  /** @param {BoxSpec} spec */
  constructor(spec) {
    this.patcher = spec.patcher;
    this.device = spec.patcher.device;
    this.max = spec.patcher.device.max;
    this.json = spec.json;
    this.id = String(spec.json.id ?? "");
    this.name = spec.name;
    this.args = spec.args;
    this.varname = String(spec.json.varname ?? "");
    this.facts = FACTS[spec.name];
    this.numinlets = this.#count("inlets", spec);
    this.numoutlets = this.#count("outlets", spec);
    this.signals = this.#signals();
    /** Attributes: what the JSON and `@name value` words say, then what messages set. @type {Record<string, Atom[]>} */
    this.attributes = { ...spec.attributes };
    for (const name of attributeNames(this.facts)) {
      const value = spec.json[name] ?? spec.json.saved_object_attributes?.[name];
      if (value !== undefined && !(name in this.attributes)) this.attributes[name] = [value].flat();
    }
    for (const name of Object.keys(spec.attributes)) {
      if (!(name in (this.facts.attributes ?? {}))) {
        this.report("unknown-attribute", `"${name}" is not a valid attribute argument`);
      }
    }
  }

  /**
   * The number of inlets or outlets: the declared one where the object allows it, else the object's own.
   * @param {"inlets" | "outlets"} side
   * @param {BoxSpec} spec
   * @returns {number}
   */
  #count(side, spec) {
    const declared = Number(spec.json[`num${side}`] ?? 0);
    const allowed = allowedCounts(this.facts[side], { args: spec.args, json: spec.json });
    if (allowed === null) return declared;
    if (allowed.includes(declared)) return declared;
    this.report("box-count", `has ${allowed.join(" or ")} ${side}, the patch says ${declared}`);
    return allowed[0];
  }

  /**
   * How many inlets take signals and how many outlets give them. What the patch says of an outlet's type must
   * agree, where it says one.
   */
  #signals() {
    const { in: ins = 0, out = 0 } = this.facts.signals ?? {};
    const types = Array.isArray(this.json.outlettype) ? this.json.outlettype : [];
    types.slice(0, this.numoutlets).forEach((/** @type {string} */ type, /** @type {number} */ outlet) => {
      const real = outlet < out;
      if (this.facts.signals && (type === "signal") !== real) {
        this.report(
          "outlet-type",
          `outlet ${outlet} ${real ? "gives a signal" : "gives no signal"}, the patch says "${type}"`,
        );
      }
    });
    return { in: typeof ins === "function" ? ins(this) : ins, out };
  }

  /**
   * Whether a signal cord may end in an inlet.
   * @param {number} inlet
   */
  takesSignal(inlet) {
    return inlet < this.signals.in;
  }

  /** How a message names this box: its text, or its class and scripting name. */
  get label() {
    const text = this.json.maxclass === "newobj" ? this.json.text : this.json.maxclass;
    return `${text ?? this.name}${this.varname ? ` (${this.varname})` : ""}`;
  }

  /** Position and size in the patch, pixels. @returns {[number, number, number, number]} */
  get rect() {
    const rect = this.json.patching_rect ?? [0, 0, 0, 0];
    return /** @type {any} */ (rect.map(Number));
  }

  /** Position and size in the device view, or null when the box is not shown there. @returns {number[] | null} */
  get viewRect() {
    if (!num(this.attributes.presentation?.[0]) || num(this.attributes.hidden?.[0])) return null;
    const rect = this.attributes.presentation_rect;
    return rect ? rect.map(num) : this.rect;
  }

  /**
   * @param {string} kind
   * @param {string} text
   */
  report(kind, text) {
    return this.max.report(kind, text, this);
  }

  /**
   * An error about a message the object does not take.
   * @param {string} sel
   */
  unknown(sel) {
    this.report("unknown-message", `doesn't understand "${sel}"`);
  }

  /**
   * Whether an inlet takes a selector.
   * @param {number} inlet
   * @param {string} sel
   */
  accepts(inlet, sel) {
    const { messages, inletMessages } = this.facts;
    const words = inletMessages
      ? wordsOf(inletMessages(inlet, this) ?? "")
      : inletWords(messages, Math.min(inlet, messages.length - 1));
    return words.has(sel) || words.has("*");
  }

  /**
   * A message arrives through a cord.
   * @param {number} inlet
   * @param {Message} msg
   */
  receive(inlet, msg) {
    if (this.freed) return;
    this.max.depth += 1;
    try {
      if (this.max.depth > MAX_DEPTH) {
        // One report per flood: every further delivery of the same flood is dropped in silence.
        if (this.max.depth === MAX_DEPTH + 1) this.report("stack-overflow", "stack overflow");
        return;
      }
      this.#dispatch(inlet, msg);
    } finally {
      this.max.depth -= 1;
    }
  }

  /**
   * @param {number} inlet
   * @param {Message} msg
   */
  #dispatch(inlet, { sel, args }) {
    if (inlet === 0 && sel in (this.facts.attributes ?? NO_ATTRIBUTES)) {
      this.setAttribute(sel, args);
    } else if (this.accepts(inlet, sel)) {
      if (sel === "sendbox") this.#sendbox(args);
      else this.message(inlet, sel, args);
    } else if (sel === "int" && this.accepts(inlet, "float")) {
      this.message(inlet, "float", args);
    } else if (sel === "float" && this.accepts(inlet, "int")) {
      this.message(inlet, "int", [Math.trunc(num(args[0]))]);
    } else if (sel === "list" && this.accepts(inlet, "int")) {
      this.#spread(inlet, args);
    } else {
      this.unknown(sel);
    }
  }

  /**
   * A list into an object without a list method: its items go to the inlets, right to left.
   * @param {number} inlet
   * @param {Atom[]} args
   */
  #spread(inlet, args) {
    const last = Math.min(args.length, this.numinlets - inlet) - 1;
    for (let i = last; i >= 0; i -= 1) {
      const atom = args[i];
      const sel = isNumber(atom) ? (isFloat(atom) ? "float" : "int") : String(atom);
      this.#dispatch(inlet + i, { sel, args: isNumber(atom) ? [atom] : [] });
    }
  }

  /** @param {Atom[]} args */
  #sendbox(args) {
    const [name, ...value] = args;
    if (typeof name !== "string" || !(name in BOX_ATTRIBUTES)) {
      this.report("unknown-attribute", `sendbox: no attribute "${name}"`);
    } else this.attributes[name] = value;
  }

  /**
   * Sets an attribute by message, after checking its kind of value.
   * @param {string} name
   * @param {Atom[]} value
   */
  setAttribute(name, value) {
    const kind = this.facts.attributes?.[name];
    if (kind === undefined) {
      this.report("unknown-attribute", `has no attribute "${name}"`);
      return;
    }
    const wrong =
      ((kind === "int" || kind === "float") && (value.length !== 1 || !isNumber(value[0]))) ||
      (kind === "symbol" && value.length > 1) ||
      ((kind === "color" || kind === "floats") && !value.every(isNumber)) ||
      (kind === "color" && value.length !== 3 && value.length !== 4);
    if (wrong) {
      this.report("bad-argument", `attribute ${name} takes ${kind}, not "${value.join(" ")}"`);
      return;
    }
    this.attributes[name] = value;
    this.attributeChanged(name);
  }

  /**
   * For subclasses: an attribute was set by message.
   * @param {string} _name
   */
  attributeChanged(_name) {}

  /**
   * For subclasses: a message the facts table allows.
   * @param {number} _inlet
   * @param {string} sel
   * @param {Atom[]} _args
   */
  message(_inlet, sel, _args) {
    this.unknown(sel);
  }

  /** A numeric attribute. @param {string} name @param {number} standard */
  number(name, standard) {
    const value = this.attributes[name]?.[0];
    return value === undefined ? standard : num(value);
  }

  /**
   * Sends out of an outlet, to every cord in firing order, each one to its end before the next.
   * @param {number} outlet
   * @param {string} sel
   * @param {Atom[]} [args]
   */
  outlet(outlet, sel, args = []) {
    if (this.freed) return;
    if (!Number.isInteger(outlet) || outlet < 0 || outlet >= this.numoutlets) {
      this.report("outlet-range", `outlet ${outlet} does not exist: there are ${this.numoutlets}`);
      return;
    }
    const isNumeric = sel === "int" || sel === "float";
    if (isNumeric && !this.heard(outlet)) return;
    const msg = message(sel, args);
    if (!isNumeric && this.#tooLong(msg)) return;
    this.device.trace?.(this, outlet, msg);
    const targets = this.targets[outlet];
    if (targets === undefined) return;
    for (let at = 0; at < targets.length; at += 1) targets[at].box.receive(targets[at].inlet, msg);
  }

  /** Whether anything hears what leaves an outlet. @param {number} outlet */
  heard(outlet) {
    return this.device.trace !== null || (this.targets[outlet]?.length ?? 0) > 0;
  }

  /** @param {Message} msg */
  #tooLong(msg) {
    const long = isLong(msg.sel) ? msg.sel : msg.args.find(isLong);
    if (typeof long !== "string") return false;
    this.report("symbol-length", `a symbol holds ${MAX_SYMBOL} characters, this one has ${long.length}`);
    return true;
  }

  /** Sends an int. @param {number} outlet @param {number} value */
  outInt(outlet, value) {
    this.outlet(outlet, "int", [Math.trunc(value)]);
  }

  /** Sends a number atom as int or float. @param {number} outlet @param {Atom} atom */
  outNumber(outlet, atom) {
    this.outlet(outlet, isFloat(atom) ? "float" : "int", [atom]);
  }

  /** @param {string} sel @param {Atom[]} args @returns {Atom[]} */
  static atoms(sel, args) {
    return toAtoms({ sel, args });
  }

  /** For subclasses: the object is made in its patcher; cords are not there yet. */
  create() {}

  /** For subclasses: all boxes and cords exist (initial values come after this). */
  connected() {}

  /** For subclasses: the loadbang of the patcher. */
  loadbang() {}

  /** Texts a person can read on this box now. @returns {string[]} */
  texts() {
    return [];
  }

  /** The box goes away with its device. */
  free() {
    this.freed = true;
  }
}
