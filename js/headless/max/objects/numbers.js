/** int, float and arithmetic. */

import { float, int, isFloat, isNumber, num } from "../atoms.js";
import { Box } from "../box.js";

/** @typedef {import("../atoms.js").Atom} Atom */

/** `int` and `float`: keep a number, send it on. */
export class Store extends Box {
  /** @type {Atom} */
  value = this.#kind(this.args[0] ?? 0);

  /** @param {Atom} atom @returns {Atom} */
  #kind(atom) {
    return this.name === "float" ? float(num(atom)) : int(num(atom));
  }

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (sel !== "bang") {
      if (!isNumber(args[0])) {
        this.report("bad-argument", `takes a number, not "${args[0]}"`);
        return;
      }
      this.value = this.#kind(args[0]);
    }
    if (inlet === 0 && sel !== "set") this.outlet(0, this.name, [this.value]);
  }
}

/** @type {Record<string, (a: number, b: number) => number>} */
const OPERATIONS = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  // Max gives 0 where a whole number is divided by 0.
  "/": (a, b) => (b === 0 ? 0 : a / b),
  "%": (a, b) => (b === 0 ? 0 : a % b),
  "!-": (a, b) => b - a,
  "!/": (a, b) => (a === 0 ? 0 : b / a),
  pow: (a, b) => a ** b,
};

/** @type {Record<string, (a: number, b: number) => boolean | number>} */
const WHOLE = {
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  ">": (a, b) => a > b,
  "<": (a, b) => a < b,
  ">=": (a, b) => a >= b,
  "<=": (a, b) => a <= b,
  "&&": (a, b) => a !== 0 && b !== 0,
  "||": (a, b) => a !== 0 || b !== 0,
  "&": (a, b) => Math.trunc(a) & Math.trunc(b),
  "|": (a, b) => Math.trunc(a) | Math.trunc(b),
  ">>": (a, b) => Math.trunc(a) >> Math.trunc(b),
  "<<": (a, b) => Math.trunc(a) << Math.trunc(b),
};

/** The arithmetic objects: float arithmetic when the argument is written with a dot, else whole numbers. */
export class Arithmetic extends Box {
  left = 0;
  /** @type {Atom} */
  right = this.args[0] ?? 0;

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (sel !== "bang") {
      const given = args[0];
      if (!isNumber(given)) {
        this.report("bad-argument", `takes a number, not "${given}"`);
        return;
      }
      if (inlet === 1) {
        this.right = isFloat(this.right) ? float(num(given)) : given;
        return;
      }
      this.left = num(given);
      if (sel === "set") return;
    }
    const whole = WHOLE[this.name];
    if (whole) {
      this.outInt(0, Number(whole(this.left, num(this.right))));
      return;
    }
    const floats = isFloat(this.args[0] ?? 0);
    const a = floats ? this.left : Math.trunc(this.left);
    const result = OPERATIONS[this.name](a, num(this.right));
    if (floats) this.outlet(0, "float", [result]);
    else this.outInt(0, result);
  }
}

/** `abs` and `sqrt`. */
export class Function1 extends Box {
  last = 0;

  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    if (sel !== "bang") this.last = num(args[0]);
    if (this.name === "sqrt") this.outlet(0, "float", [this.last < 0 ? 0 : Math.sqrt(this.last)]);
    else if (sel === "int") this.outInt(0, Math.abs(this.last));
    else this.outlet(0, "float", [Math.abs(this.last)]);
  }
}

/** `clip`: a number held inside a range. */
export class Clip extends Box {
  low = num(this.args[0]);
  high = num(this.args[1]);

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (sel === "set") [this.low, this.high] = args.map(num);
    else if (inlet === 1) this.low = num(args[0]);
    else if (inlet === 2) this.high = num(args[0]);
    else if (sel === "list") {
      const out = args.map((atom) => this.#hold(atom));
      this.outlet(0, "list", out);
    } else this.outNumber(0, this.#hold(args[0]));
  }

  /** @param {Atom} atom @returns {Atom} */
  #hold(atom) {
    const value = Math.max(this.low, Math.min(this.high, num(atom)));
    return isFloat(atom) ? float(value) : int(value);
  }
}

/** `scale`: one range onto another, straight or with an exponent. */
export class Scale extends Box {
  /** in low, in high, out low, out high, exponent */
  range = [0, 1, 2, 3].map((i) => num(this.args[i] ?? [0, 127, 0, 1][i])).concat(num(this.args[4] ?? 1));
  last = 0;

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (inlet > 0) {
      this.range[inlet - 1] = num(args[0]);
      return;
    }
    if (sel !== "bang") this.last = num(args[0]);
    const [inLow, inHigh, outLow, outHigh, exponent] = this.range;
    const share = inHigh === inLow ? 0 : (this.last - inLow) / (inHigh - inLow);
    const curved = exponent === 1 ? share : Math.sign(share) * Math.abs(share) ** exponent;
    const value = outLow + curved * (outHigh - outLow);
    if ([this.args[2], this.args[3]].some((atom) => atom !== undefined && isFloat(atom))) {
      this.outlet(0, "float", [value]);
    } else this.outInt(0, value);
  }
}
