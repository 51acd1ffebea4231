/**
 * What was played, as the player tells it note by note: Freeze makes a clip of it. It goes back to where the song started or
 * jumped, round its loop as often as it went.
 */
import { noteFrom } from "../../live/notes.js";
import { TICKS } from "./score.js";

/** @typedef {{pitch: number, velocity: number, on: number, off: number}} Played ticks from the tape's start; `off` Infinity while it sounds */

/** Bars that are kept. */
export const MOST_BARS = 64;
/** More notes than 64 bars ever have are forgotten, the first ones first. */
const MOST_NOTES = 20_000;

export class Tape {
  /** @type {Played[]} */ #notes = [];
  /** @type {Map<number, Played>} */ #sounding = new Map();
  /** tick of the song at which the tape begins; -1: nothing was played */ #start = -1;
  /** added to a tick of the song it gives the place on the tape */ #shift = 0;
  /** tick of the song at which what sounded last was ended */ #left = 0;

  /** Tick of the song at which what sounded last was ended. */
  get left() {
    return this.#left;
  }

  /** The player begins at a place. @param {number} tick @param {{start: number, end: number}|null} loop of the song */
  entered(tick, loop) {
    const wraps = loop !== null && this.#start >= 0 && near(this.#left, loop.end) && near(tick, loop.start);
    if (wraps) this.#shift += this.#left - tick;
    else {
      this.#notes = [];
      this.#sounding.clear();
      this.#start = tick;
      this.#shift = -tick;
    }
  }

  /** Something begins, or ends. @param {number} pitch @param {number} velocity 0: it ends @param {number} tick of the song */
  struck(pitch, velocity, tick) {
    if (this.#start < 0) return;
    const place = tick + this.#shift;
    const before = this.#sounding.get(pitch);
    if (before !== undefined) before.off = Math.min(before.off, place);
    this.#sounding.delete(pitch);
    if (velocity === 0) return;
    const note = { pitch, velocity, on: place, off: Number.POSITIVE_INFINITY };
    this.#sounding.set(pitch, note);
    this.#notes.push(note);
    if (this.#notes.length > MOST_NOTES) this.#notes.splice(0, MOST_NOTES / 4);
  }

  /** Everything has ended. @param {number} tick of the song */
  hushed(tick) {
    this.#left = tick;
    for (const note of this.#sounding.values()) note.off = Math.max(note.on + 1, tick + this.#shift);
    this.#sounding.clear();
  }

  /**
   * @param {number|null} now tick of the song; null: it stands
   * @param {(tick: number) => number} barLine the bar line at or before a tick of the song
   * @param {number} bar ticks
   * @returns {{notes: import("../../live/notes.js").Note[], bars: number}} from the bar in which the tape begins; of a song that
   *   runs only whole bars
   */
  cut(now, barLine, bar) {
    if (this.#start < 0) return { notes: [], bars: 0 };
    const offset = this.#start - barLine(this.#start);
    const last = (now ?? this.#left) + this.#shift + offset;
    const all = now === null ? Math.ceil(last / bar - 1e-3) : Math.floor(last / bar);
    const bars = Math.min(MOST_BARS, all);
    const from = (all - bars) * bar - offset;
    const to = all * bar - offset;
    const notes = this.#notes.filter(({ on }) => on >= from && on < to);
    return {
      bars,
      notes: notes.map(({ pitch, velocity, on, off }) =>
        noteFrom({ pitch, velocity, start_time: (on - from) / TICKS, duration: (Math.min(off, to) - on) / TICKS }),
      ),
    };
  }
}

/** A row of the player's tables is as fine as it tells. @param {number} a @param {number} b */
const near = (a, b) => Math.abs(a - b) <= 10;
