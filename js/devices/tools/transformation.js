/**
 * A transformation: does with the selected notes what the engine says.
 *
 * What it will be given is not told beforehand, but the clip in Detail View is: its notes are watched, and the engine is asked
 * about all of them whenever they or a control change. Where it answers note for note (humanise, groove, fit), any selection
 * of that clip is answered from there. Where it answers with other notes (vary), the notes that are selected are asked about,
 * and those of the last round. Notes that were never met are passed on as they are; the tool says that it listens, and knows
 * them at the next press. The engine is away: all notes are passed on, and that is said.
 */
import { noteFrom } from "../../live/notes.js";
import { counted } from "../shared/sentences.js";
import { holds, placeOf, Subjects } from "./subjects.js";
import { Tool } from "./tool.js";

/** @typedef {import("../../live/notes.js").Note} Note */
/** @typedef {import("./subjects.js").Subject} Subject */
/** @typedef {import("./tool.js").Asking} Asking */
/** @typedef {import("./round.js").ToolNote} ToolNote */

/** What the engine made of notes. @typedef {{notes: Note[], words: string}} Made */

/**
 * What makes one transformation different from another.
 * @typedef {object} TransformationKind
 * @property {string} method of the engine
 * @property {boolean} noteForNote whether each note of the answer is one of the question's, changed
 * @property {string} promise what a press brings, for the empty picture
 * @property {(asking: Asking, notes: readonly Note[]) => Record<string, unknown>|null} request without the notes; null:
 *   nothing to ask as the controls stand
 * @property {(reply: any, asking: Asking) => {notes: any[], words: string}} read
 * @property {() => string} [idle] what is said where there is nothing to ask; "" where there is
 */

const LISTENING = "Listening to these notes: press Transform again";
const AWAY = "Engine away: your notes are left as they are";

/** @extends {Tool<any>} */
export class Transformation extends Tool {
  #kind;
  #subjects = new Subjects();
  /** what the notes of the last round belong to: all notes of their clip as it was then, or they alone @type {Subject|null} */
  #given = null;
  /** those the clip holds, or the selected ones of them @type {Subject|null} */ #present = null;
  /** what the last round gave back for #given @type {ToolNote[]|null} */ #gave = null;

  /** @param {import("./tool.js").Parts} parts @param {TransformationKind} kind */
  constructor(parts, kind) {
    super(parts, { withNotes: true });
    this.#kind = kind;
  }

  /** @override */
  begun() {
    this.parts.face.invite("Press Transform", this.#kind.promise);
  }

  /** @override */
  changed() {
    const { place } = this;
    this.#present = this.#subjects.of(this.#kind.noteForNote ? place.notes() : place.chosenNotes());
    this.#show();
  }

  /** @override @param {Asking} asking */
  questions(asking) {
    const subjects = new Set([this.#given, this.#present]);
    return [...subjects].flatMap((subject) => (subject === null ? [] : (this.#question(asking, subject) ?? [])));
  }

  /** @param {Asking} asking @param {Subject} subject */
  #question(asking, { id, notes }) {
    const about = this.#kind.request(asking, notes);
    if (about === null) return null;
    const key = `${id} ${JSON.stringify(about)}`;
    return { key, method: this.#kind.method, params: { ...about, notes } };
  }

  /** @param {Subject|null} subject @returns {Made|null} what the engine makes of it as the controls stand; null: not known yet */
  #made(subject) {
    const question = subject && this.#question(this.now, subject);
    const reply = question ? this.answers.get(question.key) : undefined;
    if (reply === undefined) return null;
    const { notes, words } = this.#kind.read(reply, this.now);
    return { notes: notes.map(noteFrom), words };
  }

  /** @override */
  arrived() {
    this.#show();
    this.standing.say("");
  }

  /** @override @param {ToolNote[]} given */
  played(given) {
    this.#met(given.map(noteFrom));
    if (!this.standing.ready) return this.#answer(given, AWAY);
    const idle = this.#kind.idle?.() ?? "";
    if (idle !== "") return this.#answer(given, idle);
    const made = this.#madeOf(given);
    if (made === null) {
      this.refresh();
      // In the middle of a turn the notes stay as the turn has left them.
      return this.#answer(this.#gave ?? given, LISTENING);
    }
    this.#gave = made.notes;
    this.#answer(made.notes, made.words || counted(made.notes.length, "note"));
    this.#show();
  }

  /**
   * Where the notes belong: to the clip as it is; in the middle of a turn, to the clip as it was when it began.
   * @param {Note[]} given
   */
  #met(given) {
    const here = this.#kind.noteForNote ? [this.#present, this.#given].find((subject) => holds(subject, given)) : null;
    const subject = here ?? this.#subjects.of(given);
    if (subject !== this.#given) this.#gave = null;
    this.#given = subject;
  }

  /** @param {ToolNote[]} notes @param {string} words */
  #answer(notes, words) {
    this.parts.face.answer(notes);
    this.standing.say(words);
  }

  /** @param {readonly ToolNote[]} given @returns {{notes: ToolNote[], words: string}|null} */
  #madeOf(given) {
    const subject = this.#given;
    const made = this.#made(subject);
    if (subject === null || made === null) return null;
    if (!this.#kind.noteForNote) return made;
    return { notes: changed(given, subject.notes, made.notes) ?? [...given], words: made.words };
  }

  /** The picture is of what a press brings, where that is known. */
  #show() {
    const subject = this.#given ?? this.#present;
    const notes = this.#made(subject)?.notes ?? subject?.notes ?? [];
    const { barLength } = this.place;
    const first = Math.min(...notes.map((note) => note.start_time));
    const start = notes.length === 0 ? 0 : Math.floor(first / barLength) * barLength;
    const end = Math.max(start + barLength, ...notes.map((note) => note.start_time + note.duration));
    const length = Math.ceil((end - start) / barLength - 1e-6) * barLength;
    const seen = notes.map((note) => ({ ...note, start: Math.max(0, note.start_time - start) }));
    this.parts.face.roll({ length, beatsPerBar: barLength, label: "", notes: seen, chords: [] });
  }
}

/** @param {Note} a @param {Note} b */
const byPitch = (a, b) => a.pitch - b.pitch || a.start_time - b.start_time;

/**
 * Given notes as the engine changed them; each stays the same note to Live.
 *
 * @param {readonly ToolNote[]} given
 * @param {readonly Note[]} before what the engine was asked about
 * @param {readonly Note[]} after its answer: in the same order, or sorted anew where only times were moved
 * @returns {ToolNote[]|null} null where one of them was not in the question
 */
export function changed(given, before, after) {
  if (before.length !== after.length) return null;
  const samePitches = before.every((note, i) => note.pitch === after[i].pitch);
  const pitches = (/** @type {readonly Note[]} */ notes) =>
    notes
      .map(({ pitch }) => pitch)
      .sort((a, b) => a - b)
      .join();
  // Moved in time, a note may have passed one of another pitch; of one pitch none passes another.
  const moved = !samePitches && pitches(before) === pitches(after);
  const [from, to] = moved ? [[...before].sort(byPitch), [...after].sort(byPitch)] : [before, after];
  const table = new Map(from.map((note, i) => [placeOf(note), to[i]]));
  const found = given.map((note) => ({ note, to: table.get(placeOf(note)) }));
  /** @type {ToolNote[]} */
  const out = [];
  for (const { note, to: there } of found) {
    if (there === undefined) return null;
    const { pitch, start_time, duration, velocity } = there;
    out.push({ ...note, pitch, start_time, duration, velocity });
  }
  return out;
}
