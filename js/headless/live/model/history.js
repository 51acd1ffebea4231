/**
 * Undo steps of the headless Set.
 *
 * Every change to the model is recorded as (object, field, before, after). Changes run inside a step; the
 * steps of one source that follow each other melt into one until somebody else acts, as Live does with the
 * API calls of one device (producer-pal's notes on undo). Changes made with no step open, while a Set is
 * being built or by the transport, are not undoable and not counted.
 */

/** @typedef {import("./object.js").LiveObject} LiveObject */
/** @typedef {{object: any, key: string, before: unknown, after: unknown}} Change */
/** @typedef {{source: string, changes: Change[]}} Step */

export class History {
  constructor() {
    /** @type {Step[]} steps which undo would take back, oldest first */
    this.done = [];
    /** @type {Step[]} steps which redo would bring back, newest first */
    this.undone = [];
    /** @type {Step | null} */
    this.open = null;
    /** How often the person has acted; also where nothing was changed that undo would take back. */
    this.acts = 0;
  }

  /** Number of steps a user would have to undo to come back to the beginning. */
  get count() {
    return this.done.length;
  }

  /**
   * Run a change as one undo step.
   *
   * @template T
   * @param {string} source who acts: "user" always opens a new step, a device's id melts into its last one
   * @param {() => T} change
   * @returns {T}
   */
  step(source, change) {
    if (this.open) return change();
    if (source === "user") this.acts += 1;
    const last = this.done.at(-1);
    const melt = source !== "user" && last?.source === source;
    const step = melt && last ? last : { source, changes: /** @type {Change[]} */ ([]) };
    const length = step.changes.length;
    this.open = step;
    try {
      return change();
    } finally {
      this.open = null;
      if (step.changes.length > length) {
        if (!melt) this.done.push(step);
        this.undone = [];
      }
    }
  }

  /**
   * Remember one changed field; ignored when no step is open.
   *
   * @param {LiveObject} object
   * @param {string} key
   * @param {unknown} before
   * @param {unknown} after
   */
  record(object, key, before, after) {
    this.open?.changes.push({ object, key, before, after });
  }

  /** Nothing can be taken back or brought back any more. */
  forget() {
    this.done = [];
    this.undone = [];
  }

  /** Take the last step back. @returns {boolean} false when there is none */
  undo() {
    const step = this.done.pop();
    if (!step) return false;
    for (const { object, key, before } of [...step.changes].reverse()) this.put(object, key, before);
    this.undone.unshift(step);
    return true;
  }

  /** Bring the last undone step back. @returns {boolean} false when there is none */
  redo() {
    const step = this.undone.shift();
    if (!step) return false;
    for (const { object, key, after } of step.changes) this.put(object, key, after);
    this.done.push(step);
    return true;
  }

  /**
   * Put a remembered value back and let the object tell its listeners.
   *
   * @param {any} object
   * @param {string} key
   * @param {unknown} value
   */
  put(object, key, value) {
    object[key] = value;
    object.restored(key);
  }
}
