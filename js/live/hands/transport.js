/** Tempo and transport of the Set, told and set from outside. */
import { LiveRefusal } from "../errors.js";
import { SONG } from "../paths.js";
import { laneOf } from "./parameters.js";

/** @typedef {import("../live.js").Live} Live */
/** @typedef {import("./deeds.js").Deeds} Deeds */

/** What a press on Live's own buttons calls. @type {Record<string, string>} */
const BUTTONS = { play: "start_playing", stop: "stop_playing", continue: "continue_playing" };

/** @param {Live} live @returns {number} id of the parameter that the tempo is */
export const tempoParameter = (live) =>
  live.child(live.child(live.child(SONG, "master_track"), "mixer_device"), "song_tempo");

/** @param {Live} live */
export const tellTempo = (live) => ({
  tempo: live.number(SONG, "tempo"),
  automation: laneOf(live, tempoParameter(live)),
});

/**
 * live.tempo: told, and set first when beats a minute are given.
 *
 * @param {Live} live
 * @param {Deeds} deeds
 * @param {{bpm?: number, force?: boolean}} params
 */
export function tempo(live, deeds, { bpm, force = false }) {
  if (bpm !== undefined) {
    if (tellTempo(live).automation !== "none" && !force) {
      throw new LiveRefusal("The tempo has automation: it was left alone (force overrides the lane)");
    }
    deeds.make([{ ref: SONG, property: "tempo", value: bpm, words: "the tempo" }]);
  }
  return tellTempo(live);
}

/** @param {Live} live */
export const tellTransport = (live) => ({
  is_playing: live.flag(SONG, "is_playing"),
  time: live.number(SONG, "current_song_time"),
  loop: live.flag(SONG, "loop"),
  loop_start: live.number(SONG, "loop_start"),
  loop_length: live.number(SONG, "loop_length"),
  metronome: live.flag(SONG, "metronome"),
  record: live.flag(SONG, "record_mode"),
  session_record: live.flag(SONG, "session_record"),
});

/**
 * live.transport: told, after what was asked for was done. Live moves its play head a moment after it was asked, so the
 * time told may still be the old one; whoever watches the transport hears the new one.
 *
 * @param {Live} live
 * @param {Deeds} deeds
 * @param {{action?: string, beat?: number, loop?: boolean, loop_start?: number, loop_length?: number,
 *   metronome?: boolean, record?: boolean}} params
 */
export function transport(live, deeds, { action, beat, loop, loop_start, loop_length, metronome, record }) {
  const wishes = [
    { property: "loop_start", value: loop_start, words: "the loop's start" },
    { property: "loop_length", value: loop_length, words: "the loop's length" },
    { property: "loop", value: asNumber(loop), words: "the loop" },
    { property: "metronome", value: asNumber(metronome), words: "the metronome" },
  ].flatMap(({ property, value, words }) => (value === undefined ? [] : [{ ref: SONG, property, value, words }]));
  if (wishes.length > 0) deeds.make(wishes);
  if (record !== undefined) live.set(SONG, "record_mode", record ? 1 : 0);
  if (beat !== undefined) live.set(SONG, "current_song_time", beat);
  if (action !== undefined) live.call(SONG, BUTTONS[action]);
  return tellTransport(live);
}

/** @param {boolean|undefined} flag */
const asNumber = (flag) => (flag === undefined ? undefined : Number(flag));
