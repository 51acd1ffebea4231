/** What is told to the engine of a take. What each comes to is the engine's (presets/taste/rewards.json). */
import { seedOf } from "../../rpc/random.js";
import { findTake } from "./finding.js";

/** @typedef {import("./letters.js").Letter} Letter */
/** @typedef {import("./shelf.js").Known} Known */
/** @typedef {import("../../live/notes.js").Note} Note */

/** What the user does with a take, as the engine calls it. @typedef {"kept"|"deleted"|"undone"|"rerolled"|"duplicated"|"looped"|"exported"} Kind */

/** What may be taken back is told no sooner: a take that is undone and restored to compare it was not undone. */
export const HOLD_MS = 12_000;

/** @type {readonly Kind[]} */
const HELD = ["deleted", "undone", "rerolled"];

/** @param {Kind} kind @param {Known} known @param {string} [more] where it may be told more than once */
export const rewardId = (kind, { take }, more = "") => [kind, take, more].filter(Boolean).join(":");

/**
 * @param {Kind} kind
 * @param {Known} known
 * @param {number|null} [amount] in the kind's unit; null: it has none
 * @param {string} [more] as in rewardId
 * @returns {Letter}
 */
export function rewardLetter(kind, known, amount = null, more = "") {
  const id = rewardId(kind, known, more);
  const said = amount === null ? {} : { amount };
  return {
    id,
    deliver: (ask, ago) => ask("taste.reward", { take: known.take, kind, ...said, reward: id, seconds_ago: ago }).done,
    ...(HELD.includes(kind) ? { hold: HOLD_MS } : {}),
  };
}

/**
 * The user has changed notes by hand. Another Bandmate device may have: then the clip holds a take that the engine knows.
 *
 * @param {Known} known
 * @param {import("./notes.js").Read} read the clip
 * @param {Note[]} after what lies where the take was, from 0
 * @param {(found: import("./finding.js").Found) => void} other it was no edit: that take is in the clip
 * @returns {Letter}
 */
export function editLetter(known, read, after, other) {
  const id = `edited:${known.origin}:${seedOf(JSON.stringify(after)).toString(36)}`;
  return {
    id,
    deliver: async (ask) => {
      const found = await findTake(ask, read);
      if (found !== null) {
        other(found);
        return "";
      }
      const answer = await ask("taste.edited", { take: known.origin, before: known.notes, after, reward: id }).done;
      // The hand may have gone on, or back, meanwhile.
      if (known.edited === after) known.take = answer.take;
      return answer.take;
    },
  };
}
