/** What the parts among the generators follow: chords and kick beside the clip in Detail View, the pads of its drum rack. */
import { kickBeside, padsOf } from "../../live/drums.js";
import { LiveRefusal } from "../../live/errors.js";
import { chordsBeside } from "../../live/harmony.js";
import { findTarget } from "../../live/target.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {import("./place.js").Beside} Beside */

/** Only what is heard of a note. @param {import("../../live/notes.js").Note} note */
const heardOf = ({ pitch, start_time, duration, velocity }) => ({
  pitch,
  start_time: Math.max(0, start_time),
  duration,
  velocity,
});

/** @param {Live} live @param {(target: import("../../live/target.js").Target) => Beside} read @returns {Beside} */
function at(live, read) {
  try {
    return read(findTarget(live));
  } catch (problem) {
    if (problem instanceof LiveRefusal) return { params: {}, follows: false, words: "" };
    throw problem;
  }
}

/** @param {Live} live @param {number} span beats @returns {Beside} the chords that sound with the clip */
export const chordsHere = (live, span) =>
  at(live, (target) => {
    const found = chordsBeside(live, target, span);
    if (found === null) return { params: {}, follows: false, words: "" };
    const params = { harmony_notes: found.notes.map(heardOf) };
    return { params, follows: true, words: `Follows "${found.trackName}"` };
  });

/** @param {Live} live @param {number} span beats @returns {Beside} the chords, and the kick to lock to */
export const chordsAndKickHere = (live, span) =>
  at(live, (target) => {
    const chords = chordsHere(live, span);
    const kick = kickBeside(live, target, span);
    if (kick === null) return chords;
    const words = [chords.words, `locks to the kick on "${kick.trackName}"`].filter((each) => each !== "").join(", ");
    return { params: { ...chords.params, kick: kick.onsets }, follows: true, words };
  });

/** @param {Live} live @returns {Beside} what the pads of the track's drum rack are called */
export const padsHere = (live) =>
  at(live, (target) => {
    const pads = padsOf(live, target.track).map(({ note, name }) => ({ pitch: note, name: name.slice(0, 400) }));
    return { params: pads.length === 0 ? {} : { kit: pads }, follows: false, words: "" };
  });
