/** The notes of a clip as a take has them: from 0, where the take begins. */
import { heard, readRegion } from "../../live/clip.js";
import { allNotes, TOLERANCE } from "../../live/notes.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {import("../../live/notes.js").Note} Note */

/** The engine takes no more in one question. */
export const MOST_NOTES = 10_000;

/** A clip as it was read. @typedef {{all: readonly Note[], start: number, end: number}} Read beats that it plays, from its zero */

/** @param {Live} live @param {number} clip a MIDI clip @returns {Read} */
export function readClip(live, clip) {
  const { start, span } = heard(readRegion(live, clip));
  return { all: allNotes(live, clip), start, end: start + span };
}

/**
 * What lies where a take was written. A clip that was made longer since is read to its end, one that was made shorter is
 * read as if it were not: a loop brace is no edit of notes.
 *
 * @param {Read} read
 * @param {number} start beats
 * @param {number} span beats of the take
 * @returns {Note[]} from 0
 */
export function notesAt({ all, end }, start, span) {
  const upTo = Math.max(start + span, end) - TOLERANCE;
  return shifted(
    all.filter((note) => note.start_time >= start - TOLERANCE && note.start_time < upTo),
    start,
  );
}

/** What a clip plays. @param {Read} read @returns {Note[]} from 0 */
export const notesPlayed = ({ all, start, end }) => notesAt({ all, start, end }, start, end - start);

/** @param {readonly Note[]} notes @param {number} start @returns {Note[]} */
export const shifted = (notes, start) => notes.map((note) => ({ ...note, start_time: note.start_time - start }));
