/**
 * What a tool shows and says. Each is sent only when it changes, so that an idle tool is silent.
 *
 * Outlet 0 -> picture: status <state> <words> [<why>], invite <line> <line>, roll <dict name>
 * Outlet 1 -> live.miditool.in: bang, to ask for a round
 * Outlet 2 -> live.miditool.out: dictionary <name>, the answer of a round
 * Outlet 3 -> the control that a button moves: set <n> (Dice the Seed box, Take the Groove menu)
 */
import { rollToJson } from "../../ui/roll_dict.js";
import { LitFace } from "../shared/lit_face.js";
import { onlyNews } from "../shared/news.js";
import { answerJson } from "./round.js";

/**
 * @typedef {object} Outside
 * @property {(index: number, ...values: (string|number)[]) => void} outlet
 * @property {(json: string) => string} writeRoll stores a roll, gives the name of its Dict
 * @property {(json: string) => string} writeAnswer stores an answer, gives the name of its Dict
 */

/** @extends {LitFace<Outside>} */
export class ToolFace extends LitFace {
  #roll = onlyNews((/** @type {string} */ json) => this.outside.outlet(0, "roll", this.outside.writeRoll(json)));

  /** A tool has no button that could cancel: Live's own starts it. */
  busy() {}

  /** What stands in the picture before there is anything to see. @param {string} first @param {string} second */
  invite(first, second) {
    this.outside.outlet(0, "invite", first, second);
  }

  /** @param {import("../../ui/roll.js").Roll} roll */
  roll(roll) {
    this.#roll(rollToJson(roll));
  }

  /** A button has moved another control. @param {number} value */
  move(value) {
    this.outside.outlet(3, "set", value);
  }

  /** Asks Live for a round; it comes, if at all, before this returns. */
  again() {
    this.outside.outlet(1, "bang");
  }

  /** @param {readonly import("./round.js").ToolNote[]} notes */
  answer(notes) {
    this.outside.outlet(2, "dictionary", this.outside.writeAnswer(answerJson(notes)));
  }
}
