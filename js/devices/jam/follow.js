/**
 * Follows a performance: the sound of another track, as a Listen there measures it, moves what is asked for. Loud is more
 * Energy, many onsets are more Density. The knobs and their automation are only read: they stay where they are.
 */
import { homeTrack } from "../../live/device.js";
import { LiveRefusal } from "../../live/errors.js";
import { trackName } from "../../live/track.js";
import { TrackMenu } from "../maker/track_menu.js";
import { turnsInCircle } from "./circle.js";
import { MACROS } from "./parameters.js";

/** @typedef {import("../shared/sounding.js").Sounds} Sounds */

/** How often it looks which tracks have a Listen, ms. */
const LOOK_MS = 1000;
/** What is asked for moves in steps of so many percent: each is another question to the engine. */
const STEP = 5;
/** A step is left when it is as good as the next one, and not as soon as it is no longer the best. */
const STAYS = 0.7;

const DENSITY = MACROS.indexOf("density");
const ENERGY = MACROS.indexOf("energy");

export class Follow {
  #live;
  #clock;
  #parameters;
  #sounding;
  #following;
  #id;
  #menu;
  #changed;
  #heard = "";
  /** whether the chosen track has this part in it */ #circular = false;
  /** @type {object|null} */ #timer = null;
  #steps = { density: 0, energy: 0 };

  /**
   * @param {object} parts
   * @param {string} parts.id unique in Max
   * @param {import("../../live/live.js").Live} parts.live
   * @param {import("../../rpc/clock.js").Clock} parts.clock
   * @param {import("../maker/face.js").Face} parts.face
   * @param {import("./parameters.js").Parameters} parts.parameters
   * @param {import("../shared/sounding.js").Sounding} parts.sounding what sounds on the tracks
   * @param {import("../shared/following.js").Following} parts.following who follows which of them
   * @param {() => void} parts.changed another track is followed, or in other words
   */
  constructor({ id, live, clock, face, parameters, sounding, following, changed }) {
    this.#id = id;
    this.#live = live;
    this.#clock = clock;
    this.#parameters = parameters;
    this.#sounding = sounding;
    this.#following = following;
    this.#changed = changed;
    const named = (/** @type {import("../../live/live.js").Live} */ at, /** @type {number} */ track) =>
      this.#sounds(track) === null ? `(${trackName(at, track)}: no Listen)` : trackName(at, track);
    this.#menu = new TrackMenu(live, face, parameters, "follow", 1, { offers: () => true, named });
  }

  /** Live is there. */
  start() {
    this.#look();
  }

  stop() {
    this.#clock.cancel(this.#timer);
    this.#timer = null;
    this.#following.forget(this.#id);
  }

  /** Another track is chosen. */
  turned() {
    this.#menu.turned();
    this.#tell();
  }

  /** The Set's tracks are others now. @returns {boolean} false when the followed one is gone */
  refresh() {
    const there = this.#menu.refresh();
    this.#tell();
    return there;
  }

  /** Which tracks have a Listen, and who follows whom, changes while nothing of the Set does. */
  #look() {
    this.#timer = this.#clock.after(LOOK_MS, () => this.#look());
    const heard = JSON.stringify([this.#sounding.all().map(({ track }) => track), this.#following.all()]);
    if (heard === this.#heard) return;
    try {
      this.refresh();
      this.#heard = heard;
    } catch (problem) {
      // A track that goes while it is looked at: the next look finds how it is then.
      if (!(problem instanceof LiveRefusal)) throw problem;
    }
  }

  #tell() {
    const source = this.#menu.track;
    const home = source === 0 ? 0 : homeTrack(this.#live);
    if (source === 0) this.#following.forget(this.#id);
    else this.#following.tell(this.#id, { home, source });
    this.#circular = source !== 0 && this.#turns(home, source);
    this.#changed();
  }

  /** @param {number} track @returns {Sounds|null} */
  #sounds(track) {
    return this.#sounding.all().find((each) => each.track === track) ?? null;
  }

  /** Why the chosen track is not followed; "" when it is, or when none is chosen. */
  get problem() {
    const { track } = this.#menu;
    if (track === 0 || !this.#live.exists(track)) return "";
    const name = trackName(this.#live, track);
    if (this.#circular) return `Not followed: "${name}" has this part in it`;
    return this.#sounds(track) === null ? `Put a Bandmate Listen on "${name}" to follow it` : "";
  }

  /** What is followed, in words; "" for nothing. */
  get words() {
    const { track } = this.#menu;
    if (track === 0 || this.problem !== "" || !this.#live.exists(track)) return "";
    const name = trackName(this.#live, track);
    return `Energy and Density follow the sound of "${name}": the same notes come only with the same performance`;
  }

  /** @param {number} home @param {number} source */
  #turns(home, source) {
    const groupOf = (/** @type {number} */ track) => {
      try {
        return this.#live.child(track, "group_track");
      } catch (problem) {
        if (problem instanceof LiveRefusal) return 0;
        throw problem;
      }
    };
    return turnsInCircle(home, source, { groupOf, followers: this.#following.all() });
  }

  /**
   * @param {readonly number[]} macros as they stand, percent
   * @returns {readonly number[]} as they are to be asked for
   */
  steer(macros) {
    const { track } = this.#menu;
    const sounds = track === 0 || this.#circular ? null : this.#sounds(track);
    const most = this.#parameters.number("follow_amount");
    this.#steps = {
      density: stepped(this.#steps.density, sounds === null ? 0 : most * (sounds.density - 0.5)),
      energy: stepped(this.#steps.energy, sounds === null ? 0 : most * (sounds.level - 0.5)),
    };
    const moved = [...macros];
    moved[DENSITY] = percent(macros[DENSITY] + this.#steps.density);
    moved[ENERGY] = percent(macros[ENERGY] + this.#steps.energy);
    return moved;
  }
}

/** @param {number} step where it stands @param {number} wanted */
const stepped = (step, wanted) => (Math.abs(wanted - step) < STAYS * STEP ? step : Math.round(wanted / STEP) * STEP);

/** @param {number} value */
const percent = (value) => Math.min(100, Math.max(0, value));
