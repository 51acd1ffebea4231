/**
 * Where a press of Generate writes: the clip in Detail View; else, where the Arranger is in front and its loop is on, the
 * loop brace on the device's own track; else the highlighted cell of the session grid, else the first empty slot of the
 * device's own track. What cannot be written to is said in words. (Live does not tell what is selected in the Arranger.)
 */
import {
  clipSignature,
  heard,
  isMidiClip,
  isRecording,
  isSessionClip,
  readRegion,
  slotOfClip,
  trackOfClip,
} from "./clip.js";
import { clipIn, isGroupSlot } from "./clip_slot.js";
import { holdsClips, homeTrack } from "./device.js";
import { LiveRefusal } from "./errors.js";
import { SONG } from "./paths.js";
import { clipsOver } from "./place.js";
import { isGroupTrack, isMidiTrack, refuseFrozen, slotIds, trackName } from "./track.js";
import { arrangerInFront, detailClip, highlightedSlot } from "./view.js";

/** @typedef {import("./live.js").Live} Live */

/**
 * @typedef {object} Target
 * @property {number} clip id of the clip, 0 when one is to be made
 * @property {number} slot id of the session slot, 0 for a clip in the arrangement
 * @property {number} slotNumber counted from 1 as a person does; 0 when unknown
 * @property {number} track
 * @property {string} trackName
 * @property {boolean} ownTrack whether it is the track this device stands on
 * @property {number} span beats of an arrangement clip, which keeps its length; 0: the take decides
 * @property {number} at beats from the start of the arrangement at which a clip of it begins; -1 in the session
 * @property {[number, number]|null} signature the clip's own; null: the Set's
 */

/** @param {Live} live @returns {Target} @throws {LiveRefusal} with words when there is no place to write */
export function findTarget(live) {
  const home = homeTrack(live);
  const clip = detailClip(live);
  if (clip !== 0 && isMidiClip(live, clip)) return clipTarget(live, clip, home);
  if (arrangerInFront(live) && live.flag(SONG, "loop")) return braceTarget(live, home);
  const slot = highlightedSlot(live);
  return (slot !== 0 && slotTarget(live, slot, home)) || firstEmptySlot(live, home);
}

/**
 * @param {Live} live
 * @param {number} slot id of a session slot, empty or not
 * @returns {Target}
 * @throws {LiveRefusal} when no MIDI clip can be there
 */
export function targetIn(live, slot) {
  const target = slotTarget(live, slot, homeTrack(live));
  if (target === null) throw new LiveRefusal("That slot takes no MIDI clip");
  return target;
}

/** @param {Live} live @param {number} clip @param {number} home @returns {Target} */
function clipTarget(live, clip, home) {
  const track = trackOfClip(live, clip);
  const name = trackName(live, track);
  refuseFrozen(live, track);
  if (isRecording(live, clip)) throw new LiveRefusal("That clip is recording: stop it first");
  const session = isSessionClip(live, clip);
  return {
    clip,
    slot: session ? slotOfClip(live, clip) : 0,
    slotNumber: 0,
    track,
    trackName: name,
    ownTrack: track === home,
    span: session ? 0 : heard(readRegion(live, clip)).span,
    at: session ? -1 : live.number(clip, "start_time"),
    signature: clipSignature(live, clip),
  };
}

/** @param {Live} live @param {number} slot @param {number} home @returns {Target|null} null: not a place for notes */
function slotTarget(live, slot, home) {
  if (isGroupSlot(live, slot)) return null;
  const track = live.child(slot, "canonical_parent");
  if (live.type(track) !== "Track" || !isMidiTrack(live, track)) return null;
  const clip = clipIn(live, slot);
  if (clip !== 0) return isMidiClip(live, clip) ? clipTarget(live, clip, home) : null;
  const name = trackName(live, track);
  refuseFrozen(live, track);
  return emptySlot(slot, slotIds(live, track).indexOf(slot) + 1, track, name, track === home);
}

/** The loop brace on a track. A clip that lies there is meant itself. @param {Live} live @param {number} home @returns {Target} */
function braceTarget(live, home) {
  const name = writable(live, home);
  const at = live.number(SONG, "loop_start");
  const span = live.number(SONG, "loop_length");
  const [clip, ...more] = clipsOver(live, home, at, span);
  if (more.length > 0) throw new LiveRefusal(`Several clips lie in the loop on "${name}": select one`);
  if (clip !== undefined) return clipTarget(live, clip, home);
  return { ...emptySlot(0, 0, home, name, true), at, span };
}

/** @param {Live} live @param {number} home @returns {string} the name of the device's own track @throws {LiveRefusal} when no notes can go there */
function writable(live, home) {
  if (home === 0) throw new LiveRefusal("No clip here: select one or an empty slot");
  const name = trackName(live, home);
  if (!holdsClips(live, home) || isGroupTrack(live, home) || !isMidiTrack(live, home)) {
    throw new LiveRefusal(`"${name}" holds no MIDI clips: select one`);
  }
  refuseFrozen(live, home);
  return name;
}

/** @param {Live} live @param {number} home @returns {Target} */
function firstEmptySlot(live, home) {
  const name = writable(live, home);
  const slots = slotIds(live, home);
  const free = slots.findIndex((slot) => clipIn(live, slot) === 0);
  if (free < 0) throw new LiveRefusal(`No empty slot on "${name}": select a clip or add a scene`);
  return emptySlot(slots[free], free + 1, home, name, true);
}

/**
 * @param {number} slot
 * @param {number} slotNumber
 * @param {number} track
 * @param {string} name
 * @param {boolean} own
 * @returns {Target}
 */
const emptySlot = (slot, slotNumber, track, name, own) => ({
  clip: 0,
  slot,
  slotNumber,
  track,
  trackName: name,
  ownTrack: own,
  span: 0,
  at: -1,
  signature: null,
});
