/** A maker that makes something of the clip pointed at: its notes go to the engine, and what comes back takes their place. */
import { heard, readRegion } from "../../live/clip.js";
import { LiveRefusal } from "../../live/errors.js";
import { notesBetween } from "../../live/notes.js";
import { Maker } from "./maker.js";
import { Sources } from "./sources.js";

/** @typedef {import("../../live/notes.js").Note} Note */
/** @typedef {import("../../live/target.js").Target} Target */
/** @typedef {import("../../live/deposit.js").Deposited} Deposited */
/** @typedef {import("./order.js").Order} Order */

export class Reworker extends Maker {
  #sources = new Sources();

  /** The clip pointed at keeps its length and its loop. @override @returns {Target} */
  target() {
    const target = super.target();
    if (target.clip === 0) throw new LiveRefusal("No clip here: select one with notes in it");
    return { ...target, span: heard(readRegion(this.parts.live, target.clip)).span };
  }

  /**
   * @param {Target} target
   * @returns {Note[]} what the clip plays, from its start, as it was before this device wrote into it
   */
  source(target) {
    const notes = this.#sources.of(target.clip, this.#there(target));
    if (notes.length === 0) throw new LiveRefusal("That clip is empty: put notes into it first");
    return notes;
  }

  /** @param {Target} target */
  #there({ clip }) {
    const { start, span } = heard(readRegion(this.parts.live, clip));
    return notesBetween(this.parts.live, clip, start, span).map((note) => ({
      ...note,
      start_time: note.start_time - start,
    }));
  }

  /** @override @param {Deposited} _done @param {Order} order @param {any} _reply */
  wrote(_done, { target, params }, _reply) {
    this.#sources.made(target.clip, params.notes, this.#there(target));
  }
}
