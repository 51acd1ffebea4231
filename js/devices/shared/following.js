/** Who follows the sound of which track, so that nobody follows himself by way of others. */
import { Entries } from "./entries.js";

/** Name of the Dict. */
export const FOLLOWING = "bandmate.following";

/** @typedef {{home: number, source: number}} Follows ids of tracks: where the part plays, and what it follows */

/** @extends {Entries<keyof Follows>} */
export class Following extends Entries {
  /** @param {Pick<Dict, "get"|"set"|"remove"|"getkeys">} dict */
  constructor(dict) {
    super(dict, ["home", "source"]);
  }
}
