/**
 * The notes a clip held before this device wrote into it, so that a knob turned and pressed again starts from what the user
 * made and not from what came of the last press.
 */
import { sameNotes } from "../../live/notes.js";

/** @typedef {import("../../live/notes.js").Note} Note */

/** Clips that are remembered. */
const MOST = 32;

export class Sources {
  /** by the clip's id @type {Map<number, {source: Note[], results: Note[][]}>} */ #clips = new Map();

  /** @param {number} clip @param {Note[]} now what it holds @returns {Note[]} what it is made of */
  of(clip, now) {
    const known = this.#clips.get(clip);
    return known?.results.some((result) => sameNotes(result, now)) ? known.source : now;
  }

  /** @param {number} clip @param {Note[]} source @param {Note[]} result what it holds now */
  made(clip, source, result) {
    const known = this.#clips.get(clip);
    const results = known && sameNotes(known.source, source) ? [...known.results, result].slice(-MOST) : [result];
    this.#clips.delete(clip);
    this.#clips.set(clip, { source, results });
    if (this.#clips.size > MOST) this.#clips.delete(/** @type {number} */ (this.#clips.keys().next().value));
  }
}
