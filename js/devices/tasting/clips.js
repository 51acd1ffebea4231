/**
 * The clips that hold takes of this device, and what becomes of them: a hand changes notes, another device writes, Live's own
 * Undo brings something back, a clip is deleted, dragged or copied. What of it says something of a take is told.
 */
import { sameNotes } from "../../live/notes.js";
import { Lying } from "./lying.js";
import { notesAt } from "./notes.js";
import { clipPointedAt, clipsInScene, clipsOn, orElse, readOrNull } from "./places.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {import("./notes.js").Read} Read */
/** @typedef {import("./rewards.js").Kind} Kind */
/** @typedef {import("./shelf.js").Known} Known */

/**
 * @typedef {object} Told
 * @property {(kind: Kind, known: Known, amount?: number|null, more?: string) => void} reward
 * @property {(lying: Lying, read: Read, now: import("../../live/notes.js").Note[]) => void} edited by hand, or by another device
 * @property {(clip: number, known: Known|null) => void} holds what a clip holds by now; null: no take, or it is gone
 * @property {(from: number, to: number) => void} moved what lay in one clip lies in another one
 */

/** Clips that are watched: those that were written last. */
const MOST = 4;

/** Times through that are told. */
const LAPS = [4, 8, 16];

export class Clips {
  #parts;
  #shelf;
  #told;
  /** written last comes last @type {Lying[]} */ #lying = [];

  /**
   * @param {{live: Live, clock: import("../../rpc/clock.js").Clock}} parts
   * @param {import("./shelf.js").Shelf} shelf
   * @param {Told} told
   */
  constructor(parts, shelf, told) {
    this.#parts = parts;
    this.#shelf = shelf;
    this.#told = told;
  }

  /** Whether another clip can be watched without letting go of one. */
  get room() {
    return this.#lying.length < MOST;
  }

  /** @param {number} clip @returns {Lying|undefined} */
  of(clip) {
    return clip === 0 ? undefined : this.#lying.find((each) => each.clip === clip);
  }

  /** @returns {Lying|undefined} a take whose clip is gone */
  get gone() {
    return this.#lying.find((each) => !each.here);
  }

  /** A take lies in a clip. @param {number} clip @param {Known} known */
  lie(clip, known) {
    const before = this.of(clip);
    if (before?.known === known && before.here) return;
    this.leave(before);
    const told = {
      changed: (/** @type {Lying} */ each) => this.#changed(each),
      gone: (/** @type {Lying} */ each) => this.#gone(each),
      missed: (/** @type {Lying} */ each) => this.#missed(each),
      looped: (/** @type {Lying} */ each, /** @type {number} */ times) => {
        if (LAPS.includes(times)) this.#told.reward("looped", each.known, times, `${times}`);
      },
    };
    const lying = orElse(() => new Lying(this.#parts, clip, known, told), null);
    if (lying === null) return;
    this.#lying.push(lying);
    lying.song();
    if (this.#lying.length > MOST) this.leave(this.#lying[0]);
  }

  /** It is watched no more. @param {Lying|undefined} lying */
  leave(lying) {
    lying?.free();
    this.#lying = this.#lying.filter((each) => each !== lying);
  }

  /** Nothing is watched any more. */
  free() {
    for (const each of this.#lying) {
      each.settle();
      each.free();
    }
    this.#lying = [];
  }

  /** The song has begun or ended. */
  song() {
    for (const each of this.#lying) {
      each.song();
      each.settle();
    }
  }

  /** The user points at a clip: a copy is selected as soon as it is there, and so is the scene of one. @param {number} clip */
  pointed(clip) {
    for (const each of this.#lying) if (each.clip !== clip) each.settle();
    if (this.#lying.length === 0) return;
    const tracks = [...new Set(this.#lying.map((each) => each.track))];
    for (const other of new Set([clip, ...clipsInScene(this.#parts.live, tracks)])) {
      const known = this.of(other) === undefined ? this.#heldBy(other) : null;
      if (known && this.#lying.some((each) => each.known.origin === known.origin && each.here)) {
        this.#told.reward("duplicated", known);
      }
    }
  }

  /** @param {Known} known @returns {number} seconds since it was written */
  age({ made }) {
    return Math.max(0, (this.#parts.clock.now() - made) / 1000);
  }

  /** @param {number} clip @returns {Known|null} */
  #heldBy(clip) {
    const read = readOrNull(this.#parts.live, clip);
    return read && this.#shelf.match(read);
  }

  /** Notes of a clip are others now, and the hand has left them. @param {Lying} lying */
  #changed(lying) {
    const { clip, known } = lying;
    const read = readOrNull(this.#parts.live, clip);
    if (read === null) return;
    const now = notesAt(read, known.start, known.span);
    if (sameNotes(now, known.edited ?? known.notes)) return;
    const other = this.#shelf.match(read);
    // Another device has written, or something was undone: no edit.
    if (other !== null) this.holds(clip, other);
    else if (known.before !== null && sameNotes(now, known.before)) this.#lost(lying, "undone", this.age(known));
    else if (now.length === 0) this.#lost(lying, "deleted", this.age(known) / 60);
    else this.#told.edited(lying, read, now);
  }

  /** A clip that is watched holds a take that is known. @param {number} clip @param {Known} known */
  holds(clip, known) {
    const read = readOrNull(this.#parts.live, clip);
    if (read !== null && sameNotes(notesAt(read, known.start, known.span), known.notes)) {
      known.edited = null;
      known.take = known.origin;
    }
    this.#shelf.put(known);
    this.lie(clip, known);
    this.#told.holds(clip, known);
  }

  /** @param {Lying} lying @param {Kind} kind @param {number} amount */
  #lost(lying, kind, amount) {
    this.#told.reward(kind, lying.known, amount);
    this.leave(lying);
    this.#told.holds(lying.clip, null);
  }

  /** @param {Lying} lying */
  #gone(lying) {
    if (!this.#moved(lying)) this.#told.holds(lying.clip, null);
  }

  /** @param {Lying} lying */
  #missed(lying) {
    if (!this.#moved(lying)) this.#lost(lying, "deleted", this.age(lying.known) / 60);
  }

  /** Dragged to another slot, or brought back by Live, a clip is another one to Live. @param {Lying} lying @returns {boolean} */
  #moved(lying) {
    const { live } = this.#parts;
    const near = new Set([clipPointedAt(live), ...clipsOn(live, lying.track)]);
    const clip = [...near].find((each) => this.of(each) === undefined && this.#heldBy(each) === lying.known);
    if (clip === undefined) return false;
    this.leave(lying);
    this.lie(clip, lying.known);
    this.#told.moved(lying.clip, clip);
    this.#told.holds(clip, lying.known);
    return true;
  }
}
