/**
 * Observers of any Live object that come and go. Those no longer needed are sent to the next object: a new LiveAPI object
 * for each wish would slow down all later calls of the device.
 */

/** @typedef {import("../live.js").LiveApiLike} LiveApiLike */
/** @typedef {import("../live.js").LiveApiClass} LiveApiClass */
/** @typedef {{api: LiveApiLike, property: string, told: (() => void)|null}} Observer idle while nobody is told */

export class Observers {
  /** @type {Observer[]} */ #all = [];
  #Api;

  /** @param {LiveApiClass} LiveAPI */
  constructor(LiveAPI) {
    this.#Api = LiveAPI;
  }

  /**
   * @param {string} path of a living object
   * @param {string} property
   * @param {() => void} told that it changed; Live refuses changes meanwhile
   * @returns {() => void} stops it
   */
  observe(path, property, told) {
    const observer = this.#all.find((each) => each.told === null) ?? this.#make(path);
    // Nobody is told of the way there.
    observer.api.goto(path);
    observer.property = property;
    observer.told = told;
    observer.api.property = property;
    return () => {
      observer.told = null;
      observer.api.property = "";
    };
  }

  /** @param {string} path @returns {Observer} */
  #make(path) {
    /** @type {Observer} */
    const observer = {
      api: new this.#Api((args) => {
        if (args[0] === observer.property) observer.told?.();
      }, path),
      property: "",
      told: null,
    };
    this.#all.push(observer);
    return observer;
  }
}
