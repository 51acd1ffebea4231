/** Keeps the tables of the player as they should be, see m4l_devices/devices/jam_player.py. Only what is new is told. */
import { ROW } from "./score.js";

/** @typedef {import("./score.js").Rows} Rows */

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
