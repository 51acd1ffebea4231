/** A clip: what it is, the region it plays, and its whole state to be put back later. */
import { Gone } from "./errors.js";
import { addNotes, allNotes, removeAll } from "./notes.js";

/** @typedef {import("./live.js").Live} Live */
/** @typedef {import("./notes.js").Note} Note */

/**
 * Where a clip plays, in beats from the clip's zero. While looping is off Live shows the start and end marker in
 * loopStart and loopEnd as well.
 * @typedef {object} Region
 * @property {boolean} looping
 * @property {number} loopStart
 * @property {number} loopEnd
 * @property {number} startMarker
 * @property {number} endMarker
 */

/**
 * Everything of a clip that a take changes.
 * @typedef {object} ClipState
 * @property {string} name
 * @property {Region} region
 * @property {Note[]} notes all of them, also outside of the region
 */

/** @param {Live} live @param {number} clip */
export const isMidiClip = (live, clip) => live.flag(clip, "is_midi_clip");

/** @param {Live} live @param {number} clip @returns {boolean} false for a clip in the arrangement */
export const isSessionClip = (live, clip) => !live.flag(clip, "is_arrangement_clip");

/** @param {Live} live @param {number} clip */
export const isRecording = (live, clip) => live.flag(clip, "is_recording");

/** @param {Live} live @param {number} clip */
export const isMuted = (live, clip) => live.flag(clip, "muted");

/** @param {Live} live @param {number} clip */
export const clipName = (live, clip) => live.text(clip, "name");

/** @param {Live} live @param {number} clip @returns {[number, number]} numerator, denominator */
export const clipSignature = (live, clip) => [
  live.number(clip, "signature_numerator"),
  live.number(clip, "signature_denominator"),
];

// A slot or a take lane may stand between a clip and its track.
const MOST_LEVELS = 3;

/** @param {Live} live @param {number} clip @returns {number} id of the track it lies on @throws {Gone} when it lies on none */
export function trackOfClip(live, clip) {
  let at = live.child(clip, "canonical_parent");
  for (let level = 0; level < MOST_LEVELS; level++) {
    if (live.type(at) === "Track") return at;
    at = live.child(at, "canonical_parent");
  }
  throw new Gone("That clip is on no track");
}

/** @param {Live} live @param {number} clip @returns {number} id of the slot of a session clip, else 0 */
export function slotOfClip(live, clip) {
  const parent = live.child(clip, "canonical_parent");
  return live.type(parent) === "ClipSlot" ? parent : 0;
}

/** @param {Live} live @param {number} clip @returns {Region} */
export const readRegion = (live, clip) => ({
  looping: live.flag(clip, "looping"),
  loopStart: live.number(clip, "loop_start"),
  loopEnd: live.number(clip, "loop_end"),
  startMarker: live.number(clip, "start_marker"),
  endMarker: live.number(clip, "end_marker"),
});

/** @param {Region} region @returns {{start: number, span: number}} what is heard, once */
export const heard = (region) =>
  region.looping
    ? { start: region.loopStart, span: region.loopEnd - region.loopStart }
    : { start: region.startMarker, span: region.endMarker - region.startMarker };

/** @param {Live} live @param {number} clip @param {Region} region */
export function writeRegion(live, clip, region) {
  if (live.flag(clip, "looping") !== region.looping) live.set(clip, "looping", region.looping ? 1 : 0);
  if (region.looping) setSpan(live, clip, "loop_start", "loop_end", region.loopStart, region.loopEnd);
  setSpan(live, clip, "start_marker", "end_marker", region.startMarker, region.endMarker);
}

/**
 * Live refuses an end before its start at every moment, so the order of the two writes depends on where they are now.
 *
 * @param {Live} live
 * @param {number} clip
 * @param {string} startName
 * @param {string} endName
 * @param {number} start
 * @param {number} end
 */
function setSpan(live, clip, startName, endName, start, end) {
  const writes = /** @type {[string, number][]} */ ([
    [startName, start],
    [endName, end],
  ]);
  if (start >= live.number(clip, endName)) writes.reverse();
  for (const [name, value] of writes) {
    if (live.number(clip, name) !== value) live.set(clip, name, value);
  }
}

/** Loops [start, start + length). @param {Live} live @param {number} clip @param {number} start @param {number} length */
export const loopOver = (live, clip, start, length) =>
  writeRegion(live, clip, {
    looping: true,
    loopStart: start,
    loopEnd: start + length,
    startMarker: start,
    endMarker: start + length,
  });

/** @param {Live} live @param {number} clip @returns {ClipState} */
export const readState = (live, clip) => ({
  name: clipName(live, clip),
  region: readRegion(live, clip),
  notes: allNotes(live, clip),
});

/** @param {Region} a @param {Region} b */
export const sameRegion = (a, b) =>
  a.looping === b.looping &&
  Math.abs(a.loopStart - b.loopStart) < 1e-3 &&
  Math.abs(a.loopEnd - b.loopEnd) < 1e-3 &&
  Math.abs(a.startMarker - b.startMarker) < 1e-3 &&
  Math.abs(a.endMarker - b.endMarker) < 1e-3;

/**
 * Puts back a state. Name and region are only touched where they still are as `last` says: a clip the user renamed
 * or trimmed meanwhile keeps that.
 *
 * @param {Live} live
 * @param {number} clip
 * @param {ClipState} state
 * @param {ClipState} last the state this device left the clip in
 */
export function writeState(live, clip, state, last) {
  const now = readState(live, clip);
  removeAll(live, clip);
  if (sameRegion(now.region, last.region) && !sameRegion(now.region, state.region)) {
    writeRegion(live, clip, state.region);
  }
  addNotes(live, clip, state.notes);
  if (now.name === last.name && now.name !== state.name) live.set(clip, "name", state.name);
}
