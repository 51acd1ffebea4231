/** A device that is steered: how much of it it takes, and what goes onto the wire for it. Its own controls stay as they are. */
import { KNOBS, standing, standsAt } from "./board.js";

/** @typedef {import("./board.js").Knob} Knob */
/** @typedef {import("./board.js").Stands} Stands */

/** Kinds of devices that only some knobs mean something to (presets/macros). @type {Readonly<Record<string, readonly Knob[]>>} */
const HEARD = Object.freeze({ Humanise: ["energy", "groove"], Vary: ["tension"] });

/** @param {string} kind of a device @returns {readonly Knob[]} what it hears */
export const heardBy = (kind) => HEARD[kind] ?? KNOBS;

/**
 * @typedef {object} Place
 * @property {string} id of the device, unique in Max
 * @property {string} kind "Bass"
 * @property {import("./board.js").Board} board
 * @property {import("../../live/live.js").Live} live
 * @property {() => number} amount percent of it that the device takes
 */

export class Steered {
  #parts;
  #started = false;
  #on = true;
  /** as it was looked for last: an automated amount asks Live for nothing */ #where =
    /** @type {ReturnType<typeof standsAt>} */ ({ track: 0, place: [0, 0] });

  /** @param {Place} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** Live is there. */
  start() {
    this.#started = true;
    this.#where = standsAt(this.#parts.live);
    this.tell();
  }

  /** @param {boolean} on the device's own switch */
  enable(on) {
    this.#on = on;
    this.tell();
  }

  /** The device has gone. */
  stop() {
    this.#started = false;
    this.#parts.board.leave(this.#parts.id);
  }

  /** Tells who asks how much of it this device takes. */
  tell() {
    const { id, kind, board, amount } = this.#parts;
    if (!this.#started) return;
    if (this.#on) board.listen({ id, kind, ...this.#where, amount: amount() / 100 });
    else board.leave(id);
  }

  /** Where the knobs stand for this device. @returns {Stands|null} null: at rest */
  get stands() {
    const { kind, board, amount } = this.#parts;
    const stands = board.stands();
    if (stands === null) return null;
    const heard = heardBy(kind);
    const share = amount() / 100;
    const own = standing((knob) => (heard.includes(knob) ? Math.round(stands[knob] * share * 1000) / 1000 : 0));
    return KNOBS.some((knob) => own[knob] !== 0) ? own : null;
  }

  /** What a request says of it: nothing where nothing is steered. @returns {{steer?: Stands}} */
  wire() {
    const { stands } = this;
    return stands === null ? {} : { steer: stands };
  }

  /** @returns {string[]} the same in words */
  why() {
    const { stands } = this;
    return stands === null ? [] : [`Macros: ${stood(stands)}`];
  }
}

/** @param {Stands} stands @returns {string} "energy +40 %, groove −20 %"; "" where all rest */
export const stood = (stands) =>
  KNOBS.filter((knob) => Math.round(stands[knob] * 100) !== 0)
    .map((knob) => `${knob} ${percent(stands[knob])}`)
    .join(", ");

/** @param {number} value -1 to 1 */
const percent = (value) => `${value < 0 ? "−" : "+"}${Math.round(Math.abs(value) * 100)} %`;
