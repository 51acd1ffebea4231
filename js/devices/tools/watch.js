/** Watches a property of one object of Live's after the other, with one LiveAPI object for all: each new one costs for good. */

/** @typedef {import("../../live/live.js").LiveApiClass} LiveApiClass */
/** @typedef {import("../../live/live.js").LiveApiLike} LiveApiLike */

export class Watch {
  #Api;
  #property;
  #path = "";
  /** @type {LiveApiLike|null} */ #api = null;
  /** @type {() => void} */ #told = () => {};

  /** @param {LiveApiClass} Api @param {string} property */
  constructor(Api, property) {
    this.#Api = Api;
    this.#property = property;
  }

  /** @param {string} path of what is watched from now on; "" for nothing @param {() => void} told */
  point(path, told) {
    this.#told = told;
    if (this.#api !== null) this.#api.property = "";
    this.#path = path;
    if (path === "") return;
    if (this.#api === null) this.#api = new this.#Api((args) => this.#hear(args), path);
    else this.#api.goto(path);
    this.#api.property = this.#property;
  }

  /** @param {unknown[]} args */
  #hear([property]) {
    if (property === this.#property && this.#path !== "") this.#told();
  }
}
