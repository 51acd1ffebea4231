/** Arp: a part that breaks the chords it follows into steps, or those that are held. */
import { Parameters } from "../maker/parameters.js";
import { Part } from "../maker/part.js";
import { LivePlaying } from "./live.js";
import { TABLE } from "./parameters.js";

/** What the style decides where the menu says Auto; the wire wants numbers. */
const LEFT_TO_STYLE = ["octaves", "gate"];

const NUMBERS = ["ratchets"];
const CHOICES = ["figure", "rate", "rhythm", "swing_grid"];

export class ArpDevice extends Part {
  #live;

  /**
   * @param {import("../maker/maker.js").Parts} parts
   * @param {(...values: (string | number)[]) => void} tell what plays live
   */
  constructor(parts, tell) {
    super(parts, new Parameters(TABLE), { method: "compose.arp", name: "Arp", numbers: NUMBERS, choices: CHOICES });
    this.#live = new LivePlaying(this, tell);
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

  /** What the knobs say of the playing, whatever the harmony. @returns {Record<string, unknown>} */
  played() {
    const numbers = [...NUMBERS, "density", "variation", "swing", "humanise"];
    const knobs = this.parameters.wire(numbers, ["style", ...CHOICES]);
    return { ...knobs, ...this.more().params, ...this.steered.wire() };
  }

  /** Macros stand elsewhere, or others do. */
  steeredAnew() {
    this.#live.steered();
    this.ahead?.changed();
  }

  /** @override */
  start() {
    if (this.standing.started) return;
    super.start();
    this.standing.attempt(() => this.#live.start());
  }

  /** @override */
  refresh() {
    super.refresh();
    this.#live.ask();
  }

  /** @override @param {string} selector */
  turned(selector) {
    super.turned(selector);
    this.#live.turned(selector);
  }
}
