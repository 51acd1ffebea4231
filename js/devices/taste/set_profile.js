/**
 * The profile that was chosen in this Set: a song goes on with the taste it was begun with, though another one was used
 * meanwhile. What the Set keeps is the profile itself and not its place in the menu.
 */

/** @typedef {Pick<import("./deeds.js").Profile, "id"|"name">} Profile */

/** What the patch knows the memory by; what stands before a profile there, and what says there is none. */
const MEMORY = "set_profile";
const IS = "is";
const NONE = "none";

export class SetProfile {
  #face;
  /** @type {Profile|null} */ #profile = null;
  /** whether it is still to be put to use */ #due = true;

  /** @param {import("./face.js").Face} face */
  constructor(face) {
    this.#face = face;
  }

  /** What the Set kept. @param {readonly unknown[]} words of the memory */
  kept([word, id, ...name]) {
    this.#profile = word === IS ? { id: String(id), name: name.join(" ") } : null;
  }

  /** @param {Profile|null} profile that was chosen in this Set; null: none any more */
  keep(profile) {
    this.#profile = profile;
    this.#due = false;
    this.#face.keep(MEMORY, profile === null ? [NONE] : [IS, profile.id, profile.name]);
  }

  /** @returns {Profile|null} the profile to put to use now, once after the Set was opened */
  take() {
    const due = this.#due ? this.#profile : null;
    this.#due = false;
    return due;
  }
}
