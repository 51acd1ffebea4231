/** Tasting on a headless Set, with an engine that knows takes by their notes and a clock moved by hand. */

import { Session } from "../../../../js/devices/tasting/session.js";
import { Tasting } from "../../../../js/devices/tasting/tasting.js";
import { deposit } from "../../../../js/live/deposit.js";
import { Journal } from "../../../../js/live/journal.js";
import { allNotes } from "../../../../js/live/notes.js";
import { findTarget } from "../../../../js/live/target.js";
import { CODES, RpcError } from "../../../../js/rpc/errors.js";
import { addClip, handOn, note, stage } from "../../live/support/stage.js";
import { ManualClock, settled } from "../../rpc/support/clock.js";
import { FakeDict } from "../support/dict.js";

const mark = (/** @type {any[]} */ notes) =>
  JSON.stringify(
    notes.map(({ pitch, start_time, duration, velocity }) => [start_time, pitch, duration, velocity]).sort(),
  );

/** An engine's memory of takes and rewards. */
export class FakeStore {
  /** @type {Map<string, {id: string, notes: any[], how: string, parent: string, recipe: any, rewards: Map<string, any>}>} */
  takes = new Map();
  /** every request in order @type {{method: string, params: any}[]} */
  asked = [];
  /** what the next requests are refused with @type {RpcError|null} */
  refuses = null;
  /** whether requests stay unanswered until the engine goes away */
  hangs = false;
  /** @type {((problem: RpcError) => void)[]} */ #hanging = [];

  /** @param {string} id @param {any[]} notes @param {any} [more] */
  keep(id, notes, more = {}) {
    this.takes.set(id, { id, notes, how: "", parent: "", recipe: {}, rewards: new Map(), ...more });
    return id;
  }

  /** @param {string} method @param {any} params */
  ask = (method, params) => {
    this.asked.push({ method, params: structuredClone(params) });
    return { done: this.#answer(method, params) };
  };

  /** The connection breaks: what was asked and not answered is lost. */
  lose() {
    for (const reject of this.#hanging.splice(0)) reject(new RpcError(CODES.LOST, "Engine away"));
  }

  /** @param {string} method @param {any} params */
  async #answer(method, params) {
    if (this.refuses !== null) throw this.refuses;
    const answer = /** @type {any} */ (this)[`_${method.split(".")[1]}`](params);
    if (this.hangs) await new Promise((_, reject) => this.#hanging.push(reject));
    return answer;
  }

  /** @param {string} id */
  #take(id) {
    const take = this.takes.get(id);
    if (take === undefined) throw new RpcError(CODES.INVALID_PARAMS, "This take is not known", { hint: "Rate one." });
    return take;
  }

  /** @param {any} take */
  #line = ({ id, how, parent }) => ({ take: id, method: "compose.chords", made: "2026-11-01T10:00:00Z", how, parent });

  /** @param {any} params */
  _find({ notes }) {
    const found = [...this.takes.values()].findLast((each) => mark(each.notes) === mark(notes));
    return { take: found ? this.#line(found) : null };
  }

  /** @param {any} params */
  _take({ take }) {
    const found = this.#take(take);
    const rewards = [...found.rewards.values()].map((each) => ({ ...each, counted: true }));
    return { line: this.#line(found), seed: 5, recipe: found.recipe, rewards };
  }

  /** @param {any} params */
  _rate({ take, stars, reward }) {
    return this._reward({ take, kind: "stars", amount: stars, reward });
  }

  /** @param {any} params */
  _reward({ take, kind, amount, reward }) {
    const { rewards } = this.#take(take);
    if (!rewards.has(reward)) rewards.set(reward, { kind, amount });
    return {};
  }

  /** @param {any} params */
  _edited({ take, after, reward }) {
    this._reward({ take, kind: "edited", reward });
    return { take: this.keep(`${take}+`, after, { how: "edited", parent: take }) };
  }

  /** What was told of a take: kind and amount. @param {string} take */
  told = (take) => [...(this.takes.get(take)?.rewards.values() ?? [])].map(({ kind, amount }) => [kind, amount]);
}

/** Where the test's clock begins on the calendar. */
export const TODAY = Date.parse("2026-11-01T10:30:00Z");

/** @param {any} [options] `store` and `set` of a Set that was open before, `means`, `ready` false: the engine is away */
export function tastingDesk({ store = new FakeStore(), before, means = "written", ready = true } = {}) {
  const on = before === undefined ? stage() : { ...before, ...handOn(before.set, before.device) };
  const clock = new ManualClock();
  /** @type {number[]} */ const stars = [];
  /** @type {string[]} */ const words = [];
  const session = new Session(/** @type {any} */ (new FakeDict()));
  const journal = new Journal(on.live);
  let random = 0;
  /** How often Taste is to look again. */
  const news = { count: 0 };
  const tasting = new Tasting({
    live: on.live,
    clock: /** @type {any} */ (clock),
    ask: store.ask,
    shown: (value) => stars.push(value),
    say: (text) => words.push(text),
    told: () => {
      news.count += 1;
    },
    random: () => {
      random += 0.001;
      return random;
    },
    session,
    means: /** @type {any} */ (means),
    today: () => TODAY + clock.now(),
  });
  if (ready) tasting.start();
  /** Lets Live tell what happened, time pass, and the engine answer. */
  const pass = async (/** @type {number} */ ms = 0) => {
    for (let turn = 0; turn < 3; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      await settled();
      clock.move(turn === 0 ? ms : 0);
      await settled();
    }
  };
  return {
    ...on,
    store,
    clock,
    stars,
    words,
    news,
    session,
    journal,
    tasting,
    pass,
    shown: () => stars.at(-1),
    /** As a press of Generate does. @param {string} take @param {any[]} notes */
    write(take, notes) {
      const there = on.set.song.view.detail_clip;
      const was = there === null ? [] : allNotes(on.live, there.id);
      store.keep(take, notes);
      const target = findTarget(on.live);
      const done = deposit(on.live, journal, target, { notes, length: 4, name: "Take", memo: null });
      if (target.clip !== 0) tasting.left("rerolled");
      tasting.wrote({ ...done, take, notes: done.found, before: was });
      return on.set.byId(done.clip);
    },
    undo() {
      tasting.undone(journal.undo().clip);
    },
    restore() {
      tasting.restored(journal.restore().clip);
    },
  };
}

export { addClip, note };

/** A click on a clip. @param {any} set @param {any} clip */
export const show = (set, clip) => set.edit(() => set.song.view.set_detail_clip(clip));

/** Notes of a take. @param {...number} pitches one on each beat */
export const beats = (...pitches) => pitches.map((pitch, beat) => note(pitch, beat, 0.5));
