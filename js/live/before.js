/** What sounds just before a clip begins, so that a take can lead on from it. */

import { heard, isMidiClip, readRegion } from "./clip.js";
import { clipIn } from "./clip_slot.js";
import { notesBetween } from "./notes.js";
import { arrangementClipIds, slotIds } from "./track.js";

/** @typedef {import("./live.js").Live} Live */
/** @typedef {import("./target.js").Target} Target */

/** Fewer notes at once are a melody, not a chord. */
const LEAST_VOICES = 3;
const MOST_VOICES = 16;

/** Beats before the end in which the last chord is looked for, and how close to the end it must ring. */
const WINDOW = 16;

/** How near the end of one arrangement clip and the start of the next count as touching (beats). */
const TOUCHING = 0.01;

/**
 * @param {Live} live
 * @param {Target} target
 * @returns {number[]|null} pitches from low to high of the last chord of the clip that comes before on the same track;
 *   null when nothing comes before, or no chord
 */
export function chordBefore(live, target) {
  const clip = target.slot !== 0 ? clipAbove(live, target) : clipToTheLeft(live, target);
  if (clip === 0 || !isMidiClip(live, clip)) return null;
  const { start, span } = heard(readRegion(live, clip));
  const from = Math.max(start, start + span - WINDOW);
  const notes = notesBetween(live, clip, from, start + span - from).filter((note) => !note.mute);
  if (notes.length === 0) return null;
  const last = Math.max(...notes.map((note) => note.start_time));
  // A strum or a loose hand spreads a chord by a fraction of a beat.
  const chord = notes.filter((note) => note.start_time >= last - 0.25 || note.start_time + note.duration > last + 0.25);
  const pitches = [...new Set(chord.map((note) => note.pitch))].sort((a, b) => a - b);
  return pitches.length >= LEAST_VOICES ? pitches.slice(0, MOST_VOICES) : null;
}

/** Scenes are played downwards. @param {Live} live @param {Target} target @returns {number} */
function clipAbove(live, target) {
  const slots = slotIds(live, target.track);
  const row = slots.indexOf(target.slot);
  return row > 0 ? clipIn(live, slots[row - 1]) : 0;
}

/** @param {Live} live @param {Target} target @returns {number} */
function clipToTheLeft(live, target) {
  const touching = arrangementClipIds(live, target.track).find(
    (clip) => clip !== target.clip && Math.abs(live.number(clip, "end_time") - target.at) < TOUCHING,
  );
  return touching ?? 0;
}
