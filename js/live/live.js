/**
 * One hand on Live: every read, write and call of LiveAPI goes through here.
 *
 * Why a hand and not plain LiveAPI objects: making many LiveAPI objects slows all later calls of a device for good, so a
 * handful is made and sent from place to place; an object that died must be noticed before it is used; before
 * live.thisdevice has spoken nothing may be asked at all.
 *
 * Objects are known by their ids, which stay with them when tracks move. An existing LiveAPI object can only be sent to a
 * path, though, so the path by which each id was met is remembered, and its id checked on arrival. Where something else
 * stands there by now, a new LiveAPI object is made on the id itself: that always works, and is rarely needed.
 */
import { Gone, LiveRefusal, NotStarted } from "./errors.js";
import { ROOTS, THIS_DEVICE } from "./paths.js";

/**
 * The part of Max's LiveAPI that is used.
 * @typedef {object} LiveApiLike
 * @property {number|string} id
 * @property {string} type
 * @property {string} unquotedpath
 * @property {(property: string) => unknown} get
 * @property {(property: string, ...value: any[]) => unknown} set
 * @property {(name: string, ...args: any[]) => unknown} call
 * @property {(path: string) => unknown} goto
 * @property {string} [property] what the callback observes
 */

/** @typedef {new (callback: ((args: unknown[]) => void)|null, path: string) => LiveApiLike} LiveApiClass */

/** A path from paths.js, or the id of a Live object. @typedef {string|number} Ref */

/** One that watches a property. @typedef {{api: LiveApiLike, free: boolean, told: (args: unknown[]) => void}} Observer */

/** LiveAPI objects that are sent around. */
const MOVING = 6;

/** Ids whose path is remembered; a Set with more things in it is learnt anew now and then. */
const MOST_KNOWN = 5000;

export class Live {
  /** @type {LiveApiClass} */ #Api;
  /** @type {Map<string, LiveApiLike>} */ #resting = new Map();
  /** most recently used last @type {LiveApiLike[]} */ #moving = [];
  /** id to path @type {Map<number, string>} */ #known = new Map();
  #started = false;

  /** @param {LiveApiClass} LiveAPI Max's class (or the headless one) */
  constructor(LiveAPI) {
    this.#Api = LiveAPI;
  }

  /** observers, which keep their place @type {LiveApiLike[]} */ #watching = [];
  /** observers that come and go @type {Observer[]} */ #observing = [];

  /** To be called when live.thisdevice has sent its bang. */
  start() {
    this.#started = true;
  }

  /** After this nothing is asked of Live any more (the device is being deleted). */
  stop() {
    this.#started = false;
    for (const api of this.#watching) api.property = "";
    this.#watching = [];
    for (const each of this.#observing) each.api.property = "";
    this.#observing = [];
    this.#resting.clear();
    this.#known.clear();
    this.#moving = [];
  }

  get started() {
    return this.#started;
  }

  /** @param {Ref} ref @returns {LiveApiLike} an object that stands on ref; throws Gone when nothing is there */
  #at(ref) {
    if (!this.#started) throw new NotStarted();
    const api = typeof ref === "string" ? this.#atPath(ref) : this.#atId(ref);
    if (Number(api.id) === 0) throw new Gone();
    return api;
  }

  /** @param {string} path */
  #atPath(path) {
    if (!ROOTS.includes(path)) return this.#send(path);
    const known = this.#resting.get(path);
    if (known !== undefined && Number(known.id) !== 0) return known;
    const api = new this.#Api(null, path);
    this.#resting.set(path, api);
    return api;
  }

  /** @param {number} id */
  #atId(id) {
    if (!Number.isInteger(id) || id <= 0) throw new Gone();
    const standing = this.#moving.findIndex((api) => Number(api.id) === id);
    if (standing >= 0) {
      const [api] = this.#moving.splice(standing, 1);
      this.#moving.push(api);
      return api;
    }
    const path = this.#known.get(id);
    const sent = path === undefined ? null : this.#send(path);
    if (sent !== null && Number(sent.id) === id) return sent;
    const made = this.#make(`id ${id}`);
    if (Number(made.id) !== id) throw new Gone();
    this.#learn(id, made.unquotedpath);
    return made;
  }

