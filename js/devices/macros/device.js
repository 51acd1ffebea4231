/**
 * Macros: four knobs that steer every Bandmate device of the Set. Knows none of Max's globals; they are handed in, so that
 * all of it runs in a test. Of several Macros the one farthest left in the Set steers, the others rest and say so.
 */
import { SONG } from "../../live/paths.js";
import { trackName } from "../../live/track.js";
import { KNOBS, standing, standsAt } from "../shared/board.js";
import { Controls } from "../shared/controls.js";
import { counted } from "../shared/sentences.js";
import { heardBy, stood } from "../shared/steered.js";
import { TABLE } from "./parameters.js";

/** @typedef {import("../shared/board.js").Listener} Listener */
/** @typedef {import("../shared/board.js").Stands} Stands */
/** @typedef {import("../../ui/steeredrows.js").Row} Row */

const OFF = "Device is off: it steers nothing";
const NOBODY = "Nobody hears it yet: drop Bandmate devices on tracks";
const WHO = "Of several Macros the one farthest left in the Set steers";

/** News within this time is shown together: lanes move knobs a hundred times a second. */
const TOGETHER_MS = 40;

/**
 * @typedef {object} Parts
 * @property {string} id unique in Max
 * @property {import("../shared/board.js").Board} board
 * @property {import("../../live/live.js").Live} live
 * @property {import("../../rpc/clock.js").Clock} clock
 * @property {import("./face.js").Face} face
 */

export class MacrosDevice {
  #parts;
  #controls = new Controls(TABLE);
  #started = false;
  #on = true;
  /** whether its controls look as if this one steered */ #active = true;
  /** @type {ReturnType<typeof standsAt>} */ #where = { track: 0, place: [0, 0] };
  /** names of tracks by id, as they were asked for last @type {Map<number, string>} */ #names = new Map();
  #named = "";
  /** @type {object|null} */ #soon = null;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** live.thisdevice has spoken: Live is there. */
  start() {
    if (this.#started) return;
    const { live } = this.#parts;
    this.#started = true;
    live.start();
    // Tracks that move change who steers.
    live.watch(SONG, "tracks", () => this.#look());
    this.#look();
    this.#show();
  }

  /** @param {boolean} on the device's own switch */
  enable(on) {
    this.#on = on;
    // The patch has just given all controls this look.
    this.#active = on;
    this.#tell();
    this.#show();
  }

  /** The device is being deleted. */
  remove() {
    this.#started = false;
    this.#parts.clock.stop();
    this.#parts.board.leave(this.#parts.id);
    this.#parts.live.stop();
  }

  /** @param {string} selector @param {number} value percent */
  parameter(selector, value) {
    this.#controls.set(selector, value);
    this.#tell();
  }

  /** Something is new on the board: it is shown when all that is said at once has been said. */
  news() {
    if (!this.#started || this.#soon !== null) return;
    this.#soon = this.#parts.clock.after(TOGETHER_MS, () => {
      this.#soon = null;
      this.#show();
    });
  }

  /** Tracks may stand elsewhere, or be called otherwise. */
  #look() {
    this.#where = standsAt(this.#parts.live);
    this.#named = "";
    this.#tell();
    this.news();
  }

  #tell() {
    const { id, board } = this.#parts;
    if (!this.#started) return;
    const stands = standing((knob) => this.#controls.number(knob) / 100);
    if (this.#on) board.steer({ id, ...this.#where, stands });
    else board.leave(id);
  }

  #show() {
    const { id, board, face } = this.#parts;
    if (!this.#on) {
      face.rows([]);
      return face.status("off", OFF);
    }
    const [first, ...others] = board.steerers();
    if (!this.#started || first === undefined) return;
    const listeners = board.listeners();
    this.#name([first, ...listeners]);
    face.rows(this.#rows(listeners, first.stands));
    const steers = first.id === id;
    if (steers !== this.#active) face.active(steers);
    this.#active = steers;
    if (!steers) return face.status("away", `Rests: the Macros on ${this.#nameOf(first.track)} steers`, WHO);
    if (listeners.length === 0) return face.status("ready", NOBODY);
    const besides =
      others.length === 0 ? "" : `, ${others.length > 1 ? `${others.length} other` : "another"} Macros rests`;
    const rest = stood(first.stands) === "" ? ": all at rest" : "";
    face.status("ready", `Steers ${counted(listeners.length, "device")}${rest}${besides}`, besides === "" ? "" : WHO);
  }

  /** Asks Live for names only when somebody new is there: knobs are automated, and Live is asked slowly. @param {readonly {id: string, track: number}[]} all */
  #name(all) {
    const { live } = this.#parts;
    const now = JSON.stringify(all.map(({ id, track }) => [id, track]));
    if (now === this.#named) return;
    this.#named = now;
    const tracks = new Set(all.map(({ track }) => track));
    this.#names = new Map([...tracks].map((track) => [track, live.exists(track) ? trackName(live, track) : ""]));
  }

  /** @param {number} track */
  #nameOf(track) {
    const name = this.#names.get(track) ?? "";
    return name === "" ? "another track" : `"${name}"`;
  }

  /** @param {readonly Listener[]} listeners @param {Stands} stands @returns {Row[]} */
  #rows(listeners, stands) {
    return listeners.map(({ kind, track, amount }) => {
      const heard = heardBy(kind);
      return {
        name: kind,
        track: this.#names.get(track) ?? "",
        amount,
        shares: KNOBS.map((knob) => (heard.includes(knob) ? stands[knob] * amount : null)),
      };
    });
  }
}
