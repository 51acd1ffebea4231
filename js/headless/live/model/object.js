/**
 * The base of every object in the headless Set.
 *
 * Lists of children are plain arrays which are replaced, never mutated: one primitive (`assign`) changes the
 * model, so undo, observers and the death of ids all follow from it. An object is alive when each of its
 * ancestors still holds the next one; nothing has to be marked dead.
 */

/** @typedef {import("../set.js").LiveSet} LiveSet */

export class LiveObject {
  /** Class name in the Live Object Model; a key of the table in `lom.js`. */
  static type = "LiveObject";

  /**
   * @param {LiveSet} set the Set this object belongs to
   * @param {LiveObject | null} parent its owner; null for the two roots (Song, Application)
   */
  constructor(set, parent) {
    /** @readonly */
    this.set = set;
    /** @type {LiveObject | null} */
    this.parent = parent;
    /** Number Live gives the object for as long as it lives. @readonly */
    this.id = set.register(this);
  }

  /** Class name in the Live Object Model. @returns {string} */
  get type() {
    return /** @type {typeof LiveObject} */ (this.constructor).type;
  }

  /** `canonical_parent` of the Live Object Model: the object above, or null for a root. */
  get canonical_parent() {
    return this.parent;
  }

  /**
   * The objects directly below, for the check of life and for canonical paths.
   *
   * @returns {Array<[name: string, child: LiveObject | readonly LiveObject[] | null]>}
   */
  branches() {
    return [];
  }

  /** True while the object can still be reached from its root. @returns {boolean} */
  get alive() {
    return this.parent === null || (this.parent.alive && this.parent.roleOf(this) !== null);
  }

  /**
   * As `alive`, for many objects at one moment.
   *
   * @param {Map<LiveObject, boolean>} known lives that were looked up, added to
   * @returns {boolean}
   */
  livesAmong(known) {
    let lives = known.get(this);
    if (lives === undefined) {
      lives = this.parent === null || (this.parent.livesAmong(known) && this.parent.roleOf(this) !== null);
      known.set(this, lives);
    }
    return lives;
  }

  /**
   * Where a child hangs, as path words ("tracks 2", "mixer_device"), or null when it hangs there no more.
   *
   * @param {LiveObject} child
   * @returns {string | null}
   */
  roleOf(child) {
    for (const [name, branch] of this.branches()) {
      if (branch === child) return name;
      if (Array.isArray(branch)) {
        const at = branch.indexOf(child);
        if (at >= 0) return `${name} ${at}`;
      }
    }
    return null;
  }

  /** Canonical path ("live_set tracks 0 clip_slots 1 clip"), empty when the object is gone. @returns {string} */
  get path() {
    if (this.parent === null) return this.type === "Application" ? "live_app" : "live_set";
    const above = this.parent.path;
    const role = above === "" ? null : this.parent.roleOf(this);
    return role === null ? "" : `${above} ${role}`;
  }

  /**
   * Called after undo or redo put a field back; for objects that have listeners of their own.
   *
   * @param {string} _key
   */
  restored(_key) {}

  /**
   * Change one field and remember how to take it back.
   *
   * @template {keyof this & string} K
   * @param {K} key
   * @param {this[K]} value
   */
  assign(key, value) {
    const before = this[key];
    if (Object.is(before, value)) return;
    this[key] = value;
    this.set.history.record(this, key, before, value);
  }
}

/**
 * A list with `item` put in at `index` (-1 or the length: at the end).
 *
 * @template T
 * @param {readonly T[]} list
 * @param {number} index
 * @param {T} item
 * @returns {T[]}
 */
export function inserted(list, index, item) {
  const at = index < 0 ? list.length : index;
  return [...list.slice(0, at), item, ...list.slice(at)];
}

/**
 * A list without `item`.
 *
 * @template T
 * @param {readonly T[]} list
 * @param {T} item
 * @returns {T[]}
 */
export function without(list, item) {
  return list.filter((other) => other !== item);
}
