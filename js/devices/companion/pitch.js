/** How an audio clip is transposed, and the key it sounds in for that. */

import { trackOfClip } from "../../live/clip.js";
import { Gone, LiveRefusal } from "../../live/errors.js";
import { refuseFrozen } from "../../live/track.js";

/** @typedef {import("../../live/live.js").Live} Live */

/** @typedef {{coarse: number, fine: number}} Pitch semitones and cents */

const RE_PITCH = 3;
const CENTS = 100;

/** @param {Live} live @param {number} clip @returns {Pitch} */
export const pitchOf = (live, clip) => ({
  coarse: Math.round(live.number(clip, "pitch_coarse")),
  fine: live.number(clip, "pitch_fine"),
});

/**
 * @param {Pitch} pitch
 * @param {number|null|undefined} tuning cents the recording itself is off
 * @returns {number} semitones between the recording's key and the one it sounds in
 */
export const shiftOf = ({ coarse, fine }, tuning) => coarse + Math.round((fine + (tuning ?? 0)) / CENTS);

/** @param {Live} live @param {number} clip an audio clip @throws {LiveRefusal} when transposing it does nothing */
export function refuseUnpitched(live, clip) {
  if (!live.exists(clip)) throw new Gone("That clip is gone: press again");
  refuseFrozen(live, trackOfClip(live, clip));
  if (live.flag(clip, "warping") && live.number(clip, "warp_mode") === RE_PITCH) {
    throw new LiveRefusal("Re-Pitch has a pitch of its own: choose another warp mode");
  }
}

/** @param {Live} live @param {number} clip @returns {string[]} what else its transposition does */
export const besides = (live, clip) => (live.flag(clip, "warping") ? [] : ["Warp is off: its speed changes with it"]);
