/**
 * Keeps a part that plays along ahead of the song: looks where the song is, asks for the bars to come, puts them into the
 * book. While the engine says nothing the last good bar is played once more. No note leaves from here: see book.js.
 */
import { SONG } from "../../live/paths.js";
import { CODES } from "../../rpc/errors.js";
import { barAt, barsAhead, loopNow, metreNow, originOf, tickNow } from "./metre.js";
import { markOf, needOf } from "./need.js";
import { requestOf } from "./request.js";
import { pieceOf, ROW, TICKS } from "./score.js";

/** How often it looks where the song is, ms. */
const LOOK_MS = 50;
/** What is written for sooner than this might come late, ms. */
const SOON_MS = 15;
/** The engine is given so long for a bar that plays already, ms: less than what is missed of it is not repeated. */
const GRACE_MS = 150;
/** The engine is asked so much earlier than it takes, ms. */
const SPARE_MS = 300;
/** Not the engine's own words. @type {readonly number[]} */
const AWAY = [CODES.LOST, CODES.STOPPED, CODES.TIMED_OUT, CODES.CANCELLED];
/** Requests that may be without an answer at a time: a macro that moves does not wait for what was asked before. */
const MOST_ASKED = 4;
/** What was refused is not asked again sooner, ms. */
const AGAIN_MS = 5000;
/** An engine that took longer was away, ms. */
const MOST_MS = 2000;
/** Seldom does an engine become slow for good. */
const FADES = 0.9;

/** @typedef {import("./metre.js").Metre} Metre */

/**
 * @typedef {object} Asked
 * @property {string} mark of everything but bars and macros
 * @property {Record<string, any>} params likewise
 */

export class Conductor {
  #live;
  #clock;
  #standing;
  #book;
  #lanes;
  #about;
  #shown;
  #told;
  /** @type {Metre|null} */ #metre = null;
  #bar = -1;
  #playing = false;
  /** @type {object|null} */ #timer = null;
  /** requests without an answer */ #asking = 0;
  /** requests that were made */ #count = 0;
  /** what bars were asked with last, by number @type {Map<number, string>} */ #pending = new Map();
  /** the request of which a bar is, by number @type {Map<number, number>} */ #from = new Map();
  /** ms that answers take */ #takes = 0;
  #refused = { mark: "", until: 0 };
  /** since when the bar that plays is missing, ms; -1: it is not */ #missing = -1;
  /** place among the parts that ask one after the other, 0..1 */ share = 0;

  /**
   * @param {object} parts
   * @param {import("../../live/live.js").Live} parts.live
   * @param {import("../../rpc/clock.js").Clock} parts.clock
   * @param {import("../shared/standing.js").Standing} parts.standing
   * @param {import("./book.js").Book} parts.book
   * @param {import("./lanes.js").Lanes} parts.lanes
   * @param {() => Asked|null} parts.about what is asked; null while it is not known
   * @param {(now: {bar: number, inside: number, playing: boolean, metre: Metre}) => void} parts.shown after each look
   * @param {(reply: any) => void} parts.told an answer has come
   */
  constructor({ live, clock, standing, book, lanes, about, shown, told }) {
    this.#live = live;
    this.#clock = clock;
    this.#standing = standing;
    this.#book = book;
    this.#lanes = lanes;
    this.#about = about;
    this.#shown = shown;
    this.#told = told;
  }

  start() {
    const look = () => this.#moved();
    for (const property of ["signature_numerator", "signature_denominator", "loop", "loop_start", "loop_length"])
      this.#live.watch(SONG, property, look);
    this.#live.watch(SONG, "is_playing", look);
    // While the song stands; while it runs Live tells of each step, and it is looked at anyway.
    this.#live.watch(SONG, "current_song_time", () => this.#playing || this.#moved());
    this.#moved();
  }

  get playing() {
    return this.#playing;
  }

  get metre() {
    this.#metre ??= metreNow(this.#live);
    return this.#metre;
  }

