/**
 * The methods that the engine may ask of Live through the Hub, live.*: clips and notes here, transport, tracks, slots and
 * devices in hands/. Whoever asks (command line, OSC, MCP) gets the same hands that the devices use.
 */
import { clipName, heard, isMidiClip, isSessionClip, readRegion, slotOfClip, trackOfClip } from "./clip.js";
import { clipIn } from "./clip_slot.js";
import { deposit } from "./deposit.js";
import { LiveRefusal } from "./errors.js";
import { Deeds } from "./hands/deeds.js";
import { macros } from "./hands/macros.js";
import { mixer } from "./hands/mixer.js";
import { parameter, tellDevices, tellParameters } from "./hands/parameters.js";
import { scene, slot } from "./hands/slots.js";
import { tempo, transport } from "./hands/transport.js";
import { noteFrom, notesBetween } from "./notes.js";
import { clipSlot, track as trackPath } from "./paths.js";
import { readSong, trackIds } from "./song.js";
import { findTarget, targetIn } from "./target.js";
import { arrangementClipIds, isFrozen, isGroupTrack, isMidiTrack, slotIds, trackName } from "./track.js";
import { detailClip } from "./view.js";

/** @typedef {import("./live.js").Live} Live */
/** @typedef {import("./hands/watch.js").Watch} Watch */

/** Clips told of one Set at most: an answer has to fit through Max. */
const MOST_CLIPS = 500;

/** @typedef {{track?: number, slot?: number}} Place numbers from 0; both left out: where the user is */

/**
 * @param {Live} live
 * @param {object} options
 * @param {Deeds} [options.deeds] where it is noted what was done; its own when left out
 * @param {Watch} options.watch who tells what changes
 * @returns {Record<string, (params: any) => unknown>} by method name; each throws LiveRefusal with words
 */
export function liveMethods(live, { watch, deeds = new Deeds(live) }) {
  return {
    "live.song": () => tellSong(live),
    "live.tracks": () => tellTracks(live),
    "live.clip": (/** @type {Place} */ place) => tellClip(live, place),
    "live.write": (/** @type {any} */ params) => write(live, deeds, params),
    "live.tempo": (/** @type {any} */ params) => tempo(live, deeds, params),
    "live.transport": (/** @type {any} */ params) => transport(live, deeds, params),
    "live.mixer": (/** @type {any} */ params) => mixer(live, deeds, params),
    "live.slot": (/** @type {any} */ params) => slot(live, params),
    "live.scene": (/** @type {any} */ params) => scene(live, params),
    "live.devices": (/** @type {any} */ params) => tellDevices(live, params),
    "live.parameters": (/** @type {any} */ params) => tellParameters(live, params),
    "live.parameter": (/** @type {any} */ params) => parameter(live, deeds, params),
    "live.macros": (/** @type {any} */ params) => macros(live, deeds, params),
    "live.undo": () => deeds.undo(),
    "live.restore": () => deeds.restore(),
    "live.watch": (/** @type {any} */ params) => watch.set(params.wishes),
  };
}

/** @param {Live} live */
function tellSong(live) {
  const song = readSong(live);
  return {
    tempo: song.tempo,
    signature_numerator: song.signatureNumerator,
    signature_denominator: song.signatureDenominator,
    scale_root: song.scaleRoot,
    scale_name: song.scaleName,
    scale_mode: song.scaleMode,
    is_playing: song.playing,
    time: song.time,
  };
}

/** @param {Live} live */
function tellTracks(live) {
  let room = MOST_CLIPS;
  const tracks = trackIds(live).map((track, index) => {
    const group = isGroupTrack(live, track);
    const clips = group ? [] : clipsOn(live, track).slice(0, Math.max(0, room));
    room -= clips.length;
    return {
      index,
      name: trackName(live, track),
      kind: group ? "group" : isMidiTrack(live, track) ? "midi" : "audio",
      frozen: isFrozen(live, track),
      clips,
    };
  });
  return { tracks, complete: room > 0 };
}

/** @param {Live} live @param {number} track */
function clipsOn(live, track) {
  const session = slotIds(live, track).flatMap((slot, index) => {
    const clip = clipIn(live, slot);
    return clip === 0 ? [] : [{ slot: index, ...briefly(live, clip) }];
  });
  const arranged = arrangementClipIds(live, track).map((clip) => ({
    slot: null,
    start_time: live.number(clip, "start_time"),
    ...briefly(live, clip),
  }));
  return [...session, ...arranged];
}

/** @param {Live} live @param {number} clip */
const briefly = (live, clip) => ({
  name: clipName(live, clip),
  midi: isMidiClip(live, clip),
  length: heard(readRegion(live, clip)).span,
});

/** @param {Live} live @param {Place} place */
function tellClip(live, place) {
  const clip = isPlace(place) ? clipIn(live, slotAt(live, place)) : detailClip(live);
  if (clip === 0) throw new LiveRefusal(isPlace(place) ? "That slot is empty" : "No clip is in Detail View");
  const region = readRegion(live, clip);
  const { start, span } = heard(region);
  const midi = isMidiClip(live, clip);
  return {
    ...placeOf(live, clip),
    name: clipName(live, clip),
    midi,
    looping: region.looping,
    start,
    length: span,
    signature_numerator: live.number(clip, "signature_numerator"),
    signature_denominator: live.number(clip, "signature_denominator"),
    notes: midi ? notesBetween(live, clip, start, span) : [],
  };
}

/** @param {Live} live @param {number} clip */
function placeOf(live, clip) {
  const track = trackOfClip(live, clip);
  const slot = isSessionClip(live, clip) ? slotIds(live, track).indexOf(slotOfClip(live, clip)) : null;
  return { track: trackIds(live).indexOf(track), slot };
}

/** @param {Live} live @param {Deeds} deeds @param {Place & {notes: any[], length: number, name?: string}} params */
function write(live, deeds, params) {
  const notes = params.notes.map(noteFrom);
  const target = isPlace(params) ? targetIn(live, slotAt(live, params)) : findTarget(live);
  const done = deposit(live, deeds.journal, target, {
    notes,
    length: params.length,
    name: params.name ?? "Bandmate",
    memo: null,
  });
  deeds.wrote();
  return {
    ...placeOf(live, done.clip),
    name: clipName(live, done.clip),
    created: done.created,
    wanted: done.wanted,
    written: done.found.length,
    start: done.start,
    length: done.span,
  };
}

/** @param {Place} place @returns {boolean} */
const isPlace = (place) => place.track !== undefined || place.slot !== undefined;

/** @param {Live} live @param {Place} place @returns {number} id of the slot @throws {LiveRefusal} when there is none */
function slotAt(live, { track, slot }) {
  if (track === undefined || slot === undefined) throw new LiveRefusal("Give track and slot, or neither");
  if (!live.exists(trackPath(track))) throw new LiveRefusal(`There is no track ${track}: the first one is 0`);
  const id = live.id(clipSlot(track, slot));
  if (id === 0) throw new LiveRefusal(`Track ${track} has no slot ${slot}: the first one is 0`);
  return id;
}
