/**
 * Locators in the Arrangement at what was heard: sections, or faults. Live sets a locator where its playhead stands,
 * and takes the one away that is there already; so the playhead is moved, looked at, and put back.
 */
import { LiveRefusal } from "../../live/errors.js";
import { SONG } from "../../live/paths.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {import("../shared/analysis.js").Analysis} Analysis */
/** @typedef {import("./place.js").Place} Place */

/** @typedef {{time: number, name: string}} Mark beats in the Arrangement */

/** Beats within which two places are one. */
const SAME = 1e-3;
/** How long Live may take to move its playhead, and how often one looks. */
const PATIENCE_MS = 1000;
const LOOK_MS = 10;
/** More would bury the Arrangement. */
const MOST = 60;

/**
 * @param {Analysis} analysis
 * @param {"sections"|"faults"} what
 * @param {number} sensitivity 0-1: how unsure a thing may be and still get a locator
 * @returns {{second: number, name: string}[]} of the file, in order
 */
export function marksOf(analysis, what, sensitivity) {
  const least = 1 - sensitivity;
  const found =
    what === "sections"
      ? (analysis.sections ?? [])
          .filter(({ confidence }, i) => i === 0 || confidence >= least)
          .map(({ start, label }) => ({ second: start, name: capital(label) }))
      : (analysis.forensics?.findings ?? [])
          .filter(({ probability }) => probability >= least)
          .map(({ start, kind }) => ({ second: start, name: capital(kind.replaceAll("_", " ")) }));
  return found.sort((a, b) => a.second - b.second).slice(0, MOST);
}

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * @param {Live} live
 * @param {Place} place
 * @param {{second: number, name: string}[]} marks of the file
 * @param {(second: number) => number} toBeats of the clip
 * @returns {Mark[]} those that lie within the clip, where they stand in the Arrangement
 */
export function placed(live, place, marks, toBeats) {
  if (place.session || !live.exists(place.clip)) {
    throw new LiveRefusal("Locators stand in the Arrangement: choose a clip there");
  }
  const start = live.number(place.clip, "start_time");
  const end = live.number(place.clip, "end_time");
  const zero = toBeats(place.start);
  return marks
    .filter(({ second }) => second >= place.start - SAME && second < place.end)
    .map(({ second, name }) => ({ time: Math.max(start, start + toBeats(second) - zero), name }))
    .filter(({ time }) => time < end - SAME);
}

/** Moves Live's playhead, which gets there a moment after it was asked, and sets and takes away locators with it. */
export class Locators {
  #live;
  #clock;

  /** @param {Live} live @param {import("../../rpc/clock.js").Clock} clock */
  constructor(live, clock) {
    this.#live = live;
    this.#clock = clock;
  }

  /**
   * Sets locators; a place that has one keeps it.
   *
   * @param {readonly Mark[]} marks
   * @param {() => boolean} wanted false as soon as the user has cancelled
   * @returns {Promise<Mark[]>} those that were set, as Live has them
   */
  set(marks, wanted) {
    return this.#away(async () => {
      /** @type {Mark[]} */
      const made = [];
      for (const { time, name } of marks) {
        if (!wanted()) break;
        if (this.#at(time) !== 0) continue;
        const before = new Set(this.#all());
        await this.#toggle(time);
        const cue = await this.#until(
          () => this.#all().find((id) => !before.has(id)) ?? 0,
          "Live did not set a locator",
        );
        this.#live.set(cue, "name", name);
        made.push({ time: this.#live.number(cue, "time"), name });
      }
      return made;
    });
  }

  /**
   * Takes locators away again. Renamed or moved, one is the user's own by now.
   *
   * @param {readonly Mark[]} marks
   * @returns {Promise<number>} how many were taken away
   */
  take(marks) {
    return this.#away(async () => {
      let taken = 0;
      for (const { time, name } of marks) {
        const cue = this.#at(time);
        if (cue === 0 || this.#live.text(cue, "name") !== name) continue;
        await this.#toggle(time);
        taken++;
      }
      return taken;
    });
  }

  /** @returns {number[]} ids of all locators */
  #all() {
    return this.#live.children(SONG, "cue_points");
  }

  /** @param {number} time beats @returns {number} id of the locator there, 0 for none */
  #at(time) {
    return this.#all().find((cue) => Math.abs(this.#live.number(cue, "time") - time) < SAME) ?? 0;
  }

  /** @param {number} time */
  async #toggle(time) {
    this.#live.set(SONG, "current_song_time", time);
    // Anywhere else it would set a locator nobody asked for.
    await this.#until(() => Math.abs(this.#now() - time) < SAME, "Live did not move its playhead");
    this.#live.call(SONG, "set_or_delete_cue");
  }

  #now() {
    return this.#live.number(SONG, "current_song_time");
  }

  /**
   * @template T
   * @param {() => T} look
   * @param {string} problem what is said when it does not come
   * @returns {Promise<T>} what was seen, once it is neither 0 nor false
   */
  async #until(look, problem) {
    for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
      const seen = look();
      if (seen) return seen;
      await new Promise((resolve) => this.#clock.after(LOOK_MS, () => resolve(null)));
    }
    throw new LiveRefusal(`${problem}: try again`);
  }

  /** @template T @param {() => Promise<T>} act with the playhead free to move; it is put back @returns {Promise<T>} */
  async #away(act) {
    if (this.#live.flag(SONG, "is_playing")) {
      throw new LiveRefusal("Stop Live first: locators are set with its playhead");
    }
    const before = this.#now();
    try {
      return await act();
    } finally {
      if (this.#live.started) this.#live.set(SONG, "current_song_time", before);
    }
  }
}
