/**
 * Other pitches for the notes of a clip, all else untouched. The notes themselves stay: Live keeps what is drawn into
 * one (bends, slides, pressure) only while it is the same note, so they are changed by their ids and never made anew.
 */
import { readState, trackOfClip, writeState } from "./clip.js";
import { Gone, LiveRefusal } from "./errors.js";
import { allNotes, noteFrom, parsed, sameNotes } from "./notes.js";
import { refuseFrozen } from "./track.js";

/** @typedef {import("./live.js").Live} Live */
/** @typedef {import("./notes.js").Note} Note */
/** @typedef {import("./changes.js").Deed} Deed */

/** @typedef {Note & {note_id: number}} KnownNote */

/** @param {Note} a @param {Note} b */
const byPitch = (a, b) => a.pitch - b.pitch || a.start_time - b.start_time;

/** @param {Live} live @param {number} clip @returns {KnownNote[]} */
const knownNotes = (live, clip) =>
  parsed(live.call(clip, "get_all_notes_extended")).notes.map((/** @type {any} */ raw) => ({
    ...noteFrom(raw),
    note_id: Number(raw.note_id),
  }));

/**
 * Gives the notes of a clip other pitches.
 *
 * @param {Live} live
 * @param {number} clip
 * @param {readonly Note[]} before all notes of the clip, as they were read
 * @param {readonly Note[]} after the same in the same order, with other pitches
 * @param {string} words what a person calls them: "the notes of Bass"
 * @returns {Deed} what was done, for Changes to remember
 * @throws {LiveRefusal} with the clip as it was
 */
export function repitch(live, clip, before, after, words) {
  if (!live.exists(clip)) throw new Gone("That clip is gone: press again");
  refuseFrozen(live, trackOfClip(live, clip));
  if (!sameNotes(allNotes(live, clip), before)) throw new LiveRefusal("You changed that clip meanwhile: press again");
  const state = readState(live, clip);
  const deed = deedOf(live, clip, before, after, words);
  deed.move(true);
  if (deed.stands(true)) return deed;
  if (!deed.stands(false)) writeState(live, clip, state, readState(live, clip));
  throw new LiveRefusal("Live does not let that clip change now");
}

/** @param {Live} live @param {number} clip @param {readonly Note[]} before @param {readonly Note[]} after @param {string} words @returns {Deed} */
const deedOf = (live, clip, before, after, words) => ({
  words,
  gone: () => !live.exists(clip),
  stands: (done) => sameNotes(allNotes(live, clip), done ? after : before),
  move: (done) => {
    refuseFrozen(live, trackOfClip(live, clip));
    if (done) move(live, clip, before, after);
    else move(live, clip, after, before);
  },
});

/** @param {Live} live @param {number} clip @param {readonly Note[]} from what the clip holds @param {readonly Note[]} to */
function move(live, clip, from, to) {
  const order = from.map((_, i) => i).sort((a, b) => byPitch(from[a], from[b]));
  const here = knownNotes(live, clip).sort(byPitch);
  const moves = here.flatMap((note, i) => {
    const pitch = to[order[i]]?.pitch ?? note.pitch;
    return pitch === note.pitch ? [] : [{ note, pitch }];
  });
  // The highest goes up first and the lowest goes down first, so that none lands on one that is about to leave.
  const up = moves.filter(({ note, pitch }) => pitch > note.pitch).reverse();
  const down = moves.filter(({ note, pitch }) => pitch < note.pitch);
  const notes = [...up, ...down].map(({ note, pitch }) => ({ ...note, pitch, mute: note.mute ? 1 : 0 }));
  if (notes.length > 0) live.call(clip, "apply_note_modifications", { notes });
}
