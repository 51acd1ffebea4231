/** The drum clip a press means that makes sound of it: the one that is shown, else the one the device wrote last. */
import { clipName, clipSignature, heard, isMidiClip, readRegion, trackOfClip } from "../../live/clip.js";
import { homeTrack } from "../../live/device.js";
import { padsOf } from "../../live/drums.js";
import { LiveRefusal } from "../../live/errors.js";
import { notesBetween } from "../../live/notes.js";
import { beatsPerBar } from "../../live/song.js";
import { isDrumTrack } from "../../live/track.js";
import { detailClip, highlightedClip } from "../../live/view.js";

/** @typedef {import("../../live/live.js").Live} Live */

/**
 * @typedef {object} DrumClip
 * @property {number} clip
 * @property {number} track
 * @property {string} name
 * @property {import("../../live/notes.js").Note[]} notes from 0
 * @property {number} length beats
 * @property {number} barLength beats
 * @property {import("../../live/drums.js").Pad[]} pads of the track's own rack
 */

/**
 * @param {Live} live
 * @param {number} written id of the clip that was written last; 0: none
 * @returns {DrumClip}
 * @throws {LiveRefusal} when there is none, or nothing in it
 */
export function drumClipAtHand(live, written) {
  const shown = [detailClip(live), highlightedClip(live)].find((clip) => clip !== 0 && isMidiClip(live, clip)) ?? 0;
  const clip = shown !== 0 && isForDrums(live, shown, written) ? shown : written;
  if (clip === 0 || !live.exists(clip)) throw new LiveRefusal("No drum clip here: select one, or press Generate");
  const { start, span } = heard(readRegion(live, clip));
  const notes = notesBetween(live, clip, start, span);
  if (!notes.some(({ mute }) => !mute)) throw new LiveRefusal("That clip plays nothing: press Generate first");
  const track = trackOfClip(live, clip);
  return {
    clip,
    track,
    name: clipName(live, clip),
    notes: notes.map((note) => ({ ...note, start_time: note.start_time - start })),
    length: span,
    barLength: beatsPerBar(...clipSignature(live, clip)),
    pads: padsOf(live, track),
  };
}

/** What somebody looks at may be the bass. @param {Live} live @param {number} clip @param {number} written */
function isForDrums(live, clip, written) {
  const track = trackOfClip(live, clip);
  return clip === written || track === homeTrack(live) || isDrumTrack(live, track);
}
