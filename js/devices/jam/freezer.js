/**
 * Clips that a part that plays along leaves behind: what was heard becomes one, can be taken back, is a take that can be rated.
 * The engine hears of it at once, or when it is back.
 */
import { tastingOf } from "../tasting/of_device.js";
import { freeze } from "./freeze.js";
import { playedParams } from "./frozen.js";

/** Clips that wait for the engine. */
const MOST_UNTOLD = 8;

/**
 * @typedef {object} Parts
 * @property {import("../../live/journal.js").Journal} journal
 * @property {import("../shared/standing.js").Standing} standing
 * @property {import("./tape.js").Tape} tape
 * @property {import("./lanes.js").Lanes} lanes
 * @property {import("./conductor.js").Conductor} conductor
 * @property {() => string} label what the part is, in words
 * @property {() => import("./conductor.js").Asked|null} about
 */

export class Freezer {
  #live;
  #parts;
  #tasting;
  /** what the engine said it is */ #heard = { style: "", key: "" };
  /** of clips that were frozen while the engine was away @type {(() => void)[]} */ #untold = [];

  /** @param {Parameters<typeof tastingOf>[0]} outside @param {Parts} parts */
  constructor(outside, parts) {
    this.#live = outside.live;
    this.#parts = parts;
    this.#tasting = tastingOf(outside, parts.standing);
  }

  /** The engine is there. */
  came() {
    this.#tasting.start();
    this.#tell();
  }

  away() {
    this.#tasting.away();
  }

  stop() {
    this.#tasting.stop();
  }

  /** An answer has come. @param {any} reply */
  told(reply) {
    if (reply.style) this.#heard = { style: reply.style, key: reply.key };
  }

  /** What was played becomes a clip. */
  freeze() {
    this.#act(() => {
      const { journal, standing, tape, conductor, label } = this.#parts;
      const frozen = freeze(this.#live, journal, tape, conductor, label());
      standing.say(frozen.words);
      this.#keep(frozen);
    });
  }

  /** @param {number} stars 1 to 5; 0 takes it back */
  rate(stars) {
    this.#act(() => this.#tasting.rate(stars));
  }

  undo() {
    this.#travel(
      () => this.#parts.journal.undo(),
      (clip) => this.#tasting.undone(clip),
    );
  }

  restore() {
    this.#travel(
      () => this.#parts.journal.restore(),
      (clip) => this.#tasting.restored(clip),
    );
  }

  /** @param {() => void} act */
  #act(act) {
    const { standing } = this.#parts;
    if (standing.mayAct) standing.attempt(act);
  }

  /** @param {() => import("../../live/journal.js").Moved} move @param {(clip: number) => void} then */
  #travel(move, then) {
    this.#act(() => {
      const { words, clip, moved } = move();
      if (moved) then(clip);
      this.#parts.standing.say(words);
    });
  }

  /** @param {import("./freeze.js").Frozen} frozen */
  #keep(frozen) {
    const { done, before } = frozen;
    const { standing, lanes, conductor, about } = this.#parts;
    const asked = about();
    if (done === null || asked === null || this.#heard.style === "") return;
    const params = playedParams(asked.params, this.#heard, frozen, done, conductor.metre, lanes);
    this.#untold.push(() => {
      standing.ask("taste.keep_played", params).done.then(
        ({ take }) => standing.attempt(() => this.#tasting.wrote({ ...done, take, notes: done.found, before })),
        // Who cannot keep it has said so; the clip is there all the same.
        () => {},
      );
    });
    this.#untold.splice(0, this.#untold.length - MOST_UNTOLD);
    if (standing.ready) this.#tell();
  }

  #tell() {
    for (const tell of this.#untold.splice(0)) tell();
  }
}
