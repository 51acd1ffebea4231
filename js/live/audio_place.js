/**
 * Where a file can be put as an audio clip: the first empty slot of an audio track that is there for it (its name says
 * drums, or nothing is on it at all), nearest to the track it comes from; else of a new track beside that one.
 */
import { clipIn } from "./clip_slot.js";
import { LiveRefusal } from "./errors.js";
import { SONG } from "./paths.js";
import { liveVersion, trackIds } from "./song.js";
import { arrangementClipIds, isDrumTrack, isFrozen, isGroupTrack, slotIds, trackName } from "./track.js";

/** @typedef {import("./live.js").Live} Live */

/**
 * @typedef {object} AudioPlace
 * @property {number} track
 * @property {string} trackName
 * @property {number} slot id of an empty slot
 * @property {number} slotNumber counted from 1 as a person does
 * @property {boolean} made whether the track was made for it
 */

/** The first Live in which a device can make an audio clip of a file. */
const FIRST = [12, 0, 5];

/** @param {Live} live @throws {LiveRefusal} where devices cannot make audio clips yet */
export function refuseOldLive(live) {
  const version = liveVersion(live);
  const numbers = version.split(".").map((part) => Number.parseInt(part, 10) || 0);
  const [at] = [0, 1, 2].filter((i) => (numbers[i] ?? 0) !== FIRST[i]);
  if (version === "" || at === undefined || (numbers[at] ?? 0) > FIRST[at]) return;
  throw new LiveRefusal(`Live ${version} takes no audio from devices: update it to ${FIRST.join(".")} or newer`);
}

/**
 * @param {Live} live
 * @param {number} near the track the sound comes from
 * @returns {AudioPlace} on a track that is there, or on one that is made
 * @throws {LiveRefusal} when Live makes no track
 */
export function audioPlace(live, near) {
  const tracks = trackIds(live);
  const home = tracks.indexOf(near);
  /** To the right first. @param {number} track */
  const distance = (track) => {
    const steps = tracks.indexOf(track) - home;
    return steps > 0 ? 2 * steps : 1 - 2 * steps;
  };
  const fit = tracks.filter((track) => isThereFor(live, track)).sort((a, b) => distance(a) - distance(b));
  for (const track of fit) {
    const place = firstSlot(live, track, false);
    if (place !== null) return place;
  }
  return newTrack(live, home, near);
}

/** @param {Live} live @param {number} track */
function isThereFor(live, track) {
  if (isGroupTrack(live, track) || live.flag(track, "has_midi_input") || !live.flag(track, "has_audio_input"))
    return false;
  if (isFrozen(live, track)) return false;
  return isDrumTrack(live, track) || isBare(live, track);
}

/** Nothing on it: no clip, no device. @param {Live} live @param {number} track */
export const isBare = (live, track) =>
  live.children(track, "devices").length === 0 &&
  arrangementClipIds(live, track).length === 0 &&
  slotIds(live, track).every((slot) => clipIn(live, slot) === 0);

/** @param {Live} live @param {number} track @param {boolean} made @returns {AudioPlace|null} null: it is full */
function firstSlot(live, track, made) {
  const slots = slotIds(live, track);
  const free = slots.findIndex((slot) => clipIn(live, slot) === 0);
  if (free < 0) return null;
  return { track, trackName: trackName(live, track), slot: slots[free], slotNumber: free + 1, made };
}

/** @param {Live} live @param {number} home place of the track beside which it is made @param {number} near its id @returns {AudioPlace} */
function newTrack(live, home, near) {
  const before = trackIds(live);
  const at = home < 0 ? before.length : home + 1;
  live.call(SONG, "create_audio_track", at);
  const track = trackIds(live).find((each) => !before.includes(each));
  if (track === undefined) throw new LiveRefusal("Live made no audio track: its edition may allow no more");
  live.set(track, "name", `${trackName(live, near)} audio`);
  const place = firstSlot(live, track, true);
  if (place === null) throw new LiveRefusal("The new audio track has no slot: add a scene");
  return place;
}

/** Takes a track away again that was made, when nothing is on it. @param {Live} live @param {number} track */
export function removeBareTrack(live, track) {
  const at = trackIds(live).indexOf(track);
  if (at >= 0 && isBare(live, track)) live.call(SONG, "delete_track", at);
}
