/**
 * A take that lies in a clip of the Set, and what the user does with that clip: he changes its notes, deletes it, lets it
 * play. Live tells of all three; nothing is looked at unless something has happened.
 */
import { slotOfClip, trackOfClip } from "../../live/clip.js";
import { Laps } from "./laps.js";
import { orElse } from "./places.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {import("../../rpc/clock.js").Clock} Clock */
/** @typedef {import("./shelf.js").Known} Known */

/** A hand that leaves the notes alone for so long has changed what it wanted to. */
export const QUIET_MS = 4000;

/** A clip that comes back within this (Undo of Live, a drag to another slot) was not deleted. */
export const RETURN_MS = 10_000;

/**
 * @typedef {object} Told what becomes of it
 * @property {(lying: Lying) => void} changed its notes may be others, and the hand has left them
 * @property {(lying: Lying) => void} gone the clip is not there any more, since just now
 * @property {(lying: Lying) => void} missed it did not come back
 * @property {(lying: Lying, times: number) => void} looped it has played through that often
 */

export class Lying {
  #clock;
  #live;
  #told;
  #laps;
  /** @type {(() => void)[]} */ #given = [];
  /** a change of notes that is not over @type {object|null} */ #edit = null;
  /** @type {object|null} */ #look = null;
  /** @type {object|null} */ #missing = null;
  #free = false;

  /**
   * @param {{live: Live, clock: Clock}} parts
   * @param {number} clip
   * @param {Known} known
   * @param {Told} told
   */
  constructor({ live, clock }, clip, known, told) {
    this.#live = live;
    this.#clock = clock;
    this.#told = told;
    this.clip = clip;
    this.known = known;
    this.track = trackOfClip(live, clip);
    this.slot = slotOfClip(live, clip);
    this.#laps = new Laps(live, clock, clip, known.span, (times) => told.looped(this, times));
    this.#given.push(live.observe(clip, "notes", () => this.#changed()));
    if (this.slot === 0) this.#given.push(live.observe(this.track, "arrangement_clips", () => this.#lookSoon()));
    else {
      this.#given.push(live.observe(this.slot, "has_clip", () => this.#lookSoon()));
      this.#given.push(live.observe(clip, "playing_status", () => this.#laps.look()));
    }
  }

  /** Whether the clip is in the Set. */
  get here() {
    return !this.#free && orElse(() => this.#live.exists(this.clip), false);
  }

  /** The song has begun or ended. */
  song() {
    orElse(() => this.#laps.look(), undefined);
  }

  /** The hand is elsewhere by now: what it changed is as it is meant to be. */
  settle() {
    if (this.#edit === null) return;
    this.#clock.cancel(this.#edit);
    this.#edit = null;
    this.#told.changed(this);
  }

  /** Gives back all that watches it. */
  free() {
    this.#free = true;
    for (const give of this.#given) orElse(give, undefined);
    this.#given = [];
    this.#laps.stop();
    for (const timer of [this.#edit, this.#look, this.#missing]) this.#clock.cancel(timer);
    this.#edit = null;
  }

  #changed() {
    this.#clock.cancel(this.#edit);
    this.#edit = this.#clock.after(QUIET_MS, () => this.settle());
  }

  /** Live is not asked while it tells. */
  #lookSoon() {
    this.#clock.cancel(this.#look);
    this.#look = this.#clock.after(0, () => {
      if (this.here) return;
      this.#missing ??= this.#clock.after(RETURN_MS, () => this.#told.missed(this));
      this.#told.gone(this);
    });
  }
}
