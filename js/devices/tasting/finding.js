/** Asks the engine which take a clip holds, or which song several were arranged into: it knows them by their notes, also of days ago. */
import { sameNotes } from "../../live/notes.js";
import { MOST_NOTES, notesPlayed, shifted } from "./notes.js";

/** @typedef {import("./shelf.js").Known} Known */

/**
 * What taste.find and taste.take tell, as far as devices use it.
 * @typedef {object} Found
 * @property {string} take
 * @property {number} stars that the user gave, 0 for none
 * @property {string} made UTC, ISO 8601
 * @property {import("../../live/notes.js").Note[]} notes by which it was found, from 0
 * @property {number} start beats from the clip's zero to where it begins
 * @property {number} span beats
 */

/** A song, which lies in many clips. @typedef {Pick<Found, "take"|"stars">} FoundSong */

/**
 * @param {import("./letters.js").Ask} ask
 * @param {import("./notes.js").Read} read
 * @returns {Promise<Found|null>} null: none of Bandmate's; rejects where the engine does not answer
 */
export async function findTake(ask, read) {
  const played = notesPlayed(read);
  const whole = shifted(read.all, read.start);
  // A loop brace may have been moved since: then all notes of the clip are the take.
  for (const notes of sameNotes(played, whole) ? [played] : [played, whole]) {
    if (notes.length === 0 || notes.length > MOST_NOTES) continue;
    const { take: line } = await ask("taste.find", { notes }).done;
    if (line === null) continue;
    const told = await ask("taste.take", { take: line.take }).done;
    return {
      take: line.take,
      stars: await starsOf(ask, told),
      made: line.made,
      notes,
      start: read.start,
      span: read.end - read.start,
    };
  }
  return null;
}

/**
 * @param {import("./letters.js").Ask} ask
 * @param {readonly import("./notes.js").Read[]} reads clips of the song, at least one
 * @param {readonly import("./notes.js").Read[]} beside clips near them, by which songs that have the same scene are told apart
 * @returns {Promise<FoundSong|null>} null: they belong to none; rejects where the engine does not answer
 */
export async function findSong(ask, reads, beside) {
  const [clips, others] = [reads, beside].map((all) => all.map(({ all: notes, start }) => shifted(notes, start)));
  const { take: line } = await ask("taste.find_song", { clips, beside: others }).done;
  if (line === null) return null;
  const told = await ask("taste.take", { take: line.take }).done;
  return { take: line.take, stars: await starsOf(ask, told) };
}

/**
 * What the user said last of a take; of his own version of one, what he said of that, or else of the take.
 *
 * @param {import("./letters.js").Ask} ask
 * @param {any} told as taste.take tells it
 * @returns {Promise<number>}
 */
async function starsOf(ask, told) {
  const given = told.rewards.filter((/** @type {any} */ each) => each.kind === "stars" && each.counted);
  if (given.length > 0) return given[given.length - 1].amount;
  const { how, parent } = told.line;
  return how === "edited" && parent !== "" ? starsOf(ask, await ask("taste.take", { take: parent }).done) : 0;
}
