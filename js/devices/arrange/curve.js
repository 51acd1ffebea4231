/**
 * Where sections lie that the user wants louder or calmer than the form has them, kept as a line of words that the Set stores
 * and that a person can read and type: "Drop 80%, Breakdown 2 20%".
 */

/** The wire takes no more. */
const MOST = 32;
const LONGEST_NAME = 400;

export class Curve {
  /** by name of the section, percent @type {Map<string, number>} */ #levels = new Map();

  /** @param {string} text as typed or stored; words that say nothing are passed over */
  read(text) {
    this.#levels.clear();
    for (const part of text.split(",")) {
      const [, name, percent] = /^\s*(.+?)\s+(\d+)\s*%?\s*$/.exec(part) ?? [];
      if (name !== undefined && this.#levels.size < MOST) this.set(name.slice(0, LONGEST_NAME), Number(percent));
    }
  }

  /** @returns {string} what `read` understands */
  get text() {
    return [...this.#levels].map(([name, percent]) => `${name} ${percent}%`).join(", ");
  }

  /** @param {string} name @param {number} percent */
  set(name, percent) {
    this.#levels.set(name, Math.round(Math.max(0, Math.min(100, percent))));
  }

  /** The section is as the form has it again. @param {string} name */
  clear(name) {
    this.#levels.delete(name);
  }

  /** @returns {{levels?: Record<string, number>}} for the wire, 0 to 1 */
  get wish() {
    if (this.#levels.size === 0) return {};
    return { levels: Object.fromEntries([...this.#levels].map(([name, percent]) => [name, percent / 100])) };
  }
}
