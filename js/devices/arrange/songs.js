/**
 * The songs this device has laid out, for Undo and Restore over several presses: only scenes that nobody has touched since
 * are taken away, and what stays is said.
 */
import { LiveRefusal } from "../../live/errors.js";
import { removeScenes, rowOf } from "../../live/scene.js";
import { counted, sentences } from "../shared/sentences.js";
import { lay, untouched } from "./lay.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {import("./lay.js").Laid} Laid */
/** @typedef {import("./lay.js").Reply} Reply */
/** @typedef {import("./loop.js").Loop} Loop */

/** A song, what it was asked for with, and its scenes while it is in the Set. @typedef {{loop: Loop, reply: Reply, wish: string, laid: Laid}} Song */

/** Presses that are remembered. */
const MOST = 16;

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

  /** @param {Loop} loop @param {Reply} reply @param {string} wish @returns {Song} @throws {LiveRefusal} with the Set as it was */
  make(loop, reply, wish) {
    const song = { loop, reply, wish, laid: lay(this.#live, loop, reply) };
    this.#done.push(song);
    if (this.#done.length > MOST) this.#done.shift();
    this.#undone = [];
    return song;
  }

  /** @param {number} scene @returns {{song: Song, section: number}|null} the song that a scene belongs to */
  of(scene) {
    for (const song of [...this.#done].reverse()) {
      const section = song.laid.scenes.findIndex((each) => each.scene === scene);
      if (section >= 0) return { song, section };
    }
    return null;
  }

  /** @param {number} scene @param {string} wish @returns {Song|null} the newest one from that loop, where it was asked for with just that */
  from(scene, wish) {
    const song = [...this.#done].reverse().find(({ loop }) => loop.scene === scene) ?? null;
    return song?.wish === wish && song.laid.scenes.some((each) => rowOf(this.#live, each.scene) >= 0) ? song : null;
  }

  /** @returns {string} what became of it @throws {LiveRefusal} when the user has changed all of it since */
  undo() {
    const song = this.#done.at(-1);
    if (song === undefined) return "Nothing to undo";
    const here = song.laid.scenes.filter(({ scene }) => rowOf(this.#live, scene) >= 0);
    const ours = here.filter((made) => untouched(this.#live, made));
    const changed = here.filter((made) => !ours.includes(made));
    if (ours.length === 0 && changed.length > 0) {
      throw new LiveRefusal("You changed every scene of it since: Undo left them alone");
    }
    const scenes = ours.map(({ scene }) => scene);
    removeScenes(this.#live, scenes);
    this.#done.pop();
    if (ours.length === 0) return "Those scenes are gone already";
    this.#undone.push(song);
    const kept = changed.map(({ name }) => name.replace(/, .*$/, ""));
    return sentences([
      `Took ${counted(ours.length, "scene")} away`,
      kept.length > 0 ? `You changed ${kept.join(", ")} since: left alone` : "",
    ]);
  }

  /** @returns {{words: string, song: Song|null}} @throws {LiveRefusal} when it has no place any more */
  restore() {
    const song = this.#undone.at(-1);
    if (song === undefined) return { words: "Nothing to restore", song: null };
    song.laid = lay(this.#live, song.loop, song.reply);
    this.#undone.pop();
    this.#done.push(song);
    return {
      words: sentences([`Restored ${counted(song.laid.scenes.length, "scene")}`, ...song.laid.left]),
      song,
    };
  }
}
