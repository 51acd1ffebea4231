/** `p`: a patcher in a box, with its inlet and outlet objects. */

import { Box } from "../box.js";
import { Patcher } from "../patcher.js";

/** @typedef {import("../atoms.js").Atom} Atom */

export class Subpatcher extends Box {
  /** @type {Patcher} */
  subpatcher;
  /** @type {Inlet[]} */
  entries;

  /** @param {import("../box.js").BoxSpec} spec */
  constructor(spec) {
    super(spec);
    if (!spec.json.patcher) this.report("patcher", "has no patcher inside");
    this.subpatcher = new Patcher(this.device, spec.json.patcher ?? {}, {
      parent: this.patcher,
      path: `${this.patcher.path}${this.id}::`,
    });
    const inside = [...this.subpatcher.boxes.values()];
    // Inlets and outlets count from the left by their place in the subpatcher.
    const byPlace = (/** @type {Box} */ a, /** @type {Box} */ b) => a.rect[0] - b.rect[0];
    this.entries = /** @type {Inlet[]} */ (inside.filter((box) => box instanceof Inlet).sort(byPlace));
    const exits = /** @type {Outlet[]} */ (inside.filter((box) => box instanceof Outlet).sort(byPlace));
    exits.forEach((exit, index) => {
      exit.lead = (sel, args) => this.outlet(index, sel, args);
      exit.leadTo = () => this.targets[index] ?? [];
    });
    this.#agree("inlets", this.entries.length);
    this.#agree("outlets", exits.length);
    this.numinlets = this.entries.length;
    this.numoutlets = exits.length;
  }

  /** @param {"inlets" | "outlets"} side @param {number} real */
  #agree(side, real) {
    const declared = Number(this.json[`num${side}`] ?? 0);
    if (declared !== real) this.report("box-count", `has ${real} ${side} inside, the patch says ${declared}`);
  }

  /** What a signal meets depends on the objects inside; the signal graph looks there. @override */
  takesSignal() {
    return true;
  }

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    this.entries[inlet]?.outlet(0, sel, args);
  }
}

export class Inlet extends Box {}

export class Outlet extends Box {
  /** @type {(sel: string, args: Atom[]) => void} */
  lead = () => {};
  /** Where the cords of the subpatcher's outlet end. @type {() => import("../box.js").Target[]} */
  leadTo = () => [];

  /** @override */
  takesSignal() {
    return true;
  }

  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    this.lead(sel, args);
  }
}
