/** Vary: variations of the clip pointed at, one after the other in the clip, or all of them in the slots below it. */
import { clipName } from "../../live/clip.js";
import { clipIn } from "../../live/clip_slot.js";
import { deposit } from "../../live/deposit.js";
import { LiveRefusal } from "../../live/errors.js";
import { slotIds } from "../../live/track.js";
import { showClip } from "../../live/view.js";
import { Parameters } from "../maker/parameters.js";
import { Reworker } from "../maker/reworker.js";
import { aboutTheSet, gatherTime } from "../maker/surroundings.js";
import { keptWords, placeWords } from "../maker/words.js";
import { counted, sentences } from "../shared/sentences.js";
import { PATIENCE_MS } from "../shared/standing.js";
import { Choosing } from "./choosing.js";
import { TABLE } from "./parameters.js";

/** @typedef {import("../../live/notes.js").Note} Note */
/** @typedef {import("../../live/target.js").Target} Target */
/** @typedef {import("../../live/deposit.js").Deposited} Deposited */
/** @typedef {import("../maker/order.js").Order} Order */

/** @typedef {{notes: Note[], distance: number, words: string, take: string}} Variation */
/** What compose.vary answers, as far as the device uses it. @typedef {{variations: Variation[], length: number, notices: string[]}} Reply */

export class VaryDevice extends Reworker {
  /** the variations at hand, and whose they are @type {{order: Order, reply: Reply}|null} */ #made = null;
  /** which of them is meant, from 0; -1: the clip as it was */
  #index = 0;
  /** the take that is shown; "": it is none */ #lying = "";
  #choosing;

  /** @param {import("../maker/maker.js").Parts} parts */
  constructor(parts) {
    super(parts, new Parameters(TABLE), "compose.vary");
    this.#choosing = new Choosing({
      clock: parts.clock,
      random: parts.random,
      told: parts.tasted.rated,
      ask: (method, params) => this.standing.client.request(method, params, { timeout: PATIENCE_MS }),
    });
  }

  /** @override */
  refresh() {
    super.refresh();
    if (this.standing.ready) this.#choosing.start();
  }

  /** @override */
  away() {
    super.away();
    this.#choosing.away();
  }

  /** @override @param {boolean} on */
  enable(on) {
    if (!on) this.#choosing.stop();
    super.enable(on);
  }

  /** @override */
  remove() {
    this.#choosing.stop();
    super.remove();
  }

  /** @override */
  undo() {
    super.undo();
    this.#lies();
  }

  /** @override */
  restore() {
    super.restore();
    this.#lies();
  }

  /** What Undo and Restore brought is one of the variations at hand, or none of them. */
  #lies() {
    const atHand = this.#made?.reply.variations.some(({ take }) => take === this.#lying);
    this.#choosing.heard(atHand ? this.#lying : "");
  }

  /** @override @param {Target} target @returns {import("../maker/order.js").Prepared} */
  prepare(target) {
    const { clip_length: length, ...about } = aboutTheSet(gatherTime(this.parts.live, target), target);
    const request = {
      ...about,
      ...this.parameters.wire(["distance", "count"], ["role", "keep"]),
      length,
      notes: this.source(target),
    };
    const fit = (/** @type {Reply} */ reply) => ({
      notes: this.#meant(reply).notes,
      length: target.span,
      kept: 0,
      offset: 0,
    });
    // Each press begins with the first of its variations.
    this.#index = 0;
    return { ask: (seed) => ({ ...request, seed }), fit };
  }

  /** @param {Reply} reply @returns {Variation} */
  #meant(reply) {
    const variation = reply.variations[this.#index];
    if (variation === undefined) throw new LiveRefusal("That clip does not let itself be varied");
    return variation;
  }

  /** @override @param {Reply} reply @returns {import("../maker/order.js").Told} */
  tell(reply) {
    const { distance, words } = this.#meant(reply);
    const place = `Variation ${this.#index + 1} of ${reply.variations.length}`;
    const away = `${Math.round(distance * 100)} % away`;
    return {
      name: "Variation",
      label: words,
      chords: [],
      words: (done, target) => `${place}, ${away}${placeWords(target)}${keptWords(done)}`,
      why: sentences([words, ...reply.notices]),
      more: { index: this.#index, take: this.takeOf(reply) },
    };
  }

  /** @override @param {Reply} reply */
  takeOf(reply) {
    return this.#meant(reply).take;
  }

  /** @override @param {import("../maker/take.js").Take} take */
  show(take) {
    super.show(take);
    // After Undo and Restore the steps go on from what lies in the clip.
    const more = /** @type {{index: number, take: string}|undefined} */ (take.memo?.more);
    this.#index = more?.index ?? -1;
    this.#lying = more?.take ?? "";
  }

  /** @override @param {Deposited} done @param {Order} order @param {Reply} reply */
  wrote(done, order, reply) {
    super.wrote(done, order, reply);
    if (this.#made?.reply !== reply) this.#choosing.renew();
    this.#made = { order, reply };
    this.#choosing.heard(this.takeOf(reply));
  }

  /** @override */
  next() {
    this.#step(1);
  }

  previous() {
    this.#step(-1);
  }

  /** @param {number} by */
  #step(by) {
    this.standing.press(() => {
      const { order, reply } = this.#ofThisClip();
      const before = this.#index;
      const count = reply.variations.length;
      this.#index = before < 0 && by < 0 ? count - 1 : (before + by + count) % count;
      try {
        this.write(order, reply);
      } catch (problem) {
        this.#index = before;
        throw problem;
      }
    });
  }

  /** @returns {{order: Order, reply: Reply}} the variations of the clip that is pointed at */
  #ofThisClip() {
    const made = this.#made;
    if (made === null || this.target().clip !== made.order.target.clip) {
      throw new LiveRefusal("No variations of this clip yet: press Vary");
    }
    return made;
  }

  /** Puts the other variations into the empty slots below, each as a clip of its own. */
  fillSlots() {
    if (this.standing.pressed || !this.standing.mayAct) return;
    this.standing.attempt(() => {
      const { live } = this.parts;
      const { order, reply } = this.#ofThisClip();
      const { target } = order;
      if (target.slot === 0) throw new LiveRefusal("Slots are in the Session: select a clip there");
      const slots = slotIds(live, target.track);
      const below = slots.slice(slots.indexOf(target.slot) + 1).filter((slot) => clipIn(live, slot) === 0);
      const others = reply.variations.filter((_, index) => index !== this.#index);
      const name = clipName(live, target.clip) || "Variation";
      const written = others.slice(0, below.length);
      for (const [i, { notes }] of written.entries()) {
        const place = { ...target, clip: 0, slot: below[i], span: 0 };
        const take = { notes, length: target.span, name: `${name} ${i + 2}`, memo: null };
        deposit(live, this.journal, place, take);
      }
      // The last of them is shown; the hand was at the one they came from.
      showClip(live, target.clip);
      const left = others.length - written.length;
      const rest = left > 0 ? `. ${counted(left, "variation")} found no empty slot: add a scene` : "";
      this.standing.say(`Wrote ${counted(written.length, "variation")} below${rest}`);
    });
  }
}
