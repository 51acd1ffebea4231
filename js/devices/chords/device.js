/**
 * Chords: what happens when a knob is turned or a button pressed. Knows neither Max's globals nor the wire; both are
 * handed in, so that all of it runs in a test.
 *
 * A press goes: where to write (target) -> what the Set tells (surroundings) -> compose.chords -> into the clip, with the
 * old content in the journal -> read back -> picture and words. While it runs, the same button cancels.
 */
import { deposit } from "../../live/deposit.js";
import { Journal } from "../../live/journal.js";
import { beatsPerBar, readSong } from "../../live/song.js";
import { findTarget } from "../../live/target.js";
import { problemWords } from "../shared/problem.js";
import { Standing } from "../shared/standing.js";
import { Audition } from "./audition.js";
import { Menu } from "./menu.js";
import { checkOwnText } from "./own_text.js";
import { Parameters } from "./parameters.js";
import { chordsRequest } from "./request.js";
import { SeedKeeper } from "./seed.js";
import { gather, styleHints } from "./surroundings.js";
import { NOTHING, rollOf, takeFrom, takeIn } from "./take.js";
import { clipNameFor, labelFor, whyWords, wroteWords } from "./words.js";

/** @typedef {import("../../live/target.js").Target} Target */
/** @typedef {import("../../rpc/link.js").LinkState} LinkState */
/** @typedef {import("./reply.js").Reply} Reply */
/** @typedef {import("./take.js").Memo} Memo */

/**
 * @typedef {object} Parts
 * @property {import("../../live/live.js").Live} live
 * @property {import("../../rpc/clock.js").Clock} clock
 * @property {() => number} random 0 to below 1
 * @property {import("./face.js").Face} face
 * @property {(onState: (state: LinkState) => void) => import("../../rpc/link.js").Link} connect makes the link to the
 *   engine; called once, at the start
 */

export class ChordsDevice {
  #parts;
  #parameters = new Parameters();
  #seeds;
  #journal;
  #audition;
  #menu;
  #standing;
  /** @type {import("./take.js").Take} */ #take = NOTHING;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#seeds = new SeedKeeper(parts.random);
    this.#journal = new Journal(parts.live);
    this.#menu = new Menu(parts.clock, parts.face);
    this.#standing = new Standing({
      clock: parts.clock,
      shown: parts.face,
      connect: parts.connect,
      onReady: () => this.#refreshMenu(),
    });
    this.#audition = new Audition({
      clock: parts.clock,
      play: (...values) => parts.face.play(...values),
      playhead: (beats) => parts.face.playhead(beats),
      ended: () => this.#standing.say(""),
    });
  }

  /** live.thisdevice has spoken: Live is there. */
  start() {
    if (this.#standing.started) return;
    this.#parts.live.start();
    this.#standing.start();
  }

  /** @param {boolean} on the device's own switch */
  enable(on) {
    this.#standing.enable(on, () => this.#quiet());
  }

  /** The device is being deleted. */
  remove() {
    this.#standing.halt();
    this.#quiet();
    this.#parts.clock.stop();
    this.#parts.live.stop();
  }

  #quiet() {
    this.#audition.stop();
    this.#menu.forget();
  }

  /** A message of the Hub. @param {string} selector @param {(string|number)[]} values */
  receive(selector, values) {
    this.#standing.receive(selector, values);
  }

  /** @param {string} selector @param {number} value */
  parameter(selector, value) {
    const before = this.#parameters.number(selector);
    this.#parameters.set(selector, value);
    if (selector === "seed") this.#seeds.set(this.#parameters.number("seed"), this.#standing.started);
    if (selector === "style" && this.#parameters.number("style") !== before) this.#refreshMenu();
  }

  /** @param {string} text of the user's own progression */
  ownText(text) {
    const before = this.#parameters.ownText;
    this.#parameters.ownText = text;
    if (this.#parameters.ownText === before || !this.#standing.ready) return;
    checkOwnText(this.#standing.client, this.#parameters, (words) => this.#standing.say(words));
  }

  /** Generate, or Cancel while it runs. */
  generate() {
    if (this.#standing.pressed) {
      this.#standing.cancel();
      return;
    }
    if (!this.#standing.mayAct) return;
    this.#standing.attempt(() => this.#compose(this.#parameters.choice("seed_lock") === "on"));
  }

  /** A new seed and a take from it, also when the seed is locked: the hand on the dice outranks the lock. */
  dice() {
    if (!this.#standing.mayAct) return;
    if (this.#standing.pressed) this.#standing.drop();
    this.#seeds.draw();
    this.#standing.attempt(() => this.#compose(true));
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
      this.#standing.say("");
      return;
    }
    if (!this.#standing.mayAct) return;
    if (this.#take.notes.length === 0) {
      this.#standing.say("Nothing to hear yet: press Generate");
      return;
    }
    this.#standing.attempt(() => {
      this.#audition.start(this.#take.notes, this.#take.length, readSong(this.#parts.live).tempo);
      this.#standing.say("Playing once: press again to stop");
    });
  }

  /** @param {boolean} locked whether the seed that is shown is the one */
  #compose(locked) {
    const { live, face } = this.#parts;
    const target = findTarget(live);
    const surroundings = gather(live, this.#journal, this.#parameters, target);
    // Taken last: where Live refuses, a seed that was typed waits for the next press.
    const seed = this.#seeds.take(locked);
    const params = chordsRequest(this.#parameters, seed, surroundings, target);
    this.#audition.stop();
    face.seed(seed);
    const request = this.#standing.ask("compose.chords", params);
    const press = this.#standing.begin("Composing ...", request.cancel);
    request.done.then(
      (reply) => this.#standing.finish(press, () => this.#write(target, reply)),
      (problem) =>
        this.#standing.finish(press, () => {
          this.#seeds.giveBack();
          this.#standing.say(problemWords(problem));
        }),
    );
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
    this.#standing.say(wroteWords(reply, done, target, barLength), whyWords(reply));
    this.#refreshMenu();
  }

  /** @param {() => import("../../live/journal.js").Moved} move */
  #travel(move) {
    if (this.#standing.pressed) {
      this.#standing.cancel();
      return;
    }
    if (!this.#standing.mayAct) return;
    this.#audition.stop();
    this.#standing.attempt(() => {
      const { words, clip, moved, memo } = move();
      if (moved) {
        this.#take = clip === 0 ? NOTHING : takeIn(this.#parts.live, clip, /** @type {Memo|null} */ (memo));
        this.#parts.face.roll(rollOf(this.#take));
      }
      this.#standing.say(words);
    });
  }

  #refreshMenu() {
    if (!this.#standing.ready) return;
    this.#standing.attempt(() => {
      this.#menu.refresh(this.#standing.client, this.#parameters.choice("style"), styleHints(this.#parts.live));
    });
  }
}
