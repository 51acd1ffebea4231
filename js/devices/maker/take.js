/** The take that lies in the clip now: what the picture shows and Audition plays. */
import { heard, readRegion } from "../../live/clip.js";
import { notesBetween, TOLERANCE } from "../../live/notes.js";
import { beatsPerBar } from "../../live/song.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {import("../../live/notes.js").Note} Note */
/** @typedef {import("../../ui/roll.js").Roll} Roll */

/**
 * What is kept beside the notes in the journal.
 * @typedef {object} Memo
 * @property {{start: number, duration: number, symbol: string}[]} chords of one lap
 * @property {number} length beats of one lap
 * @property {string} label
 * @property {unknown} [more] the device's own
 */

/**
 * @typedef {object} Take
 * @property {Note[]} notes from 0
 * @property {number} length beats
 * @property {number} barLength beats
 * @property {Memo|null} memo null: the notes are the user's own
 */

/** @type {Take} */
export const NOTHING = Object.freeze({ notes: [], length: 16, barLength: 4, memo: null });

/**
 * @param {readonly Note[]} notes as they lie in the clip
 * @param {number} start beats; becomes 0
 * @param {number} length beats
 * @param {number} barLength beats
 * @param {Memo|null} memo
 * @returns {Take}
 */
export const takeFrom = (notes, start, length, barLength, memo) => ({
  notes: notes.map((note) => ({ ...note, start_time: note.start_time - start })),
  length,
  barLength,
  memo,
});

/** @param {Live} live @param {number} clip @param {Memo|null} memo @returns {Take} what the clip holds now */
export function takeIn(live, clip, memo) {
  const { start, span } = heard(readRegion(live, clip));
  const bar = beatsPerBar(live.number(clip, "signature_numerator"), live.number(clip, "signature_denominator"));
  return takeFrom(notesBetween(live, clip, start, span), start, span, bar, memo);
}

/** @param {Take} take @returns {Roll} */
export const rollOf = ({ notes, length, barLength, memo }) => ({
  length,
  beatsPerBar: barLength,
  label: memo?.label ?? "",
  notes: notes
    .filter((note) => !note.mute)
    .map((note) => ({
      pitch: note.pitch,
      start: Math.max(0, note.start_time),
      duration: note.duration,
      velocity: note.velocity,
    })),
  chords: memo === null ? [] : lapped(memo, length),
});

/** A take that is repeated shows its chords each time. @param {Memo} memo @param {number} length */
function lapped(memo, length) {
  const chords = [];
  for (let lap = 0; lap < length - TOLERANCE; lap += memo.length) {
    for (const chord of memo.chords) {
      if (lap + chord.start < length - TOLERANCE) chords.push({ ...chord, start: lap + chord.start });
    }
  }
  return chords;
}
