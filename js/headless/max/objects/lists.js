/** pack, pak, unpack, join, tosymbol, fromsymbol. */

import { atomText, float, fromAtoms, int, isFloat, isNumber, num, parseText } from "../atoms.js";
import { Box } from "../box.js";

/** @typedef {import("../atoms.js").Atom} Atom */

/**
 * A value in the kind of the argument that stands in its place: int, float or symbol.
 * @param {Atom} pattern
 * @param {Atom} value
 * @returns {Atom | null} null when it does not fit
 */
function cast(pattern, value) {
  if (typeof pattern === "string") return isNumber(value) ? null : value;
  if (!isNumber(value)) return null;
  return isFloat(pattern) ? float(num(value)) : int(num(value));
}

/** `pack` (the left inlet sends) and `pak` (each inlet sends). */
export class Pack extends Box {
  pattern = (this.args.length ? this.args : [0, 0]).map((atom) =>
    atom === "i" ? 0 : atom === "f" ? float(0) : atom === "s" ? "" : atom,
  );
  /** @type {Atom[]} */
  values = [...this.pattern];

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (sel === "bang") {
      this.#send();
      return;
    }
    if (sel === "nth" || sel === "send") {
      this.unknown(sel);
      return;
    }
    const atoms = sel === "symbol" || sel === "set" ? args : Box.atoms(sel, args);
    atoms.slice(0, this.pattern.length - inlet).forEach((atom, offset) => {
      const value = cast(this.pattern[inlet + offset], atom);
      if (value === null) this.report("bad-argument", `inlet ${inlet + offset} cannot hold "${atomText(atom)}"`);
      else this.values[inlet + offset] = value;
    });
    if (sel !== "set" && (inlet === 0 || this.name === "pak")) this.#send();
  }

  #send() {
    const out = fromAtoms([...this.values]);
    this.outlet(0, out.sel, out.args);
  }
}

/** `unpack`: the items of a list, right to left, in the kind of the arguments. */
export class Unpack extends Box {
  pattern = (this.args.length ? this.args : [0, 0]).map((atom) =>
    atom === "i" ? 0 : atom === "f" ? float(0) : atom === "s" ? "" : atom,
  );

  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    if (sel === "bang") return;
    const atoms = sel === "symbol" ? args : Box.atoms(sel, args);
    for (let i = Math.min(atoms.length, this.pattern.length) - 1; i >= 0; i -= 1) {
      const pattern = this.pattern[i];
      const atom = atoms[i];
      // A word where a number is wanted comes out as 0; a number where a word is wanted comes out as it is.
      const value = cast(pattern, atom) ?? (typeof pattern === "string" ? atom : isFloat(pattern) ? float(0) : 0);
      if (typeof value === "string") this.outlet(i, value);
      else this.outNumber(i, value);
    }
  }
}

/** `join`: lists side by side; the inlets named in `triggers` send (the left one unless told; -1 = all). */
export class Join extends Box {
  /** @type {Atom[][]} */
  parts = Array.from({ length: this.numinlets }, () => [0]);

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (sel !== "bang") this.parts[inlet] = sel === "symbol" ? args : Box.atoms(sel, args);
    const triggers = (this.attributes.triggers ?? [0]).map(num);
    if (!triggers.includes(inlet) && !triggers.includes(-1)) return;
    const out = fromAtoms(this.parts.flat());
    this.outlet(0, out.sel, out.args);
  }
}

export class ToSymbol extends Box {
  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    const words = (sel === "symbol" ? args : Box.atoms(sel, args)).map(atomText);
    const separator = this.attributes.separator?.[0];
    this.outlet(0, "symbol", [words.join(separator === undefined ? " " : atomText(separator))]);
  }
}

export class FromSymbol extends Box {
  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    const text = (sel === "symbol" ? args : Box.atoms(sel, args)).map(atomText).join(" ");
    const out = fromAtoms(parseText(text));
    this.outlet(0, out.sel, out.args);
  }
}
