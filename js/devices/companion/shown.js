/** The clip whose card is shown, and what was heard of it. */
import { audioCard, midiCard } from "./card.js";
import { pitchOf, shiftOf } from "./pitch.js";
import { readMidi } from "./subject.js";

/** @typedef {import("../../ui/clipcard.js").Card} Card */
/** @typedef {import("../listen/heard.js").Analysis} Analysis */
/** @typedef {import("../listen/heard.js").KeyDetail} KeyDetail */
/** @typedef {import("./subject.js").AudioSubject} AudioSubject */
/** @typedef {import("./subject.js").MidiSubject} MidiSubject */
/** @typedef {import("./subject.js").Pointed} Pointed */

/** @typedef {{pointed: Pointed, sound: AudioSubject, analysis: Analysis}} Recording */

export class Shown {
  #live;
  #face;
  #hearing;
  /** @type {Pointed|null} */ #pointed = null;
  /** @type {Recording|null} of an audio clip */ #recording = null;

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

  /** @param {Pointed} pointed @param {MidiSubject} subject @param {KeyDetail} key @returns {Card} */
  midi(pointed, subject, key) {
    this.#pointed = pointed;
    this.#recording = null;
    return this.#card(midiCard(subject, key));
  }

  /** @param {Recording} recording @returns {{card: Card, shift: number}} shift: semitones the clip is transposed by */
  audio(recording) {
    this.#pointed = recording.pointed;
    this.#recording = recording;
    const { sound, analysis } = recording;
    const shift = shiftOf(pitchOf(this.#live, sound.clip), analysis.key_detail?.tuning_cents);
    return { card: this.#card(audioCard(sound.name, analysis, shift)), shift };
  }

  /** @param {Card} card */
  #card(card) {
    this.#face.card(card);
    return card;
  }

  /** The clip was changed: its card again, as it is now. @param {Pointed} [pointed] left out: the one that is shown */
  again(pointed = this.#pointed ?? undefined) {
    if (pointed === undefined || !this.#live.exists(pointed.clip)) return;
    if (!pointed.midi) {
      if (this.#recording !== null) this.audio(this.#recording);
      return;
    }
    this.#pointed = pointed;
    this.#recording = null;
    const subject = readMidi(this.#live, pointed);
    const { notes, drums } = subject;
    this.#hearing
      .ask("hear.clip_key", { notes, drums }, () => {})
      .done.then(
        (key) => {
          if (this.#pointed === pointed) this.midi(pointed, subject, key);
        },
        () => {}, // the card stays as it is; the next press hears anew
      );
  }
}