  /** @param {string} path @returns {LiveApiLike} the one unused for longest, now on the path */
  #send(path) {
    if (this.#moving.length < MOVING) return this.#make(path);
    const api = /** @type {LiveApiLike} */ (this.#moving.shift());
    this.#moving.push(api);
    api.goto(path);
    return api;
  }

  /** @param {string} target @returns {LiveApiLike} a new one, in the place of the one unused for longest */
  #make(target) {
    if (this.#moving.length >= MOVING) this.#moving.shift();
    const api = new this.#Api(null, target);
    this.#moving.push(api);
    return api;
  }

  /** @param {number} id @param {string} path */
  #learn(id, path) {
    if (id === 0 || path === "") return;
    if (this.#known.size > MOST_KNOWN) this.#known.clear();
    this.#known.set(id, path);
  }

  /** @param {Ref} ref @returns {string} a path that leads there now */
  #path(ref) {
    return typeof ref === "string" ? ref : (this.#known.get(ref) ?? this.#at(ref).unquotedpath);
  }

  /** @param {Ref} ref @returns {number} the id there, 0 when nothing is */
  id(ref) {
    try {
      return Number(this.#at(ref).id);
    } catch (problem) {
      if (problem instanceof Gone) return 0;
      throw problem;
    }
  }

  /** @param {Ref} ref @returns {boolean} */
  exists(ref) {
    return this.id(ref) !== 0;
  }

  /** @param {Ref} ref @returns {string} Live's class name: "Track", "Clip", "MaxDevice" ... */
  type(ref) {
    return String(this.#at(ref).type);
  }

  /** @param {Ref} ref @param {string} property @returns {unknown[]} */
  list(ref, property) {
    const value = this.#at(ref).get(property);
    if (value === undefined || value === null) throw new LiveRefusal(`Live does not tell "${property}" here`);
    return Array.isArray(value) ? value : [value];
  }

  /** @param {Ref} ref @param {string} property @returns {number} */
  number(ref, property) {
    const value = Number(this.list(ref, property)[0]);
    if (Number.isNaN(value)) throw new LiveRefusal(`Live does not tell "${property}" here`);
    return value;
  }

  /** @param {Ref} ref @param {string} property @returns {boolean} */
  flag(ref, property) {
    return this.number(ref, property) !== 0;
  }

  /** @param {Ref} ref @param {string} property @returns {string} a name made of digits arrives as a number: text here */
  text(ref, property) {
    return this.list(ref, property).map(String).join(" ");
  }

  /** @param {Ref} ref @param {string} child @returns {number} the id of a single child, 0 when there is none */
  child(ref, child) {
    const [mark, number] = this.list(ref, child);
    const id = mark === "id" ? Number(number) : 0;
    if (id !== 0 && !this.#known.has(id)) this.#learn(id, `${this.#path(ref)} ${child}`);
    return id;
  }

  /** @param {Ref} ref @param {string} child @returns {number[]} ids, from Live's ["id", 3, "id", 4] */
  children(ref, child) {
    const ids = [];
    const flat = this.list(ref, child);
    for (let i = 0; i + 1 < flat.length; i += 2) {
      const id = Number(flat[i + 1]);
      if (flat[i] !== "id" || id === 0) continue;
      this.#learn(id, `${this.#path(ref)} ${child} ${ids.length}`);
      ids.push(id);
    }
    return ids;
  }

  /** @param {Ref} ref @param {string} property @param {number|string} value */
  set(ref, property, value) {
    this.#at(ref).set(property, value);
  }

  /** @param {Ref} ref @param {string} name @param {...any} args @returns {unknown} */
  call(ref, name, ...args) {
    return this.#at(ref).call(name, ...args);
  }

  /**
   * Tells the value of a property now and whenever it changes, until `stop`.
   *
   * @param {string} root one of paths.js' roots
   * @param {string} property
   * @param {(value: unknown) => void} told
   */
  watch(root, property, told) {
    if (!this.#started) throw new NotStarted();
    const api = new this.#Api((args) => {
      // A change of the object itself ("id") is told to the same function.
      if (this.#started && args[0] === property) told(args[1]);
    }, root);
    api.property = property;
    this.#watching.push(api);
  }
  /**
   * Tells that a property of an object changes, until it is given back. Observers that were given back are sent on to the
   * next object: what they cost is paid once.
   *
   * @param {number} id
   * @param {string} property
   * @param {(value: unknown) => void} told also told of how it stands now
   * @returns {() => void} gives it back
   * @throws {Gone}
   */
  observe(id, property, told) {
    const path = this.#at(id).unquotedpath;
    const observer = this.#observing.find((each) => each.free) ?? this.#observer();
    observer.api.goto(path);
    if (Number(observer.api.id) !== id) throw new Gone();
    let given = false;
    observer.free = false;
    observer.told = (args) => {
      if (this.#started && !given && args[0] === property) told(args[1]);
    };
    observer.api.property = property;
    return () => {
      if (given) return;
      given = true;
      observer.free = true;
      observer.told = () => {};
      if (this.#started) observer.api.property = "";
    };
  }

  /** @returns {Observer} a new one, which stands where it costs nothing until it is sent on */
  #observer() {
    /** @type {Observer} */
    const observer = { free: true, told: () => {}, api: new this.#Api((args) => observer.told(args), THIS_DEVICE) };
    this.#observing.push(observer);
    return observer;
  }
}
