/**
 * The class `LiveAPI` as code in v8 sees it.
 *
 * Facts it follows: `get` gives arrays; objects appear as "id", N; a lone text given to the constructor is
 * taken for the callback by some v8 builds and so refused here; `goto` takes paths only ("id N" does not
 * resolve in v8, measured in public repositories); a dead object has id 0 and an empty path; observers are
 * told later, never inside the change, and may not change the Set.
 */
import { atoms, describe, incoming, observed, result, Seen } from "./atoms.js";
import { LiveRefusal, LomMistake, NOTIFICATION_WORDS } from "./errors.js";
import { actionSpec, call, childSpec, classesOf, propertySpec, read, write } from "./lom.js";
import { resolvePath } from "./path.js";

/** @typedef {import("./set.js").LiveSet} LiveSet */
/** @typedef {import("./model/object.js").LiveObject} LiveObject */

/**
 * What surrounds one v8.
 *
 * @typedef {object} LiveEnv
 * @property {import("./model/device.js").Device | (() => LiveObject | null) | null} [thisDevice] the device the
 *   code runs in
 * @property {() => boolean} [ready] false until live.thisdevice has banged; LiveAPI is refused before
 * @property {() => boolean} [inNotification] true inside notifications the patch itself delivers
 * @property {(run: () => void) => void} [schedule] puts a notification on the low-priority queue
 * @property {(text: string, level: "error" | "warn") => void} [post] the Max console
 * @property {boolean} [strict] throw on asking for what does not exist (default true)
 */

/** Numbers for tests: how many LiveAPI objects one class has constructed. */
/** @typedef {{constructed: number, calls: number}} ApiCount */

/**
 * Make the class for one v8.
 *
 * @param {LiveSet} set
 * @param {LiveEnv} env
 */
