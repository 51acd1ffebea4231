/** Gathers from the Set what a press needs to know; asks for no more than that, since the user waits. */
import { chordBefore } from "../../live/before.js";
import { clipName } from "../../live/clip.js";
import { homeTrack } from "../../live/device.js";
import { keyEvidence } from "../../live/snapshot.js";
import { readSong } from "../../live/song.js";
import { trackName } from "../../live/track.js";
import { needsEvidence } from "./request.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {import("../../live/target.js").Target} Target */
/** @typedef {import("./request.js").Surroundings} Surroundings */

/** Clips that Chords makes are named so; see words.js. */
export const OWN_NAME = "Chords ";

/**
 * @param {Live} live
 * @param {import("../../live/journal.js").Journal} journal
 * @param {import("./parameters.js").Parameters} parameters
 * @param {Target} target
 * @returns {Surroundings}
 */
export function gather(live, journal, parameters, target) {
  const song = readSong(live);
  const home = homeTrack(live);
  /** What this device wrote itself would confirm any key for ever. @param {number} clip @param {number} track */
  const own = (clip, track) => journal.wrote(clip) || (track === home && clipName(live, clip).startsWith(OWN_NAME));
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
