/**
 * Where the macros stand along the song, so that a bar that is come to again is asked for with the same.
 *
 * The player looks at them on every half beat, or halfway between: parts take turns. It does so in Max's own time. The
 * script hears of it later, and the engine needs its time too: what was seen at one look is heard from the next one on. What was seen where the song is to come again
 * is taken to be there again, until it turns out not to be.
 */
import { KNOBS, standing as standsOf } from "../shared/board.js";
import { MACROS } from "./parameters.js";

/** Ticks from where the macros are looked at to where they are heard. */
export const LATER = 240;
/** Automation is seen a moment earlier or later each time: as much as this is nothing new, percent or beats a minute. */
const SAME = 1.01;
/** Half beats ahead of which nothing is believed any more where the macros are not what they were. */
const DOUBTED = 16;
/** Places that are remembered. */
const MOST = 20_000;

/**
 * Tempo, and percent: the nine macros and, behind them, what the four knobs of the Set are to this device.
 * @typedef {{tempo: number, macros: number[]}} Standing
 */

/** @param {Standing} a @param {Standing} b */
const alike = (a, b) =>
  Math.abs(a.tempo - b.tempo) < SAME && a.macros.every((value, at) => Math.abs(value - b.macros[at]) < SAME);

/** @param {Standing} a @param {Standing} b */
const equal = (a, b) => a.tempo === b.tempo && a.macros.every((value, at) => value === b.macros[at]);

export class Lanes {
  /** by tick @type {Map<number, Standing>} */ #seen = new Map();
  /** @type {Standing|null} */ #now = null;
  /** tick at which was looked last */ #last = -1;
  /** ticks from a half beat to a look */ #phase = 0;

  /** Whether it is known where they stand. */
  get known() {
    return this.#now !== null;
  }

  /** From now on it is looked halfway between half beats, or on them. @param {boolean} between */
  set between(between) {
    const phase = between ? LATER / 2 : 0;
    if (phase !== this.#phase) this.#seen.clear();
    this.#phase = phase;
  }

  /** @param {number} tick @returns {number} where the macros were looked at that are heard there */
  #before(tick) {
    return Math.floor((tick - LATER - this.#phase) / LATER) * LATER + this.#phase;
  }

  /** @param {number} tick @returns {number} of the look at or after it */
  #next(tick) {
    return Math.ceil((tick - this.#phase) / LATER) * LATER + this.#phase;
  }

  /** The song goes on at another place: what is heard there first stays what it is, whatever moves from now on. @param {number} tick */
  entered(tick) {
    if (this.#now === null) return;
    // Up to the first look from here on is heard what would have been seen on the way.
    for (let lead = this.#before(tick); lead < tick; lead += LATER) {
      this.#seen.set(lead, this.#seen.get(lead) ?? this.#now);
    }
  }

  /**
   * @param {number} tick of the song; below 0: it stands
   * @param {number} tempo
   * @param {readonly number[]} macros percent, with those of the Set behind them
   * @param {readonly boolean[]} [led] of a song that stands: which of them automation leads
   * @returns {boolean} whether that is news
   */
  look(tick, tempo, macros, led = []) {
    const found = { tempo: Math.round(tempo * 2) / 2, macros: macros.map(Math.round) };
    const last = this.#now;
    this.#last = tick;
    if (tick < 0) {
      if (last !== null && equal(last, found)) return false;
      this.#turned(last, found, led);
      this.#now = found;
      return true;
    }
    const known = this.#seen.get(tick);
    const same = known !== undefined && alike(known, found);
    if (known !== undefined && !same) {
      for (let ahead = 1; ahead <= DOUBTED; ahead++) this.#seen.delete(tick + ahead * LATER);
    }
    const kept = same ? known : found;
    this.#seen.set(tick, kept);
    if (this.#seen.size > MOST) this.#seen.clear();
    this.#now = kept;
    return !same && (last === null || !equal(last, kept));
  }

  /** What is turned while the song stands is so everywhere. @param {Standing|null} last @param {Standing} found @param {readonly boolean[]} led */
  #turned(last, found, led) {
    const kept = found.macros.map((value, at) => led[at] === true || value === last?.macros[at]);
    if (last === null || last.tempo !== found.tempo || !led.includes(true)) return this.#seen.clear();
    if (!kept.includes(false)) return;
    for (const [tick, { tempo, macros }] of this.#seen) {
      this.#seen.set(tick, { tempo, macros: macros.map((value, at) => (kept[at] ? value : found.macros[at])) });
    }
  }

  /** Whether all has been seen on the way that is heard as a bar begins. @param {number} now tick of the song @param {number} origin of the bar */
  settled(now, origin) {
    return this.#last <= now && this.#last >= this.#before(origin);
  }

  /** @param {number} tick of the song, where a look is heard, or at the beginning of a bar @returns {Standing} what is heard there */
  at(tick) {
    if (this.#now === null) throw new Error("nobody has looked at the macros yet");
    return this.#seen.get(this.#before(tick)) ?? this.#now;
  }

  /**
   * @param {number} from tick of the song
   * @param {number} to
   * @returns {Standing} where the macros stood in the mean; percent are whole
   */
  mean(from, to) {
    const last = this.at(Math.max(from, to - LATER));
    /** @type {Standing[]} */
    const stands = [];
    for (let tick = this.#next(from); tick < to; tick += LATER) stands.push(this.at(tick));
    if (stands.length === 0) return last;
    const macros = last.macros.map((_, at) => {
      const sum = stands.reduce((all, { macros: each }) => all + (each[at] ?? 0), 0);
      return Math.round(sum / stands.length);
    });
    return { tempo: last.tempo, macros };
  }

  /**
   * @param {number} origin tick at which a bar begins
   * @param {number} end
   * @returns {{first: Standing, points: {tick: number, standing: Standing}[]}} how they move in it
   */
  within(origin, end) {
    const first = this.at(origin);
    const points = [];
    let last = first;
    for (let tick = this.#next(origin + 1); tick < end; tick += LATER) {
      const standing = this.at(tick);
      if (!equal(standing, last)) points.push({ tick, standing });
      last = standing;
    }
    return { first, points };
  }
}

/** @param {Standing} standing @returns {Record<string, number>} for the wire */
export const macrosOf = ({ macros }) => Object.fromEntries(MACROS.map((name, at) => [name, macros[at]]));

/** @param {Standing} from @param {Standing} to @returns {Record<string, unknown>} what has moved, for the wire */
export const movedFrom = (from, to) => ({
  ...Object.fromEntries(
    MACROS.flatMap((name, at) => (from.macros[at] === to.macros[at] ? [] : [[name, to.macros[at]]])),
  ),
  ...(from.tempo === to.tempo ? {} : { tempo: to.tempo }),
  ...(KNOBS.every((_, at) => from.macros[MACROS.length + at] === to.macros[MACROS.length + at])
    ? {}
    : { steer: steerIn(to) }),
});

/** @param {Standing} standing */
const steerIn = ({ macros }) => standsOf((_, at) => (macros[MACROS.length + at] ?? 0) / 100);

/** How the knobs of the Set steer it, for the wire: nothing where they rest. @param {Standing} standing */
export const steerOf = (standing) => {
  const steer = steerIn(standing);
  return KNOBS.some((knob) => steer[knob] !== 0) ? { steer } : {};
};
