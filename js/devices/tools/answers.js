/**
 * What the engine has answered, and what is asked next. Live waits for no answer, so every question that may come up in the
 * next moment is asked beforehand: the one that is shown, then those one turn of a hand away. Answers are kept by their
 * question; the same knobs, seed and notes never ask twice.
 */

/**
 * @typedef {object} Question
 * @property {string} key tells it from all others
 * @property {string} method
 * @property {Record<string, unknown>} params
 */

/** Answers that are kept; the oldest goes first. */
const MOST = 300;

/** Questions under way at a time: the engine has other devices to serve. */
const AT_ONCE = 2;

/** @template T */
export class Answers {
  #ask;
  #told;
  /** @type {Map<string, T>} */ #known = new Map();
  /** @type {Question[]} */ #queue = [];
  /** @type {Map<string, () => void>} what cancels each */ #asked = new Map();

  /**
   * @param {object} options
   * @param {(question: Question) => {done: Promise<T>, cancel: () => void}} options.ask
   * @param {(question: Question, problem: unknown) => void} options.told an answer is there, or what went wrong
   */
  constructor({ ask, told }) {
    this.#ask = ask;
    this.#told = told;
  }

  /** @param {string} key @returns {T|undefined} */
  get(key) {
    return this.#known.get(key);
  }

  /** @param {readonly Question[]} questions the most wanted first; what waited before is forgotten */
  want(questions) {
    const wanted = new Map(questions.map((question) => [question.key, question]));
    this.#queue = [...wanted.values()].filter(({ key }) => !this.#known.has(key) && !this.#asked.has(key));
    this.#go();
  }

  /** The engine has gone: nothing is under way any more. */
  forget() {
    this.#queue = [];
    for (const cancel of this.#asked.values()) cancel();
    this.#asked.clear();
  }

  #go() {
    while (this.#asked.size < AT_ONCE && this.#queue.length > 0) {
      const question = /** @type {Question} */ (this.#queue.shift());
      const { done, cancel } = this.#ask(question);
      this.#asked.set(question.key, cancel);
      done.then(
        (answer) => this.#over(question, cancel, () => this.#keep(question, answer)),
        (problem) => this.#over(question, cancel, () => this.#told(question, problem)),
      );
    }
  }

  /** @param {Question} question @param {() => void} cancel @param {() => void} act */
  #over(question, cancel, act) {
    if (this.#asked.get(question.key) !== cancel) return;
    this.#asked.delete(question.key);
    act();
    this.#go();
  }

  /** @param {Question} question @param {T} answer */
  #keep(question, answer) {
    this.#known.set(question.key, answer);
    if (this.#known.size > MOST) this.#known.delete(/** @type {string} */ (this.#known.keys().next().value));
    this.#told(question, null);
  }
}
