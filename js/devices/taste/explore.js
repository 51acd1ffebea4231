/** Where this Taste stands among others: the one farthest left in the Set says how far an offer may go, and the others say who. */
import { trackName } from "../../live/track.js";
import { standsAt } from "../shared/board.js";

export class Explore {
  #parts;
  /** @type {ReturnType<typeof standsAt>} */ #where = { track: 0, place: [0, 0] };
  #told = false;
  /** id of the one that says how far, where that is another one; "" where it is this one */ #first = "";

  /** @param {Pick<import("./device.js").Parts, "id"|"exploring"|"live">} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** Whether another one says how far. */
  get rests() {
    return this.#first !== "";
  }

  /** Live is there, or tracks may stand elsewhere. */
  look() {
    this.#where = standsAt(this.#parts.live);
    this.#told = true;
  }

  /** @param {number} percent */
  tell(percent) {
    const { id, exploring } = this.#parts;
    if (this.#told) exploring.tell(id, { ...this.#where, explore: percent / 100 });
  }

  leave() {
    this.#parts.exploring.leave(this.#parts.id);
  }

  /** Somebody has come, gone or moved. @returns {boolean} whether another one says how far now */
  changed() {
    const { id, exploring } = this.#parts;
    const first = exploring.explorers()[0]?.id ?? id;
    const now = first === id ? "" : first;
    if (now === this.#first) return false;
    this.#first = now;
    return true;
  }

  /** @returns {string} on which track the one stands that says how far */
  get track() {
    const { live, exploring } = this.#parts;
    const track = exploring.explorers().find(({ id }) => id === this.#first)?.track ?? 0;
    const name = track !== 0 && live.exists(track) ? trackName(live, track) : "";
    return name === "" ? "another track" : `"${name}"`;
  }
}
