/**
 * Chords: what happens when a knob is turned or a button pressed. Knows neither Max's globals nor the wire; both are
 * handed in, so that all of it runs in a test.
 *
 * A press goes: where to write (target) -> what the Set tells (surroundings) -> compose.chords -> into the clip, with the
 * old content in the journal -> read back -> picture and words. While it runs, the same button cancels.
 */
import { deposit } from "../../live/deposit.js";
import { LiveRefusal } from "../../live/errors.js";
import { Journal } from "../../live/journal.js";
import { beatsPerBar, readSong } from "../../live/song.js";
import { findTarget } from "../../live/target.js";
import { Audition } from "./audition.js";
import { Menu } from "./menu.js";
import { checkOwnText } from "./own_text.js";
import { Parameters } from "./parameters.js";
import { chordsRequest } from "./request.js";
import { SeedKeeper } from "./seed.js";
import { gather, styleHints } from "./surroundings.js";
import { NOTHING, rollOf, takeFrom, takeIn } from "./take.js";
import { clipNameFor, labelFor, problemWords, whyWords, wroteWords } from "./words.js";

/** @typedef {import("../../live/target.js").Target} Target */
/** @typedef {import("../../rpc/client.js").Client} Client */
/** @typedef {import("../../rpc/link.js").LinkState} LinkState */
/** @typedef {import("./reply.js").Reply} Reply */
/** @typedef {import("./take.js").Memo} Memo */

/** A shorter wait is not worth a flicker. */
export const BUSY_AFTER_MS = 150;

/** The engine answers in milliseconds; a machine that swaps may need long. */
const PATIENCE_MS = 20_000;

/**
 * @typedef {object} Parts
 * @property {import("../../live/live.js").Live} live
 * @property {import("../../rpc/clock.js").Clock} clock
 * @property {() => number} random 0 to below 1
 * @property {import("./face.js").Face} face
 * @property {(onState: (state: LinkState) => void) => import("../../rpc/link.js").Link} connect makes the link to the
 *   engine; called once, at the start
 */

/** @typedef {{cancel: () => void, timer: object, shown: boolean}} Press */

