/** A MIDI clip: notes by the calls of Live 11 and up. */
import { LiveRefusal } from "../errors.js";
import { Clip } from "./clip.js";
import { modifiedNotes, NOTE_KEYS, noteList, notesInside, readNewNotes, withNotes } from "./notes.js";

/** @typedef {import("./notes.js").Note} Note */

/** Grid sizes of `quantize` in beats, by Live's numbers 1..8; two sizes where straight and triplet are mixed. */
const GRIDS = [[], [1], [1 / 2], [1 / 3], [1 / 2, 1 / 3], [1 / 4], [1 / 6], [1 / 4, 1 / 6], [1 / 8]];

export class MidiClip extends Clip {
  /** @type {readonly Note[]} sorted by start, then pitch; replaced as a whole on each change */
  notes = [];

  /** @type {ReadonlySet<number>} note ids selected in the editor */
  selected = new Set();

  /**
   * @param {readonly Note[]} notes
   */
  setNotes(notes) {
    this.refuseWhenFrozen();
    this.assign("notes", notes);
  }

  /**
   * Add notes.
   *
   * @param {any} dictionary `{notes: [...]}`
   * @returns {number[]} the ids of the new notes, in the order given
   */
  add_new_notes(dictionary) {
    this.refuseWhenFrozen();
    const added = readNewNotes(noteList(dictionary, "add_new_notes"), () => this.set.nextNoteId());
    this.setNotes(withNotes(this.notes, added));
    return added.map((note) => note.note_id);
  }

  /** @param {any} dictionary `{notes: [...]}`, each with the note_id of a present note */
  apply_note_modifications(dictionary) {
    this.setNotes(modifiedNotes(this.notes, noteList(dictionary, "apply_note_modifications")));
  }

  /**
   * Notes starting in a region, by four numbers or one dictionary with those names and an optional "return"
   * list of wanted keys.
   *
   * @param {number | any} fromPitch
   * @param {number} [pitchSpan]
   * @param {number} [fromTime] beats
   * @param {number} [timeSpan] beats
   * @returns {{notes: Array<Partial<Note>>}}
   */
  get_notes_extended(fromPitch, pitchSpan, fromTime, timeSpan) {
    const region =
      typeof fromPitch === "object"
        ? readRegion(fromPitch, "get_notes_extended")
        : { from_pitch: fromPitch, pitch_span: pitchSpan, from_time: fromTime, time_span: timeSpan };
    return this.chosen(this.inside(region, "get_notes_extended"), region.return);
  }

  /** @param {any} [options] `{return: [keys]}` */
  get_all_notes_extended(options) {
    return this.chosen([...this.notes], options?.return);
  }

  /** @param {any} [options] `{return: [keys]}` */
  get_selected_notes_extended(options) {
    return this.chosen(
      this.notes.filter((note) => this.selected.has(note.note_id)),
      options?.return,
    );
  }

  /** @param {any} first ids as a list, or `{note_ids: [...], return: [...]}` @param {...number} more */
  get_notes_by_id(first, ...more) {
    const ids = this.knownIds(first, more, "get_notes_by_id");
    return this.chosen(
      this.notes.filter((note) => ids.has(note.note_id)),
      first?.return,
    );
  }

  /**
   * @param {number} fromPitch
   * @param {number} pitchSpan
   * @param {number} fromTime
   * @param {number} timeSpan
   */
  remove_notes_extended(fromPitch, pitchSpan, fromTime, timeSpan) {
    const region = { from_pitch: fromPitch, pitch_span: pitchSpan, from_time: fromTime, time_span: timeSpan };
    const gone = new Set(this.inside(region, "remove_notes_extended"));
    this.setNotes(this.notes.filter((note) => !gone.has(note)));
  }

  /** @param {any} first @param {...number} more */
  remove_notes_by_id(first, ...more) {
    const ids = this.knownIds(first, more, "remove_notes_by_id");
    this.setNotes(this.notes.filter((note) => !ids.has(note.note_id)));
  }

  /**
   * Copy notes to `destination_time`, or right behind the originals.
   *
   * @param {any} first ids, or `{note_ids, destination_time, transposition_amount}`
   * @param {...number} more
   */
  duplicate_notes_by_id(first, ...more) {
    const ids = this.knownIds(first, more, "duplicate_notes_by_id");
    const originals = this.notes.filter((note) => ids.has(note.note_id));
    if (originals.length === 0) return [];
    const start = Math.min(...originals.map((note) => note.start_time));
    const end = Math.max(...originals.map((note) => note.start_time + note.duration));
    const shift = (first?.destination_time ?? end) - start;
    return this.copyNotes(originals, shift, first?.transposition_amount ?? 0);
  }

  /**
   * @param {number} start
   * @param {number} length
   * @param {number} destination
   * @param {number} [pitch] -1 or absent for all pitches
   * @param {number} [transpose] semitones
   */
  duplicate_region(start, length, destination, pitch = -1, transpose = 0) {
    const originals = notesInside(this.notes, Math.max(pitch, 0), pitch < 0 ? 128 : 1, start, length);
    this.copyNotes(originals, destination - start, transpose);
  }

