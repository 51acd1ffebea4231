/** What Live hands a MIDI Tool in a round, and what it takes back: Max dictionaries as JSON. */
import { noteFrom } from "../../live/notes.js";

/** @typedef {import("../../live/notes.js").Note} Note */

/** A note of the clip; `note_id` tells Live that it is the same one, changed. @typedef {Note & {note_id?: number}} ToolNote */

/**
 * @typedef {object} Scale
 * @property {boolean} on
 * @property {number} root 0-11, C is 0
 * @property {number[]} intervals semitones above the root, ascending from 0
 * @property {string} name as Live calls it; "" where it does not tell
 */

/**
 * @typedef {object} Context
 * @property {number} start beats; of the selected time, or of the loop where nothing is selected
 * @property {number} end
 * @property {{interval: number, on: boolean}} grid interval in beats
 * @property {Scale} scale
 */

/** A list of one is a bare value to Max, an empty one nothing. @param {unknown} value @returns {any[]} */
const listOf = (value) => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]);

/** @param {unknown} value @param {number} otherwise @returns {number} */
const finite = (value, otherwise) => (Number.isFinite(Number(value ?? Number.NaN)) ? Number(value) : otherwise);

/** @param {string} json of the context dictionary @returns {Context} */
export function readContext(json) {
  const { clip = {}, grid = {}, scale = {} } = JSON.parse(json);
  const start = finite(clip.time_selection_start, 0);
  return {
    start,
    end: Math.max(start, finite(clip.time_selection_end, start)),
    grid: { interval: finite(grid.interval, 0), on: finite(grid.enabled, 0) !== 0 },
    scale: {
      on: finite(scale.scale_mode, 0) !== 0,
      root: finite(scale.root_note, 0),
      intervals: listOf(scale.scale_intervals).map(Number),
      name: String(scale.scale_name ?? ""),
    },
  };
}

/** @param {string} json of the note dictionary @returns {ToolNote[]} by time, then pitch */
export const readGiven = (json) =>
  listOf(JSON.parse(json).notes)
    .map((raw) => ({ ...noteFrom(raw), ...(raw.note_id === undefined ? {} : { note_id: Number(raw.note_id) }) }))
    .sort((a, b) => a.start_time - b.start_time || a.pitch - b.pitch);

/** @param {readonly ToolNote[]} notes @returns {string} JSON for live.miditool.out; Max dictionaries know no booleans */
export const answerJson = (notes) =>
  JSON.stringify({ notes: notes.map((note) => ({ ...note, mute: note.mute ? 1 : 0 })) });
