/**
 * Our own undo: Live's cannot be grouped from Max, so what a take replaced is kept here and put back on demand, over
 * several presses and both ways.
 *
 * One rule above all: what the user did since is never lost. A clip whose notes are no longer the ones we left is not
 * touched; the refusal says so.
 */
import { clipName, readState, trackOfClip, writeState } from "./clip.js";
import { Gone, LiveRefusal } from "./errors.js";
import { allNotes, sameNotes } from "./notes.js";
import { clipThere, isThere, makeClip, takeAway } from "./place.js";
import { refuseFrozen } from "./track.js";

/** @typedef {import("./live.js").Live} Live */
/** @typedef {import("./clip.js").ClipState} ClipState */
/** @typedef {import("./place.js").Place} Place */

/** A clip over its lives: deleted and made again it has another id. @typedef {{clip: number, place: Place}} Handle */

/**
 * @typedef {object} Written
 * @property {number} clip
 * @property {Place} place where it lies
 * @property {ClipState|null} before null: the take made the clip
 * @property {ClipState} after as read back from Live
 * @property {unknown} memo whatever the device wants back together with this take
 */

/** @typedef {import("./changes.js").Deed} Deed */

/** @typedef {{handle: Handle, before: ClipState|null, after: ClipState, memo: unknown}} Step */

/**
 * @typedef {object} Moved
 * @property {string} words what happened
 * @property {number} clip the clip that holds the result; 0 when it was taken away, or nothing was done
 * @property {boolean} moved whether anything was done
 * @property {unknown} memo of the take the clip holds now; null when that is no take of ours
 */

const MOST_STEPS = 32;

export class Journal {
  #live;
  /** @type {(Step|Deed)[]} */ #done = [];
  /** @type {(Step|Deed)[]} */ #undone = [];

  /** @param {Live} live */
  constructor(live) {
    this.#live = live;
  }

  /** @param {number} clip @returns {boolean} whether a take of ours lies in the clip, as far back as is remembered */
  wrote(clip) {
    return this.#done.some((step) => "handle" in step && step.handle.clip === clip);
  }

  /** The notes that the last take replaced; none where it made the clip. @returns {readonly import("./notes.js").Note[]} */
  get replaced() {
    const steps = this.#written;
    return steps[steps.length - 1]?.before?.notes ?? [];
  }

  /** @param {Written} written */
  record({ clip, place, before, after, memo }) {
    const handle = this.#written.find((step) => step.handle.clip === clip)?.handle ?? { clip, place };
    this.#push({ handle, before, after, memo });
  }

  /** Remembers that something was made that is no notes of a clip. @param {Deed} deed */
  recordMade(deed) {
    this.#push(deed);
  }

  /** @param {Step|Deed} step */
  #push(step) {
    this.#done.push(step);
    if (this.#done.length > MOST_STEPS) this.#done.shift();
    this.#undone = [];
  }

