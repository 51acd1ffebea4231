/** The list objects of the zl family that hold a list: zl.reg, group, join, filter, len, lookup, slice, sort, thin, iter. */

import { atomText, fromAtoms, isNumber, num, sameAtom } from "../atoms.js";
import { Box } from "../box.js";

/** @typedef {import("../atoms.js").Atom} Atom */

/** Most items a zl object takes unless @zlmaxsize says otherwise. */
const MOST = 256;

/** @param {string} sel @param {Atom[]} args @returns {Atom[]} */
const atomsOf = (sel, args) => (sel === "symbol" ? args : Box.atoms(sel, args));

/** The left list acts, the right one is kept; a bang acts with the last left list again. */
class Zl extends Box {
  /** @type {Atom[]} */
  left = [];
  /** @type {Atom[]} */
  right = this.args;

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (sel === "bang") {
      if (inlet === 0) this.act(this.left);
      return;
    }
    const atoms = atomsOf(sel, args);
    if (atoms.length > MOST) this.report("list-length", `a list of ${atoms.length}: zl objects take ${MOST} items`);
    const kept = atoms.slice(0, MOST);
    if (inlet === 1) this.right = kept;
    else {
      this.left = kept;
      this.act(kept);
    }
  }

  /** @param {Atom[]} _atoms */
  act(_atoms) {}

  /** An empty list is not sent. @param {number} outlet @param {Atom[]} atoms */
  give(outlet, atoms) {
    if (atoms.length === 0) return;
    const out = fromAtoms(atoms);
    this.outlet(outlet, out.sel, out.args);
  }

  /** @param {number} standard @returns {number} the number the right list holds */
  count(standard) {
    return this.right.length ? Math.trunc(num(this.right[0])) : standard;
  }
}

/** `zl.reg`: keeps a list until a bang. */
export class ZlReg extends Box {
  /** @type {Atom[]} */
  kept = this.args;

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (sel !== "bang") this.kept = Box.atoms(sel, args);
    if (inlet === 1 || this.kept.length === 0) return;
    const out = fromAtoms(this.kept);
    this.outlet(0, out.sel, out.args);
  }
}

/** `zl.group`: collects items until there are enough, or until a bang. */
export class ZlGroup extends Box {
  size = this.args.length ? Math.trunc(num(this.args[0])) : MOST;
  /** @type {Atom[]} */
  kept = [];

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (inlet === 1) {
      this.size = Math.max(1, Math.trunc(num(args[0])));
      return;
    }
    if (sel === "zlclear") this.kept = [];
    else if (sel === "bang") this.#send(this.kept.length);
    else {
      this.kept.push(...atomsOf(sel, args));
      while (this.kept.length >= this.size) this.#send(this.size);
    }
  }

  /** @param {number} count */
  #send(count) {
    const out = this.kept.splice(0, count);
    if (out.length === 0) return;
    const { sel, args } = fromAtoms(out);
    this.outlet(0, sel, args);
  }
}

/** `zl.join`: the right list behind the left one. */
export class ZlJoin extends Zl {
  /** @override @param {Atom[]} atoms */
  act(atoms) {
    this.give(0, [...atoms, ...this.right]);
  }
}

/** `zl.filter`: the left list without what the right one holds. */
export class ZlFilter extends Zl {
  /** @override @param {Atom[]} atoms */
  act(atoms) {
    this.give(
      0,
      atoms.filter((atom) => !this.right.some((each) => sameAtom(each, atom))),
    );
  }
}

/** `zl.len`: how many items. */
export class ZlLen extends Zl {
  /** @override @param {Atom[]} atoms */
  act(atoms) {
    this.outInt(0, atoms.length);
  }
}

/** `zl.lookup`: the items of the right list at the places the left one names, 0 first. */
export class ZlLookup extends Zl {
  /** @override @param {Atom[]} atoms */
  act(atoms) {
    this.give(
      0,
      atoms.flatMap((at) => this.right[Math.trunc(num(at))] ?? []),
    );
  }
}

/** `zl.slice`: the first items left, the rest right. */
export class ZlSlice extends Zl {
  /** @override @param {Atom[]} atoms */
  act(atoms) {
    const at = this.count(0);
    this.give(1, atoms.slice(at));
    this.give(0, atoms.slice(0, at));
  }
}

/** `zl.iter`: so many items at a time. */
export class ZlIter extends Zl {
  /** @override @param {Atom[]} atoms */
  act(atoms) {
    const size = Math.max(1, this.count(MOST));
    for (let at = 0; at < atoms.length; at += size) this.give(0, atoms.slice(at, at + size));
  }
}

/** `zl.sort`: numbers rising, or falling with -1; the right outlet tells where each stood. */
export class ZlSort extends Zl {
  /** @override @param {Atom[]} atoms */
  act(atoms) {
    const way = this.count(1) < 0 ? -1 : 1;
    const order = atoms.map((_, at) => at).sort((a, b) => way * compare(atoms[a], atoms[b]) || a - b);
    this.give(1, order);
    this.give(
      0,
      order.map((at) => atoms[at]),
    );
  }
}

/** Numbers before words. @param {Atom} a @param {Atom} b */
function compare(a, b) {
  if (isNumber(a) && isNumber(b)) return num(a) - num(b);
  if (isNumber(a) || isNumber(b)) return isNumber(a) ? -1 : 1;
  return atomText(a) < atomText(b) ? -1 : 1;
}

/** `zl.thin`: each item once, at its first place. */
export class ZlThin extends Zl {
  /** @override @param {Atom[]} atoms */
  act(atoms) {
    this.give(
      0,
      atoms.filter((atom, at) => atoms.findIndex((each) => sameAtom(each, atom)) === at),
    );
  }
}
