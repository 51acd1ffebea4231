/** Stars, and what is said of them: a rating of a take goes to the engine, now or when it is back. */
import { problemWords } from "../shared/problem.js";
import { findTake } from "./finding.js";

/** @typedef {import("./finding.js").Found} Found */
/** @typedef {import("./letters.js").Letter} Letter */
/** @typedef {import("./shelf.js").Known} Known */

/**
 * @typedef {object} Voice
 * @property {import("../../rpc/clock.js").Clock} clock
 * @property {() => number} random 0 to below 1
 * @property {(stars: number) => void} shown -1: there is no take to rate
 * @property {(words: string) => void} say
 * @property {() => void} told the engine has heard what the user thinks of a take, or cannot keep it
 */

export const NO_TAKE = "No take of Bandmate in this clip: Generate one";

export class Ratings {
  #voice;
  #letters;

  /** @param {Voice} voice @param {import("./letters.js").Letters} letters */
  constructor(voice, letters) {
    this.#voice = voice;
    this.#letters = letters;
  }

  /** @param {Known} known @param {number} stars */
  rate(known, stars) {
    known.stars = stars;
    this.#voice.shown(stars);
    const id = this.#newId();
    this.#hand(
      {
        id,
        topic: `stars of ${known.origin}`,
        deliver: (ask, ago) => ask("taste.rate", { ...said(id, stars, ago), take: known.take }).done,
      },
      () => {},
      stars,
    );
  }

  /**
   * Rates what a clip held: which take that is only the engine knows.
   *
   * @param {import("./notes.js").Read} read
   * @param {(found: Found) => Known} place
   * @param {number} stars
   */
  rateUnknown(read, place, stars) {
    const id = this.#newId();
    const deliver = async (/** @type {import("./letters.js").Ask} */ ask, /** @type {number} */ ago) => {
      const found = await findTake(ask, read);
      if (found === null) return null;
      const known = place(found);
      known.stars = stars;
      return ask("taste.rate", { ...said(id, stars, ago), take: known.take }).done;
    };
    this.#hand({ id, deliver }, () => this.#voice.shown(stars), stars);
  }

  /** There is nothing to rate. */
  none() {
    this.#voice.shown(-1);
    this.#voice.say(NO_TAKE);
  }

  #newId() {
    const { clock, random } = this.#voice;
    return `stars:${Math.floor(random() * 2 ** 32).toString(36)}${Math.floor(clock.now()).toString(36)}`;
  }

  /** @param {Letter} letter @param {() => void} show @param {number} stars */
  #hand(letter, show, stars) {
    const { say, told } = this.#voice;
    if (!this.#letters.open) say(waitsWords(stars));
    this.#letters.add({
      ...letter,
      weighty: true,
      told: (answer) => {
        if (answer === null) return this.none();
        show();
        say(ratedWords(stars));
        told();
      },
      refused: (problem) => {
        say(problemWords(problem));
        told();
      },
    });
  }
}

/** @param {string} reward @param {number} stars @param {number} ago seconds */
const said = (reward, stars, ago) => ({ stars, reward, seconds_ago: ago });

/** @param {number} stars @returns {string} what a rating does */
function ratedWords(stars) {
  if (stars === 0) return "Rating taken back";
  const way = stars > 3 ? "leans that way" : stars < 3 ? "leans away from that" : "knows it for middling";
  return `Rated ${starsWords(stars)}: Generate ${way} from now on`;
}

/** @param {number} stars */
const waitsWords = (stars) =>
  `${stars === 0 ? "Rating taken back" : `Rated ${starsWords(stars)}`}: the engine hears of it when it is back`;

/** @param {number} stars */
const starsWords = (stars) => (stars === 1 ? "1 star" : `${stars} stars`);
