/** A menu that the script fills: what is chosen is a thing and not a row, so it stays chosen wherever it stands by then. */

/** @typedef {{key: string, text: string}} Row */

export class Menu {
  #face;
  #controls;
  #selector;
  #most;
  /** @type {readonly Row[]} */ #rows = [];

  /**
   * @param {import("./face.js").Face} face
   * @param {import("../shared/controls.js").Controls} controls
   * @param {string} selector
   */
  constructor(face, controls, selector) {
    this.#face = face;
    this.#controls = controls;
    this.#selector = selector;
    this.#most = controls.items(selector).length;
  }

  /** @returns {Row|null} null for a row that means nothing */
  get chosen() {
    return this.#rows[this.#controls.number(this.#selector)] ?? null;
  }

  /**
   * Shows these rows, as many as it has room for.
   *
   * @param {readonly Row[]} rows
   * @param {string} key of the one to choose; what is not there leaves the first one chosen
   * @param {string} nothing what the first row says where there are none
   */
  fill(rows, key, nothing) {
    const wanted = rows.findIndex((row) => row.key === key);
    // The chosen one is always among those there is room for.
    this.#rows = wanted < this.#most ? rows.slice(0, this.#most) : [...rows.slice(0, this.#most - 1), rows[wanted]];
    const texts = this.#rows.length === 0 ? [nothing] : this.#rows.map(({ text }) => text);
    this.#face.items(this.#selector, unlike(texts, this.#most));
    this.choose(key);
  }

  /** @param {string} key */
  choose(key) {
    const row = Math.max(
      0,
      this.#rows.findIndex((each) => each.key === key),
    );
    if (row === this.#controls.number(this.#selector)) return;
    this.#controls.set(this.#selector, row);
    this.#face.choose(this.#selector, row);
  }
}

/** @param {readonly string[]} texts @param {number} most @returns {string[]} as many always, no two alike */
function unlike(texts, most) {
  const seen = new Set();
  return Array.from({ length: most }, (_, row) => {
    const text = texts[row] ?? `(empty ${row + 1})`;
    const one = seen.has(text) ? `${text} (${row + 1})` : text;
    seen.add(one);
    return one;
  });
}
