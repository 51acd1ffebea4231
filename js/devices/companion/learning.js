/**
 * Learn, and its way back: a clip is taught to a style of the user's own. Undo and Restore go through what was changed in
 * the Set and what was learnt in the order of the presses; what was learnt lies with the engine, and it takes it back.
 */
import { LiveRefusal } from "../../live/errors.js";
import { bare, counted, sentences } from "../shared/sentences.js";
import { PATIENCE_MS } from "../shared/standing.js";
import { lessonOf } from "./lesson.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {import("../shared/standing.js").Standing} Standing */
/** @typedef {import("./lesson.js").Lesson} Lesson */
/** @typedef {import("./subject.js").Pointed} Pointed */

/**
 * A style as the engine tells of it.
 * @typedef {object} Style
 * @property {string} id
 * @property {string} name
 * @property {string} role
 * @property {number} version
 * @property {number} notes
 * @property {string[]} sources
 * @property {string[]} words
 */

/** One press of Learn, and the style it made. @typedef {{lesson: Lesson, style: Style}} Learnt */

/** A press that changed the Set: Changes knows what it was. */
const CHANGE = "change";

/** Presses that are remembered, as Changes does. */
const MOST = 32;

export class Learning {
  #live;
  #standing;
  /** @type {(Learnt|"change")[]} */ #done = [];
  /** @type {(Learnt|"change")[]} */ #undone = [];

  /** @param {Live} live @param {Standing} standing */
  constructor(live, standing) {
    this.#live = live;
    this.#standing = standing;
  }

  /** Another press changed the Set. */
  changed() {
    this.#add(CHANGE);
  }

  /** @param {Pointed} pointed @param {string} as the name that was typed; "" for none */
  learn(pointed, as) {
    const lesson = lessonOf(this.#live, pointed, as);
    this.#ask("Learning ...", "compose.learn", lesson, (style) => {
      this.#add({ lesson, style });
      this.#tell(style);
    });
  }

  /** Takes back what the last press did. @param {() => void} undo what takes back a change of the Set */
  undo(undo) {
    const last = this.#done.at(-1);
    if (last === undefined || last === CHANGE) {
      undo();
      this.#move(this.#done, this.#undone);
      return;
    }
    const { id, name, version } = last.style;
    const take = { style: id, version };
    /** @param {{style: Style|null}} answer */
    const tell = ({ style }) => {
      this.#move(this.#done, this.#undone);
      this.#standing.say(
        style === null ? `Forgot "${name}"` : `Took that back: "${name}" is learnt from ${amount(style)}`,
      );
    };
    this.#ask("Forgetting ...", "compose.unlearn", take, tell, (field) => {
      // Whoever else has taught it or made it forget: there is nothing of ours to take back any more.
      this.#done.pop();
      return field === "style" ? `"${name}" is forgotten already` : "";
    });
  }

  /** Does again what Undo took back. @param {() => void} restore what does a change of the Set again */
  restore(restore) {
    const last = this.#undone.at(-1);
    if (last === undefined || last === CHANGE) {
      restore();
      this.#move(this.#undone, this.#done);
      return;
    }
    this.#ask("Learning ...", "compose.learn", last.lesson, (style) => {
      last.style = style;
      this.#move(this.#undone, this.#done);
      this.#tell(style);
    });
  }

  /** @param {Learnt|"change"} press */
  #add(press) {
    this.#done.push(press);
    if (this.#done.length > MOST) this.#done.shift();
    this.#undone = [];
  }

  /** @param {(Learnt|"change")[]} from @param {(Learnt|"change")[]} to */
  #move(from, to) {
    const press = from.pop();
    if (press !== undefined) to.push(press);
  }

  /** @param {Style} style */
  #tell(style) {
    const where = `choose it in Bandmate ${style.role[0].toUpperCase()}${style.role.slice(1)}`;
    this.#standing.say(`Learnt "${style.name}" from ${amount(style)}: ${where}`, sentences(style.words.slice(1)));
  }

  /**
   * Asked once only: a lesson that was sent twice would be learnt twice.
   *
   * @param {string} words
   * @param {string} method
   * @param {Record<string, any>} params
   * @param {(answer: any) => void} act
   * @param {(field: string) => string} [refused] gives better words than the engine's, "" for none
   */
  #ask(words, method, params, act, refused = () => "") {
    const { done, cancel } = this.#standing.client.request(method, params, { timeout: PATIENCE_MS });
    const told = done.catch((problem) => {
      // What a field may be is told in a whole sentence; its name on the wire helps nobody.
      const field = problem?.data?.field;
      if (typeof field !== "string") throw problem;
      throw new LiveRefusal(refused(field) || bare(problem.hint) || problem.message);
    });
    this.#standing.settle(this.#standing.begin(words, cancel), told, act);
  }
}

/** @param {Style} style @returns {string} "2 clips, 96 notes" */
const amount = ({ sources, notes }) => `${counted(sources.length, "clip")}, ${counted(notes, "note")}`;
