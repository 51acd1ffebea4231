/** Tells all of Max how loud and how dense it is on this track, for as long as the device is on. */
import { homeTrack } from "../../live/device.js";
import { SONG } from "../../live/paths.js";
import { onlyNews } from "../shared/news.js";
import { Envelope, MEASURE_MS } from "./envelope.js";

/** Measures from one look at Live to the next: the device may be moved to another track, the tempo may change. */
const LOOK = 1000 / MEASURE_MS;

/** Smaller changes are not worth a word, 0-1. */
const STEP = 0.005;

export class Meter {
  #id;
  #live;
  #sounding;
  #order;
  #envelope = new Envelope();
  #on = false;
  #track = 0;
  #tempo = 120;
  #looks = 0;
  #told = { track: -1, level: -1, density: -1 };

  /**
   * @param {object} parts
   * @param {string} parts.id unique in Max
   * @param {import("../../live/live.js").Live} parts.live
   * @param {import("../shared/sounding.js").Sounding} parts.sounding
   * @param {(...values: (string|number)[]) => void} parts.order to the patch: see face.js
   */
  constructor({ id, live, sounding, order }) {
    this.#id = id;
    this.#live = live;
    this.#sounding = sounding;
    this.#order = onlyNews(order);
  }

  /** @param {boolean} on */
  run(on) {
    this.#order("measure", on ? 1 : 0);
    if (on === this.#on) return;
    this.#on = on;
    if (!on) this.#sounding.forget(this.#id);
    else {
      this.#envelope.clear();
      this.#looks = 0;
      this.#told = { track: -1, level: -1, density: -1 };
      this.#tell({ level: 0, density: 0 });
    }
  }

  /** The device is being deleted. */
  remove() {
    this.#sounding.forget(this.#id);
  }

  /** From the patch: something begins to sound. */
  onset() {
    this.#envelope.onset();
  }

  /** From the patch: how much sounds. @param {number} power see Envelope */
  level(power) {
    if (this.#on) this.#tell(this.#envelope.measure(power, this.#tempo));
  }

  /** @param {{level: number, density: number}} now */
  #tell({ level, density }) {
    if (this.#looks % LOOK === 0) {
      this.#track = homeTrack(this.#live);
      this.#tempo = this.#live.number(SONG, "tempo");
    }
    this.#looks += 1;
    const { track, level: loud, density: dense } = this.#told;
    const still = track === this.#track && near(loud, level) && near(dense, density);
    if (still || this.#track === 0) return;
    this.#told = { track: this.#track, level, density };
    this.#sounding.tell(this.#id, this.#told);
  }
}

/** Nothing is never nearly nothing. @param {number} was @param {number} is */
const near = (was, is) => was === is || (is !== 0 && Math.abs(was - is) < STEP);
