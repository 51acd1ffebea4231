/**
 * What sounds on the tracks, for whoever follows it: a Dict that all of Max shares. Every Listen keeps one entry in it
 * under its own id, `<track> <level> <density>`, and takes it away when it is switched off or goes.
 */

/** Name of the Dict. */
export const SOUNDING = "bandmate.sounding";

/**
 * @typedef {object} Sounds
 * @property {number} track id of the track that is listened to
 * @property {number} level how loud, 0-1
 * @property {number} density how many onsets, 0-1
 */

export class Sounding {
  #dict;

  /** @param {Pick<Dict, "get"|"set"|"remove"|"getkeys">} dict the shared one */
  constructor(dict) {
    this.#dict = dict;
  }

  /** @param {string} id of the Listen @param {Sounds} now */
  tell(id, { track, level, density }) {
    this.#dict.set(id, track, level, density);
  }

  /** @param {string} id of a Listen that hears no more */
  forget(id) {
    this.#dict.remove(id);
  }

  /** @returns {Sounds[]} one for each Listen, in the order of their coming */
  all() {
    const keys = this.#dict.getkeys() ?? [];
    return (typeof keys === "string" ? [keys] : keys).flatMap((id) => {
      const [track, level, density] = this.#dict.get(id) ?? [];
      return track === undefined ? [] : [{ track: Number(track), level: Number(level), density: Number(density) }];
    });
  }
}