  /** Where the play head is; null: the song stands. @returns {import("./book.js").Head|null} */
  get head() {
    if (!this.#playing) return null;
    const now = tickNow(this.#live);
    const soon = now + this.#ticks(SOON_MS);
    return { now, from: (Math.floor(soon / ROW) + 1) * ROW };
  }

  /** The song has gone elsewhere: another signature may hold there. */
  entered() {
    this.#metre = null;
    this.look();
  }

  /** Something about what is asked is another now: what plays goes on until the answer is there. */
  renew() {
    this.#book.forget(this.head);
    this.look();
  }

  stop() {
    this.#clock.cancel(this.#timer);
    this.#timer = null;
    this.#playing = false;
  }

  /** Live may not be changed nor much be asked while it tells something. */
  #moved() {
    this.#metre = null;
    this.#clock.cancel(this.#timer);
    this.#timer = this.#clock.after(0, () => this.#round());
  }

  #round() {
    this.#timer = null;
    this.look();
    if (this.#playing) this.#timer = this.#clock.after(LOOK_MS, () => this.#round());
  }

  /** Where the song is, and what is to be asked. */
  look() {
    if (!this.#standing.mayAct) return;
    this.#standing.attempt(() => {
      this.#playing = this.#live.flag(SONG, "is_playing");
      const { metre, head } = this;
      const tick = head?.now ?? tickNow(this.#live);
      const bar = barAt(metre, tick);
      if (bar !== this.#bar) {
        this.#bar = bar;
        this.#missing = -1;
        this.#book.come(bar, head);
      }
      const bars = this.#wanted(metre, tick);
      this.#repeat([...bars.keys()], metre, head);
      this.#ask(bars, tick);
      this.#shown({ bar, inside: tick - originOf(metre, bar), playing: this.#playing, metre });
    });
  }

  /** @param {number} ms @returns {number} ticks at the tempo of now */
  #ticks(ms) {
    return (ms * this.#live.number(SONG, "tempo") * TICKS) / 60_000;
  }

  /** @param {Metre} metre @param {number} tick @returns {Map<number, number>} bars that should be known, in order of need, and ticks until they begin */
  #wanted(metre, tick) {
    const loop = loopNow(this.#live);
    const bars = barsAhead(metre, tick, Math.max(metre.length, this.#ticks(SPARE_MS + 2 * this.#takes)), loop);
    /** @param {number} bar @param {number} left */
    const add = (bar, left) => bars.has(bar) || bars.set(bar, left);
    if (!this.#playing) {
      const start = this.#live.number(SONG, "start_time") * TICKS;
      for (const [bar, left] of barsAhead(metre, start, metre.length, loop)) add(bar, left);
    }
    // Whoever goes round the loop is there sooner than can be asked.
    if (loop !== null) add(barAt(metre, loop.start), metre.length / 2);
    return bars;
  }

  /** Bars that are not there in time are the last good one once more. @param {number[]} bars @param {Metre} metre @param {import("./book.js").Head|null} head */
  #repeat(bars, metre, head) {
    if (head === null) return;
    const [now, ...later] = bars;
    if (this.#book.of(now) === null) {
      if (this.#missing < 0) this.#missing = this.#clock.now();
      const waited = this.#clock.now() - this.#missing;
      if (!this.#standing.ready || waited > GRACE_MS) {
        this.#book.repeat(now, originOf(metre, now), metre.length, head);
      }
    }
    for (const bar of later) {
      if (this.#book.of(bar) === null) this.#book.repeat(bar, originOf(metre, bar), metre.length, head);
    }
  }

  /** @param {Map<number, number>} bars ticks until they begin, by number, in order of need @param {number} tick of the song */
  #ask(bars, tick) {
    const about = this.#about();
    if (this.#asking >= MOST_ASKED || about === null || !this.#standing.ready || !this.#lanes.known) return;
    if (about.mark === this.#refused.mark && this.#clock.now() < this.#refused.until) return;
    const { metre } = this;
    const marks = new Map([...bars.keys()].map((bar) => [bar, this.#markOf(about, metre, bar)]));
    // One bar a request: whoever else asks does not wait for two. The next one is looked for as soon as this one is told.
    const bar = this.#needed(metre, bars, marks, tick);
    if (bar !== undefined) this.#send(about, metre, bar, /** @type {string} */ (marks.get(bar)));
  }

  /** @param {Metre} metre @param {Map<number, number>} bars @param {Map<number, string>} marks @param {number} tick @returns {number|undefined} the bar that is needed first */
  #needed({ length }, bars, marks, tick) {
    const [spare, takes] = [SPARE_MS + 2 * this.#takes, 2 * this.#takes].map((ms) => this.#ticks(ms));
    const pace = { length, spare, takes, share: this.share };
    for (const [bar, mark] of marks) {
      // While the song stands nothing overtakes what is asked.
      const left = this.#playing ? (bars.get(bar) ?? 0) : 0;
      const had = [this.#book.of(bar)?.mark, this.#pending.get(bar)];
      if (needOf(mark, had, { left, settled: this.#lanes.settled(tick, tick + left) }, pace)) return bar;
    }
    return undefined;
  }

  /** @param {Asked} about @param {Metre} metre @param {number} bar @param {string} mark what it is asked with */
  #send(about, metre, bar, mark) {
    this.#pending.set(bar, mark);
    this.#asking += 1;
    this.#count += 1;
    const [number, since] = [this.#count, this.#clock.now()];
    const over = (/** @type {() => void} */ act) => {
      this.#asking -= 1;
      if (this.#pending.get(bar) === mark) this.#pending.delete(bar);
      this.#takes = Math.min(MOST_MS, Math.max(this.#clock.now() - since, this.#takes * FADES));
      this.#standing.attempt(act);
    };
    const params = requestOf(about.params, metre, this.#lanes, bar);
    this.#standing.ask("compose.stream", params).done.then(
      (reply) =>
        over(() => {
          this.#told(reply);
          if (this.#about()?.mark === about.mark) this.#put(reply.bars[0], metre, bar, mark, number);
          this.look();
        }),
      (problem) =>
        over(() => {
          this.#told({ problem });
          // What was refused would be refused again. Where the engine went away, it is asked as soon as it is back.
          if (!AWAY.includes(problem.code)) this.#refused = { mark: about.mark, until: this.#clock.now() + AGAIN_MS };
        }),
    );
  }

  /** @param {any} told @param {Metre} metre @param {number} bar @param {string} mark @param {number} number of the request */
  #put(told, metre, bar, mark, number) {
    // An answer that was overtaken says nothing any more.
    if ((this.#from.get(bar) ?? 0) > number) return;
    this.#from.set(bar, number);
    this.#book.put(pieceOf(told, originOf(metre, bar), mark), this.head);
  }

  /** @param {Asked} about @param {Metre} metre @param {number} bar */
  #markOf(about, { numerator, denominator, ...metre }, bar) {
    const origin = originOf({ numerator, denominator, ...metre }, bar);
    const lanes = this.#lanes.within(origin, origin + metre.length);
    return markOf(JSON.stringify([about.mark, numerator, denominator, origin]), lanes);
  }
}
