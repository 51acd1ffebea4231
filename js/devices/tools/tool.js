/**
 * What all MIDI Tools do alike. Live demands the answer to a round in the same chain of calls, and the engine is a socket
 * away: so a tool asks whenever something changes that the answer hangs on (a control, the clip, the Set), keeps the answers
 * (answers.js), asks also for what one turn of a hand would need (likely.js), and a round only looks up. A control that is
 * turned asks Live for a round by itself; the seed moves by a hand alone.
 */
import { Controls, valuesOf } from "../shared/controls.js";
import { problemWords } from "../shared/problem.js";
import { Standing } from "../shared/standing.js";
import { Answers } from "./answers.js";
import { withinReach } from "./likely.js";
import { Place } from "./place.js";
import { readContext, readGiven } from "./round.js";
import { Seeds } from "./seeds.js";
import { Watch } from "./watch.js";

/** @typedef {import("../shared/controls.js").Table} Table */
/** @typedef {import("./answers.js").Question} Question */
/** @typedef {import("./round.js").Context} Context */
/** @typedef {import("./round.js").ToolNote} ToolNote */

/** What a request is made of. @typedef {{controls: Controls, seed: number, place: Place}} Asking */

/**
 * @typedef {object} Parts
 * @property {import("../../live/live.js").Live} live
 * @property {import("../../rpc/clock.js").Clock} clock
 * @property {() => number} random 0 to below 1
 * @property {import("./face.js").ToolFace} face
 * @property {(onState: (state: import("../../rpc/link.js").LinkState) => void) => import("../../rpc/link.js").Link} connect
 * @property {Table} table
 * @property {(name: string) => string} readDict JSON of a Max dictionary
 * @property {import("../../live/live.js").LiveApiClass} LiveAPI for what is watched
 */

/** @template Answer */
export class Tool {
  /** @type {Parts} */ parts;
  /** @type {Controls} */ controls;
  /** @type {Seeds} */ seeds;
  /** @type {Place} */ place;
  /** @type {Standing} */ standing;
  /** @type {Answers<Answer>} */ answers;
  /** @type {Context|null} */ #context = null;
  /** selector of the control that was turned last */ #touched = "";
  #seeded;

  /**
   * @param {Parts} parts
   * @param {object} options
   * @param {boolean} options.withNotes whether the clip's notes are watched
   * @param {(live: import("../../live/live.js").Live, controls: Controls, barLength: number) => import("./place.js").Beside} [options.beside]
   */
  constructor(parts, { withNotes, beside }) {
    this.parts = parts;
    this.controls = new Controls(parts.table);
    this.#seeded = valuesOf(parts.table).includes("seed");
    this.seeds = new Seeds(parts.random);
    this.place = new Place({
      live: parts.live,
      clock: parts.clock,
      watch: withNotes ? new Watch(parts.LiveAPI, "notes") : null,
      beside: beside && ((live, barLength) => beside(live, this.controls, barLength)),
      changed: (tempoOnly) => {
        // A tempo that is automated would ask for all that is within reach again and again.
        if (tempoOnly) this.#touched = "";
        this.refresh();
      },
    });
    this.standing = new Standing({
      clock: parts.clock,
      shown: parts.face,
      connect: parts.connect,
      onReady: () => this.refresh(),
      onAway: () => this.answers.forget(),
    });
    this.answers = new Answers({
      ask: ({ method, params }) => this.standing.ask(method, params),
      told: (question, problem) => this.#told(question, problem),
    });
  }

  /** live.thisdevice has spoken: Live is there. */
  start() {
    if (this.standing.started) return;
    this.parts.live.start();
    this.place.start();
    this.begun();
    this.standing.start();
  }

  /** The tool is being closed. */
  remove() {
    this.standing.halt();
    this.answers.forget();
    this.place.stop();
    this.parts.clock.stop();
    this.parts.live.stop();
  }

  /** A message of the Hub. @param {string} selector @param {(string|number)[]} values */
  receive(selector, values) {
    this.standing.receive(selector, values);
  }

  /** @param {string} selector @param {number} value */
  parameter(selector, value) {
    const before = this.controls.number(selector);
    // Live may only store a seed as a float, since an int parameter has 256 values at most.
    this.controls.set(selector, selector === "seed" ? Math.round(value) : value);
    if (this.controls.number(selector) === before) return;
    if (selector === "seed") this.seeds.set(this.controls.number("seed"));
    if (!this.standing.started) return;
    this.#touched = selector;
    this.#turned();
  }

  /** A new seed, by hand. */
  dice() {
    if (!this.standing.started) return;
    const seed = this.seeds.roll();
    this.controls.set("seed", seed);
    this.parts.face.move(seed);
    this.#turned();
  }

  #turned() {
    this.refresh();
    this.parts.face.again();
  }

  /** Live tells what a round is about; the notes follow at once. @param {string} name of the dictionary */
  context(name) {
    this.#context = readContext(this.parts.readDict(name));
    this.place.tell(this.#context.scale);
  }

  /** A round: an answer goes out before this returns, or none does. @param {string} name of the dictionary */
  round(name) {
    const context = this.#context;
    if (context === null) return;
    this.played(readGiven(this.parts.readDict(name)), context);
  }

  /** What is asked as things are. @returns {Asking} */
  get now() {
    return { controls: this.controls, seed: this.seeds.now, place: this.place };
  }

  /** Asks for what is not known yet. */
  refresh() {
    this.changed();
    if (!this.standing.ready) return;
    const { now } = this;
    const diced = this.#seeded ? [{ ...now, seed: this.seeds.next }] : [];
    const near = withinReach(this.parts.table, this.controls, this.#touched);
    const likely = near.map((controls) => ({ ...now, controls, seed: this.#seeded ? controls.number("seed") : 0 }));
    this.answers.want([now, ...diced, ...likely].flatMap((asking) => this.questions(asking)));
  }

  /** @param {Question} question @param {unknown} problem null: the answer is there */
  #told(question, problem) {
    if (!this.questions(this.now).some(({ key }) => key === question.key)) return;
    if (problem === null) this.arrived();
    else if (this.standing.ready) this.standing.say(problemWords(problem));
  }

  /** For the kinds of tools: it has begun. */
  begun() {}

  /** For the kinds of tools: something changed that answers hang on. */
  changed() {}

  /** For the kinds of tools: what is to be asked. @param {Asking} _asking @returns {Question[]} */
  questions(_asking) {
    return [];
  }

  /** For the kinds of tools: an answer that matters now is there. */
  arrived() {}

  /** For the kinds of tools: a round. @param {ToolNote[]} _given @param {Context} _context */
  played(_given, _context) {}
}
