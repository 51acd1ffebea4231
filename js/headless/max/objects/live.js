/**
 * The live.* controls: what a hand turns, what automation moves, and what the patch sets.
 *
 * The value itself lives in the Set's device (native range, steps, observers); the box shows it and sends it
 * along its cords. A hand and LiveAPI send in the main thread, automation in the scheduler thread.
 */

import { atomText, float, num } from "../atoms.js";
import { Box } from "../box.js";
import { readParameter } from "../params.js";
import { MaxError } from "../world.js";

/**
 * @typedef {import("../atoms.js").Atom} Atom
 * What the Set's device model gives for one parameter (js/headless/live/model/parameter.js).
 * @typedef {{value: number, min: number, max: number, items: string[] | null, default_value: number,
 *   display_value: string, fit: (value: number) => number,
 *   move: (value: number, source: "user" | "api" | "automation" | "patch") => void,
 *   listeners: Set<(value: number, source: any) => void>}} Parameter
 */

/** What all live.* controls share. */
export class Control extends Box {
  /** @type {Parameter | null} */
  parameter = null;
  info = readParameter(this.json, this.name);

  /**
   * The Set's device has this box's parameter now.
   * @param {Parameter} parameter
   */
  attach(parameter) {
    this.parameter = parameter;
    parameter.listeners.add((value, source) => this.moved(value, source));
  }

  get value() {
    return this.parameter?.value ?? 0;
  }

  /**
   * The value moved, by whom.
   * @param {number} _value
   * @param {string} source
   */
  moved(_value, source) {
    if (this.freed || source === "patch") return;
    const { scheduler } = this.max;
    if (source !== "automation") scheduler.main(() => this.send());
    else if (this.info?.defer) scheduler.defer(() => this.send());
    else scheduler.high(() => this.send());
  }

  /** @throws {MaxError} when a hand cannot reach this control */
  touch() {
    if (this.freed) throw new MaxError("ui", `${this.label} is gone`);
    if (!this.viewRect) throw new MaxError("ui", `${this.label} is not on the device's face`);
    if (this.number("active", 1) === 0) throw new MaxError("ui", `${this.label} is not active`);
    if (this.number("ignoreclick", 0)) throw new MaxError("ui", `${this.label} ignores the mouse`);
  }

  /**
   * A hand turns the control.
   * @param {number} value native units; held to range and steps
   */
  turn(value) {
    this.touch();
    this.parameter?.move(this.snap(value), "user");
  }

  /**
   * The nearest step of a float parameter with `parameter_steps`.
   * @param {number} value
   */
  snap(value) {
    const { parameter, info } = this;
    if (!parameter || !info || info.steps < 2 || info.kind !== 0) return value;
    const step = (parameter.max - parameter.min) / (info.steps - 1);
    return parameter.min + Math.round((value - parameter.min) / step) * step;
  }

  /** The value as an atom of the parameter's kind. @returns {Atom} */
  get atom() {
    return this.info?.kind === 0 ? float(this.value) : Math.round(this.value);
  }

  /** The value as 0..1 along the control's travel. */
  get raw() {
    const { parameter, info } = this;
    if (!parameter || parameter.max === parameter.min) return 0;
    const share = (parameter.value - parameter.min) / (parameter.max - parameter.min);
    return share ** (1 / (info?.exponent || 1));
  }

  /** @param {number} raw 0..1 */
  set raw(raw) {
    const { parameter, info } = this;
    if (!parameter) return;
    const share = Math.max(0, Math.min(1, raw)) ** (info?.exponent || 1);
    this.put(parameter.min + share * (parameter.max - parameter.min));
  }

  /**
   * The patch sets the value; nothing comes out by this alone.
   * @param {number} value
   */
  put(value) {
    this.parameter?.move(this.snap(value), "patch");
  }

  /** For subclasses: the value goes out along the cords. */
  send() {}

