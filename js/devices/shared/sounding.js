/** What sounds on the tracks, for whoever follows it: every Listen that is on tells how loud and how dense its track is. */
import { Entries } from "./entries.js";

/** Name of the Dict. */
export const SOUNDING = "bandmate.sounding";

/**
 * @typedef {object} Sounds
 * @property {number} track id of the track that is listened to
 * @property {number} level how loud, 0-1
 * @property {number} density how many onsets, 0-1
 */

/** @extends {Entries<keyof Sounds>} */
export class Sounding extends Entries {
  /** @param {Pick<Dict, "get"|"set"|"remove"|"getkeys">} dict */
  constructor(dict) {
    super(dict, ["track", "level", "density"]);
  }
}
