/** Objects that follow a signal: slide~, thresh~, edge~. Each begins a sound where the one before it left off. */

import { num } from "../atoms.js";
import { SignalBox } from "./signals.js";

/**
 * @typedef {import("../atoms.js").Atom} Atom
 * @typedef {import("./signals.js").Block} Block
 */

/** `slide~`: goes a share of the way to the input with each sample: one share upwards, another downwards. */
export class Slide extends SignalBox {
  /** Samples, as the reference has it: 1 is the input itself. */
  up = Math.max(1, num(this.args[0] ?? 1));
  down = Math.max(1, num(this.args[1] ?? 1));
  value = 0;

  /** @override @param {number} inlet @param {string} _sel @param {Atom[]} args */
  message(inlet, _sel, args) {
    if (inlet === 0) this.value = num(args[0]);
    else if (inlet === 1) this.up = Math.max(1, num(args[0]));
    else this.down = Math.max(1, num(args[0]));
  }

  /** @override @param {Float64Array[]} inputs @param {Block} block */
  perform([input], { frames }) {
    const [out] = this.vectors;
    for (let i = 0; i < frames; i += 1) {
      const way = input[i] - this.value;
      this.value += way / (way > 0 ? this.up : this.down);
      out[i] = this.value;
    }
  }
}

/** `thresh~`: 1 from where the input reaches the upper threshold, 0 from where it falls below the lower one. */
export class Thresh extends SignalBox {
  low = num(this.args[0]);
  high = num(this.args[1]);
  on = false;

  /** @override @param {number} inlet @param {string} _sel @param {Atom[]} args */
  message(inlet, _sel, args) {
    if (inlet === 1) this.low = num(args[0]);
    else this.high = num(args[0]);
  }

  /** @override @param {Float64Array[]} inputs @param {Block} block */
  perform([input], { frames }) {
    const [out] = this.vectors;
    for (let i = 0; i < frames; i += 1) {
      if (input[i] >= this.high) this.on = true;
      else if (input[i] < this.low) this.on = false;
      out[i] = this.on ? 1 : 0;
    }
  }
}

/** `edge~`: a bang where the input leaves zero (left) and where it comes back to it (right), in the scheduler. */
export class Edge extends SignalBox {
  before = 0;

  /** @override @param {Float64Array[]} inputs @param {Block} block */
  perform([input], { frames }) {
    for (let i = 0; i < frames; i += 1) {
      const now = input[i];
      if ((now !== 0) !== (this.before !== 0)) this.#tell(now !== 0 ? 0 : 1);
      this.before = now;
    }
  }

  /** @param {number} outlet */
  #tell(outlet) {
    this.max.scheduler.at(0, () => this.outlet(outlet, "bang"));
  }
}
