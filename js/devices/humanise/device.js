/** Humanise: plays the clip pointed at as somebody would. */
import { Parameters } from "../maker/parameters.js";
import { Reworker } from "../maker/reworker.js";
import { aboutTheSet, gatherTime } from "../maker/surroundings.js";
import { keptWords, placeWords } from "../maker/words.js";
import { counted, sentences } from "../shared/sentences.js";
import { TABLE } from "./parameters.js";

/** @typedef {import("../../live/notes.js").Note} Note */
/** @typedef {import("../../live/target.js").Target} Target */

/** What compose.humanise answers, as far as the device uses it. @typedef {{notes: Note[], length: number, role: string, notices: string[]}} Reply */

/** What each role plays like, in the middle of a sentence. @type {Record<string, string>} */
const PLAYERS = {
  drums: "a drummer",
  bass: "a bass player",
  melody: "a soloist",
  chords: "a keyboard player",
  arp: "an arp",
};

export class HumaniseDevice extends Reworker {
  /** @param {import("../maker/maker.js").Parts} parts */
  constructor(parts) {
    super(parts, new Parameters(TABLE), "compose.humanise");
  }

  /** @override @param {Target} target @returns {import("../maker/order.js").Prepared} */
  prepare(target) {
    const request = {
      ...aboutTheSet(gatherTime(this.parts.live, target), target),
      ...this.parameters.wire(["amount", "timing", "velocity", "ghosts"], ["role"]),
      notes: this.source(target),
    };
    // What plays past the clip's end is no new length of it.
    const fit = (/** @type {Reply} */ { notes }) => ({ notes, length: target.span, kept: 0, offset: 0 });
    return { ask: (seed) => ({ ...request, seed }), fit };
  }

  /** @override @param {Reply} reply @returns {import("../maker/order.js").Told} */
  tell(reply) {
    const player = PLAYERS[reply.role] ?? "a player";
    return {
      name: "Humanise",
      label: `As ${player}`,
      chords: [],
      words: (done, target) =>
        `Played ${counted(done.found.length, "note")} as ${player}${placeWords(target)}${keptWords(done)}`,
      why: sentences(reply.notices),
    };
  }
}
