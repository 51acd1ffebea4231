/** coll, uzi, iter, split, minimum, maximum, freebang. */

import { float, fromAtoms, isFloat, isNumber, num } from "../atoms.js";
import { Box } from "../box.js";

/** @typedef {import("../atoms.js").Atom} Atom */

/** Words of coll that this Max carries out. */
const COLL_WORDS = new Set(["bang", "store", "clear", "remove", "length"]);

/** `coll`: messages under whole numbers or words; boxes of one name share what they hold. */
export class Coll extends Box {
  /** @type {Map<Atom, Atom[]>} */
  data = this.max.collOf(typeof this.args[0] === "string" ? this.args[0] : null);

  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    if (sel === "int" || sel === "float") this.#recall(Math.trunc(num(args[0])));
    else if (sel === "list") this.#store(Math.trunc(num(args[0])), args.slice(1));
    else if (sel === "symbol") this.#recall(args[0]);
    else if (!COLL_WORDS.has(sel)) this.#recall(sel);
    else if (sel === "store") this.#store(args[0], args.slice(1));
    else if (sel === "clear") this.data.clear();
    else if (sel === "remove") this.data.delete(args[0]);
    else if (sel === "length") this.outInt(0, this.data.size);
    else this.unknown(sel);
  }

  /** @param {Atom} key @param {Atom[]} atoms */
  #store(key, atoms) {
    this.data.set(isNumber(key) ? Math.trunc(num(key)) : key, atoms);
  }

  /** Nothing goes out where there is nothing. @param {Atom} key */
  #recall(key) {
    const found = this.data.get(key);
    if (!found) return;
    if (typeof key === "number") this.outInt(1, key);
    else this.outlet(1, "symbol", [key]);
    const out = fromAtoms(found);
    this.outlet(0, out.sel, out.args);
  }
}

/** `uzi`: so many bangs at once; the index goes out before each of them, the middle outlet bangs at the end. */
export class Uzi extends Box {
  count = this.args.length ? Math.max(0, Math.trunc(num(this.args[0]))) : 1;
  base = this.args.length > 1 ? Math.trunc(num(this.args[1])) : 1;

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (sel !== "bang") this.count = Math.max(0, Math.trunc(num(args[0])));
    if (inlet === 1) return;
    for (let at = 0; at < this.count; at += 1) {
      this.outInt(2, this.base + at);
      this.outlet(0, "bang");
    }
    this.outlet(1, "bang");
  }
}

/** `iter`: the items of a list, one after the other. */
export class Iter extends Box {
  /** @type {Atom[]} */
  last = [];

  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    if (sel !== "bang") this.last = Box.atoms(sel, args);
    for (const atom of this.last) {
      const out = fromAtoms([atom]);
      this.outlet(0, out.sel, out.args);
    }
  }
}

/** `split`: a number inside the range to the left, any other to the right. */
export class Split extends Box {
  low = this.args[0] ?? 0;
  high = this.args[1] ?? 0;

  /** @override @param {number} inlet @param {string} _sel @param {Atom[]} args */
  message(inlet, _sel, args) {
    if (inlet === 1) this.low = args[0];
    else if (inlet === 2) this.high = args[0];
    else {
      const value = isFloat(this.low) ? num(args[0]) : Math.trunc(num(args[0]));
      const outlet = value >= num(this.low) && value <= num(this.high) ? 0 : 1;
      this.outNumber(outlet, isFloat(this.low) ? float(value) : value);
    }
  }
}

/** `minimum` and `maximum`: the smaller or the greater of two numbers; the right outlet tells which it was. */
export class Extreme extends Box {
  right = this.args[0] ?? 0;
  left = 0;

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (inlet === 1) {
      this.right = isFloat(this.right) ? float(num(args[0])) : Math.trunc(num(args[0]));
      return;
    }
    if (sel !== "bang") this.left = num(args[0]);
    const own = isFloat(this.right) ? this.left : Math.trunc(this.left);
    const other = num(this.right);
    const first = this.name === "minimum" ? own <= other : own >= other;
    this.outInt(1, first ? 0 : 1);
    const value = first ? own : other;
    this.outNumber(0, isFloat(this.right) ? float(value) : value);
  }
}

/** `freebang`: a bang when the device goes, while everything in it still works. */
export class FreeBang extends Box {
  leaving() {
    this.outlet(0, "bang");
  }

  /** @override */
  message() {
    this.leaving();
  }
}