  /** Steps that are notes of clips. @returns {Step[]} */
  get #written() {
    return this.#done.flatMap((step) => ("handle" in step ? [step] : []));
  }

  /** Puts back what the last take replaced. @returns {Moved} @throws {LiveRefusal} when that would lose the user's work */
  undo() {
    const step = this.#done[this.#done.length - 1];
    if (step === undefined) return nothing("Nothing to undo");
    if (!("handle" in step)) return this.#move(step, false);
    try {
      if (step.before === null) this.#unmake(step);
      else this.#swap(step, step.after, step.before, "Undo");
    } catch (problem) {
      if (!(problem instanceof Gone)) throw problem;
      this.#done.pop();
      return nothing("That clip is gone: nothing to put back");
    }
    this.#done.pop();
    this.#undone.push(step);
    if (step.before === null) return { words: "Took the new clip away", clip: 0, moved: true, memo: null };
    return {
      words: putBack(step.before.notes.length),
      clip: step.handle.clip,
      moved: true,
      memo: this.#memoOf(step.handle, step.before),
    };
  }

  /** Brings back what the last undo took away. @returns {Moved} @throws {LiveRefusal} as undo */
  restore() {
    const step = this.#undone[this.#undone.length - 1];
    if (step === undefined) return nothing("Nothing to restore");
    if (!("handle" in step)) return this.#move(step, true);
    try {
      if (step.before === null) this.#remake(step);
      else this.#swap(step, step.before, step.after, "Restore");
    } catch (problem) {
      if (!(problem instanceof Gone)) throw problem;
      this.#undone.pop();
      return nothing("That clip is gone: nothing to restore");
    }
    this.#undone.pop();
    this.#done.push(step);
    return {
      words: `Restored ${count(step.after.notes.length)}`,
      clip: step.handle.clip,
      moved: true,
      memo: step.memo,
    };
  }

  /** @param {Deed} deed the last one @param {boolean} done what the Set is to be @returns {Moved} */
  #move(deed, done) {
    const [from, to] = done ? [this.#undone, this.#done] : [this.#done, this.#undone];
    if (deed.gone()) {
      from.pop();
      return nothing(`That is gone: nothing to ${done ? "restore" : "take away"}`);
    }
    if (!deed.stands(!done)) {
      throw new LiveRefusal(`You changed ${deed.words} since: ${done ? "Restore" : "Undo"} left it alone`);
    }
    deed.move(done);
    from.pop();
    to.push(deed);
    return nothing(done ? `Restored ${deed.words}` : `Took ${deed.words} away`);
  }

  /** @param {Handle} handle @param {ClipState} state @returns {unknown} */
  #memoOf(handle, state) {
    const mine = this.#written.filter((step) => step.handle === handle && sameNotes(step.after.notes, state.notes));
    return mine[mine.length - 1]?.memo ?? null;
  }

  /**
   * @param {Step} step
   * @param {ClipState} from what the clip should hold now
   * @param {ClipState} to
   * @param {string} what
   */
  #swap(step, from, to, what) {
    const { clip } = step.handle;
    if (!this.#live.exists(clip)) throw new Gone();
    refuseFrozen(this.#live, trackOfClip(this.#live, clip));
    if (!sameNotes(allNotes(this.#live, clip), from.notes)) {
      throw new LiveRefusal(`You changed that clip since: ${what} left it alone`);
    }
    writeState(this.#live, clip, to, from);
    if (sameNotes(allNotes(this.#live, clip), to.notes)) return;
    writeState(this.#live, clip, from, to);
    throw new LiveRefusal("Live does not let that clip change now");
  }

  /** @param {Step} step */
  #unmake({ handle, after }) {
    const { clip, place } = handle;
    if (!this.#live.exists(clip)) throw new Gone();
    refuseFrozen(this.#live, trackOfClip(this.#live, clip));
    const untouched = sameNotes(allNotes(this.#live, clip), after.notes) && clipName(this.#live, clip) === after.name;
    // Dragged elsewhere, a session clip is another object: what lies in the slot now decides.
    if (!untouched || clipThere(this.#live, place) !== clip) {
      throw new LiveRefusal("You changed that clip since: Undo left it alone");
    }
    takeAway(this.#live, place, clip);
  }

  /** @param {Step} step */
  #remake({ handle, after }) {
    const { place } = handle;
    if (!isThere(this.#live, place)) throw new Gone();
    refuseFrozen(this.#live, place.track);
    if (clipThere(this.#live, place) !== 0) throw new LiveRefusal("Another clip lies there now: it was left alone");
    const clip = makeClip(this.#live, place, after.region.loopEnd - after.region.loopStart);
    handle.clip = clip;
    writeState(this.#live, clip, after, readState(this.#live, clip));
  }
}

/** @param {string} words @returns {Moved} */
const nothing = (words) => ({ words, clip: 0, moved: false, memo: null });

/** @param {number} notes */
const count = (notes) => (notes === 1 ? "1 note" : `${notes} notes`);

/** @param {number} notes */
const putBack = (notes) => (notes === 0 ? "Put back: the clip was empty" : `Put back ${count(notes)}`);
