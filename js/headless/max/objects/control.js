/** Objects that route and reshape messages. */

import { atomText, fromAtoms, isFloat, isNumber, num, sameAtom } from "../atoms.js";
import { Box } from "../box.js";

/** @typedef {import("../atoms.js").Atom} Atom */

/** `trigger`: one message in several forms, right to left. */
export class Trigger extends Box {
  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    const formats = this.args.length ? this.args : ["i", "i"];
    for (let i = formats.length - 1; i >= 0; i -= 1) this.#send(i, formats[i], sel, args);
  }

  /**
   * @param {number} outlet
   * @param {Atom} format
   * @param {string} sel
   * @param {Atom[]} args
   */
  #send(outlet, format, sel, args) {
    // The first number of a list serves `i` and `f`; other words count as 0.
    const first = sel === "int" || sel === "float" || sel === "list" ? num(args[0]) : 0;
    switch (format) {
      case "b":
      case "bang":
        this.outlet(outlet, "bang");
        break;
      case "i":
      case "int":
        this.outInt(outlet, first);
        break;
      case "f":
      case "float":
        this.outlet(outlet, "float", [first]);
        break;
      case "s":
      case "symbol":
        this.outlet(outlet, "symbol", [sel === "symbol" ? args[0] : isWord(sel) ? sel : ""]);
        break;
      case "l":
      case "list":
      case "anything":
      case "a":
        this.outlet(outlet, sel, args);
        break;
      default: {
        const constant = fromAtoms([format]);
        this.outlet(outlet, constant.sel, constant.args);
      }
    }
  }
}

/** @param {string} sel */
function isWord(sel) {
  return !["bang", "int", "float", "list"].includes(sel);
}

/** `prepend`: words in front of each message. A bang becomes the word bang, as the reference page says. */
export class Prepend extends Box {
  words = this.args;

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (inlet === 1 || sel === "set") {
      this.words = sel === "set" ? args : Box.atoms(sel, args);
      return;
    }
    const out = fromAtoms([...this.words, ...Box.atoms(sel, args)]);
    this.outlet(0, out.sel, out.args);
  }
}

/** `append`: words behind each message. */
export class Append extends Box {
  words = this.args;

  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    if (sel === "set") {
      this.words = args;
      return;
    }
    const out = fromAtoms(sel === "bang" ? this.words : [...Box.atoms(sel, args), ...this.words]);
    this.outlet(0, out.sel, out.args);
  }
}

/** `route`: by the first word; what follows it goes out, the rest to the last outlet. */
export class Route extends Box {
  keys = this.args.length ? [...this.args] : [0];

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    const atoms = Box.atoms(sel, args);
    if (inlet > 0) {
      this.keys[inlet - 1] = atoms[0];
      return;
    }
    const index = this.keys.findIndex((key) => this.#matches(key, sel, atoms));
    if (index < 0) {
      this.outlet(this.keys.length, sel, args);
      return;
    }
    // The words bang, int, float, symbol and list stand for the kind of message, which then goes out whole.
    const kind = typeof this.keys[index] === "string" && this.keys[index] === sel && !isWord(sel);
    const out = kind ? { sel, args } : fromAtoms(atoms.slice(1));
    this.outlet(index, out.sel, out.args);
  }

  /** @param {Atom} key @param {string} sel @param {Atom[]} atoms */
  #matches(key, sel, atoms) {
    if (typeof key === "string" && !isWord(key)) return key === sel;
    return atoms.length > 0 && sameAtom(key, atoms[0]);
  }
}

/** `select`: a bang where the input equals an argument, else the input from the last outlet. */
export class Select extends Box {
  keys = this.args.length ? [...this.args] : [0];

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    const atoms = sel === "symbol" ? args : Box.atoms(sel, args);
    if (inlet > 0) {
      this.keys[inlet - 1] = atoms[0];
      return;
    }
    const index = this.keys.findIndex((key) => sameAtom(key, atoms[0]));
    if (index >= 0) this.outlet(index, "bang");
    else this.outlet(this.keys.length, sel, args);
  }
}

/** `gate`: the right inlet's messages to the open outlet. */
export class Gate extends Box {
  open = num(this.args[1]);

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (inlet === 0) {
      if (sel === "bang") this.outInt(0, this.open);
      else this.open = Math.max(0, Math.min(this.numoutlets, Math.trunc(num(args[0]))));
    } else if (this.open > 0) this.outlet(this.open - 1, sel, args);
  }
}

/** `switch`: the open inlet's messages to the one outlet. */
export class Switch extends Box {
  open = num(this.args[1]);

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (inlet === 0) {
      if (sel === "bang") this.outInt(0, this.open);
      else this.open = Math.max(0, Math.min(this.numinlets - 1, Math.trunc(num(args[0]))));
    } else if (inlet === this.open) this.outlet(0, sel, args);
  }
}

/** `change`: a number only when it differs from the last. */
export class Change extends Box {
  last = num(this.args[0]);

  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    if (sel === "bang") this.outNumber(0, this.last);
    else if (sel === "set") this.last = num(args[0]);
    else if (sel === "mode") this.report("unknown-message", "change modes are not part of the headless Max");
    else {
      const value = num(args[0]);
      const before = this.last;
      if (value === before) return;
      this.last = value;
      if (before !== 0 && value === 0) this.outInt(2, 1);
      if (before === 0 && value !== 0) this.outInt(1, 1);
      this.outNumber(0, args[0]);
    }
  }
}

/** `button`: any message makes a bang. */
export class Button extends Box {
  /** @override @param {number} _inlet @param {string} sel */
  message(_inlet, sel) {
    if (sel !== "sendbox") this.outlet(0, "bang");
  }

  click() {
    this.outlet(0, "bang");
  }
}

/** `toggle`, `number`, `flonum`: a value shown and passed on. */
export class NumberBox extends Box {
  /** @type {Atom} */
  value = 0;

  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    if (sel === "bang") {
      if (this.name === "toggle") this.value = num(this.value) ? 0 : 1;
    } else {
      const given = args[0];
      if (!isNumber(given)) {
        this.report("bad-argument", `takes a number, not "${given}"`);
        return;
      }
      this.value =
        this.name === "flonum" || (this.name === "toggle" && isFloat(given)) ? given : Math.trunc(num(given));
      if (sel === "set") return;
    }
    if (this.name === "flonum") this.outlet(0, "float", [this.value]);
    else this.outNumber(0, this.value);
  }

  /** @override */
  texts() {
    return this.name === "toggle" ? [] : [atomText(this.value)];
  }
}
