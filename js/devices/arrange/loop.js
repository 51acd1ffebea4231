/** The loop a song is made of: the clips of one scene, as the engine wants to hear of them. */
import { clipName, clipSignature, heard, isMidiClip, isMuted, isRecording, readRegion } from "../../live/clip.js";
import { clipIn } from "../../live/clip_slot.js";
import { told } from "../../live/clip_twin.js";
import { LiveRefusal } from "../../live/errors.js";
import { notesBetween } from "../../live/notes.js";
import { rowOf, slotInRow } from "../../live/scene.js";
import { trackIds } from "../../live/song.js";
import { isDrumTrack, isFrozen, isGroupTrack, trackName } from "../../live/track.js";
import { counted } from "../shared/sentences.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {import("../../live/notes.js").Note} Note */

/**
 * One clip of the loop.
 * @typedef {object} Part
 * @property {number} track
 * @property {string} name of the track
 * @property {string} title of the clip; "" for none
 * @property {number} slot
 * @property {number} clip
 * @property {boolean} sound whether it is a recording
 * @property {number} colour 0x00rrggbb
 * @property {boolean} envelopes whether it holds automation
 * @property {Record<string, unknown>} wire as the engine takes it
 */

/**
 * @typedef {object} Loop
 * @property {number} scene
 * @property {Part[]} parts left to right
 * @property {[number, number]|null} signature that all of its MIDI clips have; null: the Set's
 * @property {string[]} left what was left out, in words
 */

/** The engine takes no more, no longer and no shorter ones. */
const MOST_PARTS = 16;
const LONGEST = 256;
const SHORTEST = 1 / 16;
const LONGEST_NAME = 400;

/** Live's own name of a track that nobody has named. */
const UNNAMED = /^\d+[- ](MIDI|Audio)$/i;

/**
 * @param {Live} live
 * @param {number} scene
 * @returns {Loop}
 * @throws {LiveRefusal} when nothing in it can be arranged
 */
export function readLoop(live, scene) {
  const row = scene === 0 ? -1 : rowOf(live, scene);
  if (row < 0) throw new LiveRefusal("No scene is selected: select one with a loop");
  /** @type {Part[]} */
  const parts = [];
  /** @type {string[]} */
  const left = [];
  for (const track of trackIds(live)) {
    if (isGroupTrack(live, track)) continue;
    const slot = slotInRow(live, track, row);
    const clip = slot === 0 ? 0 : clipIn(live, slot);
    if (clip === 0) continue;
    const name = trackName(live, track);
    const why = reasonAgainst(live, track, clip, parts.length);
    if (why === "") parts.push(readPart(live, track, slot, clip, name));
    else left.push(`${name} is left out: ${why}`);
  }
  const notes = parts.reduce((sum, { wire }) => sum + /** @type {Note[]} */ (wire.notes).length, 0);
  if (notes > 0 || parts.some(({ sound }) => sound)) return { scene, parts, signature: signatureOf(live, parts), left };
  if (left.length > 0) throw new LiveRefusal(`Nothing to arrange here. ${left[0]}`);
  throw new LiveRefusal(
    parts.length > 0 ? "The clips of this scene are empty" : "No clips in this scene: select one with a loop",
  );
}

/** @param {Live} live @param {number} track @param {number} clip @param {number} count of parts so far @returns {string} "" for none */
function reasonAgainst(live, track, clip, count) {
  if (count >= MOST_PARTS) return `a loop has ${MOST_PARTS} clips at most`;
  if (isMuted(live, clip)) return "its clip is off";
  if (isRecording(live, clip)) return "it is recording";
  if (isFrozen(live, track)) return "it is frozen";
  if (!isMidiClip(live, clip)) return "";
  const { span } = heard(readRegion(live, clip));
  if (span > LONGEST) return `its clip is longer than ${counted(LONGEST / 4, "bar")}`;
  return span < SHORTEST ? "its clip has no length" : "";
}

/** @param {Live} live @param {number} track @param {number} slot @param {number} clip @param {string} name @returns {Part} */
function readPart(live, track, slot, clip, name) {
  const sound = !isMidiClip(live, clip);
  const drums = isDrumTrack(live, track);
  // A track that Live has named says nothing of what is on it; its clip may.
  const title = clipName(live, clip);
  const telling = (UNNAMED.test(name) ? title : name).slice(0, LONGEST_NAME);
  const role = drums ? "drums" : "auto";
  const wire = sound
    ? { name: telling, notes: [], length: 4, role, sound }
    : { name: telling, ...readNotes(live, clip), role };
  const [colour, envelopes] = [live.number(clip, "color"), told(live, clip, "has_envelopes") === "1"];
  return { track, name, title, slot, clip, sound, colour, envelopes, wire };
}

/** @param {Live} live @param {number} clip @returns {{notes: Note[], length: number}} from the clip's start */
function readNotes(live, clip) {
  const { start, span } = heard(readRegion(live, clip));
  const notes = notesBetween(live, clip, start, span).map((note) => ({ ...note, start_time: note.start_time - start }));
  return { notes, length: span };
}

/** @param {Live} live @param {readonly Part[]} parts @returns {[number, number]|null} */
function signatureOf(live, parts) {
  const [first, ...others] = parts.filter(({ sound }) => !sound).map(({ clip }) => clipSignature(live, clip));
  if (first === undefined || others.some((each) => String(each) !== String(first))) return null;
  return first;
}
