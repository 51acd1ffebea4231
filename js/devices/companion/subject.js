/** The clip the user points at: the one in Detail View, else the one in the highlighted slot. */
import { clipName, clipSignature, heard, isMidiClip, isRecording, readRegion, trackOfClip } from "../../live/clip.js";
import { LiveRefusal } from "../../live/errors.js";
import { allNotes, notesBetween } from "../../live/notes.js";
import { beatsPerBar } from "../../live/song.js";
import { isDrumTrack, trackName } from "../../live/track.js";
import { detailClip, highlightedClip } from "../../live/view.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {import("../../live/notes.js").Note} Note */

/** @typedef {{clip: number, midi: boolean, name: string}} Pointed */

/**
 * @typedef {object} MidiSubject
 * @property {Note[]} notes those that the clip plays
 * @property {boolean} drums whether they are hits, not pitches
 * @property {number} start beats from where it plays
 * @property {number} length beats
 * @property {number} bars
 */

/** The engine takes no more in one question. */
export const MOST_NOTES = 10_000;

/** @param {Live} live @returns {Pointed|null} null when no clip is pointed at */
export function glance(live) {
  const clip = detailClip(live) || highlightedClip(live);
  if (clip === 0) return null;
  return { clip, midi: isMidiClip(live, clip), name: clipName(live, clip) || trackName(live, trackOfClip(live, clip)) };
}

/** @param {Live} live @returns {Pointed} @throws {LiveRefusal} with words when there is no clip to act on */
export function pointedAt(live) {
  const pointed = glance(live);
  if (pointed === null) throw new LiveRefusal("No clip here: select one");
  if (isRecording(live, pointed.clip)) throw new LiveRefusal("That clip is recording: stop it first");
  return pointed;
}

/** @param {Live} live @param {Pointed} pointed a MIDI clip @returns {MidiSubject} */
export function readMidi(live, { clip }) {
  const { start, span } = heard(readRegion(live, clip));
  return {
    notes: notesBetween(live, clip, start, span).slice(0, MOST_NOTES),
    drums: isDrumTrack(live, trackOfClip(live, clip)),
    start,
    length: span,
    bars: span / beatsPerBar(...clipSignature(live, clip)),
  };
}

/** @param {Live} live @param {Pointed} pointed @returns {Note[]} all notes, also those that do not play @throws {LiveRefusal} when they are too many */
export function everyNote(live, { clip }) {
  const notes = allNotes(live, clip);
  if (notes.length > MOST_NOTES) throw new LiveRefusal(`More than ${MOST_NOTES} notes: fit a shorter clip`);
  return notes;
}
