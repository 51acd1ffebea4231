/** The sentences a part says. Short enough for the foot line, and always what was found, never what was asked. */
import { TOLERANCE } from "../../live/notes.js";
import { counted, sentences } from "../shared/sentences.js";

/** @typedef {import("../../live/deposit.js").Deposited} Deposited */
/** @typedef {import("../../live/target.js").Target} Target */

/**
 * What compose.* answers for a part, as far as devices use it.
 * @typedef {object} PartReply
 * @property {import("../../live/notes.js").Note[]} notes
 * @property {number} length beats
 * @property {{start: number, duration: number, symbol: string}[]} chords
 * @property {{key: string, style_name: string, own: string|null, own_amount: number}} resolved
 * @property {string[]} notices
 */

/** @param {number} value @returns {string} "8", "2.5" */
const plain = (value) => String(Math.round(value * 100) / 100);

/** @param {number} bars @returns {string} "1 bar", "2.5 bars" */
export const barsWords = (bars) => `${plain(bars)} ${Math.abs(bars - 1) < TOLERANCE ? "bar" : "bars"}`;

/** Where it went, when not to the device's own track. @param {Target} target */
export const placeWords = ({ ownTrack, trackName }) => (ownTrack ? "" : ` on "${trackName}"`);

/** What Live did not take. @param {Deposited} done */
export const keptWords = ({ found, wanted }) =>
  found.length < wanted ? `. Live kept ${found.length} of ${wanted} notes` : "";

/**
 * @param {PartReply} reply
 * @param {Deposited} done as read back from Live
 * @param {Target} target
 * @param {number} barLength beats
 * @param {number} [kept] how many of the notes were there before
 * @returns {string} "Wrote 31 notes, 8 bars, D minor"
 */
export function wroteWords(reply, done, target, barLength, kept = 0) {
  const did = kept > 0 ? "Added" : "Wrote";
  const facts = [
    `${did} ${counted(done.found.length - kept, "note")}`,
    barsWords(done.span / barLength),
    reply.resolved.key,
  ];
  return `${facts.filter((fact) => fact !== "").join(", ")}${placeWords(target)}${keptWords(done)}`;
}

/** @param {PartReply} reply @returns {string} what the engine decided by itself; "" when nothing */
export const whyWords = (reply) => sentences(reply.notices);

/** @param {string} style @param {string} [own] the user's own, "" for none @returns {string} "Deep house + Night bass" */
export const styleWords = (style, own) => [style, own].filter(Boolean).join(" + ");

/** @param {PartReply} reply @param {string} [own] the user's own style in it @returns {string} over the picture: "Deep house · D minor" */
export const labelFor = ({ resolved: { key, style_name: style } }, own) =>
  [styleWords(style, own), key].filter(Boolean).join(" · ");
