/**
 * What the Set tells about the music in it, taken at the moment of a press: tempo, signature, scale, the track's name,
 * and how long each pitch class sounds in what plays (or at least lies) there.
 */
import { heard, isMidiClip, isMuted, readRegion } from "./clip.js";
import { clipIn } from "./clip_slot.js";
import { LiveRefusal } from "./errors.js";
import { notesBetween } from "./notes.js";
import { trackIds } from "./song.js";
import { arrangementClipIds, isDrumTrack, isMidiTrack, playingSlot, slotIds } from "./track.js";

/** @typedef {import("./live.js").Live} Live */
/** @typedef {import("./notes.js").Note} Note */
/** @typedef {import("./song.js").SongState} SongState */

/** Clips that are read at most: more says little more about the key and costs time while the user waits. */
export const MOST_CLIPS = 32;

/** Cells and arrangement clips looked at on the way to them, so that a huge Set cannot stall a press. */
const MOST_PLACES = 600;

/** Beats of a clip that are read. */
const MOST_BEATS = 256;

/** What plays now speaks alone when it says at least this much (beats of sounding notes). */
const ENOUGH_BEATS = 8;

/**
 * @typedef {object} Evidence
 * @property {number[]} pitchClasses beats of sounding notes for C, C#, ... B
 * @property {number} clips how many clips were read
 * @property {boolean} playing whether they are the ones that play now
 */

/**
 * @param {readonly Note[]} notes
 * @param {number} start beats; what sounds outside [start, start + span) is not counted
 * @param {number} span
 * @returns {number[]} 12 sums of beats; muted notes are silent and count nothing
 */
export function histogram(notes, start, span) {
  const sums = new Array(12).fill(0);
  for (const note of notes) {
    if (note.mute) continue;
    const from = Math.max(note.start_time, start);
    const to = Math.min(note.start_time + note.duration, start + span);
    if (to > from) sums[((note.pitch % 12) + 12) % 12] += to - from;
  }
  return sums;
}

/** @param {readonly number[]} values */
const total = (values) => values.reduce((sum, value) => sum + value, 0);

/**
 * @param {Live} live
 * @param {SongState} song
 * @param {(clip: number, track: number) => boolean} skip clips that must not vote (the one to be overwritten, our own)
 * @returns {Evidence}
 */
export function keyEvidence(live, song, skip) {
  const melodic = trackIds(live).filter((track) => isMidiTrack(live, track) && !isDrumTrack(live, track));
  const playing = clipsThatPlay(live, song, melodic);
  const now = weigh(live, playing, skip, MOST_CLIPS);
  if (total(now.pitchClasses) >= ENOUGH_BEATS) return { ...now, playing: true };
  const rest = allClips(live, melodic).filter(({ clip }) => !playing.some((known) => known.clip === clip));
  const lying = weigh(live, rest, skip, MOST_CLIPS - now.clips);
  return {
    pitchClasses: now.pitchClasses.map((beats, pc) => beats + lying.pitchClasses[pc]),
    clips: now.clips + lying.clips,
    playing: false,
  };
}

/** @typedef {{clip: number, track: number}} Place */

/** @param {Live} live @param {SongState} song @param {readonly number[]} tracks @returns {Place[]} */
function clipsThatPlay(live, song, tracks) {
  /** @type {Place[]} */
  const found = [];
  if (!song.playing) return found;
  for (const track of tracks) {
    const row = playingSlot(live, track);
    if (row >= 0) {
      const clip = clipIn(live, slotIds(live, track)[row] ?? 0);
      if (clip !== 0) found.push({ clip, track });
      continue;
    }
    const clip = arrangementClipIds(live, track).find(
      (id) => live.number(id, "start_time") <= song.time && song.time < live.number(id, "end_time"),
    );
    if (clip !== undefined) found.push({ clip, track });
  }
  return found;
}

/** Session clips row by row (a scene belongs together), then the arrangement. @param {Live} live @param {readonly number[]} tracks @returns {Place[]} */
function allClips(live, tracks) {
  /** @type {Place[]} */
  const found = [];
  let places = 0;
  const columns = tracks.map((track) => ({ track, slots: slotIds(live, track) }));
  const rows = Math.max(0, ...columns.map(({ slots }) => slots.length));
  for (let row = 0; row < rows && places < MOST_PLACES; row++) {
    for (const { track, slots } of columns) {
      if (row >= slots.length) continue;
      places++;
      const clip = clipIn(live, slots[row]);
      if (clip !== 0) found.push({ clip, track });
    }
  }
  for (const track of tracks) {
    for (const clip of arrangementClipIds(live, track)) {
      if (places++ < MOST_PLACES) found.push({ clip, track });
    }
  }
  return found;
}

/**
 * @param {Live} live
 * @param {readonly Place[]} places
 * @param {(clip: number, track: number) => boolean} skip
 * @param {number} most
 * @returns {{pitchClasses: number[], clips: number}}
 */
function weigh(live, places, skip, most) {
  const pitchClasses = new Array(12).fill(0);
  let clips = 0;
  for (const { clip, track } of places) {
    if (clips >= most) break;
    if (skip(clip, track)) continue;
    const sums = clipHistogram(live, clip);
    if (sums === null) continue;
    clips++;
    for (let pc = 0; pc < 12; pc++) pitchClasses[pc] += sums[pc];
  }
  return { pitchClasses, clips };
}

/** @param {Live} live @param {number} clip @returns {number[]|null} null: it says nothing (audio, switched off, gone) */
function clipHistogram(live, clip) {
  try {
    if (!isMidiClip(live, clip) || isMuted(live, clip)) return null;
    const { start, span } = heard(readRegion(live, clip));
    const length = Math.min(span, MOST_BEATS);
    return length > 0 ? histogram(notesBetween(live, clip, start, length), start, length) : null;
  } catch (problem) {
    if (problem instanceof LiveRefusal) return null;
    throw problem;
  }
}
