/**
 * How things stand with a device: whether it is on, whether the engine is there, what was said last, and which press
 * is under way. One place decides from all of it what the foot line says, for every device alike.
 */
import { LiveRefusal } from "../../live/errors.js";
import { problemWords } from "./problem.js";

/** @typedef {import("../../rpc/client.js").Client} Client */
/** @typedef {import("../../rpc/link.js").Link} Link */
/** @typedef {import("../../rpc/link.js").LinkState} LinkState */

/** A shorter wait is not worth a flicker. */
export const BUSY_AFTER_MS = 150;

/** The engine answers at once, if only with a job; a machine that swaps may need long. */
export const PATIENCE_MS = 20_000;

const OFF = "Device is off";

/**
 * A press whose answer is awaited.
 * @typedef {object} Press
 * @property {() => void} cancel takes back what was asked
 * @property {string} words what is being done
 * @property {object|null} timer
 * @property {boolean} shown whether it has lasted long enough to be shown
 * @property {string} button which button cancels it; "" for the main one
 */

/**
 * @typedef {object} Shown the part of a device's face that this speaks to
 * @property {(state: import("../../ui/status.js").State, words: string, why?: string) => void} status
 * @property {(busy: boolean, button: string) => void} busy whether a button cancels; "" for the main one
 */

export class Standing {
  #clock;
  #shown;
  #connect;
  #onReady;
  #onAway;
  /** @type {Link|null} */ #link = null;
  /** @type {LinkState} */ #state = { light: "off", words: "" };
  #enabled = true;
  #off = OFF;
  #said = "";
  /** what only helps who wonders about what was said */
  #why = "";
  /** what became of a press while the engine was away, for when it is back */
  #untold = "";
  /** what the device does on its own while the engine is away */
  #meanwhile = "";
  /** @type {Press|null} */ #press = null;

  /**
   * @param {object} options
   * @param {import("../../rpc/clock.js").Clock} options.clock
   * @param {Shown} options.shown
   * @param {(onState: (state: LinkState) => void) => Link} options.connect called once, at the start
   * @param {() => void} [options.onReady] the engine has come
   * @param {() => void} [options.onAway] the engine has gone
   */
  constructor({ clock, shown, connect, onReady = () => {}, onAway = () => {} }) {
    this.#clock = clock;
    this.#shown = shown;
    this.#connect = connect;
    this.#onReady = onReady;
    this.#onAway = onAway;
  }

  /** Whether the device has been started: Live is there. */
  get started() {
    return this.#link !== null;
  }

  get enabled() {
    return this.#enabled;
  }

  /** Whether a press may do something: the device is on and Live is there. */
  get mayAct() {
    return this.#link !== null && this.#enabled;
  }

  /** Whether the engine answers now. */
  get ready() {
    return this.#link !== null && this.#enabled && this.#state.light === "ready";
  }

  get pressed() {
    return this.#press !== null;
  }

