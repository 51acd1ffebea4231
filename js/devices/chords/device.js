/** Chords: a maker of chord progressions, whose Progression menu follows the style. */
import { soundingBeside } from "../maker/around.js";
import { Maker } from "../maker/maker.js";
import { barOf } from "../maker/order.js";
import { Parameters } from "../maker/parameters.js";
import { gather, styleHints } from "../maker/surroundings.js";
import { Menu } from "./menu.js";
import { TABLE } from "./parameters.js";
import { chordsRequest } from "./request.js";
import { clipNameFor, labelFor, OWN_NAME, whyWords, wroteWords } from "./words.js";

/** @typedef {import("./reply.js").Reply} Reply */

export class ChordsDevice extends Maker {
  #menu;

  /** @param {import("../maker/maker.js").Parts} parts */
  constructor(parts) {
    super(parts, new Parameters(TABLE), "compose.chords", true);
    this.#menu = new Menu(parts.clock, parts.face);
  }

  /** @override @param {import("../../live/target.js").Target} target @returns {import("../maker/maker.js").Prepared} */
  prepare(target) {
    const surroundings = gather(this.parts.live, this.journal, this.parameters, target, OWN_NAME);
    const ask = (/** @type {number} */ seed) => chordsRequest(this.parameters, seed, surroundings, target);
    const span = target.span || this.parameters.number("bars") * barOf(ask(0));
    return { ask, around: () => soundingBeside(this.parts.live, target, span, 0) };
  }

  /** @override @param {Reply} reply @returns {import("../maker/order.js").Told} */
  tell(reply) {
    return {
      name: clipNameFor(reply),
      label: labelFor(reply),
      chords: reply.chords,
      words: (done, target, barLength) => wroteWords(reply, done, target, barLength),
      why: whyWords(reply),
    };
  }

  /** @override @param {string} selector */
  turned(selector) {
    if (selector === "style") this.refresh();
  }

  /** @override */
  refresh() {
    if (!this.standing.ready) return;
    this.standing.attempt(() => {
      this.#menu.refresh(this.standing.client, this.parameters.choice("style"), styleHints(this.parts.live));
    });
  }

  /** @override */
  quiet() {
    this.#menu.forget();
  }
}
