/** An audio clip that was made of a file: taken away by Undo, made again by Restore. */
import { createAudioClip, loopFile } from "./audio_loop.js";
import { audioPlace, removeBareTrack } from "./audio_place.js";
import { clipName, readRegion, sameRegion } from "./clip.js";
import { clipIn, deleteClip } from "./clip_slot.js";
import { refuseFrozen } from "./track.js";

/** @typedef {import("./live.js").Live} Live */
/** @typedef {import("./audio_place.js").AudioPlace} AudioPlace */
/** @typedef {import("./changes.js").Deed} Deed */

/** A clip as it was left. @typedef {{clip: number, place: AudioPlace, name: string, region: import("./clip.js").Region}} Lying */

/** Live warps a moment after it was told to: how often one looks, and how many times. */
const LOOK_MS = 40;
const LOOKS = 25;

/** @implements {Deed} */
export class AudioTake {
  #live;
  #clock;
  #path;
  #beats;
  #near;
  /** null: it was taken away @type {Lying|null} */ #lying = null;

  words = "the audio clip";

  /**
   * Makes the clip.
   *
   * @param {Live} live
   * @param {import("../rpc/clock.js").Clock} clock
   * @param {{path: string, beats: number}} file whole path of a file that is a loop, and how long it is
   * @param {number} near id of the track the sound comes from
   * @throws {import("./errors.js").LiveRefusal} when Live takes none; then nothing of it is left
   */
  constructor(live, clock, { path, beats }, near) {
    this.#live = live;
    this.#clock = clock;
    this.#path = path;
    this.#beats = beats;
    this.#near = near;
    this.move(true);
  }

  /** Where it lies; null while it is away. */
  get place() {
    return this.#lying?.place ?? null;
  }

  /** @returns {boolean} whether the clip that was left is no more in the Set */
  gone() {
    return this.#lying !== null && !this.#live.exists(this.#lying.clip);
  }

  /** @param {boolean} done @returns {boolean} whether the clip lies there as it was left, or is away */
  stands(done) {
    if (this.#lying === null) return !done;
    const { clip, name, region } = this.#lying;
    const same = clipName(this.#live, clip) === name && sameRegion(readRegion(this.#live, clip), region);
    return done && same && this.#inPlace(this.#lying);
  }

  /** @param {Lying} lying */
  #inPlace({ clip, place }) {
    return this.#live.exists(place.slot) && clipIn(this.#live, place.slot) === clip;
  }

  /** @param {boolean} done whether the clip is to be there */
  move(done) {
    if (done) this.#make();
    else if (this.#lying !== null) this.#takeAway(this.#lying);
  }

  #make() {
    const place = audioPlace(this.#live, this.#near);
    try {
      const clip = createAudioClip(this.#live, place.slot, this.#path);
      this.#lying = { clip, place, name: clipName(this.#live, clip), region: readRegion(this.#live, clip) };
    } catch (problem) {
      if (place.made) removeBareTrack(this.#live, place.track);
      throw problem;
    }
    this.#loop(this.#lying, LOOKS);
  }

  /** @param {Lying} lying */
  #takeAway({ place }) {
    refuseFrozen(this.#live, place.track);
    deleteClip(this.#live, place.slot);
    this.#lying = null;
    if (place.made) removeBareTrack(this.#live, place.track);
  }

  /** @param {Lying} lying @param {number} looks that are left */
  #loop(lying, looks) {
    const { clip } = lying;
    if (!this.#live.started || this.#lying !== lying || !this.#live.exists(clip) || !this.#inPlace(lying)) return;
    const looped = loopFile(this.#live, clip, this.#beats);
    lying.region = readRegion(this.#live, clip);
    if (!looped && looks > 1) this.#clock.after(LOOK_MS, () => this.#loop(lying, looks - 1));
  }
}
