/**
 * The way through Bandmate Hub: frames of text by Max's global names, for Max versions without their own websocket.
 *
 * This end sends on `bandmate.req` and is given what arrives on `bandmate.res`:
 *
 *   -> open <id> <client JSON>     I want a connection             <- hub <state JSON>   for all, also as an answer
 *   -> frame <id> <text>           one frame                       <- opened <id>
 *   -> dict <id> <dict name>       one frame longer than a symbol  <- frame <id> <text>, dict <id> <dict name>
 *   -> wake <id>                   a call waits for the engine
 *   -> here <id>                   is my connection still there?   <- closed <id> <code> <words>
 *   -> close <id>
 *
 * `open` and `here` are answered at once, if only with `hub`; no answer within 1.5 s means that there is no Hub.
 */

import { cut, DictWriter, PIECE, readDict } from "./pieces.js";
import { CLOSE } from "./transport.js";

/** @typedef {import("./transport.js").Transport} Transport */

export const TO_HUB = "bandmate.req";
export const FROM_HUB = "bandmate.res";
export const NO_HUB = "Drop Bandmate Hub on a MIDI track";

/**
 * What a Hub tells about itself to all devices.
 *
 * @typedef {object} HubState
 * @property {string} hub   id of the Hub that leads
 * @property {"off" | "starting" | "ready" | "stopped" | "missing"} engine
 * @property {string} words
 * @property {string} version  of the engine, "" before it is known
 */

/**
 * @param {unknown} json
 * @returns {HubState | null}
 */
export function readHubState(json) {
  try {
    const state = JSON.parse(String(json));
    return typeof state?.hub === "string" ? state : null;
  } catch {
    return null;
  }
}

/** @implements {Transport} */
export class HubTransport {
  /** @type {(() => void) | null} */
  onOpen = null;
  /** @type {((text: string) => void) | null} */
  onText = null;
  /** @type {((code: number, words: string) => void) | null} */
  onClose = null;
  /** @type {((words: string) => void) | null} */
  onNotice = null;
  /** @type {"new" | "asking" | "open" | "closed"} */
  #phase = "new";
  /** Hub that answered; null before. @type {string | null} */
  #hub = null;
  /** @type {object | null} */
  #silenceTimer = null;
  /** @type {object | null} */
  #repeatTimer = null;
  #asking = false;
  #options;
  #texts;

  /**
   * @param {object} options
   * @param {string} options.id  of this device, unique in Max
   * @param {object} options.info  who this is, for the Hub's log
   * @param {(...values: (string | number)[]) => void} options.send  to `bandmate.req`
   * @param {typeof Dict} options.DictClass
   * @param {DictWriter} [options.texts]  shared by the pipes of one device
   * @param {import("./clock.js").Clock} options.clock
   * @param {number} [options.silence]  ms without an answer after which there is no Hub
   * @param {number} [options.repeat]   ms between two questions while the engine is being woken
   */
  constructor(options) {
    this.#options = { silence: 1500, repeat: 3000, ...options };
    this.#texts = options.texts ?? new DictWriter(options.DictClass, `bandmate.text.${options.id}`);
  }

  open() {
    this.#phase = "asking";
    this.#ask("open", this.#options.id, JSON.stringify(this.#options.info));
  }

  /** @param {string} text */
  send(text) {
    if (this.#phase !== "open") throw new Error("The connection through the Hub is not open");
    const parts = cut(text, PIECE);
    if (parts.length === 1) this.#options.send("frame", this.#options.id, text);
    else this.#options.send("dict", this.#options.id, this.#texts.write(parts));
  }

  close() {
    if (this.#phase === "asking" || this.#phase === "open") this.#options.send("close", this.#options.id);
    this.#end();
  }

  need() {
    if (this.#phase === "asking") this.#options.send("wake", this.#options.id);
  }

  /** Asks the Hub whether this connection still stands. */
  check() {
    if (this.#phase === "open") this.#ask("here", this.#options.id);
  }

  /**
   * Takes one message of `bandmate.res`, for whomever it is.
   *
   * @param {string} selector
   * @param {(string | number)[]} values
   */
  receive(selector, values) {
    if (this.#phase !== "asking" && this.#phase !== "open") return;
    if (selector === "hub") {
      const state = readHubState(values[0]);
      if (state) this.#meet(state);
      return;
    }
    if (String(values[0]) !== this.#options.id) return;
    this.#heard();
    if (selector === "opened") this.#opened();
    else if (selector === "closed") this.#finish(Number(values[1]) || CLOSE.NO_ENGINE, String(values[2] ?? ""));
    else if (this.#phase !== "open") return;
    else if (selector === "frame") this.onText?.(String(values[1]));
    else if (selector === "dict") this.onText?.(readDict(this.#options.DictClass, String(values[1])));
  }

  /** @param {(string | number)[]} message */
  #ask(...message) {
    const { clock, silence, send } = this.#options;
    clock.cancel(this.#silenceTimer);
    this.#silenceTimer = clock.after(silence, () => this.#finish(CLOSE.NO_HUB, NO_HUB));
    // Max delivers at once, so an answer may come before this returns.
    this.#asking = true;
    send(...message);
    this.#asking = false;
  }

  /** Somebody is there. */
  #heard() {
    this.#options.clock.cancel(this.#silenceTimer);
    this.#silenceTimer = null;
  }

  /** @param {HubState} state */
  #meet(state) {
    const { clock, repeat } = this.#options;
    this.#heard();
    const known = this.#hub;
    this.#hub = state.hub;
    if (this.#phase === "open") {
      // The pipe belonged to the Hub before; this one has never heard of it.
      if (known !== null && known !== state.hub) this.#finish(CLOSE.HUB_CHANGED, state.words);
      return;
    }
    this.onNotice?.(state.engine === "ready" ? "Connecting ..." : state.words);
    // A Hub that came after the question has not heard it: ask that one.
    if (this.#phase === "asking" && known !== state.hub && !this.#asking) this.open();
    if (this.#phase !== "asking") return;
    clock.cancel(this.#repeatTimer);
    this.#repeatTimer = clock.after(repeat, () => this.open());
  }

  #opened() {
    if (this.#phase !== "asking") return;
    this.#phase = "open";
    this.#options.clock.cancel(this.#repeatTimer);
    this.onOpen?.();
  }

  /**
   * @param {number} code
   * @param {string} words
   */
  #finish(code, words) {
    this.#end();
    this.onClose?.(code, words);
  }

  #end() {
    this.#phase = "closed";
    this.#options.clock.cancel(this.#silenceTimer);
    this.#options.clock.cancel(this.#repeatTimer);
  }
}
