/** Numbers that devices tell each other: one entry for each device in a Dict that all of Max shares. */

/** @template {string} Field */
export class Entries {
  #dict;
  #fields;

  /**
   * @param {Pick<Dict, "get"|"set"|"remove"|"getkeys">} dict the shared one
   * @param {readonly Field[]} fields of an entry, two or more
   */
  constructor(dict, fields) {
    this.#dict = dict;
    this.#fields = fields;
  }

  /** @param {string} id of the device @param {Record<Field, number>} now */
  tell(id, now) {
    this.#dict.set(id, ...this.#fields.map((field) => now[field]));
  }

  /** @param {string} id of a device that has nothing to tell any more */
  forget(id) {
    this.#dict.remove(id);
  }

  /** @returns {Record<Field, number>[]} in the order of their coming */
  all() {
    const keys = this.#dict.getkeys() ?? [];
    return (typeof keys === "string" ? [keys] : keys).flatMap((id) => {
      const entry = this.#dict.get(id);
      if (!Array.isArray(entry)) return [];
      const named = this.#fields.map((field, at) => [field, Number(entry[at])]);
      return [/** @type {Record<Field, number>} */ (Object.fromEntries(named))];
    });
  }
}
