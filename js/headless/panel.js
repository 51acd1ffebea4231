/**
 * Live's Clip View with its Generate and Transform panels: what a MIDI Tool is given, and what becomes of its answer.
 *
 * A round goes: the tool's live.miditool.in is banged (or the panel's button pressed), context and notes go out of it, and
 * within the same chain of calls a dictionary has to come back. Rounds that follow each other belong to one apply cycle: all
 * of them see the notes as they were when it began, and together they are one undo step. It ends when the person does
 * something outside of the tool; the button begins and ends one in a single act.
 *
 * Live's words are those its status bar shows (h1data/M4L-MIDI-tool-examples, memo); where none are known, ours are used
 * [inferred]. Marked so are also: what a tool is given while nothing is selected (the loop, or all notes), that a note_id the
 * tool was not given is refused, and that what was written stays selected.
 */
import { LiveRefusal } from "./live/errors.js";
import { notesInside } from "./live/model/notes.js";
import { answered } from "./tool_answer.js";

/** @typedef {import("./live/model/midi_clip.js").MidiClip} MidiClip */
/** @typedef {import("./live/model/notes.js").Note} Note */
/** @typedef {import("./tool.js").HeadlessTool} HeadlessTool */

/** What Live's status bar says. */
export const WORDS = Object.freeze({
  late: "Received a Note dictionary asynchronously. Make sure that the dictionary is synchronous.",
  missing: "Did not receive a Note dictionary in time. Make sure that the dictionary is synchronous.",
  noClip: "Open a MIDI clip to use a MIDI Tool.",
});

/**
 * One apply cycle.
 * @typedef {object} Cycle
 * @property {HeadlessTool} tool
 * @property {MidiClip} clip
 * @property {string} state what the person had done when it began
 * @property {string} source name of its undo step
 * @property {readonly Note[]} originals all notes of the clip when it began
 * @property {readonly Note[]} given those the tool works on
 * @property {[number, number]} range beats
 * @property {object} context
 */

/** @typedef {{interval: number, enabled: boolean}} Grid */
/** @typedef {{root: number, name: string, intervals: number[], on: boolean}} Scale */

export class ToolPanel {
  /** Everything the status bar said, the newest last. @type {string[]} */
  statusBar = [];
  /** The button Auto: off, a tool that was turned waits for the panel's own button [inferred]. */
  auto = true;
  #live;
  /** @type {[number, number] | null} */
  #selection = null;
  /** @type {number | null} */
  #marker = null;
  /** @type {Grid} */
  #grid = { interval: 0.25, enabled: true };
  /** The clip's own scale; null: that of the Set. @type {Scale | null} */
  #scale = null;
  #touched = 0;
  #cycles = 0;
  /** @type {Cycle | null} */
  #cycle = null;
  /** A round under way: what came back so far. @type {{answer: any} | null} */
  #round = null;

  /** @param {import("./index.js").HeadlessLive} live */
  constructor(live) {
    this.#live = live;
  }

  /** The MIDI clip in Detail View, or null. @returns {MidiClip | null} */
  get clip() {
    const clip = /** @type {any} */ (this.#live.set.song.view.detail_clip);
    return clip?.is_midi_clip ? clip : null;
  }

  /**
   * The person draws a selection of time; without arguments it is taken away. With it go the notes that were selected.
   * @param {number} [start] beats
   * @param {number} [end]
   */
  select(start, end) {
    this.#selection = start === undefined || end === undefined ? null : [start, end];
    this.clip?.deselect_all_notes();
    this.#acted();
  }

  /** The person selects notes. @param {(note: Note) => boolean} [which] left out: none */
  selectNotes(which = () => false) {
    const { clip } = this;
    if (clip) clip.selected = new Set(clip.notes.filter(which).map((note) => note.note_id));
    this.#acted();
  }

  /** The person clicks beside the notes. @param {number | null} time beats */
  mark(time) {
    this.#marker = time;
    this.#acted();
  }

  /** @param {Partial<Grid>} grid */
  setGrid(grid) {
    this.#grid = { ...this.#grid, ...grid };
    this.#acted();
  }

  /** The clip gets a scale of its own, or follows the Set again. @param {Scale | null} scale */
  setScale(scale) {
    this.#scale = scale;
    this.#acted();
  }

  #acted() {
    this.#touched += 1;
    this.#live.act(() => {});
  }