  /** The initial or stored value goes out when the device loads. */
  sendInitial() {
    this.send();
  }

  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    if (args.length > 0 && typeof args[0] === "string") {
      this.report("bad-argument", `${sel} takes a number, not "${args[0]}"`);
      return;
    }
    switch (sel) {
      case "bang":
      case "outputvalue":
        this.send();
        break;
      case "int":
      case "float":
      case "assign":
        this.put(num(args[0]));
        this.send();
        break;
      case "set":
        this.put(num(args[0]));
        break;
      case "init":
        this.put(this.parameter?.default_value ?? 0);
        this.send();
        break;
      case "rawfloat":
        this.raw = num(args[0]);
        this.send();
        break;
      case "setrawfloat":
        this.raw = num(args[0]);
        break;
      default:
        this.unknown(sel);
    }
  }

  /** @override @param {string} name */
  attributeChanged(name) {
    if (name !== "_parameter_range" || !this.parameter) return;
    const words = this.attributes[name];
    const parameter = this.parameter;
    if (this.info?.kind === 2) {
      this.info.items = words.map(atomText);
      parameter.items = [...this.info.items];
      parameter.min = 0;
      parameter.max = Math.max(0, words.length - 1);
    } else if (words.length === 2) [parameter.min, parameter.max] = words.map(num);
    else this.report("bad-argument", `_parameter_range takes two numbers here, not ${words.length}`);
    parameter.move(parameter.value, "patch");
  }

  get shown() {
    return this.parameter?.display_value ?? "";
  }
}

/** live.dial, live.slider, live.numbox: value left, 0..1 right. */
export class Dial extends Control {
  /** @override */
  send() {
    if (this.heard(1)) this.outlet(1, "float", [this.raw]);
    this.outNumber(0, this.atom);
  }

  /** @override */
  texts() {
    if (this.name === "live.numbox") return [this.shown];
    const name = this.number("showname", 1) ? [this.info?.shortName ?? ""] : [];
    return this.number("shownumber", 1) ? [...name, this.shown] : name;
  }
}

/** live.menu and live.tab: index, item text, 0..1. */
export class Menu extends Control {
  /** @override */
  send() {
    const index = Math.round(this.value);
    this.outlet(2, "float", [this.raw]);
    const item = this.parameter?.items?.[index];
    if (item !== undefined) this.outlet(1, item);
    this.outInt(0, index);
  }

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (sel !== "symbol" && sel !== "setsymbol") {
      super.message(inlet, sel, args);
      return;
    }
    const wanted = args.map(atomText).join(" ");
    const index = this.parameter?.items?.indexOf(wanted) ?? -1;
    if (index < 0) {
      this.report("bad-argument", `has no item "${wanted}"`);
      return;
    }
    this.put(index);
    if (sel === "symbol") this.send();
  }

  /** @override */
  texts() {
    return this.name === "live.tab" ? [...(this.parameter?.items ?? [])] : [this.shown];
  }
}

/** live.toggle: 0 and 1. */
export class Toggle extends Control {
  /** @override */
  send() {
    this.outInt(0, this.value);
  }

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (sel === "bang") {
      this.put(this.value ? 0 : 1);
      this.send();
    } else super.message(inlet, sel === "int" || sel === "float" ? "assign" : sel, args.map(truth(sel)));
  }

  /** A press with the mouse. */
  press() {
    this.turn(this.value ? 0 : 1);
  }
}

/** Any number but 0 counts as on. @param {string} sel */
function truth(sel) {
  const plain = ["int", "float", "set", "assign"].includes(sel);
  return (/** @type {Atom} */ atom) => (plain && typeof atom !== "string" ? (num(atom) === 0 ? 0 : 1) : atom);
}

/** live.button: a bang for a press and for any message. */
export class LiveButton extends Control {
  /** @override @param {number} _inlet @param {string} sel */
  message(_inlet, sel) {
    if (sel === "set" || sel === "setrawfloat") return;
    this.send();
  }

  /** @override */
  send() {
    this.outlet(0, "bang");
  }

  /** A button holds no value worth telling on load. @override */
  sendInitial() {}

  press() {
    this.touch();
    this.max.scheduler.main(() => this.send());
  }
}

/** live.text: a button (`mode` 0) or a toggle with words on it. */
export class LiveText extends Control {
  get isButton() {
    return this.number("mode", 1) === 0;
  }

  /** The words on it now. */
  get words() {
    const name = !this.isButton && this.value ? "texton" : "text";
    return (this.attributes[name] ?? [name === "text" ? "A" : "B"]).map(atomText).join(" ");
  }

  /** @override */
  send() {
    this.outlet(1, "symbol", [this.words]);
    if (this.isButton) this.outlet(0, "bang");
    else this.outInt(0, this.value);
  }

  /** @override */
  sendInitial() {
    if (!this.isButton) this.send();
  }

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (sel === "bang" && !this.isButton) {
      this.put(this.value ? 0 : 1);
      this.send();
    } else super.message(inlet, sel === "int" || sel === "float" ? "assign" : sel, args.map(truth(sel)));
  }

  /** A press with the mouse, down and up. */
  press() {
    if (!this.isButton) {
      this.turn(this.value ? 0 : 1);
      return;
    }
    this.touch();
    this.max.scheduler.main(() => this.send());
  }

  /** @override */
  texts() {
    return [this.words];
  }
}
