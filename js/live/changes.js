/**
 * Undo for what is not notes of a take: properties that a press has set (tempo, scale, a clip's name, colour or pitch), and
 * deeds that are more than one property. The sister of journal.js, with the same rule: what the user changed since is
 * never overwritten, and what is gone is said.
 *
 *   const changes = new Changes(live);
 *   changes.make([{ ref: SONG, property: "tempo", value: 174, words: "the tempo" }]);   // sets it and remembers
 *   changes.undo();      // "Put back the tempo"
 *   changes.restore();   // "Restored the tempo"
 */
import { Gone, LiveRefusal } from "./errors.js";

/** @typedef {import("./live.js").Live} Live */
/** @typedef {import("./live.js").Ref} Ref */

/**
 * A property that was set.
 * @typedef {object} Step
 * @property {Ref} ref id of the object, or one of paths.js' roots
 * @property {string} property
 * @property {number|string} before as Live told it
 * @property {number|string} after as Live told it once it was set
 * @property {string} words what a person calls it, in the middle of a sentence: "the tempo", "the pitch of Loop"
 */

/**
 * A property that is to be set.
 * @typedef {object} Wish
 * @property {Ref} ref
 * @property {string} property
 * @property {number|string} value
 * @property {string} words as in Step
 */

/**
 * Something done that can be undone and done again; what a Step is made into.
 * @typedef {object} Deed
 * @property {string} words as in Step
 * @property {() => boolean} gone whether what it changed is not in the Set any more
 * @property {(done: boolean) => boolean} stands whether the Set is as the deed left it (true) or found it (false)
 * @property {(done: boolean) => void} move makes it so
 */

/** Presses that are remembered. */
const MOST = 32;

/** Live keeps many values as 32-bit floats. */
const CLOSE = 1e-5;

const IMMOVABLE = "Live does not let that change now";

export class Changes {
  #live;
  /** @type {Deed[][]} */ #done = [];
  /** @type {Deed[][]} */ #undone = [];

  /** @param {Live} live */
  constructor(live) {
    this.#live = live;
  }

  /** How many presses Undo can go back. */
  get undoable() {
    return this.#done.length;
  }

  /** How many presses Restore can bring back. */
  get restorable() {
    return this.#undone.length;
  }

  /**
   * Remembers what one press did, whoever set it.
   *
   * @param {readonly (Step|Deed)[]} steps in the order they were done; none: nothing is remembered
   */
  record(steps) {
    if (steps.length === 0) return;
    this.#done.push(steps.map((step) => ("property" in step ? asDeed(this.#live, step) : step)));
    if (this.#done.length > MOST) this.#done.shift();
    this.#undone = [];
  }

  /**
   * Sets properties in one press and remembers them. What already is as wished is not touched.
   *
   * @param {readonly Wish[]} wishes
   * @returns {Step[]} what was changed, as Live tells it
   * @throws {LiveRefusal} when Live keeps one of them as it was; the others are then as before, too
   */
  make(wishes) {
    /** @type {Step[]} */
    const made = [];
    try {
      for (const wish of wishes) {
        const step = setProperty(this.#live, wish);
        if (step !== null) made.push(step);
      }
    } catch (problem) {
      for (const step of made.reverse()) asDeed(this.#live, step).move(false);
      throw problem;
    }
    this.record(made);
    return made;
  }

  /** @returns {string} what was put back, in words @throws {LiveRefusal} when the user changed all of it since */
  undo() {
    return this.#travel(this.#done, this.#undone, false);
  }

  /** @returns {string} what was done again, in words @throws {LiveRefusal} as undo */
  restore() {
    return this.#travel(this.#undone, this.#done, true);
  }

  /**
   * @param {Deed[][]} from
   * @param {Deed[][]} to
   * @param {boolean} done what the Set is to be
   * @returns {string}
   */
  #travel(from, to, done) {
    const press = from[from.length - 1];
    if (press === undefined) return done ? "Nothing to restore" : "Nothing to undo";
    const gone = press.filter((deed) => deed.gone());
    const here = press.filter((deed) => !gone.includes(deed));
    const ours = here.filter((deed) => deed.stands(!done));
    const changed = here.filter((deed) => !ours.includes(deed));
    if (ours.length === 0 && changed.length > 0) {
      throw new LiveRefusal(`You changed ${listed(changed)} since: ${done ? "Restore" : "Undo"} left it alone`);
    }
    moveAll(done ? ours : [...ours].reverse(), done);
    from.pop();
    if (ours.length > 0) to.push(ours);
    return sentence([
      ours.length > 0 ? `${done ? "Restored" : "Put back"} ${listed(ours)}` : "",
      changed.length > 0 ? `You changed ${listed(changed)} since: left alone` : "",
      gone.length > 0 ? `Gone since: ${listed(gone)}` : "",
    ]);
  }
}

/** All or none. @param {readonly Deed[]} deeds @param {boolean} done */
function moveAll(deeds, done) {
  for (const [i, deed] of deeds.entries()) {
    deed.move(done);
    if (deed.stands(done)) continue;
    for (const moved of deeds.slice(0, i + 1).reverse()) moved.move(!done);
    throw new LiveRefusal(IMMOVABLE);
  }
}

/** @param {Live} live @param {Step} step @returns {Deed} */
const asDeed = (live, { ref, property, before, after, words }) => ({
  words,
  gone: () => !live.exists(ref),
  stands: (done) => alike(read(live, ref, property, after), done ? after : before),
  move: (done) => live.set(ref, property, done ? after : before),
});

/**
 * @param {Live} live
 * @param {Wish} wish
 * @returns {Step|null} null: it was so already
 */
function setProperty(live, { ref, property, value, words }) {
  if (!live.exists(ref)) throw new Gone();
  const before = read(live, ref, property, value);
  if (alike(before, value)) return null;
  live.set(ref, property, value);
  const after = read(live, ref, property, value);
  if (alike(before, after)) throw new LiveRefusal(IMMOVABLE);
  return { ref, property, before, after, words };
}

/** @param {Live} live @param {Ref} ref @param {string} property @param {number|string} like a value of the same kind */
const read = (live, ref, property, like) =>
  typeof like === "number" ? live.number(ref, property) : live.text(ref, property);

/** @param {number|string} a @param {number|string} b */
const alike = (a, b) =>
  typeof a === "number" && typeof b === "number" ? Math.abs(a - b) <= CLOSE * Math.max(1, Math.abs(a)) : a === b;

/** @param {readonly Deed[]} deeds @returns {string} "the tempo, the key and the scale"; alike things are counted once */
function listed(deeds) {
  const names = [...new Set(deeds.map(({ words }) => words))];
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

/** @param {readonly string[]} parts */
const sentence = (parts) => parts.filter((part) => part !== "").join(". ");
