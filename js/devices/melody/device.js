/** Melody: a part that sings over chords, goes on from what is in the clip, or answers the line of another track. */
import { heard, readRegion } from "../../live/clip.js";
import { LiveRefusal } from "../../live/errors.js";
import { lineBeside } from "../../live/harmony.js";
import { notesBetween, TOLERANCE } from "../../live/notes.js";
import { onWire } from "../maker/harmony.js";
import { Parameters } from "../maker/parameters.js";
import { Part } from "../maker/part.js";
import { TABLE } from "./parameters.js";

/** @typedef {import("../../live/notes.js").Note} Note */
/** @typedef {import("../../live/target.js").Target} Target */
/** @typedef {import("../maker/part.js").More} More */
/** @typedef {import("../maker/part.js").Start} Start */

export class MelodyDevice extends Part {
  /** whether this press goes on from what is in the clip */
  #continuing = false;

  /** @param {import("../maker/maker.js").Parts} parts */
  constructor(parts) {
    super(parts, new Parameters(TABLE), {
      method: "compose.melody",
      name: "Melody",
      own: "melody",
      numbers: ["tension", "rests", "leaps", "range"],
      choices: ["contour", "swing_grid"],
      tracks: ["counter"],
    });
  }

  /** Goes on behind the last bar that holds notes: into the clip's empty bars, else a session clip grows. */
  goOn() {
    this.#continuing = true;
    try {
      this.generate();
    } finally {
      this.#continuing = false;
    }
  }

  /** @override @param {Target} target @param {number} bar @returns {Start} */
  begin(target, bar) {
    if (!this.#continuing) return { offset: 0, room: 0 };
    const { notes, span } = this.#there(target);
    const end = Math.max(...notes.map(({ start_time, duration }) => start_time + duration));
    const offset = Math.max(bar, Math.ceil((Math.min(end, span) - TOLERANCE) / bar) * bar);
    const left = span - offset;
    if (left >= bar - TOLERANCE) return { offset, room: left };
    if (target.span > 0) throw new LiveRefusal("The clip is full to its end: make it longer, then press Continue");
    return { offset, room: 0 };
  }

  /** @override @param {Target} target @param {number} span @param {Start} start @returns {More} */
  more(target, span, { offset }) {
    /** @type {Record<string, unknown>} */
    const params = { phrase: Number(this.parameters.choice("phrase")) };
    const why = [];
    const track = this.chosenTrack("counter");
    if (track !== 0) {
      const line = lineBeside(this.parts.live, target, offset + span, track);
      if (line === null) throw new LiveRefusal("No line on that track here: choose another Counter, or Off");
      params.line = onWire(line.notes, offset);
      why.push(`Answers "${line.trackName}"`);
    }
    if (!this.#continuing) return { params, why };
    const { notes, span: old } = this.#there(target);
    params.before = onWire(
      notes.filter((note) => !note.mute && note.start_time < offset),
      0,
    );
    /** @param {{notes: Note[], length: number}} reply */
    const fit = (reply) => ({
      notes: [...notes, ...reply.notes.map((note) => ({ ...note, start_time: note.start_time + offset }))],
      length: Math.max(old, offset + reply.length),
      kept: notes.length,
      offset,
    });
    return { params, why, fit };
  }

  /** What the clip plays now, from its start. @param {Target} target @returns {{notes: Note[], span: number}} */
  #there({ clip }) {
    const { live } = this.parts;
    if (clip === 0) throw new LiveRefusal("No clip to continue: select one with notes in it");
    const { start, span } = heard(readRegion(live, clip));
    const notes = notesBetween(live, clip, start, span).map((note) => ({
      ...note,
      start_time: note.start_time - start,
    }));
    if (notes.every(({ mute }) => mute)) throw new LiveRefusal("That clip is empty: press Generate first");
    return { notes, span };
  }
}
