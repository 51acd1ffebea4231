/**
 * The two ways the headless Live says no.
 *
 * - `LomMistake`: the caller asked for something that does not exist in the Live Object Model (an unknown
 *   property, a read-only one, a wrong argument type). A bug in our code: posted, and thrown in strict mode.
 * - `LiveRefusal`: the request is well formed but the Set as it is now forbids it (a full slot, a frozen
 *   track, a value out of range). Live posts such refusals to the Max console and goes on; so do we.
 * - `SetFileError`: a Live Set file that cannot be read, with a hint for the person who chose the file.
 */

/** Asked for something the Live Object Model does not have. */
export class LomMistake extends Error {
  /** @param {string} message what was asked and what exists */
  constructor(message) {
    super(message);
    this.name = "LomMistake";
  }
}

/** Well formed, but the Set forbids it now. */
export class LiveRefusal extends Error {
  /** @param {string} message the reason in plain words */
  constructor(message) {
    super(message);
    this.name = "LiveRefusal";
  }
}

/** A Live Set file which cannot be read. */
export class SetFileError extends Error {
  /**
   * @param {string} message what is wrong with the file
   * @param {string} hint what the person can do about it
   */
  constructor(message, hint) {
    super(`${message} ${hint}`);
    this.name = "SetFileError";
    this.hint = hint;
  }
}

/** The words Live itself uses when a change is tried inside a notification. */
export const NOTIFICATION_WORDS = "Changes cannot be triggered by notifications. You will need to defer your response.";
