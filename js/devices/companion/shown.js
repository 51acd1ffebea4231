/**
 * The clip the user points at, and what was heard of it: shown as long as it holds. A clip whose notes were changed since,
 * or which plays another stretch of its file, is as good as unheard; one that was only transposed is not.
 */
import { readSound } from "../../live/audio_clip.js";
import { LiveRefusal } from "../../live/errors.js";
import { sameNotes } from "../../live/notes.js";
import { audioCard, midiCard } from "./card.js";
import { pitchOf, shiftOf } from "./pitch.js";
import { glance, readMidi } from "./subject.js";

/** @typedef {import("../../ui/clipcard.js").Card} Card */
/** @typedef {import("../../live/audio_clip.js").Sound} Sound */
/** @typedef {import("../shared/analysis.js").Analysis} Analysis */
/** @typedef {import("../shared/analysis.js").KeyDetail} KeyDetail */
/** @typedef {import("./subject.js").MidiSubject} MidiSubject */
/** @typedef {import("./subject.js").Pointed} Pointed */

/** Clips whose cards are at hand when one comes back to them. */
const MOST = 64;

export class Shown {
  #live;
  #face;
  #hearing;
  /** @type {Pointed|null} the clip pointed at */ #here = null;
  /** what makes the card of a clip as it is now, null when that has to be heard anew @type {Map<number, () => Card|null>} */
  #known = new Map();

  /**
   * @param {import("../../live/live.js").Live} live
   * @param {import("./face.js").Face} face
   * @param {import("../shared/hearing.js").Hearing} hearing
   */
  constructor(live, face, hearing) {
    this.#live = live;
    this.#face = face;
    this.#hearing = hearing;
  }

  /** Shows the clip that is pointed at now. @returns {boolean} whether it is another one than before */
  look() {
    const before = this.#here?.clip;
    this.#here = orNull(() => glance(this.#live));
    this.#show();
    return this.#here?.clip !== before;
  }

  #show() {
    this.#face.clip(this.#here?.name ?? "", this.#here && this.#cardOf(this.#here.clip));
  }

  /** Shows none. */
  hide() {
    this.#here = null;
    this.#face.clip("", null);
  }

  /** @param {Pointed} pointed @returns {boolean} whether it is still the one that is pointed at */
  isHere = (pointed) => pointed.clip === this.#here?.clip;

  /** @param {number} clip @returns {Card|null} */
  #cardOf(clip) {
    const card = this.#known.get(clip);
    return card === undefined ? null : orNull(card);
  }

  /** @param {Pointed} pointed @param {MidiSubject} subject @param {KeyDetail} key @returns {Card} */
  midi(pointed, subject, key) {
    const card = midiCard(subject, key);
    const same = () => sameNotes(readMidi(this.#live, pointed).notes, subject.notes);
    this.#keep(pointed, () => (same() ? card : null));
    return card;
  }

  /**
   * @param {Pointed} pointed
   * @param {Sound} sound
   * @param {Analysis} analysis
   * @returns {{card: Card, shift: number}} shift: semitones the clip is transposed by
   */
  audio(pointed, sound, analysis) {
    const shift = () => shiftOf(pitchOf(this.#live, pointed.clip), analysis.key_detail?.tuning_cents);
    const card = () => audioCard(analysis, shift());
    const same = () => sameStretch(readSound(this.#live, pointed.clip), sound);
    this.#keep(pointed, () => (same() ? card() : null));
    return { card: card(), shift: shift() };
  }

  /** @param {Pointed} pointed @param {() => Card|null} card */
  #keep({ clip }, card) {
    this.#known.delete(clip);
    this.#known.set(clip, card);
    if (this.#known.size > MOST) this.#known.delete(/** @type {number} */ (this.#known.keys().next().value));
    this.#show();
  }

  /** Undo or Restore moved something: a card that was there is there again. */
  again() {
    this.#show();
    if (this.#here !== null && this.#known.has(this.#here.clip)) this.#rehear(this.#here);
  }

  /** The notes of a clip were moved: its card as it is now. @param {Pointed} pointed */
  moved(pointed) {
    this.#show();
    this.#rehear(pointed);
  }

  /** @param {Pointed} pointed heard without a press where it has to be: notes only, a recording keeps its card */
  #rehear(pointed) {
    if (!pointed.midi || this.#cardOf(pointed.clip) !== null) return;
    const subject = readMidi(this.#live, pointed);
    const { notes, drums } = subject;
    this.#hearing
      .ask("hear.clip_key", { notes, drums }, () => {})
      .done.then(
        (key) => this.midi(pointed, subject, key),
        () => {}, // it stays unheard; the next press hears anew
      );
  }
}

/** @template T @param {() => T} read @returns {T|null} null where Live refuses: what is gone has no card */
function orNull(read) {
  try {
    return read();
  } catch (problem) {
    if (problem instanceof LiveRefusal) return null;
    throw problem;
  }
}

/** @param {Sound} a @param {Sound} b */
const sameStretch = (a, b) => a.path === b.path && Math.abs(a.start - b.start) < 1e-3 && Math.abs(a.end - b.end) < 1e-3;
