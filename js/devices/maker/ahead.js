/**
 * Tells the engine what a press would ask, before anybody presses: while the hand rests the engine draws takes, so that the
 * first press has many to choose from. What comes of it is nobody's business until then: no word is said of it.
 *
 * Nothing is told while a knob moves. One that moves again and again with nobody pressing (automation, mostly) must stand
 * still ever longer, and looking at the Set may only ever be a small share of the time.
 */
import { homeTrack } from "../../live/device.js";
import { LiveRefusal } from "../../live/errors.js";
import { SONG_VIEW } from "../../live/paths.js";
import { PATIENCE_MS } from "../shared/standing.js";

/** For so long nothing has changed, ms. */
export const STILL_MS = 300;

/** So many times in a row; then twice as long each time, up to LONGEST_MS. */
const AT_ONCE = 3;
const LONGEST_MS = 5_000;

/** After so long without a change the next one is the first again, ms. */
const CALM_MS = 15_000;

/** Times as long as a look at the Set took it is not looked at again. */
const REST = 20;

export class Ahead {
  #clock;
  #ready;
  #here;
  #look;
  #ask;
  /** @type {object|null} */ #timer = null;
  #changed = Number.NEGATIVE_INFINITY;
  /** whether all that changed is where the user points */ #pointed = true;
  /** times it was told since the last press */ #told = 0;
  /** ms that the last look took */ #took = 0;
  /** what is told and not answered yet @type {import("./order.js").Asked|null} */ #asked = null;
  #again = false;

  /**
   * @param {object} options
   * @param {import("../../rpc/clock.js").Clock} options.clock
   * @param {() => boolean} options.ready whether the engine is there and no press is under way
   * @param {() => boolean} options.here whether the user looks at this device's track
   * @param {() => Record<string, any>|null} options.look what a press would ask; null: nothing that is offered
   * @param {(request: Record<string, any>) => import("./order.js").Asked} options.ask tells it
   */
  constructor({ clock, ready, here, look, ask }) {
    this.#clock = clock;
    this.#ready = ready;
    this.#here = here;
    this.#look = look;
    this.#ask = ask;
  }

  /** The engine has come, a control stands elsewhere, a take was written: a press may ask something else now. */
  changed() {
    this.#pointed = false;
    this.#soon();
  }

  /** The user points somewhere else: that means a device only on whose track he is. */
  pointed() {
    this.#soon();
  }

  /** A press asks for it itself. */
  pressed() {
    this.#told = 0;
    this.#stop();
  }

  /** The engine has gone, or the device is switched off: whoever comes back is told anew. */
  away() {
    this.pressed();
    this.#asked?.cancel();
    this.#asked = null;
    this.#again = false;
  }

  #stop() {
    this.#clock.cancel(this.#timer);
    this.#timer = null;
    this.#pointed = true;
  }

  #soon() {
    const now = this.#clock.now();
    if (now - this.#changed >= CALM_MS) this.#told = 0;
    this.#changed = now;
    // A knob that moves sends many values: one timer for all of them.
    if (this.#timer === null && this.#ready()) this.#wait(this.#still);
  }

  /** How long nothing may have changed, ms. */
  get #still() {
    const patience = Math.min(LONGEST_MS, STILL_MS * 2 ** Math.max(0, this.#told - AT_ONCE + 1));
    return Math.max(patience, REST * this.#took);
  }

  /** @param {number} ms */
  #wait(ms) {
    this.#timer = this.#clock.after(ms, () => {
      this.#timer = null;
      const left = this.#changed + this.#still - this.#clock.now();
      if (left > 0) this.#wait(left);
      else this.#tell();
    });
  }

  #tell() {
    const pointed = this.#pointed;
    this.#pointed = true;
    if (!this.#ready()) return;
    if (this.#asked !== null) {
      this.#again = true;
      return;
    }
    const request = this.#looked(pointed);
    if (request === null) return;
    this.#told += 1;
    const asked = this.#ask(request);
    this.#asked = asked;
    const over = () => {
      if (this.#asked !== asked) return;
      this.#asked = null;
      if (this.#again) this.changed();
      this.#again = false;
    };
    asked.done.then(over, over);
  }

  /** @param {boolean} pointed @returns {Record<string, any>|null} */
  #looked(pointed) {
    const begun = this.#clock.now();
    try {
      return pointed && !this.#here() ? null : this.#look();
    } catch (problem) {
      // What Live refuses is said at the press.
      if (!(problem instanceof LiveRefusal)) throw problem;
      return null;
    } finally {
      this.#took = this.#clock.now() - begun;
    }
  }
}

/**
 * The same for a device.
 *
 * @param {Pick<import("./life.js").Life, "parts"|"standing">} device
 * @param {string} role whose method a press asks
 * @param {() => Record<string, any>|null} look what it would ask
 */
export function aheadOf({ parts: { clock, live }, standing }, role, look) {
  return new Ahead({
    clock,
    ready: () => standing.ready && !standing.pressed,
    here: () => live.child(SONG_VIEW, "selected_track") === homeTrack(live),
    look,
    ask: (request) => standing.client.request("taste.prepare", { role, request }, { timeout: PATIENCE_MS }),
  });
}
