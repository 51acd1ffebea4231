/**
 * Where a MIDI Tool works: the clip in Detail View, and what the Set says around it. It is looked at whenever it changes, so
 * that a round finds it known. A tool is no device of the Set: the track is the clip's.
 */
import { clipSignature, heard, isMidiClip, readRegion, trackOfClip } from "../../live/clip.js";
import { LiveRefusal } from "../../live/errors.js";
import { noteFrom, parsed } from "../../live/notes.js";
import { SONG, SONG_VIEW } from "../../live/paths.js";
import { keyEvidence } from "../../live/snapshot.js";
import { beatsPerBar, readSong } from "../../live/song.js";
import { isDrumTrack, trackName } from "../../live/track.js";
import { detailClip } from "../../live/view.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {import("../../live/notes.js").Note} Note */
/** @typedef {import("./round.js").Scale} Scale */

/**
 * @typedef {object} Here
 * @property {number} clip id of the MIDI clip in Detail View; 0: none
 * @property {number} track
 * @property {string} trackName "" without a clip
 * @property {boolean} drums whether its notes are hits
 * @property {number} start beats: where the clip plays
 * @property {number} span beats; 0 without a clip
 * @property {number} tempo
 * @property {number} numerator
 * @property {number} denominator
 * @property {number} scaleRoot
 * @property {string} scaleName
 * @property {boolean} scaleMode
 * @property {number[]|null} pitchClasses beats of each in the Set; null where a scale says more, or nothing is there
 */

/** Several things change at once when one clicks on a clip. */
const SETTLE_MS = 20;
/** A tempo that is automated changes all the time; nothing else is read anew for it. */
const SLOW_MS = 250;

const WATCHED = ["signature_numerator", "signature_denominator", "root_note", "scale_name", "scale_mode"];
/** Keeps the wire's limit. */
const LONGEST_NAME = 400;
const MOST_NOTES = 10_000;

/**
 * What a part follows.
 * @typedef {object} Beside
 * @property {Record<string, unknown>} params of the request
 * @property {boolean} follows whether the part has to lie in the clip as what it follows does
 * @property {string} words
 */

/** @type {Beside} */
const ALONE = Object.freeze({ params: {}, follows: false, words: "" });

/** @type {Here} */
const NOWHERE = {
  clip: 0,
  track: 0,
  trackName: "",
  drums: false,
  start: 0,
  span: 0,
  tempo: 120,
  numerator: 4,
  denominator: 4,
  scaleRoot: 0,
  scaleName: "Major",
  scaleMode: false,
  pitchClasses: null,
};

export class Place {
  #live;
  #clock;
  #changed;
  #here = NOWHERE;
  /** What a clip's own scale was in its last round. @type {Map<number, Scale>} */ #scales = new Map();
  /** @type {object|null} */ #timer = null;
  /** whether all is to be read anew, not only the tempo */ #deep = false;
  /** of the clip, as they were when it was looked at @type {Note[]|null} */ #notes = null;
  #watch;
  #besides;
  #beside = ALONE;

  /**
   * @param {object} options
   * @param {Live} options.live
   * @param {import("../../rpc/clock.js").Clock} options.clock
   * @param {import("./watch.js").Watch|null} options.watch of the clip's notes, where they matter
   * @param {(live: Live, barLength: number) => Beside} [options.beside] reads what lies beside the clip
   * @param {(tempoOnly: boolean) => void} options.changed
   */
  constructor({ live, clock, watch, beside = () => ALONE, changed }) {
    this.#live = live;
    this.#clock = clock;
    this.#watch = watch;
    this.#besides = beside;
    this.#changed = changed;
  }