export class ChordsDevice {
  #parts;
  #parameters = new Parameters();
  #seeds;
  #journal;
  #audition;
  #menu;
  /** @type {import("../../rpc/link.js").Link|null} */ #link = null;
  /** @type {LinkState} */ #linkState = { light: "off", words: "" };
  #enabled = true;
  #said = "";
  /** what only helps who wonders about what was said */
  #why = "";
  /** @type {Press|null} */ #press = null;
  /** @type {import("./take.js").Take} */ #take = NOTHING;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#seeds = new SeedKeeper(parts.random);
    this.#journal = new Journal(parts.live);
    this.#menu = new Menu(parts.clock, parts.face);
    this.#audition = new Audition({
      clock: parts.clock,
      play: (...values) => parts.face.play(...values),
      playhead: (beats) => parts.face.playhead(beats),
      ended: () => this.#say(""),
    });
  }

  /** live.thisdevice has spoken: Live is there. */
  start() {
    if (this.#link !== null) return;
    this.#parts.live.start();
    this.#link = this.#parts.connect((state) => this.#onLink(state));
    if (this.#enabled) this.#link.start();
    this.#show();
  }

  /** @param {boolean} on the device's own switch */
  enable(on) {
    if (on === this.#enabled) return;
    this.#enabled = on;
    this.#said = "";
    if (on) this.#link?.start();
    else this.#halt();
    this.#show();
  }

  /** The device is being deleted. */
  remove() {
    this.#halt();
    this.#parts.clock.stop();
    this.#parts.live.stop();
  }

  #halt() {
    this.#dropPress();
    this.#audition.stop();
    this.#menu.forget();
    this.#link?.stop();
  }

  /** A message of the Hub. @param {string} selector @param {(string|number)[]} values */
  receive(selector, values) {
    if (this.#enabled) this.#link?.receive(selector, values);
  }

  /** @param {string} selector @param {number} value */
  parameter(selector, value) {
    const before = this.#parameters.number(selector);
    this.#parameters.set(selector, value);
    if (selector === "seed") this.#seeds.set(this.#parameters.number("seed"), this.#link !== null);
    if (selector === "style" && this.#parameters.number("style") !== before) this.#refreshMenu();
  }

  /** @param {string} text of the user's own progression */
  ownText(text) {
    const before = this.#parameters.ownText;
    this.#parameters.ownText = text;
    if (this.#link === null || this.#parameters.ownText === before || this.#linkState.light !== "ready") return;
    checkOwnText(this.#link.client, this.#parameters, (words) => this.#say(words));
  }

  /** Generate, or Cancel while it runs. */
  generate() {
    if (this.#press !== null) {
      this.#cancel();
      return;
    }
    if (!this.#mayAct()) return;
    this.#attempt(() => this.#compose(this.#parameters.choice("seed_lock") === "on"));
  }

  /** A new seed and a take from it, also when the seed is locked: the hand on the dice outranks the lock. */
  dice() {
    if (!this.#mayAct()) return;
    if (this.#press !== null) this.#dropPress();
    this.#seeds.draw();
    this.#attempt(() => this.#compose(true));
  }

  undo() {
    this.#travel(() => this.#journal.undo());
  }

  restore() {
    this.#travel(() => this.#journal.restore());
  }

  /** Plays the take, or stops playing it. */
  audition() {
    if (this.#audition.playing) {
      this.#audition.stop();
      this.#say("");
      return;
    }
    if (!this.#mayAct()) return;
    if (this.#take.notes.length === 0) {
      this.#say("Nothing to hear yet: press Generate");
      return;
    }
    this.#attempt(() => {
      this.#audition.start(this.#take.notes, this.#take.length, readSong(this.#parts.live).tempo);
      this.#say("Playing once: press again to stop");
    });
  }

  /** @returns {boolean} whether the device is on and Live is there */
  #mayAct() {
    return this.#link !== null && this.#enabled;
  }

  /** @param {boolean} locked whether the seed that is shown is the one */
  #compose(locked) {
    const { live, clock, face } = this.#parts;
    const target = findTarget(live);
    const surroundings = gather(live, this.#journal, this.#parameters, target);
    // Taken last: where Live refuses, a seed that was typed waits for the next press.
    const seed = this.#seeds.take(locked);
    const params = chordsRequest(this.#parameters, seed, surroundings, target);
    this.#audition.stop();
    this.#said = "";
    face.seed(seed);
    const client = /** @type {import("../../rpc/link.js").Link} */ (this.#link).client;
    const request = client.request("compose.chords", params, { timeout: PATIENCE_MS, idempotent: true });
    /** @type {Press} */
    const press = {
      cancel: request.cancel,
      timer: clock.after(BUSY_AFTER_MS, () => this.#showBusy(press)),
      shown: false,
    };
    this.#press = press;
    request.done.then(
      (reply) => this.#finish(press, () => this.#write(target, reply)),
      (problem) =>
        this.#finish(press, () => {
          this.#seeds.giveBack();
          this.#say(problemWords(problem));
        }),
    );
  }

  /** An answer to an old press is dropped. @param {Press} press @param {() => void} act */
  #finish(press, act) {
    if (this.#press !== press) return;
    this.#endPress();
    this.#attempt(act);
  }

  /** @param {Target} target @param {Reply} reply */
  #write(target, reply) {
    const { live, face } = this.#parts;
    const { signature_numerator: numerator, signature_denominator: denominator } = reply.resolved;
    const barLength = beatsPerBar(numerator, denominator);
    /** @type {Memo} */
    const memo = {
      chords: reply.chords.map(({ start, duration, symbol }) => ({ start, duration, symbol })),
      length: reply.length,
      label: labelFor(reply),
    };
    const done = deposit(live, this.#journal, target, {
      notes: reply.notes,
      length: reply.length,
      name: clipNameFor(reply),
      memo,
    });
    this.#take = takeFrom(done.found, done.start, done.span, barLength, memo);
    face.roll(rollOf(this.#take));
    this.#say(wroteWords(reply, done, target, barLength), whyWords(reply));
    this.#refreshMenu();
  }

  /** @param {() => import("../../live/journal.js").Moved} move */
  #travel(move) {
    if (this.#press !== null) {
      this.#cancel();
      return;
    }
    if (!this.#mayAct()) return;
    this.#audition.stop();
    this.#attempt(() => {
      const { words, clip, moved, memo } = move();
      if (moved) {
        this.#take = clip === 0 ? NOTHING : takeIn(this.#parts.live, clip, /** @type {Memo|null} */ (memo));
        this.#parts.face.roll(rollOf(this.#take));
      }
      this.#say(words);
    });
  }

  #cancel() {
    this.#dropPress();
    this.#say("Cancelled");
  }

  #dropPress() {
    const press = this.#press;
    this.#endPress();
    press?.cancel();
  }

  #endPress() {
    if (this.#press !== null) this.#parts.clock.cancel(this.#press.timer);
    this.#press = null;
    this.#parts.face.busy(false);
  }

  /** @param {Press} press */
  #showBusy(press) {
    press.shown = true;
    this.#parts.face.busy(true);
    this.#show();
  }

  /** Says what Live refuses; everything else is a fault of ours and must be seen. @param {() => void} act */
  #attempt(act) {
    try {
      act();
    } catch (problem) {
      if (!(problem instanceof LiveRefusal)) throw problem;
      this.#say(problemWords(problem));
    }
  }

  /** @param {LinkState} state */
  #onLink(state) {
    const wasReady = this.#linkState.light === "ready";
    this.#linkState = state;
    if (state.light !== "ready") this.#said = "";
    if (state.light === "ready" && !wasReady) this.#refreshMenu();
    this.#show();
  }

  #refreshMenu() {
    const link = this.#link;
    if (link === null || !this.#enabled || this.#linkState.light !== "ready") return;
    this.#attempt(() => {
      this.#menu.refresh(link.client, this.#parameters.choice("style"), styleHints(this.#parts.live));
    });
  }

  /** @param {string} words "" for what the state itself says @param {string} [why] */
  #say(words, why = "") {
    this.#said = words;
    this.#why = why;
    this.#show();
  }

  #show() {
    const { face } = this.#parts;
    if (!this.#enabled) return face.status("off", "Device is off");
    const { light, words } = this.#linkState;
    if (light !== "ready") {
      const away = this.#press?.shown ? `${words.replace(/[.\s]+$/, "")}. Your press waits` : words;
      return face.status(light === "off" ? "away" : light, this.#said || away);
    }
    if (this.#press?.shown) return face.status("busy", "Composing ...");
    return face.status("ready", this.#said || "Ready", this.#said && this.#why);
  }
}
