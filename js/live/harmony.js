/** Finds the clip whose chords a part should follow. Notes in clips are always true; nothing else is asked. */
import { beside, near, notesAlong, otherTracks } from "./beside.js";
import { clipName } from "./clip.js";
import { findDevice, isDrumTrack, trackName } from "./track.js";

/** @typedef {import("./live.js").Live} Live */
/** @typedef {import("./notes.js").Note} Note */
/** @typedef {import("./target.js").Target} Target */
/** @typedef {import("./beside.js").Beside} Beside */

/** Notes to follow, and where they lie. @typedef {{notes: Note[], track: number, trackName: string}} Followed */

const DEVICE = "Bandmate Chords";
const CLIP = "Chords ";

/** Fewer voices at a time are a line, not chords. */
const LEAST_VOICES = 2;

/**
 * The clip with chords beside a place: one that a Chords device wrote goes before the fullest other one.
 *
 * @param {Live} live
 * @param {Target} target
 * @param {number} span beats of the take
 * @param {boolean} [written] only clips of a Chords device
 * @returns {Followed|null}
 */
export function chordsBeside(live, target, span, written = false) {
  const tracks = otherTracks(live, target).filter((track) => !isDrumTrack(live, track));
  /** @param {Beside[]} places */
  const best = (places) => fullest(live, target, span, places, written);
  const here = best(beside(live, target, tracks, span));
  if (here !== null) return here;
  for (const places of near(live, target, tracks)) {
    const there = best(places);
    if (there !== null) return there;
  }
  return null;
}

/**
 * What another track plays beside a place.
 *
 * @param {Live} live
 * @param {Target} target
 * @param {number} span beats of the take
 * @param {number} track
 * @returns {Followed|null} null: nothing
 */
export function lineBeside(live, target, span, track) {
  const [here] = beside(live, target, [track], span);
  const places = here === undefined ? near(live, target, [track]) : [[here]];
  for (const [place] of places) {
    const notes = place === undefined ? [] : notesAlong(live, place, target, span);
    if (notes.length > 0) return { notes, track, trackName: trackName(live, track) };
  }
  return null;
}

/**
 * @param {Live} live
 * @param {Target} target
 * @param {number} span
 * @param {Beside[]} places
 * @param {boolean} written
 * @returns {Followed|null}
 */
function fullest(live, target, span, places, written) {
  const found = places
    .map((place) => ({ place, ours: madeByChords(live, place) }))
    .filter(({ ours }) => ours || !written)
    .map(({ place, ours }) => {
      const notes = notesAlong(live, place, target, span);
      return { track: place.track, notes, ours, voices: voices(notes) };
    })
    .filter(({ notes, ours, voices }) => notes.length > 0 && (ours || voices >= LEAST_VOICES))
    .sort((a, b) => Number(b.ours) - Number(a.ours) || b.voices - a.voices);
  return found.length === 0
    ? null
    : { notes: found[0].notes, track: found[0].track, trackName: trackName(live, found[0].track) };
}

/** @param {Live} live @param {Beside} place */
const madeByChords = (live, { track, clips }) =>
  clips.some((clip) => clipName(live, clip).startsWith(CLIP)) ||
  findDevice(live, track, (device) => live.text(device, "name").startsWith(DEVICE)) !== 0;

/** @param {readonly Note[]} notes @returns {number} how many sound at a time, where any does */
export function voices(notes) {
  const edges = notes.flatMap(({ start_time, duration }) => [
    { at: start_time, step: 1 },
    { at: start_time + duration, step: -1 },
  ]);
  edges.sort((a, b) => a.at - b.at || a.step - b.step);
  let [count, since, sounding, beats] = [0, 0, 0, 0];
  for (const { at, step } of edges) {
    if (count > 0) {
      sounding += count * (at - since);
      beats += at - since;
    }
    count += step;
    since = at;
  }
  return beats > 0 ? sounding / beats : 0;
}
