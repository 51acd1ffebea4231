/**
 * The board that Macros devices and those they steer share: two Dicts that belong to all of Max, and a receiver that tells
 * of whatever is new on it. Every Macros keeps where its knobs stand there, every device that listens how much of it it
 * takes; each takes its entry away when it is switched off or goes. So who comes later finds all of it, and where no
 * Macros is, nothing is steered.
 */
import { homeTrack } from "../../live/device.js";
import { THIS_DEVICE } from "../../live/paths.js";
import { trackIds } from "../../live/song.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {"energy"|"tension"|"darkness"|"groove"} Knob */
/** Where knobs stand, -1 to 1 each. @typedef {Record<Knob, number>} Stands */

/** Names of the Dicts, and of the receiver. */
export const STEERING = "bandmate.macros";
export const LISTENING = "bandmate.macros.heard";
export const NEWS = "bandmate.macros.news";

/** What is said there. */
export const SAID = "steered";

/** @type {readonly Knob[]} */
export const KNOBS = ["energy", "tension", "darkness", "groove"];

/**
 * A Macros device.
 * @typedef {object} Steerer
 * @property {string} id
 * @property {number} track id of its track, 0 for none
 * @property {readonly [number, number]} place of the track in the Set, and of the device on it
 * @property {Stands} stands
 */

/**
 * A device that is steered.
 * @typedef {object} Listener
 * @property {string} id
 * @property {string} kind "Bass"
 * @property {number} track id of its track, 0 for none
 * @property {readonly [number, number]} place
 * @property {number} amount 0-1
 */

/** @typedef {Pick<Dict, "get"|"set"|"remove"|"getkeys">} Shared */

export class Board {
  #steering;
  #listening;
  #say;

  /**
   * @param {object} shared
   * @param {Shared} shared.steering
   * @param {Shared} shared.listening
   * @param {() => void} shared.say tells all that something is new
   */
  constructor({ steering, listening, say }) {
    this.#steering = steering;
    this.#listening = listening;
    this.#say = say;
  }

  /** @param {Steerer} now */
  steer({ id, track, place, stands }) {
    this.#put(this.#steering, id, [track, ...place, ...KNOBS.map((knob) => stands[knob])]);
  }

  /** @param {Listener} now */
  listen({ id, kind, track, place, amount }) {
    this.#put(this.#listening, id, [kind, track, ...place, amount]);
  }

  /** @param {string} id of a device that steers or listens no more */
  leave(id) {
    for (const dict of [this.#steering, this.#listening]) {
      if (entryOf(dict, id) === null) continue;
      dict.remove(id);
      this.#say();
    }
  }

  /** @returns {Steerer[]} the one that steers first: it stands farthest left in the Set, and first on its track */
  steerers() {
    return entriesOf(this.#steering)
      .map(([id, [track, left, device, ...stands]]) => ({
        id,
        track: Number(track),
        place: placed(left, device),
        stands: standing((_, index) => Number(stands[index])),
      }))
      .sort(byPlace);
  }

  /** @returns {Stands|null} where the knobs of the one stand that steers; null: none is there */
  stands() {
    return this.steerers()[0]?.stands ?? null;
  }

  /** @returns {Listener[]} as they stand in the Set */
  listeners() {
    return entriesOf(this.#listening)
      .map(([id, [kind, track, left, device, amount]]) => ({
        id,
        kind: String(kind),
        track: Number(track),
        place: placed(left, device),
        amount: Number(amount),
      }))
      .sort(byPlace);
  }

  /** @param {Shared} dict @param {string} id @param {(string|number)[]} entry */
  #put(dict, id, entry) {
    if (JSON.stringify(entryOf(dict, id)) === JSON.stringify(entry)) return;
    dict.set(id, ...entry);
    this.#say();
  }
}

/** @param {(knob: Knob, index: number) => number} of @returns {Stands} */
export const standing = (of) =>
  /** @type {Stands} */ (Object.fromEntries(KNOBS.map((knob, at) => [knob, of(knob, at)])));

/**
 * The board in Max.
 *
 * @param {typeof Dict} DictClass
 * @param {(receiver: string, ...values: any[]) => void} messnamed
 * @returns {{board: Board, free: () => void}} `free` leaves it to the others
 */
export function openBoard(DictClass, messnamed) {
  const steering = new DictClass(STEERING);
  const listening = new DictClass(LISTENING);
  return {
    board: new Board({ steering, listening, say: () => messnamed(NEWS, SAID) }),
    free() {
      steering.freepeer();
      listening.freepeer();
    },
  };
}

/** @param {Live} live @returns {{track: number, place: readonly [number, number]}} where this device stands */
export function standsAt(live) {
  const track = homeTrack(live);
  const tracks = trackIds(live);
  const devices = track === 0 ? [] : live.children(track, "devices");
  return { track, place: [last(tracks.indexOf(track), tracks), last(devices.indexOf(live.id(THIS_DEVICE)), devices)] };
}

/** What is not found (inside a rack) comes behind the others. @param {number} at @param {readonly unknown[]} all */
const last = (at, all) => (at < 0 ? all.length : at);

/** @param {unknown} left @param {unknown} device @returns {readonly [number, number]} */
const placed = (left, device) => [Number(left), Number(device)];

/** @param {{id: string, place: readonly [number, number]}} one @param {{id: string, place: readonly [number, number]}} other */
const byPlace = (one, other) =>
  one.place[0] - other.place[0] || one.place[1] - other.place[1] || (one.id < other.id ? -1 : 1);

/** @param {Shared} dict @param {string} id @returns {(string|number)[]|null} */
function entryOf(dict, id) {
  const entry = dict.get(id);
  return Array.isArray(entry) ? entry : null;
}

/** @param {Shared} dict @returns {[string, (string|number)[]][]} */
function entriesOf(dict) {
  const keys = dict.getkeys() ?? [];
  return (typeof keys === "string" ? [keys] : keys).flatMap((id) => {
    const entry = entryOf(dict, id);
    return entry === null ? [] : [/** @type {[string, (string|number)[]]} */ ([id, entry])];
  });
}
