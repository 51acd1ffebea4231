/**
 * What is wanted of single lanes, kept as a line of words that the Set stores and that a person can read and type:
 * "clap mute, hat roll 2, hat density 150, kick lock 36".
 */

/**
 * @typedef {object} Lane
 * @property {boolean} mute
 * @property {number} roll how often it was rolled anew
 * @property {number} lock MIDI pitch whose notes stay as they are; -1: none
 * @property {number} density percent of what the style and the Density knob give; 0 leaves what defines the genre
 */

/** The wire takes no higher number. */
const MOST_ROLLS = 9999;
const HIGHEST = 127;
const AS_IS = 100;
const MOST_DENSE = 200;

/** @type {Readonly<Lane>} */
const PLAIN = Object.freeze({ mute: false, roll: 0, lock: -1, density: AS_IS });

export class Lanes {
  /** by role @type {Map<string, Lane>} */ #lanes = new Map();

  /** @param {string} text as typed or stored; words that say nothing are passed over */
  read(text) {
    this.#lanes.clear();
    for (const part of text.split(",")) {
      const [, name, what, number] = /^\s*(.+?)\s+(mute|roll|lock|density)(?:\s+(\d+))?\s*$/i.exec(part) ?? [];
      if (name === undefined) continue;
      const role = name.toLowerCase().replace(/[\s-]+/g, "_");
      const lane = this.of(role);
      const word = what.toLowerCase();
      if (word === "mute") this.#set(role, { ...lane, mute: true });
      else if (word === "roll") this.#set(role, { ...lane, roll: Math.min(MOST_ROLLS, Number(number ?? 1)) });
      else if (number === undefined) continue;
      else if (word === "density") this.#set(role, { ...lane, density: Math.min(MOST_DENSE, Number(number)) });
      else this.#set(role, { ...lane, lock: Math.min(HIGHEST, Number(number)) });
    }
  }

  /** @returns {string} what `read` understands */
  get text() {
    return [...this.#lanes]
      .flatMap(([role, { mute, roll, lock, density }]) => [
        ...(mute ? [`${role} mute`] : []),
        ...(roll > 0 ? [`${role} roll ${roll}`] : []),
        ...(density !== AS_IS ? [`${role} density ${density}`] : []),
        ...(lock >= 0 ? [`${role} lock ${lock}`] : []),
      ])
      .join(", ");
  }

  /** @returns {string[]} roles of which something is wanted */
  get roles() {
    return [...this.#lanes.keys()];
  }

  /** @param {string} role @returns {Readonly<Lane>} */
  of(role) {
    return this.#lanes.get(role) ?? PLAIN;
  }

  /** @param {string} role */
  toggleMute(role) {
    const lane = this.of(role);
    this.#set(role, { ...lane, mute: !lane.mute });
  }

  /** @param {string} role @param {number} pitch that plays it */
  toggleLock(role, pitch) {
    const lane = this.of(role);
    this.#set(role, { ...lane, lock: lane.lock >= 0 ? -1 : pitch });
  }

  /** A lane that is rolled anew is not locked any more. @param {string} role */
  reroll(role) {
    const lane = this.of(role);
    this.#set(role, { ...lane, lock: -1, roll: (lane.roll % MOST_ROLLS) + 1 });
  }

  /** @param {string} role @param {number} density percent; kept from 0 to 200 */
  thin(role, density) {
    this.#set(role, { ...this.of(role), density: Math.max(0, Math.min(MOST_DENSE, Math.round(density))) });
  }

  /** As the style has it: neither silent nor thinner or thicker. @param {string} role */
  plain(role) {
    this.#set(role, { ...this.of(role), mute: false, density: AS_IS });
  }

  /** @param {string} role @param {Lane} lane */
  #set(role, lane) {
    if (lane.mute || lane.roll > 0 || lane.lock >= 0 || lane.density !== AS_IS) this.#lanes.set(role, lane);
    else this.#lanes.delete(role);
  }

  /**
   * @param {(pitch: number) => import("../../live/notes.js").Note[]|null} notesOf what lies on a pitch; null where nothing
   *   is known, and so nothing can be kept
   * @returns {Record<string, Record<string, unknown>>|null} by role, for the wire
   */
  wishes(notesOf) {
    /** @type {Record<string, Record<string, unknown>>} */
    const wishes = {};
    for (const [role, { mute, roll, lock, density }] of this.#lanes) {
      const keep = lock >= 0 ? notesOf(lock) : null;
      const factor = density !== AS_IS ? { density: density / 100 } : {};
      wishes[role] = { ...(mute ? { mute } : {}), reroll: roll, ...factor, ...(keep ? { keep } : {}) };
    }
    return this.#lanes.size > 0 ? wishes : null;
  }
}
