/**
 * Notes of a MIDI clip: read, remove, add, and count what really arrived.
 *
 * Live answers get_* with JSON text; a wrapper in between may already have parsed it, so both are read.
 */
import { LiveRefusal } from "./errors.js";

/** @typedef {import("./live.js").Live} Live */

/**
 * Live's own note fields; times in beats from the clip's zero.
 * @typedef {object} Note
 * @property {number} pitch 0-127
 * @property {number} start_time
 * @property {number} duration above 0
 * @property {number} velocity 0-127
 * @property {boolean} mute
 * @property {number} probability 0-1
 * @property {number} velocity_deviation -127 to 127
 * @property {number} release_velocity 0-127
 */

const KEYS = 128;

/** Live keeps note values as 32-bit floats in places: two notes within this are the same note. */
export const TOLERANCE = 1e-3;

/**
 * @param {unknown} answer what LiveAPI gave back
 * @returns {any} the object in it
 */
export function parsed(answer) {
  if (Array.isArray(answer)) return parsed(answer[0]);
  if (typeof answer === "string") {
    try {
      return JSON.parse(answer);
    } catch {
      throw new LiveRefusal("Live sent notes that cannot be read");
    }
  }
  if (answer !== null && typeof answer === "object") return answer;
  throw new LiveRefusal("Live sent no notes");
}

/** @param {any} raw @returns {Note} */
export function noteFrom(raw) {
  return {
    pitch: Number(raw.pitch),
    start_time: Number(raw.start_time),
    duration: Number(raw.duration),
    velocity: Number(raw.velocity ?? 100),
    mute: Boolean(Number(raw.mute ?? 0)),
    probability: Number(raw.probability ?? 1),
    velocity_deviation: Number(raw.velocity_deviation ?? 0),
    release_velocity: Number(raw.release_velocity ?? 64),
  };
}

/** @param {Note} a @param {Note} b */
const inOrder = (a, b) => a.start_time - b.start_time || a.pitch - b.pitch || a.duration - b.duration;

/** A hair's difference in time cannot swap two of these: on one pitch Live never lets two notes start together. @param {Note} a @param {Note} b */
const byPitch = (a, b) => a.pitch - b.pitch || a.start_time - b.start_time;

/** @param {unknown} answer @returns {Note[]} by time, then pitch */
function notesIn(answer) {
  const { notes } = parsed(answer);
  if (!Array.isArray(notes)) throw new LiveRefusal("Live sent no notes");
  return notes.map(noteFrom).sort(inOrder);
}

/** @param {Live} live @param {number} clip @returns {Note[]} every note, also those outside of the loop */
export const allNotes = (live, clip) => notesIn(live.call(clip, "get_all_notes_extended"));

/**
 * @param {Live} live
 * @param {number} clip
 * @param {number} from beats
 * @param {number} span beats, above 0
 * @returns {Note[]} those that start inside [from, from + span)
 */
export const notesBetween = (live, clip, from, span) =>
  notesIn(live.call(clip, "get_notes_extended", 0, KEYS, from, span));

/**
 * @param {Live} live
 * @param {number} clip
 * @param {number} from beats
 * @param {number} span beats; nothing happens at 0 or less
 */
export function removeBetween(live, clip, from, span) {
  if (span > 0) live.call(clip, "remove_notes_extended", 0, KEYS, from, span);
}

/** @param {Live} live @param {number} clip */
export function removeAll(live, clip) {
  const notes = allNotes(live, clip);
  if (notes.length === 0) return;
  const from = Math.floor(notes[0].start_time);
  removeBetween(live, clip, from, Math.ceil(notes[notes.length - 1].start_time) - from + 1);
}

/** @param {Live} live @param {number} clip @param {readonly Note[]} notes */
export function addNotes(live, clip, notes) {
  if (notes.length > 0) live.call(clip, "add_new_notes", { notes: notes.map(asLive) });
}

/** @param {Note} note @returns {object} mute as 0/1: Max dictionaries know no booleans */
const asLive = (note) => ({ ...note, mute: note.mute ? 1 : 0 });

/** @param {Note} a @param {Note} b @returns {boolean} */
function same(a, b) {
  return (
    a.pitch === b.pitch &&
    a.mute === b.mute &&
    Math.abs(a.start_time - b.start_time) < TOLERANCE &&
    Math.abs(a.duration - b.duration) < TOLERANCE &&
    Math.abs(a.velocity - b.velocity) < 0.5 &&
    Math.abs(a.probability - b.probability) < TOLERANCE &&
    Math.abs(a.velocity_deviation - b.velocity_deviation) < 0.5 &&
    Math.abs(a.release_velocity - b.release_velocity) < 0.5
  );
}

/** @param {readonly Note[]} left @param {readonly Note[]} right @returns {boolean} the same notes, in whatever order */
export function sameNotes(left, right) {
  if (left.length !== right.length) return false;
  const a = [...left].sort(byPitch);
  const b = [...right].sort(byPitch);
  return a.every((note, i) => same(note, b[i]));
}

/**
 * Fits a take to a clip of another length: cut where the clip is shorter, repeated where it is longer.
 *
 * @param {readonly Note[]} notes the take, from 0
 * @param {number} length beats of the take, above 0
 * @param {number} span beats of the clip, above 0
 * @param {number} offset beats added to every start (where the clip begins)
 * @returns {Note[]} all inside [offset, offset + span]
 */
export function fitted(notes, length, span, offset) {
  /** @type {Note[]} */
  const out = [];
  for (let lap = 0; lap < span - TOLERANCE; lap += length) {
    for (const note of notes) {
      const start = note.start_time + lap;
      const room = span - start;
      if (room > TOLERANCE) out.push({ ...note, start_time: start + offset, duration: Math.min(note.duration, room) });
    }
  }
  return out;
}
