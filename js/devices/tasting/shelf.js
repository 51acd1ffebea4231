/** Takes that are remembered with their notes, so that a clip which holds one of them again is known at once. */
import { sameNotes } from "../../live/notes.js";
import { notesAt } from "./notes.js";

/** @typedef {import("../../live/notes.js").Note} Note */

/**
 * A take that lies, or lay, in a clip.
 * @typedef {object} Known
 * @property {string} take id that ratings go to: after an edit the one of the user's own version
 * @property {string} origin id of what was composed
 * @property {Note[]} notes as they were written, from 0
 * @property {number} start beats from the clip's zero to where it begins
 * @property {number} span beats
 * @property {number} made when, on the device's clock, ms
 * @property {number} stars that the user gave; 0: none
 * @property {Note[]|null} before what the clip held where the take lies now; null: not known
 * @property {Note[]|null} edited what the user made of it, as it was told last
 */

/** @param {string} take id @param {Partial<Known> & {made: number}} about @returns {Known} */
export const knownAs = (take, about) => ({
  take,
  origin: take,
  notes: [],
  start: 0,
  span: 0,
  stars: 0,
  before: null,
  edited: null,
  ...about,
});

/** Journals of devices go back that far. */
const MOST = 48;

export class Shelf {
  /** most recently used last @type {Known[]} */ #takes = [];

  /** @param {Known} known of one take the last counts */
  put(known) {
    this.#takes = [...this.#takes.filter(({ origin }) => origin !== known.origin), known].slice(-MOST);
  }

  /** @param {string} origin @returns {Known|null} */
  of(origin) {
    return this.#takes.find((each) => each.origin === origin) ?? null;
  }

  /** @param {import("./notes.js").Read} read @returns {Known|null} the take a clip holds, as it was written or as it was edited */
  match(read) {
    if (read.all.length === 0) return null;
    for (const known of [...this.#takes].reverse()) {
      // One that was only heard lies nowhere.
      if (known.notes.length === 0) continue;
      const now = notesAt(read, known.start, known.span);
      if (sameNotes(now, known.edited ?? known.notes) || sameNotes(now, known.notes)) return known;
    }
    return null;
  }
}
