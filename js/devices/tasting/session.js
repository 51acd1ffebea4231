/**
 * What all devices know together of the takes that were made since Live was started, in a Dict that belongs to all of Max:
 * what lies on a track when a device comes was kept only if it is older, and what a button changed was no hand.
 */
import { seedOf } from "../../rpc/random.js";

/** Name of the Dict. */
export const SESSION = "bandmate.takes";

export class Session {
  #dict;

  /** @param {Pick<Dict, "get"|"set">} dict the shared one */
  constructor(dict) {
    this.#dict = dict;
  }

  /** @param {string} take id of one that was made just now */
  made(take) {
    this.#dict.set(take, 1);
  }

  /** @param {string} take @returns {boolean} whether it was made since Live was started */
  knows(take) {
    return Boolean(this.#dict.get(take));
  }

  /** @param {import("./notes.js").Read} read a clip as a button left it */
  retouched(read) {
    this.#dict.set(markOf(read), 1);
  }

  /** @param {import("./notes.js").Read} read @returns {boolean} whether a clip is as a button left it */
  wrote(read) {
    return Boolean(this.#dict.get(markOf(read)));
  }
}

/** No take is called like that. @param {import("./notes.js").Read} read */
const markOf = ({ all }) =>
  `notes_${seedOf(JSON.stringify(all.map(({ pitch, start_time, duration, velocity, mute }) => [pitch, start_time, duration, velocity, mute])))}`;

/**
 * The session in Max.
 *
 * @param {typeof Dict} DictClass
 * @returns {{session: Session, free: () => void}} `free` leaves it to the others
 */
export function openSession(DictClass) {
  const dict = new DictClass(SESSION);
  return { session: new Session(dict), free: () => dict.freepeer() };
}
