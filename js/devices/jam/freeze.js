/** What was played becomes a clip, as it was heard. */
import { deposit } from "../../live/deposit.js";
import { findTarget } from "../../live/target.js";
import { counted } from "../shared/sentences.js";
import { CLIP_NAME } from "./around.js";
import { barAt, originOf, tickNow } from "./metre.js";
import { TICKS } from "./score.js";

/**
 * @typedef {object} Frozen
 * @property {string} words what has been done
 * @property {import("../../live/deposit.js").Deposited|null} done null: there was nothing to freeze
 * @property {readonly import("../../live/notes.js").Note[]} before notes that lay there
 * @property {number} length beats
 * @property {number} end tick of the song up to which it was played
 */

/**
 * @param {import("../../live/live.js").Live} live
 * @param {import("../../live/journal.js").Journal} journal
 * @param {import("./tape.js").Tape} tape
 * @param {import("./conductor.js").Conductor} conductor
 * @param {string} label what the part is, in words
 * @returns {Frozen}
 */
export function freeze(live, journal, tape, { metre, playing }, label) {
  const now = playing ? tickNow(live) : null;
  const end = now ?? tape.left;
  const { notes, bars } = tape.cut(now, (tick) => originOf(metre, barAt(metre, tick)), metre.length);
  const length = (bars * metre.length) / TICKS;
  if (notes.length === 0) {
    const words = "Let the song play a bar first: Freeze keeps what was heard";
    return { words, done: null, before: [], length, end };
  }
  const name = `${CLIP_NAME}${label}`.trim().slice(0, 80);
  const done = deposit(live, journal, findTarget(live), { notes, length, name, memo: null });
  const words = `Froze ${counted(done.found.length, "note")}, ${counted(bars, "bar")}`;
  return { words, done, before: journal.replaced, length, end };
}
