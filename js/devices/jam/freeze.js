/** What was played becomes a clip, as it was heard. */
import { deposit } from "../../live/deposit.js";
import { findTarget } from "../../live/target.js";
import { counted } from "../shared/sentences.js";
import { CLIP_NAME } from "./around.js";
import { barAt, originOf, tickNow } from "./metre.js";
import { TICKS } from "./score.js";

/**
 * @param {import("../../live/live.js").Live} live
 * @param {import("../../live/journal.js").Journal} journal
 * @param {import("./tape.js").Tape} tape
 * @param {import("./conductor.js").Conductor} conductor
 * @param {string} label what the part is, in words
 * @returns {string} what has been done, in words
 */
export function freeze(live, journal, tape, { metre, playing }, label) {
  const now = playing ? tickNow(live) : null;
  const { notes, bars } = tape.cut(now, (tick) => originOf(metre, barAt(metre, tick)), metre.length);
  if (notes.length === 0) return "Let the song play a bar first: Freeze keeps what was heard";
  const name = `${CLIP_NAME}${label}`.trim().slice(0, 80);
  const length = (bars * metre.length) / TICKS;
  const done = deposit(live, journal, findTarget(live), { notes, length, name, memo: null });
  return `Froze ${counted(done.found.length, "note")}, ${counted(bars, "bar")}`;
}
