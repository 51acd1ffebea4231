/**
 * A phrase, and how it is fitted to what is selected: at once, with nothing but arithmetic, since Live waits.
 *
 * Time: it begins where the selection begins, or with the bar around that, or with the clip where it follows what lies beside
 * the clip; it goes round as often as there is room, and is cut at both ends. Grid: where Live's grid is on, steps that lie
 * between its lines move onto them, each with the lateness of its player, and swing stays swing. A grid that is coarser than
 * the rhythm of the part is one to look at, not one to play on (Live's own grid gets coarser as one zooms out): it counts as
 * the coarsest that the part can be played on. Scale: where Live's scale is on, each degree goes to its place in it, and what
 * lies outside of it (a leading tone, an approach note) to the nearest tone.
 */
import { fitted } from "../../live/notes.js";
import { between } from "./scale.js";

/** @typedef {import("../../live/notes.js").Note} Note */
/** @typedef {import("./round.js").Context} Context */
/** @typedef {import("./scale.js").Tones} Tones */

/**
 * What a generator plays.
 * @typedef {object} Phrase
 * @property {Note[]} notes from 0
 * @property {number} length beats
 * @property {number} barLength beats
 * @property {{start: number, duration: number, symbol: string}[]} chords
 * @property {string} words what it is: "4 chords, D minor"
 * @property {string} key "D minor"; "" where pitches mean drums
 * @property {Tones|null} tones the scale it was written in; null where pitches mean drums
 */

/** Sixteenths: what the parts are written on. */
const STEP = 0.25;
const TRIPLET = 1 / 3;
/** Beats within which a time is one with a place on the grid. */
const NEAR = 0.02;
/** Beats a player may come early; the engine lets nobody be farther from his place. */
const EARLY = 0.12;

/** @param {number} value @param {number} unit */
const onto = (value, unit) => Math.round(value / unit) * unit;

/** @param {number} interval beats @returns {boolean} */
const isTriplet = (interval) => {
  const share = interval / TRIPLET;
  const whole = share >= 1 ? share : 1 / share;
  return Math.abs(whole - Math.round(whole)) < 1e-3;
};

/**
 * @param {number} interval beats of Live's grid
 * @param {number} coarsest beats a part can be played on
 * @returns {(time: number) => number} beats from the phrase's start, to such beats
 */
export function snapper(interval, coarsest) {
  if (!(interval > 0)) return (time) => time;
  const triplet = isTriplet(interval);
  let line = interval;
  while (line > coarsest + 1e-9) line /= 2;
  // A straight grid as fine as the rhythm changes nothing.
  if (!triplet && line <= STEP) return (time) => time;
  return (time) => {
    const step = onto(time, STEP);
    if (triplet && Math.abs(time - onto(time, line)) < NEAR) return time;
    return Math.max(0, onto(step, line) + (time - step));
  };
}

/**
 * @param {Phrase} phrase
 * @param {Context} context
 * @param {object} way
 * @param {boolean} way.snap whether to keep to Live's grid
 * @param {boolean} way.inScale whether every note is to lie in Live's scale
 * @param {number} way.coarsest beats
 * @param {number} [way.from] beats at which the phrase begins; left out, where the selection does
 * @returns {Note[]} all inside of the selected time; none where that is empty
 */
export function fit(phrase, { start, end, grid, scale }, { snap, inScale, coarsest, from = start }) {
  if (phrase.notes.length === 0 || !(end > start)) return [];
  const move = snap && grid.on ? snapper(grid.interval, coarsest) : (/** @type {number} */ time) => time;
  const { tones } = phrase;
  const scaled = tones !== null && inScale && scale.on && scale.intervals.length > 0;
  const repitch = scaled ? between(tones, scale) : (/** @type {number} */ pitch) => pitch;
  const notes = phrase.notes
    .map((note) => ({ ...note, pitch: repitch(note.pitch), start_time: move(note.start_time) }))
    // Swung onto the next lap it would be heard twice.
    .filter((note) => note.start_time < phrase.length - 1e-6);
  const first = from - Math.ceil(Math.max(0, from - start) / phrase.length) * phrase.length;
  return apart(fitted(notes, phrase.length, end - first, first).flatMap((note) => within(note, start, end)));
}

/**
 * What was played a hair before the selected time belongs to its first beat, and what begins a hair before its end to the beat
 * behind it.
 *
 * @param {Note} note cut at the end already @param {number} start @param {number} end @returns {Note[]} the note, or none
 */
function within(note, start, end) {
  const stop = note.start_time + note.duration;
  if (note.start_time < start - EARLY || stop <= start) return [];
  if (end - note.start_time < EARLY && stop > end - 1e-6 && end - start > 2 * EARLY) return [];
  return [note.start_time >= start ? note : { ...note, start_time: start, duration: stop - start }];
}

/** Of notes that came onto one place and pitch the loudest stays, and none rings into the next. @param {Note[]} notes @returns {Note[]} */
function apart(notes) {
  const sorted = [...notes].sort((a, b) => a.pitch - b.pitch || a.start_time - b.start_time || b.velocity - a.velocity);
  /** @type {Note[]} */
  const kept = [];
  for (const note of sorted) {
    const before = kept.at(-1);
    if (before === undefined || before.pitch !== note.pitch) kept.push(note);
    else if (note.start_time - before.start_time >= NEAR) {
      const room = note.start_time - before.start_time;
      if (before.duration > room) kept[kept.length - 1] = { ...before, duration: room };
      kept.push(note);
    } else if (note.velocity > before.velocity) kept[kept.length - 1] = note;
  }
  return kept.sort((a, b) => a.start_time - b.start_time || a.pitch - b.pitch);
}