  /**
   * @param {readonly Note[]} originals
   * @param {number} shift beats
   * @param {number} transpose semitones
   */
  copyNotes(originals, shift, transpose) {
    const copies = originals.map(({ note_id: _old, ...rest }) => ({
      ...rest,
      start_time: rest.start_time + shift,
      pitch: rest.pitch + transpose,
    }));
    return this.add_new_notes({ notes: copies });
  }

  select_all_notes() {
    this.selected = new Set(this.notes.map((note) => note.note_id));
  }

  deselect_all_notes() {
    this.selected = new Set();
  }

  /** @param {any} first @param {...number} more */
  select_notes_by_id(first, ...more) {
    this.selected = this.knownIds(first, more, "select_notes_by_id");
  }

  /**
   * Move starts towards a grid.
   *
   * @param {number} grid Live's number: 1 quarter, 2 eighth, 3 eighth triplet, 5 sixteenth, 8 thirty-second
   * @param {number} amount 0..1
   */
  quantize(grid, amount) {
    const steps = GRIDS[grid];
    if (!steps?.length) throw new LiveRefusal(`quantize: unknown grid ${grid}; allowed: 1 to ${GRIDS.length - 1}.`);
    const moved = this.notes.map((note) => {
      const target = nearest(
        note.start_time,
        steps.map((step) => Math.round(note.start_time / step) * step),
      );
      return { ...note, start_time: note.start_time + (target - note.start_time) * amount };
    });
    this.setNotes(withNotes([], moved));
  }

  /** @override */
  duplicate_loop() {
    const { start, end } = this.loop;
    super.duplicate_loop();
    this.copyNotes(notesInside(this.notes, 0, 128, start, end - start), end - start, 0);
  }

  /** @override */
  crop() {
    super.crop();
    this.setNotes(notesInside(this.notes, 0, 128, this.loop_start, this.length));
  }

  /**
   * @param {any} region
   * @param {string} call
   * @returns {Note[]}
   */
  inside(region, call) {
    const { from_pitch, pitch_span, from_time, time_span } = region;
    for (const [name, value] of Object.entries({ from_pitch, pitch_span, from_time, time_span })) {
      if (typeof value !== "number") throw new LiveRefusal(`call: ${call}: ${name} is missing.`);
    }
    if (from_pitch < 0 || from_pitch > 127 || pitch_span < 0 || from_pitch + pitch_span > 128 || time_span < 0) {
      throw new LiveRefusal(`call: ${call}: pitches go from 0 to 127 and spans from 0 up.`);
    }
    return notesInside(this.notes, from_pitch, pitch_span, from_time, time_span);
  }

  /**
   * @param {readonly Note[]} notes
   * @param {string[]} [keys]
   * @returns {{notes: Array<Partial<Note>>}}
   */
  chosen(notes, keys) {
    const unknown = keys?.find((key) => !NOTE_KEYS.includes(key));
    if (unknown) throw new LiveRefusal(`"return" has the unknown key "${unknown}".`);
    if (!keys) return { notes: notes.map(whole) };
    return {
      notes: notes.map((note) => Object.fromEntries(keys.map((key) => [key, /** @type {any} */ (note)[key]]))),
    };
  }

  /**
   * @param {any} first
   * @param {number[]} more
   * @param {string} call
   * @returns {Set<number>}
   */
  knownIds(first, more, call) {
    const listed = Array.isArray(first) ? first : typeof first === "object" ? first?.note_ids : [first, ...more];
    if (!Array.isArray(listed)) throw new LiveRefusal(`${call}: wants a list of note ids.`);
    const present = new Set(this.notes.map((note) => note.note_id));
    const missing = listed.find((id) => !present.has(id));
    if (missing !== undefined) throw new LiveRefusal(`${call}: there is no note ${missing} in this clip.`);
    return new Set(listed);
  }
}

/**
 * All fields of a note in Live's order. Written out, because clips are read at each press and a list of keys is slow.
 *
 * @param {Note} note
 * @returns {Note}
 */
const whole = (note) => ({
  note_id: note.note_id,
  pitch: note.pitch,
  start_time: note.start_time,
  duration: note.duration,
  velocity: note.velocity,
  mute: note.mute,
  probability: note.probability,
  velocity_deviation: note.velocity_deviation,
  release_velocity: note.release_velocity,
});

/** @param {number} time @param {number[]} places */
function nearest(time, places) {
  return places.reduce((best, place) => (Math.abs(place - time) < Math.abs(best - time) ? place : best));
}

/** @param {any} dictionary @param {string} call */
function readRegion(dictionary, call) {
  const known = ["from_pitch", "pitch_span", "from_time", "time_span", "return"];
  const unknown = Object.keys(dictionary ?? {}).find((key) => !known.includes(key));
  if (unknown) throw new LiveRefusal(`${call}: unknown key "${unknown}"; known: ${known.join(", ")}.`);
  return dictionary;
}
