/**
 * The songs this device has laid out, for Undo and Restore over several presses: only what nobody has touched since is taken
 * away, and what stays is said.
 */
import { LiveRefusal } from "../../live/errors.js";
import { counted, sentences } from "../shared/sentences.js";
import { layScenes } from "./lay.js";
import { layTimeline } from "./timeline.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {import("./lay.js").Laid} Laid */
/** @typedef {import("./lay.js").Reply} Reply */
/** @typedef {import("./loop.js").Loop} Loop */

/**
 * @typedef {object} Song
 * @property {Loop} loop
 * @property {Reply} reply
 * @property {string} wish what it was asked for with
 * @property {number} at beats in the arrangement; -1: as scenes
 * @property {Laid} laid
 */

/** Presses that are remembered. */
const MOST = 16;

/** @param {Song} song @param {number} count @returns {string} "9 scenes" */
export const piecesWords = ({ at }, count) => counted(count, at < 0 ? "scene" : "section");

export class Songs {
  #live;
  /** @type {Song[]} */ #done = [];
  /** @type {Song[]} */ #undone = [];

  /** @param {Live} live */
  constructor(live) {
    this.#live = live;
  }

  /** @returns {Song|null} what Undo would take away */
  get last() {
    return this.#done.at(-1) ?? null;
  }

  /**
   * @param {Loop} loop
   * @param {Reply} reply
   * @param {string} wish
   * @param {number} at beats in the arrangement; -1: as scenes
   * @returns {Song}
   * @throws {LiveRefusal} with the Set as it was
   */
  make(loop, reply, wish, at) {
    const song = { loop, reply, wish, at, laid: this.#lay(loop, reply, at) };
    this.#done.push(song);
    if (this.#done.length > MOST) this.#done.shift();
    this.#undone = [];
    return song;
  }

  /** @param {Loop} loop @param {Reply} reply @param {number} at */
  #lay(loop, reply, at) {
    return at < 0 ? layScenes(this.#live, loop, reply) : layTimeline(this.#live, loop, reply, at);
  }

  /** @param {number} scene @returns {{song: Song, section: number}|null} the song that a scene belongs to */
  of(scene) {
    if (scene === 0) return null;
    for (const song of [...this.#done].reverse()) {
      const section = song.laid.pieces.findIndex((each) => each.scene === scene);
      if (section >= 0) return { song, section };
    }
    return null;
  }

  /** @param {number} scene @returns {boolean} whether it belongs to one of these, was left of one, or is the loop of one */
  know(scene) {
    const all = [...this.#done, ...this.#undone];
    return all.some(({ loop, laid }) => [loop, ...laid.pieces].some((each) => each.scene === scene));
  }

  /**
   * @param {number} scene
   * @param {string} wish
   * @returns {Song|null} the newest one from that loop, where it was asked for with just that and is still there
   */
  from(scene, wish) {
    const song = [...this.#done].reverse().find(({ loop }) => loop.scene === scene) ?? null;
    return song?.wish === wish && song.laid.pieces.some(({ here }) => here()) ? song : null;
  }

  /** @returns {string} what became of it @throws {LiveRefusal} when the user has changed all of it since */
  undo() {
    const song = this.last;
    if (song === null) return "Nothing to undo";
    const here = song.laid.pieces.filter((piece) => piece.here());
    const ours = here.filter((piece) => piece.untouched());
    const changed = here.filter((piece) => !ours.includes(piece));
    if (ours.length === 0 && changed.length > 0) {
      throw new LiveRefusal("You changed all of it since: Undo left it alone");
    }
    for (const piece of [...ours].reverse()) piece.remove();
    this.#done.pop();
    if (ours.length === 0) return "That song is gone already";
    this.#undone.push(song);
    return sentences([
      `Took ${piecesWords(song, ours.length)} away`,
      changed.length > 0 ? `You changed ${changed.map(({ name }) => name).join(", ")} since: left alone` : "",
    ]);
  }

  /** @returns {{words: string, song: Song|null}} @throws {LiveRefusal} when it has no place any more */
  restore() {
    const song = this.#undone.at(-1);
    if (song === undefined) return { words: "Nothing to restore", song: null };
    song.laid = this.#lay(song.loop, song.reply, song.at);
    this.#undone.pop();
    this.#done.push(song);
    const words = [`Restored ${piecesWords(song, song.laid.pieces.length)}`, ...song.laid.left];
    return { words: sentences(words), song };
  }
}
