/**
 * What sounds together with the place a take is for: in the session the clips of the same scene, in the arrangement those
 * at the same time. A part follows them.
 */
import { heard, isMidiClip, isMuted, readRegion } from "./clip.js";
import { clipIn } from "./clip_slot.js";
import { fitted, notesBetween, TOLERANCE } from "./notes.js";
import { trackIds } from "./song.js";
import { arrangementClipIds, isMidiTrack, playingSlot, slotIds } from "./track.js";

/** @typedef {import("./live.js").Live} Live */
/** @typedef {import("./notes.js").Note} Note */
/** @typedef {import("./target.js").Target} Target */

/** One track's clips that sound with the place; in the arrangement there may be several. @typedef {{track: number, clips: number[]}} Beside */

/** Scenes looked into for what is not in the same one, so that a huge Set cannot stall a press. */
const MOST_ROWS = 24;

/**
 * @param {Live} live
 * @param {Target} target
 * @returns {number[]} all MIDI tracks but the one that is written to, left to right
 */
export const otherTracks = (live, target) =>
  trackIds(live).filter((track) => track !== target.track && isMidiTrack(live, track));

/**
 * @param {Live} live
 * @param {Target} target
 * @param {readonly number[]} tracks
 * @param {number} span beats of the take
 * @returns {Beside[]} what sounds at the very same time; tracks with nothing are left out
 */
export function beside(live, target, tracks, span) {
  const found = tracks.map((track) => ({
    track,
    clips: target.slot === 0 ? clipsAt(live, track, target.at, span) : clipInRow(live, track, rowOf(live, target)),
  }));
  return found.filter(({ clips }) => clips.length > 0);
}

/**
 * What may stand in where nothing wanted sounds at the same time: what plays in the session now, then the scenes above,
 * nearest first, then those below. In the arrangement nothing does.
 *
 * @param {Live} live
 * @param {Target} target
 * @param {readonly number[]} tracks
 * @returns {Generator<Beside[]>} nearest first, groups of clips that belong together
 */
export function* near(live, target, tracks) {
  if (target.slot === 0) return;
  yield onTracks(tracks, (track) => clipInRow(live, track, playingSlot(live, track)));
  const row = rowOf(live, target);
  const rows = Math.max(0, ...tracks.map((track) => slotIds(live, track).length));
  const above = Array.from({ length: row }, (_, i) => row - 1 - i);
  const below = Array.from({ length: Math.max(0, rows - row - 1) }, (_, i) => row + 1 + i);
  for (const each of [...above, ...below].slice(0, MOST_ROWS)) {
    yield onTracks(tracks, (track) => clipInRow(live, track, each));
  }
}

/** @param {readonly number[]} tracks @param {(track: number) => number[]} look @returns {Beside[]} */
const onTracks = (tracks, look) =>
  tracks.map((track) => ({ track, clips: look(track) })).filter(({ clips }) => clips.length > 0);

/** @param {Live} live @param {Target} target @returns {number} from 0 */
const rowOf = (live, target) => slotIds(live, target.track).indexOf(target.slot);

/** @param {Live} live @param {number} track @param {number} row @returns {number[]} */
function clipInRow(live, track, row) {
  const slot = row < 0 ? 0 : (slotIds(live, track)[row] ?? 0);
  return sounding(live, slot === 0 ? 0 : clipIn(live, slot));
}

/** @param {Live} live @param {number} track @param {number} at @param {number} span @returns {number[]} */
const clipsAt = (live, track, at, span) =>
  arrangementClipIds(live, track).filter(
    (clip) =>
      live.number(clip, "start_time") < at + span - TOLERANCE &&
      live.number(clip, "end_time") > at + TOLERANCE &&
      sounding(live, clip).length > 0,
  );

/** @param {Live} live @param {number} clip @returns {number[]} */
const sounding = (live, clip) => (clip !== 0 && isMidiClip(live, clip) && !isMuted(live, clip) ? [clip] : []);

/**
 * @param {Live} live
 * @param {Beside} place
 * @param {Target} target
 * @param {number} span beats of the take
 * @returns {Note[]} what sounds there while the take does, from its start, muted notes left out
 */
export function notesAlong(live, { clips }, target, span) {
  const notes = clips.flatMap((clip) =>
    target.slot === 0 ? inArrangement(live, clip, target.at, span) : inSession(live, clip, span),
  );
  return notes.filter((note) => !note.mute);
}

/** A session clip goes round beside the take. @param {Live} live @param {number} clip @param {number} span */
function inSession(live, clip, span) {
  const { start, span: lap } = heard(readRegion(live, clip));
  if (lap <= TOLERANCE) return [];
  const notes = notesBetween(live, clip, start, lap).map((note) => ({ ...note, start_time: note.start_time - start }));
  return fitted(notes, lap, span, 0);
}

/**
 * A clip in the arrangement begins at its start marker and, where it loops, goes round between loop start and end.
 *
 * @param {Live} live
 * @param {number} clip
 * @param {number} at beats in the arrangement that become 0
 * @param {number} span
 * @returns {Note[]}
 */
function inArrangement(live, clip, at, span) {
  const region = readRegion(live, clip);
  const begin = live.number(clip, "start_time");
  const end = Math.min(live.number(clip, "end_time"), at + span);
  const lap = region.looping ? region.loopEnd - region.loopStart : Number.POSITIVE_INFINITY;
  /** @type {Note[]} */
  const out = [];
  let time = begin;
  let inside = region.startMarker;
  while (time < end - TOLERANCE && lap > TOLERANCE) {
    const room = Math.min(end - time, region.looping ? region.loopEnd - inside : Number.POSITIVE_INFINITY);
    if (room > TOLERANCE && time + room > at + TOLERANCE) {
      const from = inside + Math.max(0, at - time);
      const shift = time - inside - at;
      for (const note of notesBetween(live, clip, from, inside + room - from)) {
        const start = note.start_time + shift;
        out.push({ ...note, start_time: start, duration: Math.min(note.duration, time + room - at - start) });
      }
    }
    time += Math.max(room, TOLERANCE);
    inside = region.loopStart;
  }
  return out.filter(({ duration }) => duration > TOLERANCE);
}
