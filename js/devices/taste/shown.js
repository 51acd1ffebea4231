/**
 * What is known of the taste in use: asked of the engine when it comes, and again when something was rated anywhere. Where
 * learning is not possible, the engine says why, and so does the device.
 */
import { problemWords } from "../shared/problem.js";
import { likingWords, meaningWords, trustWords } from "./words.js";

/** @typedef {import("../../rpc/client.js").Client} Client */
/** @typedef {import("./deeds.js").Profile} Profile */
/** @typedef {import("./deeds.js").Snapshot} Snapshot */
/** @typedef {import("../../ui/learnt.js").Learnt} Learnt */

/** News within this time is asked for together. */
const TOGETHER_MS = 300;

/** Sentences that are asked for: more than the picture has room for. */
const LIKINGS = 6;

/** @type {Learnt} */
const UNKNOWN = {
  name: "",
  rated: 0,
  distribution: [0, 0, 0, 0, 0],
  likings: [],
  knobs: [],
  trust: "",
  trouble: "",
};

export class Shown {
  #clock;
  #role;
  #onNews;
  /** @type {Client|null} */ #client = null;
  /** @type {object|null} */ #soon = null;
  /** an answer to an old question is dropped */ #asked = 0;

  /** @type {readonly Profile[]} */ profiles = [];
  /** @type {readonly Snapshot[]} */ snapshots = [];
  /** @type {Learnt} */ learnt = UNKNOWN;
  takes = 0;
  rated = 0;
  /** why nothing can be learnt now; "" where it can */ trouble = "";
  /** whether the engine has said anything yet */ known = false;

  /**
   * @param {import("../../rpc/clock.js").Clock} clock
   * @param {() => string} role whose music is meant, "" for any
   * @param {() => void} onNews
   */
  constructor(clock, role, onNews) {
    this.#clock = clock;
    this.#role = role;
    this.#onNews = onNews;
  }

  /** @returns {Profile|null} the profile in use */
  get mine() {
    return this.profiles.find(({ in_use: used }) => used) ?? null;
  }

  /** @returns {readonly Profile[]} */
  get others() {
    return this.profiles.filter(({ in_use: used }) => !used);
  }

  /** The engine is there. @param {Client} client */
  come(client) {
    this.#client = client;
    this.#ask();
  }

  /** The engine has gone, or the device: what was asked is not waited for. */
  away() {
    this.#client = null;
    this.#asked += 1;
  }

  /** Something may be new. */
  news() {
    if (this.#client === null || this.#soon !== null) return;
    this.#soon = this.#clock.after(TOGETHER_MS, () => {
      this.#soon = null;
      this.#ask();
    });
  }

  #ask() {
    const client = this.#client;
    if (client === null) return;
    this.#asked += 1;
    const mine = this.#asked;
    /** @param {string} method @param {Record<string, unknown>} [params] */
    const ask = (method, params = {}) => client.call(method, params, { idempotent: true });
    const role = this.#role();
    Promise.all([
      ask("taste.status"),
      ask("taste.profiles"),
      ask("taste.snapshots"),
      ask("taste.why", { role, count: LIKINGS }),
      ask("taste.macro_map", { role }),
    ]).then(
      (answers) => mine === this.#asked && this.#take(answers),
      (problem) => mine === this.#asked && this.#refused(problem),
    );
  }

  /** @param {any[]} answers */
  #take([status, { profiles }, { snapshots }, why, map]) {
    this.profiles = profiles;
    this.snapshots = snapshots;
    this.takes = status.takes;
    this.rated = status.rated;
    this.trouble = status.learning ? "" : status.words;
    this.known = true;
    this.learnt = {
      name: status.profile.name,
      rated: status.rated,
      distribution: why.distribution,
      likings: why.likings.map(likingWords),
      knobs: map.meanings.map(meaningWords),
      trust: trustWords(why),
      trouble: "",
    };
    this.#onNews();
  }

  /** Nothing of it can be read: what was shown may be of another taste by now. @param {unknown} problem */
  #refused(problem) {
    this.profiles = [];
    this.snapshots = [];
    this.trouble = problemWords(problem);
    this.learnt = { ...UNKNOWN, trouble: this.trouble };
    this.known = true;
    this.#onNews();
  }
}
