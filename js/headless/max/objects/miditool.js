/**
 * `live.miditool.in` and `live.miditool.out`: a MIDI Tool's notes in and out.
 *
 * What a bang does and whether an answer is taken is Live's business (panel.js); here only the dictionaries travel. They
 * exist for as long as the round they belong to: a name that a patch keeps leads to nothing later.
 */

import { Box } from "../box.js";

/** @typedef {import("../atoms.js").Atom} Atom */

/**
 * Live's side of a tool.
 * @typedef {object} ToolHost
 * @property {(input: MidiToolIn) => void} round a bang asks for a round
 * @property {(dictionary: unknown) => void} answer a dictionary reached the end of the patch
 */

/** Left: the notes, middle: the context, right: the range of pitches that is seen. The right one speaks first. */
export class MidiToolIn extends Box {
  /** @override */
  message() {
    /** @type {ToolHost} */ (/** @type {any} */ (this.device.host)).round(this);
  }

  /**
   * One round: context and notes go out, each to its end before the next.
   * @param {object} context
   * @param {object} notes
   */
  put(context, notes) {
    this.#send(1, context);
    this.#send(0, notes);
  }

  /**
   * The person scrolls the editor's keyboard. That the range comes as a list of two is [inferred].
   * @param {number} low
   * @param {number} high
   */
  pitches(low, high) {
    if (this.numoutlets > 2) this.outlet(2, "list", [low, high]);
  }

  /** @param {number} outlet @param {object} data */
  #send(outlet, data) {
    const { dicts } = this.max;
    const name = this.max.uniqueName();
    dicts.put(name, data);
    this.outlet(outlet, "dictionary", [name]);
    dicts.release(name);
  }
}

export class MidiToolOut extends Box {
  /** @override @param {number} _inlet @param {string} _sel @param {Atom[]} args */
  message(_inlet, _sel, args) {
    const data = this.max.dicts.data(String(args[0]));
    /** @type {ToolHost} */ (/** @type {any} */ (this.device.host)).answer(structuredClone(data));
  }
}
