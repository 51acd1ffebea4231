/** `transport`: where Live's song is, when it is asked. */

import { float, num } from "../atoms.js";
import { Box } from "../box.js";
import { TICKS } from "../time_value.js";

/** @typedef {import("../atoms.js").Atom} Atom */

export class Transport extends Box {
  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (inlet === 0 && sel === "bang") this.#tell();
    else this.report("not-here", `Live leads its transport: "${sel} ${args.map(num).join(" ")}" is for Max alone`);
  }

  /** Right to left: ticks, state, signature, tempo, resolution, and the place as bars, beats and units. */
  #tell() {
    const { musical } = this.max;
    const { ticks, running, tempo } = musical;
    const [numerator, denominator] = musical.signature;
    const beat = (TICKS * 4) / denominator;
    const inBar = ticks % (beat * numerator);
    this.outlet(7, "float", [float(ticks)]);
    this.outInt(6, running ? 1 : 0);
    this.outlet(5, "list", [numerator, denominator]);
    this.outlet(4, "float", [float(tempo)]);
    this.outlet(3, "float", [float(TICKS)]);
    this.outlet(2, "float", [float(inBar % beat)]);
    this.outInt(1, Math.floor(inBar / beat) + 1);
    this.outInt(0, Math.floor(ticks / (beat * numerator)) + 1);
  }
}
