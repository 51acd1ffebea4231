/** The notes that a transformation was or may be asked about, each list under a short name of its own. */

/** @typedef {import("../../live/notes.js").Note} Note */

/**
 * @typedef {object} Subject
 * @property {string} id
 * @property {readonly Note[]} notes by time, then pitch
 * @property {ReadonlySet<string>} places of all of them
 */

/** Lists that are remembered; the one that was met first goes first. */
const MOST = 16;

/** Positions closer than this are one place: Max hands numbers on as 32-bit floats in places. */
const PLACES = 1e4;

/** @param {Note} note @returns {string} tells a note of a clip from all others of it: a pitch never sounds twice at once */
export const placeOf = (note) => `${note.pitch} ${Math.round(note.start_time * PLACES)}`;

/** @param {Note} note */
const wholeOf = ({ duration, velocity, mute, ...rest }) =>
  `${placeOf(/** @type {Note} */ (rest))} ${Math.round(duration * PLACES)} ${Math.round(velocity * 10)} ${mute ? 1 : 0}`;

/** @param {Subject|null} subject @param {readonly Note[]} notes @returns {subject is Subject} whether it has all of them */
export const holds = (subject, notes) => subject !== null && notes.every((note) => subject.places.has(placeOf(note)));

export class Subjects {
  /** @type {Map<string, Subject>} by all there is of their notes */ #known = new Map();
  #count = 0;

  /** @param {readonly Note[]} notes in any order @returns {Subject|null} null where there are none */
  of(notes) {
    if (notes.length === 0) return null;
    const sorted = [...notes].sort((a, b) => a.start_time - b.start_time || a.pitch - b.pitch);
    const content = sorted.map(wholeOf).join();
    const known = this.#known.get(content);
    if (known !== undefined) return known;
    this.#count += 1;
    const subject = { id: `notes ${this.#count}`, notes: sorted, places: new Set(sorted.map(placeOf)) };
    this.#known.set(content, subject);
    if (this.#known.size > MOST) this.#known.delete(/** @type {string} */ (this.#known.keys().next().value));
    return subject;
  }
}
