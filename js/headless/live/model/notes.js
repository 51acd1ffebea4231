/**
 * The notes of a MIDI clip: reading note dictionaries, refusing bad ones, Live's overlap rule.
 *
 * All functions are pure: they take a list of notes and give a new one, sorted by start, then pitch.
 */
import { LiveRefusal } from "../errors.js";

/**
 * One note with Live's own fields. Times are beats (quarter notes) from the clip's zero.
 *
 * @typedef {object} Note
 * @property {number} note_id
 * @property {number} pitch 0..127
 * @property {number} start_time beats; may be negative
 * @property {number} duration beats, above 0
 * @property {number} velocity 0..127
 * @property {0 | 1} mute
 * @property {number} probability 0..1
 * @property {number} velocity_deviation -127..127
 * @property {number} release_velocity 0..127
 */

/** @type {Readonly<Record<string, {min: number, max: number, whole?: boolean, above?: boolean}>>} */
const RANGES = Object.freeze({
  pitch: { min: 0, max: 127, whole: true },
  start_time: { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY },
  duration: { min: 0, max: Number.POSITIVE_INFINITY, above: true },
  velocity: { min: 0, max: 127 },
  mute: { min: 0, max: 1, whole: true },
  probability: { min: 0, max: 1 },
  velocity_deviation: { min: -127, max: 127 },
  release_velocity: { min: 0, max: 127 },
});

const DEFAULTS = Object.freeze({
  velocity: 100,
  mute: 0,
  probability: 1,
  velocity_deviation: 0,
  release_velocity: 64,
});

/** Every key a note dictionary may have, in Live's order. */
export const NOTE_KEYS = Object.freeze(["note_id", ...Object.keys(RANGES)]);

/** Starts closer than this are one place; about a hundredth of a millisecond at any tempo. */
const SAME = 1e-6;

/**
 * Check the fields of one note dictionary.
 *
 * @param {any} raw
 * @param {string} where "add_new_notes: note 3", for the message
 * @returns {Partial<Note>} the fields that were given, numbers only
 * @throws {LiveRefusal} unknown key, wrong type, out of range
 */
function readFields(raw, where) {
  if (raw === null || typeof raw !== "object" || Array.isArray(raw)) {
    throw new LiveRefusal(`${where} is not a dictionary.`);
  }
  /** @type {Record<string, number>} */
  const fields = {};
  for (const [key, given] of Object.entries(raw)) {
    if (!NOTE_KEYS.includes(key)) {
      throw new LiveRefusal(`${where} has the unknown key "${key}"; known: ${NOTE_KEYS.join(", ")}.`);
    }
    const value = typeof given === "boolean" ? Number(given) : given;
    if (typeof value !== "number" || !Number.isFinite(value)) {
      throw new LiveRefusal(`${where}: ${key} is ${JSON.stringify(given)}, not a number.`);
    }
    const range = RANGES[key];
    if (range) {
      const { min, max, whole, above } = range;
      if (value < min || value > max || (above && value === min) || (whole && !Number.isInteger(value))) {
        const kind = whole ? "a whole number " : "";
        throw new LiveRefusal(
          `${where}: ${key} is ${value}; allowed: ${kind}${above ? `above ${min}` : `${min} to ${max}`}.`,
        );
      }
    }
    fields[key] = value;
  }
  return fields;
}

/**
 * The list under "notes" of a dictionary argument.
 *
 * @param {any} dictionary
 * @param {string} call name of the function, for the message
 * @returns {any[]}
 */
export function noteList(dictionary, call) {
  const list = dictionary?.notes;
  if (!Array.isArray(list)) throw new LiveRefusal(`${call}: wants a dictionary {"notes": [...]}.`);
  return list;
}

/**
 * New notes from a dictionary argument of `add_new_notes`.
 *
 * @param {any[]} list raw note dictionaries; `note_id` is not allowed to be chosen and is ignored
 * @param {() => number} nextId gives each note its id
 * @returns {Note[]}
 * @throws {LiveRefusal}
 */
export function readNewNotes(list, nextId) {
  const read = list.map((raw, at) => {
    const where = `add_new_notes: note ${at + 1}`;
    const fields = readFields(raw, where);
    for (const key of ["pitch", "start_time", "duration"]) {
      if (!(key in fields)) throw new LiveRefusal(`${where} has no ${key}.`);
    }
    return fields;
  });
  return read.map((fields) => /** @type {Note} */ ({ ...DEFAULTS, ...fields, note_id: nextId() }));
}

/**
 * Notes after `apply_note_modifications`.
 *
 * @param {readonly Note[]} notes
 * @param {any[]} list raw dictionaries, each with the note_id of a present note
 * @returns {Note[]}
 * @throws {LiveRefusal}
 */
export function modifiedNotes(notes, list) {
  const byId = new Map(notes.map((note) => [note.note_id, note]));
  const changed = list.map((raw, at) => {
    const where = `apply_note_modifications: note ${at + 1}`;
    const fields = readFields(raw, where);
    const old = byId.get(fields.note_id ?? -1);
    if (!old) throw new LiveRefusal(`${where}: there is no note ${fields.note_id} in this clip.`);
    return { ...old, ...fields };
  });
  const ids = new Set(changed.map((note) => note.note_id));
  return withNotes(
    notes.filter((note) => !ids.has(note.note_id)),
    changed,
  );
}

/** @param {Note} a @param {Note} b */
const inOrder = (a, b) => a.start_time - b.start_time || a.pitch - b.pitch;

/**
 * Put notes into a list under Live's rule: two notes of one pitch never overlap. The earlier is cut where the
 * later starts; of two that start together the new one stays (ableton-osc-mcp pull request 51 measured it).
 *
 * @param {readonly Note[]} notes
 * @param {readonly Note[]} added
 * @returns {Note[]}
 */
export function withNotes(notes, added) {
  /** @type {Map<number, Note[]>} */
  const byPitch = new Map();
  for (const note of [...notes, ...added]) {
    const lane = byPitch.get(note.pitch) ?? [];
    const twin = lane.findIndex((other) => Math.abs(other.start_time - note.start_time) < SAME);
    if (twin >= 0) lane.splice(twin, 1);
    lane.push(note);
    byPitch.set(note.pitch, lane);
  }
  /** @type {Note[]} */
  const result = [];
  for (const lane of byPitch.values()) {
    lane.sort(inOrder);
    lane.forEach((note, at) => {
      const room = (lane[at + 1]?.start_time ?? Number.POSITIVE_INFINITY) - note.start_time;
      result.push(note.duration > room + SAME ? { ...note, duration: room } : note);
    });
  }
  return result.sort(inOrder);
}

/**
 * Notes that start inside a region.
 *
 * @param {readonly Note[]} notes
 * @param {number} fromPitch
 * @param {number} pitchSpan
 * @param {number} fromTime beats
 * @param {number} timeSpan beats
 * @returns {Note[]}
 */
export function notesInside(notes, fromPitch, pitchSpan, fromTime, timeSpan) {
  return notes.filter(
    (note) =>
      note.pitch >= fromPitch &&
      note.pitch < fromPitch + pitchSpan &&
      note.start_time >= fromTime &&
      note.start_time < fromTime + timeSpan,
  );
}
