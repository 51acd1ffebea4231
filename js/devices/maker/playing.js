/** Plays takes through the track for a device, in the Set's tempo and on its bars, and says how it stands with that. */
import { isPlaying, launchLine, readSong } from "../../live/song.js";
import { Audition } from "./audition.js";

/** Who waits for less than this does not ask why, ticks. */
const LONG_WAIT = 960;

export class Playing {
  #live;
  #standing;
  #rest;
  #audition;
  /** says that what is played is played */ #told = () => {};

  /**
   * @param {import("./order.js").Parts} parts
   * @param {import("../shared/standing.js").Standing} standing
   * @param {() => string} rest what is said when nothing plays any more
   */
  constructor({ live, clock, face }, standing, rest) {
    this.#live = live;
    this.#standing = standing;
    this.#rest = rest;
    this.#audition = new Audition({
      clock,
      play: (...values) => face.play(...values),
      running: () => isPlaying(live),
      playhead: (beats) => face.playhead(beats),
      began: () => this.#told(),
      ended: () => standing.say(rest()),
    });
  }

  /** @param {import("./take.js").Take} take @param {string} words said while it plays @param {string} [why] */
  play({ notes, length }, words, why = "") {
    const line = launchLine(this.#live);
    this.#told = () => this.#standing.say(words, why);
    this.#audition.start(notes, length, readSong(this.#live).tempo, line);
    if (this.#audition.waiting && line >= LONG_WAIT) this.#standing.say("Begins with the next bar", why);
    else this.#told();
  }

  /** The patch has come to the bar. */
  begun() {
    this.#audition.begun();
  }

  /** Silence, at once. */
  stop() {
    this.#audition.stop();
  }

  /** @returns {boolean} whether something played, or waited for its bar, which is silent now */
  halt() {
    if (!this.#audition.playing) return false;
    this.#audition.stop();
    this.#standing.say(this.#rest());
    return true;
  }
}
