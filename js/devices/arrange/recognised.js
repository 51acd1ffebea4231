/**
 * Which song the selected scene belongs to in a Set that was opened again: the engine knows a song by what its clips hold.
 * A scene is asked about once until its clips change; one question at a time, and of those that wait only the newest counts.
 */
import { clipsOfScene, sceneIds } from "../../live/scene.js";
import { seedOf } from "../../rpc/random.js";
import { findSong } from "../tasting/finding.js";
import { MOST_NOTES } from "../tasting/notes.js";
import { orElse, readOrNull } from "../tasting/places.js";

/** @typedef {import("../tasting/finding.js").FoundSong} FoundSong */
/** @typedef {import("../tasting/notes.js").Read} Read */

/**
 * @typedef {object} Question
 * @property {number} scene
 * @property {number} mark of what its clips hold
 * @property {Read[]} reads its clips
 */

/** Songs that have the same scene are told apart by so many above and below it. */
const BESIDE = 2;

/** Clips that are read for one question: a wide Set must not stall whoever walks through it. */
const MOST_CLIPS = 48;

export class Recognised {
  #live;
  #standing;
  #told;
  /** by scene @type {Map<number, {mark: number, song: FoundSong|null}>} */ #answers = new Map();
  /** the scene whose song is wanted now; 0: none */
  #wanted = 0;
  /** @type {FoundSong|null} */ #song = null;
  #asking = false;
  /** @type {Question|null} */ #next = null;

  /**
   * @param {import("../../live/live.js").Live} live
   * @param {import("../shared/standing.js").Standing} standing
   * @param {(song: FoundSong|null) => void} told what the engine says of the scene that was looked at last
   */
  constructor(live, standing, told) {
    this.#live = live;
    this.#standing = standing;
    this.#told = told;
  }

  /** The song of the scene that was looked at last, as far as is known by now. */
  get song() {
    return this.#song;
  }

  /** Looks at a scene, and asks where its clips are not known. @param {number} scene 0 for none */
  look(scene) {
    this.drop();
    const reads = this.#heldBy([scene], { clips: MOST_CLIPS, notes: MOST_NOTES });
    if (reads.length === 0) return;
    this.#wanted = scene;
    const mark = seedOf(JSON.stringify(reads));
    const before = this.#answers.get(scene);
    if (before?.mark === mark) this.#song = before.song;
    else {
      this.#next = { scene, mark, reads };
      this.#ask();
    }
  }

  /** Something else is shown: no answer that is under way matters any more. */
  drop() {
    this.#wanted = 0;
    this.#song = null;
    this.#next = null;
  }

  /** The engine has come: it may be another one, which knows other songs. */
  forget() {
    this.#answers.clear();
  }

  #ask() {
    const { ready } = this.#standing;
    if (this.#asking || this.#next === null || !ready) return;
    const { scene, mark, reads } = this.#next;
    this.#next = null;
    this.#asking = true;
    findSong((method, params) => this.#standing.ask(method, params), reads, this.#beside(scene, reads))
      .then(
        (song) => this.#answer(scene, mark, song),
        () => {}, // nobody has asked for it: what is not told now is asked when the scene is looked at again
      )
      .finally(() => {
        this.#asking = false;
        this.#ask();
      });
  }

  /** @param {number} scene @param {number} mark @param {FoundSong|null} song */
  #answer(scene, mark, song) {
    this.#answers.set(scene, { mark, song });
    if (this.#next?.scene === scene && this.#next.mark === mark) this.#next = null;
    if (scene !== this.#wanted || this.#next !== null || !this.#standing.mayAct) return;
    this.#song = song;
    this.#told(song);
  }

  /** @param {number} scene @param {readonly Read[]} reads of it @returns {Read[]} what lies around, the nearest first */
  #beside(scene, reads) {
    const scenes = orElse(() => sceneIds(this.#live), []);
    const row = scenes.indexOf(scene);
    const near = Array.from({ length: BESIDE }, (_, i) => [scenes[row + i + 1], scenes[row - i - 1]]).flat();
    const notes = MOST_NOTES - reads.reduce((sum, { all }) => sum + all.length, 0);
    return this.#heldBy(
      near.filter((each) => each !== undefined),
      { clips: MOST_CLIPS - reads.length, notes },
    );
  }

  /** @param {readonly number[]} scenes @param {{clips: number, notes: number}} most @returns {Read[]} their MIDI clips that hold notes */
  #heldBy(scenes, most) {
    const clips = scenes.flatMap((scene) => (scene === 0 ? [] : orElse(() => clipsOfScene(this.#live, scene), [])));
    /** @type {Read[]} */
    const held = [];
    let room = most.notes;
    for (const { clip } of clips.slice(0, most.clips)) {
      const read = readOrNull(this.#live, clip);
      if (read === null || read.all.length === 0 || read.all.length > room) continue;
      room -= read.all.length;
      held.push(read);
    }
    return held;
  }
}
