/**
 * How far what is offered may go from what is liked: one Dict that belongs to all of Max, and a receiver that tells of
 * whatever is new there. Every Taste device keeps where its Explore stands, and takes it away when it is switched off or
 * goes; a device that generates reads it when Generate is pressed. Who rated something says so through the same receiver,
 * so that a Taste shows what was learnt of it.
 */

/** Names of the Dict, and of the receiver. */
export const EXPLORING = "bandmate.explore";
export const TASTE_NEWS = "bandmate.taste.news";

/** What is said there: Explore stands elsewhere; something was rated. */
export const EXPLORED = "explored";
export const RATED = "rated";

/** Where no Taste device is. */
export const USUAL_EXPLORE = 0.25;

/** @typedef {Pick<Dict, "get"|"set"|"remove"|"getkeys"|"freepeer">} Shared */

/**
 * A Taste device.
 * @typedef {object} Explorer
 * @property {string} id unique in Max
 * @property {number} track id of its track, 0 for none
 * @property {readonly [number, number]} place of the track in the Set, and of the device on it
 * @property {number} explore 0 safe to 1 surprising
 */

export class Exploring {
  #shared;
  #say;

  /**
   * @param {Shared} shared
   * @param {(news: string) => void} say tells all Taste devices
   */
  constructor(shared, say) {
    this.#shared = shared;
    this.#say = say;
  }

  /** @returns {number} how far an offer may go, 0 safe to 1 surprising */
  explore() {
    return this.explorers()[0]?.explore ?? USUAL_EXPLORE;
  }

  /** @returns {Explorer[]} the one that counts first: it stands farthest left in the Set, and first on its track */
  explorers() {
    const keys = this.#shared.getkeys() ?? [];
    return (typeof keys === "string" ? [keys] : keys)
      .flatMap((id) => {
        const entry = this.#entry(id);
        if (entry === null) return [];
        const [track, left, device, explore] = entry.map(Number);
        return [/** @type {Explorer} */ ({ id, track, place: [left, device], explore })];
      })
      .sort(byPlace);
  }

  /** @param {string} id of a Taste device @param {Omit<Explorer, "id">} now */
  tell(id, { track, place, explore }) {
    const entry = [track, ...place, Math.min(1, Math.max(0, explore))];
    if (JSON.stringify(this.#entry(id)) === JSON.stringify(entry)) return;
    this.#shared.set(id, ...entry);
    this.#say(EXPLORED);
  }

  /** @param {string} id of a Taste device that is off, or goes */
  leave(id) {
    if (this.#entry(id) === null) return;
    this.#shared.remove(id);
    this.#say(EXPLORED);
  }

  /** Something was rated, or told of a take. */
  rated() {
    this.#say(RATED);
  }

  /** Leaves it to the others. */
  free() {
    this.#shared.freepeer();
  }

  /** @param {string} id @returns {unknown[]|null} */
  #entry(id) {
    const entry = this.#shared.get(id);
    return Array.isArray(entry) ? entry : null;
  }
}

/**
 * The same in Max.
 *
 * @param {typeof Dict} DictClass
 * @param {(receiver: string, ...values: any[]) => void} messnamed
 */
export const openExploring = (DictClass, messnamed) =>
  new Exploring(new DictClass(EXPLORING), (news) => messnamed(TASTE_NEWS, news));

/** @param {Explorer} one @param {Explorer} other */
const byPlace = (one, other) =>
  one.place[0] - other.place[0] || one.place[1] - other.place[1] || (one.id < other.id ? -1 : 1);
