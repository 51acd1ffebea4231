/**
 * Groove: where and how loud each step of a bar is played, taken from the clip in Detail View and given to the selected notes
 * of any clip. The groove that was taken last is kept, also while the tool is closed; two swings are always there.
 */
import { problemWords } from "../shared/problem.js";
import { Transformation } from "./transformation.js";

/** As compose.groove_extract makes it. @typedef {Record<string, unknown> & {timing: number[]}} Groove */

/** The second of a pair at two thirds of it. */
const TRIPLET = 2 / 3 - 1 / 2;

/** @param {string} grid @param {number} pair beats @returns {Groove} straight steps, of which every other comes as late as in triplets */
const swing = (grid, pair) => ({
  name: "Swing",
  grid,
  cycle: pair,
  timing: [0, TRIPLET * pair],
  // An even groove says nothing of loudness.
  velocity: [100, 100],
  heard: [1, 1],
});

/** @type {Record<string, Groove>} */
const SWINGS = { swing_16: swing("16", 0.5), swing_8: swing("8", 1) };

const TAKEN = "taken";
const NONE = "No groove yet: open a clip that has one and press Take";

export class GrooveTool extends Transformation {
  #keep;
  /** @type {{groove: Groove|null}} */ #taken;

  /** @param {import("./tool.js").Parts} parts @param {import("./keep.js").Keep} keep */
  constructor(parts, keep) {
    /** @type {{groove: Groove|null}} */
    const taken = { groove: null };
    /** @param {import("../shared/controls.js").Controls} controls */
    const chosen = (controls) => SWINGS[controls.choice("groove")] ?? taken.groove;
    super(parts, {
      method: "compose.groove_apply",
      noteForNote: true,
      promise: "Your notes in another groove",
      request: ({ controls, place }) => {
        const groove = chosen(controls);
        if (groove === null) return null;
        return {
          groove,
          timing: controls.number("timing"),
          velocity: controls.number("velocity"),
          quantise: controls.number("quantise"),
          signature_numerator: place.here.numerator,
          signature_denominator: place.here.denominator,
        };
      },
      read: ({ notes, summary }) => ({ notes, words: summary }),
      idle: () => (chosen(this.controls) === null ? NONE : ""),
    });
    this.#keep = keep;
    this.#taken = taken;
  }

  /** @override */
  begun() {
    super.begun();
    const kept = this.#keep.read();
    if (Array.isArray(kept?.timing)) this.#taken.groove = kept;
  }

  /** @override */
  remove() {
    this.#keep.flush();
    super.remove();
  }

  /** Takes the groove of the clip in Detail View. */
  take() {
    if (!this.standing.started) return;
    if (!this.standing.ready) return this.standing.say("Engine away: no groove was taken");
    const notes = this.place.notes();
    if (notes.length === 0) return this.standing.say("No notes here: open a clip that has a groove");
    const { numerator, denominator } = this.place.here;
    const params = { notes, signature_numerator: numerator, signature_denominator: denominator };
    this.standing.ask("compose.groove_extract", params).done.then(
      ({ groove, summary }) => this.#took(groove, summary),
      (problem) => this.standing.say(problemWords(problem)),
    );
  }

  /** @param {Groove} groove @param {string} words */
  #took(groove, words) {
    this.#taken.groove = groove;
    this.#keep.write(groove);
    const place = this.parts.table.parameters.find(({ selector }) => selector === "groove")?.ids?.indexOf(TAKEN) ?? 0;
    this.controls.set("groove", place);
    this.parts.face.move(place);
    this.refresh();
    this.standing.say(words);
  }
}