export function createLiveAPI(set, env = {}) {
  const post = env.post ?? (() => {});
  const strict = env.strict ?? true;
  const schedule = env.schedule ?? ((/** @type {() => void} */ run) => setImmediate(run));
  const device = () => (typeof env.thisDevice === "function" ? env.thisDevice() : (env.thisDevice ?? null));
  const source = () => `device ${device()?.id ?? 0}`;
  /** @type {ApiCount} */
  const count = { constructed: 0, calls: 0 };

  /**
   * Run one request: refusals are posted; what does not exist is posted and, in strict mode, thrown.
   *
   * @template T
   * @param {() => T} request
   * @returns {T | undefined}
   */
  function attempt(request) {
    count.calls += 1;
    try {
      return request();
    } catch (error) {
      if (!(error instanceof LiveRefusal || error instanceof LomMistake)) throw error;
      post(`v8liveapi: ${error.message}`, "error");
      if (strict && error instanceof LomMistake) throw error;
      return undefined;
    }
  }

  /** @template T @param {() => T} act */
  function change(act) {
    if (set.notifying > 0 || env.inNotification?.()) throw new LiveRefusal(NOTIFICATION_WORDS);
    try {
      return set.history.step(source(), act);
    } finally {
      set.touch();
    }
  }

  return class LiveAPI {
    static count = count;

    /** @type {((args: unknown[]) => void) | null} */ #callback = null;
    /** @type {LiveObject | null} */ #object = null;
    #asked = "";
    #mode = 0;
    #property = "";
    /** @type {string | null} */ #heard = null;
    #seen = new Seen();
    #watching = false;

    /**
     * @param {((args: unknown[]) => void) | null} [callback]
     * @param {string | number} [target] a path, "id N" or N
     */
    constructor(callback, target) {
      count.constructed += 1;
      attempt(() => {
        if (env.ready && !env.ready()) {
          throw new LomMistake("Live API is not initialized, use live.thisdevice to determine when it is.");
        }
        if (typeof callback === "string" || typeof callback === "number") {
          throw new LomMistake(
            `new LiveAPI("${callback}"): some v8 builds take this for the callback; pass null first.`,
          );
        }
        if (callback !== null && callback !== undefined && typeof callback !== "function") {
          throw new LomMistake("new LiveAPI: the first argument must be a function or null.");
        }
        this.#callback = callback ?? null;
        if (target === undefined || target === "") return;
        const id = /^(?:id\s+)?(\d+)$/.exec(String(target).trim());
        if (id) this.#point(set.byId(Number(id[1])), "");
        else this.#point(resolvePath(set, String(target), device()), String(target));
      });
    }

    /** The object now pointed at, or null. Follows the path in mode 1. @returns {LiveObject | null} */
    get #now() {
      if (this.#mode === 1 && this.#asked !== "") this.#object = resolvePath(set, this.#asked, device());
      return this.#object?.alive ? this.#object : null;
    }

    get id() {
      return String(this.#now?.id ?? 0);
    }

    set id(_value) {
      attempt(() => {
        throw new LomMistake("LiveAPI.id: repointing by id is not proven in v8; use goto with a path.");
      });
    }

    get path() {
      return `"${this.unquotedpath}"`;
    }

    set path(text) {
      this.goto(text);
    }

    get unquotedpath() {
      return this.#now?.path ?? "";
    }

    /** Class of the object; "unknown" for nothing. */
    get type() {
      return this.#now?.type ?? "unknown";
    }

    get mode() {
      return this.#mode;
    }

    /** 0: stay with the object; 1: follow the path. */
    set mode(value) {
      this.#mode = Number(value) === 1 ? 1 : 0;
      this.#listen();
    }

    get children() {
      const object = this.#now;
      return object ? classesOf(object).flatMap((spec) => [...spec.children.keys()]) : [];
    }

    /** All that can be asked of the object, one line each. */
    get info() {
      const object = this.#now;
      return object ? describe(object) : "No object";
    }

    get property() {
      return this.#property;
    }

    /** Name of the property to observe; "" ends it. */
    set property(name) {
      attempt(() => {
        const object = this.#now;
        if (name !== "" && !object) throw new LiveRefusal(`property '${name}': no valid object set`);
        if (name !== "" && object) {
          const spec = propertySpec(object, name) ?? childSpec(object, name);
          if (!spec) throw new LomMistake(`property: no property called '${name}' on ${object.type}.`);
          if (!spec.observe)
            throw new LomMistake(`property: '${name}' is not a listenable property of ${object.type}.`);
        }
        this.#property = name;
        this.#heard = null;
        this.#listen();
        this.check();
      });
    }

    /** Kind of the observed property's value. */
    get proptype() {
      const object = this.#now;
      if (!object || this.#property === "") return "";
      return propertySpec(object, this.#property)?.type ?? childSpec(object, this.#property)?.of ?? "";
    }

    /** @param {string} path */
    goto(path) {
      attempt(() => {
        if (/^\s*"?id\s/.test(String(path))) {
          this.#point(null, "");
          throw new LomMistake(`goto: "${path}" is no path; v8 does not resolve ids in goto.`);
        }
        this.#point(resolvePath(set, String(path), device()), String(path));
      });
    }

    /**
     * @param {string} name property or child
     * @returns {any} an array; 1 when there is no object, as Max answers
     */
    get(name) {
      return attempt(() => atoms(read(this.#here("get"), name))) ?? 1;
    }

    /** @param {string} name @returns {string} */
    getstring(name) {
      return attempt(() => atoms(read(this.#here("get"), name)).join(" ")) ?? "";
    }

    /** @param {string} name a list of children */
    getcount(name) {
      return (
        attempt(() => {
          const object = this.#here("getcount");
          const child = childSpec(object, name);
          if (!child?.list) throw new LomMistake(`getcount: ${object.type} has no list of children '${name}'.`);
          return /** @type {LiveObject[]} */ (read(object, name)).length;
        }) ?? 0
      );
    }

    /**
     * @param {string} name
     * @param {...unknown} values a number, a text, or an object as "id", N or "id N"
     */
    set(name, ...values) {
      attempt(() => {
        const object = this.#here("set");
        const [value, ...rest] = incoming(set, values);
        if (value === undefined || rest.length > 0) throw new LomMistake(`set: ${name} wants exactly one value.`);
        change(() => write(object, name, value));
      });
    }

    /**
     * @param {string} name
     * @param {...unknown} args numbers, texts, objects as "id", N or "id N", dictionaries as objects or Dicts
     * @returns {any} a number, a text, a list, "id" lists, or JSON text for dictionaries
     */
    call(name, ...args) {
      return attempt(() => {
        const object = this.#here(`call ${name}`);
        const given = incoming(set, args);
        const act = () => call(object, name, given);
        return result(actionSpec(object, name)?.reads ? act() : change(act));
      });
    }

    /** @param {string} request @returns {LiveObject} */
    #here(request) {
      const object = this.#now;
      if (!object) throw new LiveRefusal(`${request}: no valid object set`);
      return object;
    }

    /** @param {LiveObject | null} object @param {string} path */
    #point(object, path) {
      this.#object = object;
      this.#asked = path;
      this.#heard = null;
      this.#listen();
      if (this.#property !== "") this.check();
      else if (this.#callback) this.#tell(["id", object?.id ?? 0]);
    }

    #listen() {
      const wanted = this.#callback !== null && (this.#property !== "" || this.#mode === 1);
      if (wanted === this.#watching) return;
      this.#watching = wanted;
      if (wanted) set.observers.add(this);
      else set.observers.delete(this);
    }

    /**
     * Called by the Set after each change: tell the callback when the observed value is another.
     *
     * @param {Map<LiveObject, boolean>} [known] what lives at this moment
     */
    check(known) {
      if (!this.#callback || this.#property === "") return;
      const object = known && this.#mode === 0 ? this.#object : this.#now;
      if (!object || (known && !object.livesAmong(known))) return;
      if (this.#heard !== null && this.#seen.same(object, this.#property)) return;
      const [key, words] = observed(object, this.#property);
      if (key === this.#heard) return;
      this.#heard = key;
      this.#tell([this.#property, ...words]);
    }

    /** @param {unknown[]} words what to say, the value as it was when it changed */
    #tell(words) {
      const { callback, property } = { callback: this.#callback, property: this.#property };
      schedule(() => {
        // A property which is observed no more is not spoken of; where the object went is always told.
        if (!callback || (property !== this.#property && words[0] !== "id")) return;
        set.notifying += 1;
        try {
          callback.call(this, words);
        } finally {
          set.notifying -= 1;
        }
      });
    }
  };
}
