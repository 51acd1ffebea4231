/** The Set as a whole: tempo, signature, scale, transport. */
import { APPLICATION, SONG } from "./paths.js";

/** @typedef {import("./live.js").Live} Live */

/**
 * @typedef {object} SongState
 * @property {number} tempo beats a minute, 20-999
 * @property {number} signatureNumerator
 * @property {number} signatureDenominator
 * @property {number} scaleRoot 0-11, C = 0
 * @property {string} scaleName Live's own name ("Minor", "Dorian" ...)
 * @property {boolean} scaleMode whether the Set's scale is switched on
 * @property {boolean} playing
 * @property {number} time beats from the start of the arrangement
 */

/** @param {Live} live @returns {SongState} */
export function readSong(live) {
  return {
    tempo: live.number(SONG, "tempo"),
    signatureNumerator: live.number(SONG, "signature_numerator"),
    signatureDenominator: live.number(SONG, "signature_denominator"),
    scaleRoot: live.number(SONG, "root_note"),
    scaleName: live.text(SONG, "scale_name"),
    scaleMode: live.flag(SONG, "scale_mode"),
    playing: live.flag(SONG, "is_playing"),
    time: live.number(SONG, "current_song_time"),
  };
}

/** @param {Live} live @returns {boolean} whether the song runs */
export const isPlaying = (live) => live.flag(SONG, "is_playing");

/** Ticks of a quarter note, as Max counts. */
const TICKS = 480;

/** Where Live's menu of launch quantisation has 1/2, 1/2T, 1/4 ... 1/32, in ticks; before them are None and whole bars. */
const FIRST_FINE = 5;
const FINE = [960, 640, 480, 320, 240, 160, 120, 80, 60];

/**
 * From one line of the song to the next, where something may begin that is to be heard now: bars, or what is finer and
 * chosen as launch quantisation. Nobody waits for eight bars to hear a take, nor wants it off the beat.
 *
 * @param {Live} live
 * @returns {number} ticks
 */
export function launchLine(live) {
  const bar = TICKS * beatsPerBar(live.number(SONG, "signature_numerator"), live.number(SONG, "signature_denominator"));
  return Math.min(bar, FINE[live.number(SONG, "clip_trigger_quantization") - FIRST_FINE] ?? bar);
}

/** @param {Live} live @returns {number[]} ids of MIDI, audio and group tracks, left to right */
export const trackIds = (live) => live.children(SONG, "tracks");

/** Beats (quarter notes) in a bar of the given signature. @param {number} numerator @param {number} denominator */
export const beatsPerBar = (numerator, denominator) => (numerator * 4) / denominator;

/** @param {Live} live @returns {string} "12.2.5"; "" where Live does not tell */
export function liveVersion(live) {
  const version = live.call(APPLICATION, "get_version_string");
  return typeof version === "string" ? version : "";
}
