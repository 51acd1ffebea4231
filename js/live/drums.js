/** What a drum rack's pads are called, and the kick that a bass locks to. */
import { beside, near, notesAlong, otherTracks } from "./beside.js";
import { findDevice, isDrumTrack, trackName } from "./track.js";

/** @typedef {import("./live.js").Live} Live */
/** @typedef {import("./target.js").Target} Target */

/** @typedef {{note: number, name: string}} Pad */

/** General MIDI's two bass drums; also where a drum rack has its first pad. */
const KICKS = [35, 36];
const KICK_NAME = /\b(kicks?|bd|bass ?drum|808 ?kick)\b/i;

/** Pads that are asked for their names: racks are built on these. (A chain tells its note only from Live 12.3 on.) */
const LOWEST_PAD = 24;
const HIGHEST_PAD = 99;
/** A pad without a chain is called by its note. */
const BARE = /^[A-G]#?-?\d$/;

/** Hits closer than this are one (beats). */
const ONE_HIT = 1e-3;

/**
 * @param {Live} live
 * @param {number} track
 * @returns {Pad[]} the pads of its drum rack that hold a sound, from low to high; none where there is no rack
 */
export function padsOf(live, track) {
  const rack = findDevice(live, track, (device) => live.flag(device, "can_have_drum_pads"));
  if (rack === 0) return [];
  return live
    .children(rack, "drum_pads")
    .slice(LOWEST_PAD, HIGHEST_PAD + 1)
    .map((pad, i) => ({ note: LOWEST_PAD + i, name: live.text(pad, "name") }))
    .filter(({ name }) => !BARE.test(name));
}

/**
 * When the kick sounds while a take does: in the drum clip beside it, else in what plays or in the nearest scene.
 *
 * @param {Live} live
 * @param {Target} target
 * @param {number} span beats of the take
 * @returns {{onsets: number[], trackName: string}|null} beats from the take's start, rising; null: no kick there
 */
export function kickBeside(live, target, span) {
  const tracks = otherTracks(live, target).filter((track) => isDrumTrack(live, track));
  const here = kickIn(live, target, span, beside(live, target, tracks, span));
  if (here !== null) return here;
  for (const places of near(live, target, tracks)) {
    const there = kickIn(live, target, span, places);
    if (there !== null) return there;
  }
  return null;
}

/**
 * @param {Live} live
 * @param {Target} target
 * @param {number} span
 * @param {readonly import("./beside.js").Beside[]} places
 * @returns {{onsets: number[], trackName: string}|null}
 */
function kickIn(live, target, span, places) {
  for (const place of places) {
    const named = padsOf(live, place.track)
      .filter(({ name }) => KICK_NAME.test(name))
      .map(({ note }) => note);
    const pitches = named.length > 0 ? named : KICKS;
    const starts = notesAlong(live, place, target, span)
      .filter(({ pitch }) => pitches.includes(pitch))
      .map(({ start_time }) => Math.max(0, start_time))
      .sort((a, b) => a - b);
    const onsets = starts.filter((at, i) => i === 0 || at - starts[i - 1] > ONE_HIT);
    if (onsets.length > 0) return { onsets, trackName: trackName(live, place.track) };
  }
  return null;
}
