/**
 * Puts a take into the Set, reads it back, and makes sure that it can be undone.
 *
 * A session clip takes the length of the take. An arrangement clip keeps its own: the take is repeated to its end, or
 * cut there. If Live says no half way, the clip is put back as it was.
 */
import { heard, loopOver, readState, writeState } from "./clip.js";
import { Gone, LiveRefusal } from "./errors.js";
import { addNotes, fitted, removeBetween, TOLERANCE } from "./notes.js";
import { clipThere, isThere, makeClip, takeAway } from "./place.js";
import { showClip } from "./view.js";

/** @typedef {import("./live.js").Live} Live */
/** @typedef {import("./journal.js").Journal} Journal */
/** @typedef {import("./target.js").Target} Target */
/** @typedef {import("./notes.js").Note} Note */

/**
 * @typedef {object} Take
 * @property {readonly Note[]} notes from 0
 * @property {number} length beats, above 0
 * @property {string} name for a clip that is made here; a user's clip keeps its name
 * @property {unknown} memo kept in the journal beside the take
 */

/**
 * @typedef {object} Deposited
 * @property {number} clip
 * @property {boolean} created
 * @property {number} wanted notes that were sent
 * @property {Note[]} found notes that Live holds now; start_time from the clip's zero
 * @property {number} start where the take begins in the clip, beats
 * @property {number} span beats the clip plays, as Live tells it
 */

/**
 * @param {Live} live
 * @param {Journal} journal
 * @param {Target} target
 * @param {Take} take
 * @returns {Deposited}
 * @throws {LiveRefusal} with the Set as it was before
 */
export function deposit(live, journal, target, take) {
  return target.clip === 0 ? intoNewClip(live, journal, target, take) : intoClip(live, journal, target, take);
}

/** @param {Live} live @param {Journal} journal @param {Target} target @param {Take} take @returns {Deposited} */
function intoNewClip(live, journal, target, take) {
  const where = target.slot === 0 ? "track" : "slot";
  if (!isThere(live, target)) throw new Gone(`That ${where} is gone: press again`);
  if (clipThere(live, target) !== 0) throw new LiveRefusal(`That ${where} was filled meanwhile: press again`);
  const clip = makeClip(live, target, take.length);
  const span = target.slot === 0 ? target.span : take.length;
  const notes = fitted(take.notes, take.length, span, 0);
  try {
    live.set(clip, "name", take.name);
    loopOver(live, clip, 0, span);
    addNotes(live, clip, notes);
    const state = readState(live, clip);
    const done = report(clip, true, notes, state);
    journal.record({ clip, place: target, before: null, after: state, memo: take.memo });
    pointAt(live, clip);
    return done;
  } catch (problem) {
    if (clipThere(live, target) === clip) takeAway(live, target, clip);
    throw problem;
  }
}

/** @param {Live} live @param {Journal} journal @param {Target} target @param {Take} take @returns {Deposited} */
function intoClip(live, journal, target, take) {
  const { clip } = target;
  if (!live.exists(clip)) throw new Gone("That clip is gone: press again");
  const before = readState(live, clip);
  const old = heard(before.region);
  const span = target.span > 0 ? old.span : take.length;
  const notes = fitted(take.notes, take.length, span, old.start);
  try {
    // Nothing of the old content may ring on behind a shorter take, and nothing before the clip's start is ours.
    removeBetween(live, clip, old.start, Math.max(old.span, span));
    if (target.span === 0) loopOver(live, clip, old.start, span);
    addNotes(live, clip, notes);
    const after = readState(live, clip);
    const done = report(clip, false, notes, after);
    journal.record({ clip, place: target, before, after, memo: take.memo });
    return done;
  } catch (problem) {
    if (live.exists(clip)) writeState(live, clip, before, readState(live, clip));
    throw problem;
  }
}

/**
 * @param {number} clip
 * @param {boolean} created
 * @param {readonly Note[]} sent
 * @param {import("./clip.js").ClipState} state as read back
 * @returns {Deposited}
 * @throws {LiveRefusal} when none of the notes arrived, or old ones are still there
 */
function report(clip, created, sent, state) {
  const { start, span } = heard(state.region);
  const found = state.notes.filter((note) => note.start_time >= start && note.start_time < start + span);
  const places = placesOf(sent);
  const arrived = found.filter(({ pitch, start_time }) =>
    places.get(pitch)?.some((start) => Math.abs(start - start_time) < TOLERANCE),
  );
  if (arrived.length < found.length || (sent.length > 0 && arrived.length === 0)) {
    throw new LiveRefusal("Live does not let that clip change now");
  }
  return { clip, created, wanted: sent.length, found, start, span };
}

/**
 * Where notes lie: Live may shorten one where the next of its pitch begins, so only place and pitch can be compared.
 *
 * @param {readonly Note[]} notes
 * @returns {Map<number, number[]>} starts by pitch
 */
function placesOf(notes) {
  /** @type {Map<number, number[]>} */
  const places = new Map();
  for (const { pitch, start_time } of notes) {
    const starts = places.get(pitch);
    if (starts) starts.push(start_time);
    else places.set(pitch, [start_time]);
  }
  return places;
}

/** Showing the clip is a kindness: the take stands even where Live does not want to show it. @param {Live} live @param {number} clip */
function pointAt(live, clip) {
  try {
    showClip(live, clip);
  } catch (problem) {
    if (!(problem instanceof LiveRefusal)) throw problem;
  }
}
