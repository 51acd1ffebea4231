/** A copy of a session clip in another slot of its track: with its name, colour, launch settings, groove and envelopes. */
import { isMidiClip, readRegion } from "./clip.js";
import { clipIn } from "./clip_slot.js";
import { LiveRefusal } from "./errors.js";
import { allNotes, sameNotes } from "./notes.js";

/** @typedef {import("./live.js").Live} Live */

/**
 * What a person may change of a clip and would miss.
 * @typedef {object} Look
 * @property {import("./notes.js").Note[]|null} notes null for an audio clip
 * @property {string} rest all else, to be compared
 */

/** Beyond its region; a clip of sound has the second row too. */
const FIELDS = ["name", "color", "muted", "has_envelopes", "signature_numerator", "signature_denominator"];
const SOUND_FIELDS = ["gain", "pitch_coarse", "pitch_fine", "warping", "warp_mode"];

/**
 * @param {Live} live
 * @param {number} from slot with a clip
 * @param {number} to empty slot of the same track
 * @returns {number} id of the copy, read back from Live
 * @throws {LiveRefusal} when Live made none
 */
export function twinIn(live, from, to) {
  if (clipIn(live, to) !== 0) throw new LiveRefusal("That slot was filled meanwhile: press again");
  live.call(from, "duplicate_clip_to", `id ${to}`);
  const twin = clipIn(live, to);
  if (twin === 0) throw new LiveRefusal("Live did not copy a clip of the loop");
  return twin;
}

/**
 * For comparing alone: what Live does not tell of a thing (a scene without a colour, say) is one value more.
 *
 * @param {Live} live
 * @param {number} id
 * @param {string} property
 * @returns {string}
 */
export function told(live, id, property) {
  try {
    return live.text(id, property);
  } catch (problem) {
    if (problem instanceof LiveRefusal && live.exists(id)) return "";
    throw problem;
  }
}

/** @param {Live} live @param {number} clip @returns {Look} */
export function lookOf(live, clip) {
  const midi = isMidiClip(live, clip);
  const fields = [...FIELDS, ...(midi ? [] : SOUND_FIELDS)];
  const rest = JSON.stringify([fields.map((field) => told(live, clip, field)), readRegion(live, clip)]);
  return { notes: midi ? allNotes(live, clip) : null, rest };
}

/** @param {Look} a @param {Look} b */
export const sameLook = (a, b) => a.rest === b.rest && sameNotes(a.notes ?? [], b.notes ?? []);
