/** The dictionary a MIDI Tool answers with: read as strictly as Live reads it, and put among the notes that stay. */
import { LiveRefusal } from "./live/errors.js";
import { readNewNotes, withNotes } from "./live/model/notes.js";

/** @typedef {import("./live/model/notes.js").Note} Note */

/** What every note of an answer must have; Live fills in the rest. */
const NEEDED = ["pitch", "start_time", "duration"];

const MALFORMED = "The Note dictionary received from Max was malformed:";

/** @param {string} key */
const missing = (key) => new LiveRefusal(`${MALFORMED} The key \`${key}\` is missing.`);

/**
 * @param {any} dictionary as it came out of the patch
 * @param {readonly Note[]} given the notes the tool was given; only these may be named by their id
 * @param {readonly Note[]} rest the notes that stay
 * @param {() => number} nextId
 * @returns {{notes: Note[], fresh: number[]}} all notes of the clip, and the ids of those that the tool wrote
 * @throws {LiveRefusal} in the words of the status bar
 */
export function answered(dictionary, given, rest, nextId) {
  const list = dictionary?.notes;
  if (list === undefined) throw missing("notes");
  // A list of one is the thing itself to Max, an empty one is nothing at all.
  const raws = Array.isArray(list) ? list : [list];
  const byId = new Map(given.map((note) => [note.note_id, note]));
  const written = raws.map((raw, at) => {
    for (const key of NEEDED) if (raw?.[key] === undefined) throw missing(key);
    return one(raw, at, byId, nextId);
  });
  const ids = written.map((note) => note.note_id);
  if (new Set(ids).size < ids.length) throw new LiveRefusal(`${MALFORMED} a note_id is there twice.`);
  return { notes: withNotes(rest, written), fresh: ids };
}

/**
 * @param {any} raw
 * @param {number} at
 * @param {Map<number, Note>} byId
 * @param {() => number} nextId
 * @returns {Note}
 */
function one(raw, at, byId, nextId) {
  const { note_id: id, ...fields } = raw;
  const old = id === undefined ? undefined : byId.get(id);
  if (id !== undefined && !old) throw new LiveRefusal(`${MALFORMED} note ${at + 1} names a note that was not given.`);
  try {
    const [note] = readNewNotes([{ ...old, ...fields }], old ? () => old.note_id : nextId);
    return note;
  } catch (problem) {
    if (!(problem instanceof LiveRefusal)) throw problem;
    throw new LiveRefusal(`${MALFORMED} ${problem.message.replace(/^add_new_notes: note 1/, `note ${at + 1}`)}`);
  }
}
