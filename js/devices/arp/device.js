/** Arp: a part that breaks the chords it follows into steps. */
import { Part } from "../maker/part.js";
import { Parameters } from "./parameters.js";

/** What the style decides where the menu says Auto; the wire wants numbers. */
const LEFT_TO_STYLE = ["octaves", "gate"];

export class ArpDevice extends Part {
  /** @param {import("../maker/maker.js").Parts} parts */
  constructor(parts) {
    super(parts, new Parameters(), {
      method: "compose.arp",
      name: "Arp",
      numbers: ["ratchets"],
      choices: ["figure", "rate", "rhythm"],
    });
  }

  /** @override @returns {import("../maker/part.js").More} */
  more() {
    /** @type {Record<string, unknown>} */
    const params = {};
    for (const name of LEFT_TO_STYLE) {
      const choice = this.parameters.choice(name);
      if (choice !== "auto") params[name] = Number(choice);
    }
    return { params };
  }
}
