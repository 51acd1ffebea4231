/** Where a take may lie beside the clip it was written into: copied, moved, or from before the Set was opened. */
import { isMidiClip } from "../../live/clip.js";
import { clipIn, isGroupSlot } from "../../live/clip_slot.js";
import { LiveRefusal } from "../../live/errors.js";
import { rowOf, selectedScene, slotInRow } from "../../live/scene.js";
import { arrangementClipIds, isMidiTrack, slotIds } from "../../live/track.js";
import { detailClip, highlightedClip } from "../../live/view.js";
import { readClip } from "./notes.js";

/** @typedef {import("../../live/live.js").Live} Live */

/** Clips of a track that are looked at: a huge Set must not stall its opening. */
const MOST_CLIPS = 48;

/** @template T @param {() => T} read @param {T} otherwise where Live refuses: what is gone tells nothing @returns {T} */
export function orElse(read, otherwise) {
  try {
    return read();
  } catch (problem) {
    if (problem instanceof LiveRefusal) return otherwise;
    throw problem;
  }
}

/** @param {Live} live @param {number} clip @returns {import("./notes.js").Read|null} null: no MIDI clip is there */
export const readOrNull = (live, clip) =>
  orElse(() => (clip !== 0 && isMidiClip(live, clip) ? readClip(live, clip) : null), null);

/** @param {Live} live @returns {number} id of the clip the user points at, 0 for none */
export const clipPointedAt = (live) => orElse(() => detailClip(live) || highlightedClip(live), 0);

/** @param {Live} live @param {number} track @returns {number[]} MIDI clips on it: the session's, then the arrangement's */
export function clipsOn(live, track) {
  return orElse(() => {
    if (!isMidiTrack(live, track)) return [];
    const session = slotIds(live, track).map((slot) => (isGroupSlot(live, slot) ? 0 : clipIn(live, slot)));
    return [...session.filter((clip) => clip !== 0), ...arrangementClipIds(live, track)].slice(0, MOST_CLIPS);
  }, []);
}

/** @param {Live} live @param {readonly number[]} tracks @returns {number[]} clips on them in the scene that is selected */
export function clipsInScene(live, tracks) {
  const row = orElse(() => rowOf(live, selectedScene(live)), -1);
  if (row < 0) return [];
  const clips = tracks.map((track) =>
    orElse(() => {
      const slot = slotInRow(live, track, row);
      return slot === 0 ? 0 : clipIn(live, slot);
    }, 0),
  );
  return clips.filter((clip) => clip !== 0);
}