  /** @param {string} words */
  say(words) {
    this.statusBar.push(words);
  }

  /** The panel's button. @param {HeadlessTool} tool */
  apply(tool) {
    this.#cycle = null;
    this.#run(tool);
    this.#cycle = null;
  }

  /** A bang reached live.miditool.in. @param {HeadlessTool} tool */
  banged(tool) {
    if (this.auto) this.#run(tool);
  }

  /** A dictionary reached live.miditool.out. @param {any} dictionary undefined: there is none of that name */
  answer(dictionary) {
    if (this.#round) this.#round.answer = dictionary;
    else this.say(WORDS.late);
  }

  /** @param {HeadlessTool} tool */
  #run(tool) {
    // A cord from the end of a tool to its beginning would go round for ever.
    if (this.#round) return;
    const cycle = this.#continued(tool);
    if (!cycle) return;
    /** @type {{answer: any}} */
    const round = { answer: undefined };
    this.#round = round;
    try {
      tool.input.put(cycle.context, { notes: cycle.given });
    } finally {
      this.#round = null;
    }
    if (round.answer === undefined) this.say(WORDS.missing);
    else this.#write(cycle, round.answer);
  }

  /** The cycle that goes on, or a new one; null where a tool has nothing to work on. @param {HeadlessTool} tool */
  #continued(tool) {
    const { clip } = this;
    if (!clip) {
      this.say(WORDS.noClip);
      return null;
    }
    const state = `${this.#live.set.history.acts} ${this.#touched} ${clip.id}`;
    const before = this.#cycle;
    if (before?.tool === tool && before.clip === clip && before.state === state) return before;
    const range = this.#selection ?? [clip.loop_start, clip.loop_end];
    const given = tool.kind === "generator" ? [] : this.#chosen(clip);
    if (tool.kind === "transformation" && given.length === 0) return null;
    this.#cycles += 1;
    const source = `tool ${this.#cycles}`;
    const context = this.#context(clip, range);
    this.#cycle = { tool, clip, state, source, originals: clip.notes, given, range, context };
    return this.#cycle;
  }

  /** The selected notes; else those of the selected time; else all. @param {MidiClip} clip @returns {readonly Note[]} */
  #chosen(clip) {
    const selected = clip.notes.filter((note) => clip.selected.has(note.note_id));
    if (selected.length > 0) return selected;
    if (!this.#selection) return clip.notes;
    const [start, end] = this.#selection;
    return notesInside(clip.notes, 0, 128, start, end - start);
  }

  /** @param {MidiClip} clip @param {[number, number]} range */
  #context(clip, [start, end]) {
    const { song } = this.#live.set;
    const { root, name, intervals, on } = this.#scale ?? {
      root: song.root_note,
      name: song.scale_name,
      intervals: song.scale_intervals,
      on: song.scale_mode,
    };
    const notes = clip.notes;
    const ends = notes.map((note) => note.start_time + note.duration);
    const pitches = notes.map((note) => note.pitch);
    return {
      clip: {
        time_selection_start: start,
        time_selection_end: end,
        ...(this.#marker === null ? {} : { insert_marker_time: this.#marker }),
        ...(notes.length > 0
          ? {
              first_note_start: notes[0].start_time,
              last_note_end: Math.max(...ends),
              lowest_pitch: Math.min(...pitches),
              highest_pitch: Math.max(...pitches),
            }
          : {}),
      },
      grid: { interval: this.#grid.interval, enabled: Number(this.#grid.enabled) },
      scale: { scale_mode: Number(on), root_note: root, scale_intervals: intervals, scale_name: name },
    };
  }

  /** @param {Cycle} cycle @param {any} answer */
  #write(cycle, answer) {
    const { clip, tool, originals, given, range, source } = cycle;
    const { set } = this.#live;
    try {
      const replaced =
        tool.kind === "generator" ? notesInside(originals, 0, 128, range[0], range[1] - range[0]) : given;
      const rest = originals.filter((note) => !replaced.includes(note));
      const { notes, fresh } = answered(answer, given, rest, () => set.nextNoteId());
      set.history.step(source, () => clip.setNotes(notes));
      if (clip.selected.size > 0) clip.selected = new Set(fresh);
    } catch (problem) {
      if (!(problem instanceof LiveRefusal)) throw problem;
      this.say(problem.message);
    } finally {
      set.touch();
    }
  }
}