  /** @returns {Client} only after the start */
  get client() {
    if (this.#link === null) throw new Error("asked for the engine before the start");
    return this.#link.client;
  }

  /** @param {string} method @param {Record<string, unknown>} params @returns {import("../../rpc/client.js").Request} what a press waits for */
  ask(method, params) {
    return this.client.request(method, params, { timeout: PATIENCE_MS, idempotent: true });
  }

  start() {
    this.#link = this.#connect((state) => this.#onLink(state));
    if (this.#enabled) this.#link.start();
    this.show();
  }

  /**
   * @param {boolean} on the device's own switch
   * @param {() => void} halt what else ends when it is switched off
   * @param {string} [off] why it is off, in words
   */
  enable(on, halt, off = OFF) {
    this.#off = off;
    if (on === this.#enabled) {
      if (!on) this.show();
      return;
    }
    this.#enabled = on;
    this.#said = "";
    if (on) this.#link?.start();
    else {
      this.halt();
      halt();
    }
    this.show();
  }

  /** Ends the press and the link. */
  halt() {
    this.drop();
    this.#link?.stop();
  }

  /** A message of the Hub. @param {string} selector @param {(string|number)[]} values */
  receive(selector, values) {
    if (this.#enabled) this.#link?.receive(selector, values);
  }

  /** A hand on a button: cancels what runs, else does something. @param {() => void} act */
  press(act) {
    if (this.pressed) this.cancel();
    else if (this.mayAct) this.attempt(act);
  }

  /**
   * A press begins; a spinner comes only when it lasts.
   *
   * @param {string} words what is being done
   * @param {() => void} cancel
   * @param {string} [button] which button cancels it; the main one when left out
   * @returns {Press}
   */
  begin(words, cancel, button = "") {
    /** @type {Press} */
    const press = { cancel, words, timer: null, shown: false, button };
    this.#said = "";
    this.#untold = "";
    press.timer = this.#clock.after(BUSY_AFTER_MS, () => this.#showBusy(press));
    this.#press = press;
    return press;
  }

  /** How far a press is. @param {Press} press @param {string} words */
  progress(press, words) {
    if (this.#press !== press) return;
    press.words = words;
    if (press.shown) this.show();
  }

  /** An answer to an old press is dropped. @param {Press} press @param {() => void} act */
  finish(press, act) {
    if (this.#press !== press) return;
    this.#end();
    this.attempt(act);
  }

  /**
   * Waits for what a press asked for; what goes wrong is said.
   *
   * @template T
   * @param {Press} press
   * @param {Promise<T>} done
   * @param {(answer: T) => void} act
   * @returns {Promise<void>} when it is over, however it ended
   */
  settle(press, done, act) {
    return done.then(
      (answer) => this.finish(press, () => act(answer)),
      (problem) => this.fail(press, problem),
    );
  }

  /** A press ends in what went wrong. @param {Press} press @param {unknown} problem */
  fail(press, problem) {
    this.finish(press, () => {
      this.say(problemWords(problem));
      // While the engine is away, how it comes back is told instead; what became of the press must not get lost in that.
      if (!this.ready) this.#untold = this.#said;
    });
  }

  cancel() {
    this.drop();
    this.say("Cancelled");
  }

  /** Ends the press without a word. */
  drop() {
    const press = this.#press;
    this.#end();
    press?.cancel();
  }

  #end() {
    if (this.#press === null) return;
    this.#clock.cancel(this.#press.timer);
    this.#shown.busy(false, this.#press.button);
    this.#press = null;
  }

  /** @param {Press} press */
  #showBusy(press) {
    press.shown = true;
    this.#shown.busy(true, press.button);
    this.show();
  }

  /** Says what Live refuses; everything else is a fault of ours and must be seen. @param {() => void} act */
  attempt(act) {
    try {
      act();
    } catch (problem) {
      if (!(problem instanceof LiveRefusal)) throw problem;
      this.say(problemWords(problem));
    }
  }

  /** @param {string} words what the device does on its own while the engine is away; "" for nothing */
  alone(words) {
    if (words === this.#meanwhile) return;
    this.#meanwhile = words;
    if (this.#link !== null) this.show();
  }

  /** @param {string} words "" for what the state itself says @param {string} [why] */
  say(words, why = "") {
    this.#said = words;
    this.#why = why;
    this.show();
  }

  /** @param {LinkState} state */
  #onLink(state) {
    const wasReady = this.#state.light === "ready";
    this.#state = state;
    if (state.light !== "ready") this.#said = "";
    if (wasReady && state.light !== "ready") this.#onAway();
    if (!wasReady && state.light === "ready") {
      this.#said = this.#untold;
      this.#untold = "";
      this.#onReady();
    }
    this.show();
  }

  show() {
    if (!this.#enabled) return this.#shown.status("off", this.#off);
    const { light, words } = this.#state;
    if (light !== "ready") {
      const aside = this.#press?.shown ? "Your press waits" : this.#meanwhile;
      const away = aside === "" ? words : `${words.replace(/[.\s]+$/, "")}. ${aside}`;
      return this.#shown.status(light === "off" ? "away" : light, this.#said || away);
    }
    if (this.#press?.shown) return this.#shown.status("busy", this.#press.words);
    return this.#shown.status("ready", this.#said || "Ready", this.#said && this.#why);
  }
}
