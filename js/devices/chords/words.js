/** The sentences Chords says. Short enough for the foot line, and always what was found, never what was asked. */
import { barsWords, keptWords, placeWords } from "../maker/words.js";
import { counted, sentences } from "../shared/sentences.js";

/** @typedef {import("../../live/deposit.js").Deposited} Deposited */
/** @typedef {import("../../live/target.js").Target} Target */
/** @typedef {import("./reply.js").Reply} Reply */

/** What the names of clips begin with that Chords makes. */
export const OWN_NAME = "Chords ";

/**
 * @param {Reply} reply
 * @param {Deposited} done as read back from Live
 * @param {Target} target
 * @param {number} barLength beats
 * @returns {string} "Wrote 4 chords, 8 bars, D minor"
 */
export function wroteWords(reply, done, target, barLength) {
  const facts = [
    `Wrote ${counted(chordsFound(reply, done), "chord")}`,
    barsWords(done.span / barLength),
    reply.resolved.key,
  ].join(", ");
  return `${facts}${placeWords(target)}${keptWords(done)}`;
}

/** @param {Reply} reply @returns {string} what the engine decided by itself; "" when nothing */
export const whyWords = (reply) => sentences(reply.notices);

/**
 * How many chords of the progression sound in the notes Live holds: a chord counts when a note starts while it lasts.
 * Passing chords that the engine put between them are not counted; a progression has as many chords as one reads in it.
 *
 * @param {Reply} reply
 * @param {Deposited} done
 * @returns {number}
 */
function chordsFound(reply, done) {
  const starts = done.found.map((note) => note.start_time - done.start);
  const heard = reply.chords.filter(({ start, duration }) =>
    // Humanised notes may begin a little early; the chord's first quarter is generous to both sides.
    starts.some((at) => at >= start - Math.min(0.25, duration / 4) && at < start + duration),
  );
  const figures = new Set(heard.map(({ figure }) => figure));
  const inProgression = reply.resolved.figures.filter((figure) => figures.has(figure)).length;
  return inProgression || figures.size;
}

/** @param {Reply} reply @returns {string} name for a clip that Chords makes: "Chords D minor i-VI-III-VII" */
export const clipNameFor = (reply) =>
  `${OWN_NAME}${reply.resolved.key} ${reply.resolved.figures.join("-")}`.slice(0, 80);

/** @param {Reply} reply @returns {string} over the picture: "D minor  i VI III VII" */
export const labelFor = (reply) => `${reply.resolved.key} · ${reply.resolved.figures.join(" ")}`;
