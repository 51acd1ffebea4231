/** Which style a role is asked for: not every role knows every style of the menu, and some call it otherwise. */

/** Other words for the same kind of music. @type {Readonly<Record<string, string>>} */
const ALSO = { hip_hop: "hiphop", drum_and_bass: "dnb", funk_soul: "funk", minimal: "minimalism" };

export class Styles {
  /** by role @type {Map<string, string[]>} */ #known = new Map();
  /** @type {Set<string>} */ #asked = new Set();

  /**
   * Learns from the engine what a role knows.
   *
   * @param {string} role
   * @param {(method: string, params: Record<string, unknown>) => {done: Promise<any>}} ask
   * @param {() => void} then
   */
  learn(role, ask, then) {
    if (this.#asked.has(role)) return;
    this.#asked.add(role);
    ask("compose.stream_options", { role }).done.then(
      ({ styles }) => {
        this.#known.set(
          role,
          styles.map((/** @type {{id: string}} */ { id }) => id),
        );
        then();
      },
      () => this.#asked.delete(role),
    );
  }

  /** @param {string} role @returns {boolean} */
  knows(role) {
    return this.#known.has(role);
  }

  /**
   * @param {string} role
   * @param {string} style of the menu
   * @returns {string} as the engine is asked; "auto" where the role does not know it
   */
  wire(role, style) {
    const known = this.#known.get(role) ?? [];
    return [style, ALSO[style]].find((each) => each !== undefined && known.includes(each)) ?? "auto";
  }
}
