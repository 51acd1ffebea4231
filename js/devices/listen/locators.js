/**
 * Locators in the Arrangement at what was heard: sections, or faults. Live sets a locator where its playhead stands,
 * and takes the one away that is there already; so the playhead is moved, looked at, and put back.
 */
import { Gone, LiveRefusal } from "../../live/errors.js";
import { SONG } from "../../live/paths.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {import("./heard.js").Analysis} Analysis */
/** @typedef {import("./place.js").Place} Place */

/** @typedef {{time: number, name: string}} Mark beats in the Arrangement */

/** Beats within which two places are one. */
const SAME = 1e-3;
/** More would bury the Arrangement. */
const MOST = 60;

/**
 * @param {Analysis} analysis
 * @param {"sections"|"faults"} what
 * @param {number} sensitivity 0-1: how unsure a thing may be and still get a locator
 * @returns {{second: number, name: string}[]} of the file, in order
 */
export function marksOf(analysis, what, sensitivity) {
  const least = 1 - sensitivity;
  const found =
    what === "sections"
      ? (analysis.sections ?? [])
          .filter(({ confidence }, i) => i === 0 || confidence >= least)
          .map(({ start, label }) => ({ second: start, name: capital(label) }))
      : (analysis.forensics?.findings ?? [])
          .filter(({ probability }) => probability >= least)
          .map(({ start, kind }) => ({ second: start, name: capital(kind.replaceAll("_", " ")) }));
  return found.sort((a, b) => a.second - b.second).slice(0, MOST);
}

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * @param {Live} live
 * @param {Place} place
 * @param {{second: number, name: string}[]} marks of the file
 * @param {(second: number) => number} toBeats of the clip
 * @returns {Mark[]} those that lie within the clip, where they stand in the Arrangement
 */
export function placed(live, place, marks, toBeats) {
  if (place.session || !live.exists(place.clip)) {
    throw new LiveRefusal("Locators stand in the Arrangement: choose a clip there");
  }
  const start = live.number(place.clip, "start_time");
  const end = live.number(place.clip, "end_time");
  const zero = toBeats(place.start);
  return marks
    .filter(({ second }) => second >= place.start - SAME && second < place.end)
    .map(({ second, name }) => ({ time: Math.max(start, start + toBeats(second) - zero), name }))
    .filter(({ time }) => time < end - SAME);
}

/**
 * Sets locators; places that have one keep it.
 *
 * @param {Live} live
 * @param {import("../../live/changes.js").Changes} changes
 * @param {Mark[]} marks
 * @returns {{made: number, there: number}}
 */
export function setLocators(live, changes, marks) {
  const free = marks.filter(({ time }) => cueAt(live, time) === 0);
  atRest(live, () => {
    for (const mark of free) add(live, mark);
  });
  if (free.length > 0) changes.record([deedOf(live, free)]);
  return { made: free.length, there: marks.length - free.length };
}

/** @param {Live} live @param {Mark[]} marks @returns {import("../../live/changes.js").Deed} */
const deedOf = (live, marks) => ({
  words: marks.length === 1 ? "the locator" : `${marks.length} locators`,
  gone: () => false,
  stands: (done) => marks.every(({ time }) => (cueAt(live, time) !== 0) === done),
  move: (done) =>
    atRest(live, () => {
      for (const mark of marks) {
        const cue = cueAt(live, mark.time);
        if (done && cue === 0) add(live, mark);
        // Renamed, a locator is the user's own by now.
        else if (!done && cue !== 0 && live.text(cue, "name") === mark.name) toggle(live, mark.time);
      }
    }),
});

/** @param {Live} live @param {number} time beats @returns {number} id of the locator there, 0 for none */
function cueAt(live, time) {
  return live.children(SONG, "cue_points").find((cue) => Math.abs(live.number(cue, "time") - time) < SAME) ?? 0;
}

/** @param {Live} live @param {Mark} mark */
function add(live, { time, name }) {
  toggle(live, time);
  const cue = cueAt(live, time);
  if (cue === 0) throw new Gone("Live did not set a locator there");
  live.set(cue, "name", name);
}

/** @param {Live} live @param {number} time */
function toggle(live, time) {
  live.set(SONG, "current_song_time", time);
  // Anywhere else it would set a locator nobody asked for.
  if (Math.abs(live.number(SONG, "current_song_time") - time) > SAME) {
    throw new LiveRefusal("Live did not move its playhead: no locator there");
  }
  live.call(SONG, "set_or_delete_cue");
}

/** @param {Live} live @param {() => void} act with the playhead free to move; it is put back */
function atRest(live, act) {
  if (live.flag(SONG, "is_playing")) throw new LiveRefusal("Stop Live first: locators are set with its playhead");
  const before = live.number(SONG, "current_song_time");
  try {
    act();
  } finally {
    live.set(SONG, "current_song_time", before);
  }
}
