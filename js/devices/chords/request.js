/** From knobs and Set to one compose.chords request. */
import { aboutTheKey, aboutTheSet } from "../maker/surroundings.js";

/** @typedef {import("../maker/parameters.js").Parameters} Parameters */

const PERCENTAGES = ["tension", "complexity", "movement", "density", "humanise"];

/**
 * @param {Parameters} parameters
 * @param {number} seed
 * @param {import("../maker/surroundings.js").Surroundings} surroundings
 * @param {import("../../live/target.js").Target} target
 * @returns {Record<string, unknown>} params of compose.chords
 */
export function chordsRequest(parameters, seed, surroundings, target) {
  /** @type {Record<string, unknown>} */
  const request = {
    ...aboutTheKey(parameters),
    ...aboutTheSet(surroundings, target),
    progression: parameters.ownText || parameters.choice("progression"),
    style: parameters.choice("style"),
    bars: parameters.number("bars"),
    voicing: parameters.choice("voicing"),
    rhythm: parameters.choice("rhythm"),
    seed,
  };
  for (const name of PERCENTAGES) request[name] = parameters.number(name);
  return request;
}
