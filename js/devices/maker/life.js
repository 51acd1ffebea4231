/**
 * The life of a device that makes takes: Live comes, the engine comes and goes, controls are turned, the device is switched
 * off and deleted; and the questions that each device answers its own way. What its buttons do is maker.js.
 */
import { SONG_VIEW } from "../../live/paths.js";
import { findTarget } from "../../live/target.js";
import { rollToJson } from "../../ui/roll_dict.js";
import { Standing } from "../shared/standing.js";
import { Steered } from "../shared/steered.js";
import { tastingOf } from "../tasting/of_device.js";
import { checkOwnText } from "./own_text.js";
import { Playing } from "./playing.js";
import { SeedKeeper } from "./seed.js";
import { rollOf } from "./take.js";

/** @typedef {import("../../live/target.js").Target} Target */
/** @typedef {import("../../live/deposit.js").Deposited} Deposited */
/** @typedef {import("./order.js").Prepared} Prepared */
/** @typedef {import("./order.js").Told} Told */
/** @typedef {import("./order.js").Order} Order */

/**
 * @typedef {import("./order.js").Parts & Pick<import("../shared/steered.js").Place, "id"|"kind"|"board"> & {
 *   exploring: Pick<import("../shared/exploring.js").Exploring, "explore">,
 *   tasted: import("../tasting/of_device.js").Tasted}} Parts
 */

export class Life {
  /**
   * @param {Parts} parts
   * @param {import("./parameters.js").Parameters} parameters
   */
  constructor(parts, parameters) {
    this.parts = parts;
    this.parameters = parameters;
    /** tells the engine of presses that may come; null: nothing is offered here @type {import("./ahead.js").Ahead|null} */
    this.ahead = null;
    this.seeds = new SeedKeeper(parts.random);
    this.standing = new Standing({
      clock: parts.clock,
      shown: parts.face,
      connect: parts.connect,
      onReady: () => {
        this.tasting.start();
        this.refresh();
        this.ahead?.changed();
      },
      onAway: () => {
        this.tasting.away();
        this.ahead?.away();
        this.away();
      },
    });
    this.tasting = tastingOf({ ...parts, pointed: () => this.ahead?.pointed() }, this.standing);
    this.steered = new Steered({ ...parts, amount: () => parameters.number("macros") });
    this.playing = new Playing(parts, this.standing, () => this.resting());
  }

  /**
   * Looks at the Set for a press.
   *
   * @abstract
   * @param {Target} _target
   * @returns {Prepared}
   */
  prepare(_target) {
    throw new Error("a maker prepares its request");
  }

  /** @param {string} method @param {Record<string, any>} params @returns {import("./order.js").Asked} a take */
  ask(method, params) {
    return this.standing.ask(method, params);
  }

  /** Where a press writes. @returns {Target} */
  target() {
    return findTarget(this.parts.live);
  }

  /** A take lies in a clip now. @param {Deposited} _done @param {Order} _order @param {any} _reply */
  wrote(_done, _order, _reply) {}

  /** @abstract @param {any} _reply @returns {Told} */
  tell(_reply) {
    throw new Error("a maker tells what it made");
  }

  /** @param {any} reply @returns {string} id of the take in an answer */
  takeOf(reply) {
    return reply.take;
  }

  /** Draws a take. @param {import("./take.js").Take} take */
  show(take) {
    this.parts.face.picture("roll", rollToJson(rollOf(take)));
  }

  /** What is said when nothing plays any more; "" for what the state itself says. */
  resting() {
    return "";
  }

  /** What is shown of the Set or of the engine is brought up to date: the engine has come, or a take was written. */
  refresh() {}

  /** The engine has gone. */
  away() {}

  /** What else ends when the device is switched off or deleted. */
  quiet() {}

  /** A control has another value now. @param {string} _selector */
  turned(_selector) {}

  /** live.thisdevice has spoken: Live is there. */
  start() {
    if (this.standing.started) return;
    this.parts.live.start();
    this.standing.start();
    this.standing.attempt(() => this.steered.start());
    if (this.ahead === null) return;
    this.standing.attempt(() => this.parts.live.watch(SONG_VIEW, "selected_track", () => this.ahead?.pointed()));
  }

  /** @param {boolean} on the device's own switch */
  enable(on) {
    if (!on) this.tasting.stop();
    this.standing.enable(on, () => this.#quiet());
    this.steered.enable(on);
  }

  /** The device is being deleted. */
  remove() {
    this.steered.stop();
    this.tasting.stop();
    this.standing.halt();
    this.#quiet();
    this.parts.clock.stop();
    this.parts.live.stop();
  }

  #quiet() {
    this.ahead?.away();
    this.playing.stop();
    this.quiet();
  }

  /** A message of the Hub. @param {string} selector @param {(string|number)[]} values */
  receive(selector, values) {
    this.standing.receive(selector, values);
  }

  /** @param {string} selector @param {number} value */
  parameter(selector, value) {
    const before = this.parameters.number(selector);
    this.parameters.set(selector, value);
    const now = this.parameters.number(selector);
    if (selector === "seed") this.seeds.set(now, this.standing.started);
    if (selector === "macros") this.steered.tell();
    if (now === before) return;
    this.turned(selector);
    this.ahead?.changed();
  }

  /** @param {string} text of the user's own progression */
  ownText(text) {
    const before = this.parameters.ownText;
    this.parameters.ownText = text;
    if (this.parameters.ownText === before || !this.standing.ready) return;
    this.ahead?.changed();
    checkOwnText(this.standing.client, this.parameters, (words) => this.standing.say(words));
  }
}
