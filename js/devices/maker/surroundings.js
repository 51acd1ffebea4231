/** Gathers from the Set what a press needs to know; asks for no more than that, since the user waits. */
import { chordBefore } from "../../live/before.js";
import { clipName } from "../../live/clip.js";
import { homeTrack } from "../../live/device.js";
import { keyEvidence } from "../../live/snapshot.js";
import { readSong } from "../../live/song.js";
import { trackName } from "../../live/track.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {import("../../live/song.js").SongState} SongState */
/** @typedef {import("../../live/target.js").Target} Target */

/**
 * What the Set tells, gathered at a press.
 * @typedef {object} Surroundings
 * @property {SongState} song
 * @property {string} trackName
 * @property {number[]|null} pitchClasses beats of each pitch class in the Set; null: not needed or nothing there
 * @property {number[]|null} previous pitches of the chord that sounds just before the clip
 */

/** What a key and a mode are chosen by. @typedef {{choice: (selector: string) => string, number: (selector: string) => number}} Chosen */

/** The wire takes no longer names. */
const LONGEST_NAME = 400;

/** Whether the key must be found in what plays. @param {Chosen} parameters @param {SongState} song */
export const needsEvidence = (parameters, song) => parameters.choice("key") === "follow" && !song.scaleMode;

/**
 * What a part needs to know that has no key.
 *
 * @param {Live} live
 * @param {Target} target
 * @returns {Surroundings}
 */
export function gatherTime(live, target) {
  const home = homeTrack(live);
  const name = home === 0 ? target.trackName : trackName(live, home);
  return { song: readSong(live), trackName: name, pitchClasses: null, previous: null };
}

/**
 * @param {Live} live
 * @param {import("../../live/journal.js").Journal} journal
 * @param {Chosen} parameters
 * @param {Target} target
 * @param {string} ownName what the names of clips begin with that this kind of device makes
 * @returns {Surroundings}
 */
export function gather(live, journal, parameters, target, ownName) {
  const song = readSong(live);
  const home = homeTrack(live);
  /** What this device wrote itself would confirm any key for ever. @param {number} clip @param {number} track */
  const own = (clip, track) => journal.wrote(clip) || (track === home && clipName(live, clip).startsWith(ownName));
  const evidence = needsEvidence(parameters, song) ? keyEvidence(live, song, own) : null;
  return {
    song,
    trackName: home === 0 ? target.trackName : trackName(live, home),
    pitchClasses: evidence !== null && evidence.clips > 0 ? evidence.pitchClasses : null,
    previous: chordBefore(live, target),
  };
}

/** @param {Live} live @returns {{trackName: string, tempo: number}} what the choice of a style hangs on */
export function styleHints(live) {
  const home = homeTrack(live);
  return { trackName: home === 0 ? "" : trackName(live, home), tempo: readSong(live).tempo };
}

/**
 * What every compose.* request says of home.
 *
 * @param {Chosen} parameters
 * @returns {Record<string, unknown>}
 */
export function aboutTheKey(parameters) {
  const key = parameters.choice("key");
  const mode = parameters.choice("mode");
  return { key: key === "follow" ? null : key, mode: mode === "auto" ? null : mode };
}

/**
 * What every compose.* request says of the Set.
 *
 * @param {Surroundings} surroundings
 * @param {Pick<Target, "signature"|"span">} target
 * @returns {Record<string, unknown>}
 */
export function aboutTheSet({ song, trackName, pitchClasses, previous }, target) {
  const [numerator, denominator] = target.signature ?? [song.signatureNumerator, song.signatureDenominator];
  return {
    tempo: song.tempo,
    signature_numerator: numerator,
    signature_denominator: denominator,
    context: {
      track_name: trackName.slice(0, LONGEST_NAME),
      scale_root: song.scaleRoot,
      scale_name: song.scaleName,
      scale_mode: song.scaleMode,
      pitch_classes: pitchClasses,
      previous,
    },
    ...(target.span > 0 ? { clip_length: target.span } : {}),
  };
}
