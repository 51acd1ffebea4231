/** The clip the user points at: the one in Detail View, else the one in the highlighted slot. */
import { readSound } from "../../live/audio_clip.js";
import { clipName, heard, isMidiClip, isRecording, readRegion, trackOfClip } from "../../live/clip.js";
import { clipIn, isGroupSlot } from "../../live/clip_slot.js";
import { LiveRefusal } from "../../live/errors.js";
import { allNotes, notesBetween } from "../../live/notes.js";
import { beatsPerBar } from "../../live/song.js";
import { isDrumTrack, trackName } from "../../live/track.js";
import { detailClip, highlightedSlot } from "../../live/view.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {import("../../live/notes.js").Note} Note */

/** @typedef {{clip: number, midi: boolean, name: string}} Pointed */

/**
 * @typedef {object} MidiSubject
 * @property {number} clip
 * @property {string} name
 * @property {Note[]} notes those that the clip plays
 * @property {boolean} drums whether they are hits, not pitches
 * @property {number} start beats from where it plays
 * @property {number} length beats
 * @property {number} bars
 */

/** @typedef {import("../../live/audio_clip.js").Sound & {clip: number}} AudioSubject */

/** The engine takes no more in one question. */
export const MOST_NOTES = 10_000;

/** @param {Live} live @returns {Pointed} @throws {LiveRefusal} with words when there is no clip */
export function pointedAt(live) {
  const clip = detailClip(live) || highlightedClip(live);
  if (clip === 0) throw new LiveRefusal("No clip here: select one");
  if (isRecording(live, clip)) throw new LiveRefusal("That clip is recording: stop it first");
  const midi = isMidiClip(live, clip);
  return { clip, midi, name: clipName(live, clip) || trackName(live, trackOfClip(live, clip)) };
}

/** @param {Live} live @returns {number} */
function highlightedClip(live) {
  const slot = highlightedSlot(live);
  return slot === 0 || isGroupSlot(live, slot) ? 0 : clipIn(live, slot);
}

/** @param {Live} live @param {Pointed} pointed a MIDI clip @returns {MidiSubject} */
export function readMidi(live, { clip, name }) {
  const { start, span } = heard(readRegion(live, clip));
  const bar = beatsPerBar(live.number(clip, "signature_numerator"), live.number(clip, "signature_denominator"));
  return {
    clip,
    name,
    notes: notesBetween(live, clip, start, span).slice(0, MOST_NOTES),
    drums: isDrumTrack(live, trackOfClip(live, clip)),
    start,
    length: span,
    bars: span / bar,
  };
}

/** @param {Live} live @param {Pointed} pointed @returns {Note[]} all notes, also those that do not play @throws {LiveRefusal} when they are too many */
export function everyNote(live, { clip }) {
  const notes = allNotes(live, clip);
  if (notes.length > MOST_NOTES) throw new LiveRefusal(`More than ${MOST_NOTES} notes: fit a shorter clip`);
  return notes;
}

/** @param {Live} live @param {Pointed} pointed an audio clip @returns {AudioSubject} @throws {LiveRefusal} when there is nothing to hear */
export const readAudio = (live, { clip }) => ({ clip, ...readSound(live, clip) });