  /** Live is there. */
  start() {
    const live = this.#live;
    this.#look();
    for (const property of WATCHED) live.watch(SONG, property, () => this.#soon());
    live.watch(SONG, "tempo", () => this.#later());
    live.watch(SONG_VIEW, "detail_clip", () => this.#soon());
  }

  /** The tool is being closed. */
  stop() {
    this.#watch?.point("", () => {});
  }

  get here() {
    return this.#here;
  }

  get barLength() {
    return beatsPerBar(this.#here.numerator, this.#here.denominator);
  }

  /** A round told which scale the clip is in: its own may differ from the Set's. @param {Scale} scale */
  tell(scale) {
    const { clip, scaleRoot, scaleName, scaleMode } = this.#here;
    if (clip === 0 || scale.name === "") return;
    if (scale.root === scaleRoot && scale.name === scaleName && scale.on === scaleMode) return;
    this.#scales.set(clip, scale);
    this.#soon();
  }

  /** What lies beside the clip, as it was when the clip was looked at. */
  get beside() {
    return this.#beside;
  }

  /** What lies beside the clip may be another by now, or be wanted for another length. */
  again() {
    this.#soon();
  }

  /** What every request says of the Set. @returns {Record<string, unknown>} */
  context() {
    const { trackName: name, scaleRoot, scaleName, scaleMode, pitchClasses } = this.#here;
    return {
      track_name: name.slice(0, LONGEST_NAME),
      scale_root: scaleRoot,
      scale_name: scaleName,
      scale_mode: scaleMode,
      pitch_classes: pitchClasses,
    };
  }

  /** All notes of the clip; none where there is no clip, or more than the engine takes. @returns {Note[]} */
  notes() {
    this.#notes ??= this.#read("get_all_notes_extended");
    return this.#notes;
  }

  /** @param {string} call @returns {Note[]} */
  #read(call) {
    const { clip } = this.#here;
    if (clip === 0 || !this.#live.exists(clip)) return [];
    const { notes } = parsed(this.#live.call(clip, call));
    return notes.length > MOST_NOTES ? [] : notes.map(noteFrom);
  }

  /** The notes of the clip that are selected; all of them where none is. @returns {Note[]} */
  chosenNotes() {
    const notes = this.#read("get_selected_notes_extended");
    return notes.length > 0 ? notes : this.notes();
  }

  #soon() {
    if (this.#deep && this.#timer !== null) return;
    this.#deep = true;
    this.#clock.cancel(this.#timer);
    this.#timer = this.#clock.after(SETTLE_MS, () => this.#settle());
  }

  /** Only the tempo is another. */
  #later() {
    this.#timer ??= this.#clock.after(SLOW_MS, () => this.#settle());
  }

  #settle() {
    this.#timer = null;
    const deep = this.#deep;
    this.#deep = false;
    if (deep) this.#look();
    else this.#here = { ...this.#here, tempo: readSong(this.#live).tempo };
    this.#changed(!deep);
  }

  #look() {
    this.#notes = null;
    try {
      this.#here = this.#readHere();
      this.#beside = this.#here.clip === 0 ? ALONE : this.#besides(this.#live, this.barLength);
    } catch (problem) {
      if (!(problem instanceof LiveRefusal)) throw problem;
      this.#here = NOWHERE; // A clip that goes while it is read.
      this.#beside = ALONE;
    }
    this.#watch?.point(this.#here.clip === 0 ? "" : `${SONG_VIEW} detail_clip`, () => this.#soon());
  }

  /** @returns {Here} */
  #readHere() {
    const live = this.#live;
    const song = readSong(live);
    const shown = detailClip(live);
    const clip = shown !== 0 && isMidiClip(live, shown) ? shown : 0;
    const own = this.#scales.get(clip);
    const scale = own
      ? { scaleRoot: own.root, scaleName: own.name, scaleMode: own.on }
      : { scaleRoot: song.scaleRoot, scaleName: song.scaleName, scaleMode: song.scaleMode };
    const evidence = scale.scaleMode ? null : keyEvidence(live, song, (each) => each === clip);
    const around = {
      ...scale,
      tempo: song.tempo,
      pitchClasses: evidence !== null && evidence.clips > 0 ? evidence.pitchClasses : null,
    };
    if (clip === 0) {
      return { ...NOWHERE, ...around, numerator: song.signatureNumerator, denominator: song.signatureDenominator };
    }
    const track = trackOfClip(live, clip);
    const [numerator, denominator] = clipSignature(live, clip);
    const { start, span } = heard(readRegion(live, clip));
    const drums = isDrumTrack(live, track);
    return { ...around, clip, track, trackName: trackName(live, track), drums, start, span, numerator, denominator };
  }
}
