/** Keeps the tables of the player as they should be, see m4l_devices/devices/jam_player.py. Only what is new is told. */
import { ROW } from "./score.js";

/** @typedef {import("./score.js").Rows} Rows */

/** Numbers of a row for each that begins or ends: tick, pitch, velocity, ticks at most. */
const WORDS = 4;

export class Feeder {
  #tell;
  /** what was told, by place @type {Map<number, string>} */ #rows = new Map();
  /** @type {Map<number, string>} */ #entries = new Map();

  /** @param {(...values: (string | number)[]) => void} tell the player */
  constructor(tell) {
    this.#tell = tell;
  }

  /**
   * @param {Rows} rows all there are in between
   * @param {Rows} entries likewise
   * @param {number} from tick
   * @param {number} to tick
   */
  feed(rows, entries, from, to) {
    const [first, end] = [Math.ceil(from / ROW), Math.ceil(to / ROW)];
    this.#bring("row", "unrow", this.#rows, rows, first, end);
    this.#bring("entry", "unentry", this.#entries, entries, first, end);
  }

  /** @param {number} pitch @param {number} place in rows @returns {boolean} whether it was told that the pitch ends there */
  ends(pitch, place) {
    const row = this.#rows.get(place)?.split(" ").map(Number) ?? [];
    return row.some((_, at) => at % WORDS === 0 && row[at + 1] === pitch && row[at + 2] === 0);
  }

  /**
   * @param {string} word @param {string} away @param {Map<number, string>} told @param {Rows} wanted
   * @param {number} first @param {number} end
   */
  #bring(word, away, told, wanted, first, end) {
    for (let place = first; place < end; place++) {
      const row = wanted.get(place);
      const text = row?.join(" ");
      if (told.get(place) === text) continue;
      if (row === undefined) {
        told.delete(place);
        this.#tell(away, place);
      } else {
        told.set(place, /** @type {string} */ (text));
        this.#tell(word, place, ...row);
      }
    }
  }

  /** Nothing is known any more. */
  forget() {
    if (this.#rows.size + this.#entries.size === 0) return;
    this.#rows.clear();
    this.#entries.clear();
    this.#tell("forget");
  }
}
