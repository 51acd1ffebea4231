/**
 * What is wanted of single lanes, kept as a line of words that the Set stores and that a person can read and type:
 * "clap mute, hat roll 2, kick lock 36".
 */

/**
 * @typedef {object} Lane
 * @property {boolean} mute
 * @property {number} roll how often it was rolled anew
 * @property {number} lock MIDI pitch whose notes stay as they are; -1: none
 */

/** The wire takes no higher number. */
const MOST_ROLLS = 9999;
const HIGHEST = 127;

/** @type {Readonly<Lane>} */
const PLAIN = Object.freeze({ mute: false, roll: 0, lock: -1 });

export class Lanes {
  /** by role @type {Map<string, Lane>} */ #lanes = new Map();

  /** @param {string} text as typed or stored; words that say nothing are passed over */
  read(text) {
    this.#lanes.clear();
    for (const part of text.split(",")) {
      const [, name, what, number] = /^\s*(.+?)\s+(mute|roll|lock)(?:\s+(\d+))?\s*$/i.exec(part) ?? [];
      if (name === undefined) continue;
      const role = name.toLowerCase().replace(/[\s-]+/g, "_");
      const lane = this.of(role);
      const word = what.toLowerCase();
      if (word === "mute") this.#set(role, { ...lane, mute: true });
      else if (word === "roll") this.#set(role, { ...lane, roll: Math.min(MOST_ROLLS, Number(number ?? 1)) });
      else if (number !== undefined) this.#set(role, { ...lane, lock: Math.min(HIGHEST, Number(number)) });
    }
  }

  /** @returns {string} what `read` understands */
  get text() {
    return [...this.#lanes]
      .flatMap(([role, { mute, roll, lock }]) => [
        ...(mute ? [`${role} mute`] : []),
        ...(roll > 0 ? [`${role} roll ${roll}`] : []),
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

  /** @param {string} role @param {Lane} lane */
  #set(role, lane) {
    if (lane.mute || lane.roll > 0 || lane.lock >= 0) this.#lanes.set(role, lane);
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
    for (const [role, { mute, roll, lock }] of this.#lanes) {
      const keep = lock >= 0 ? notesOf(lock) : null;
      wishes[role] = { ...(mute ? { mute } : {}), reroll: roll, ...(keep ? { keep } : {}) };
    }
    return this.#lanes.size > 0 ? wishes : null;
  }
}
