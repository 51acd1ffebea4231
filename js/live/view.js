/** What the user looks at and has selected. */
import { clipIn, isGroupSlot } from "./clip_slot.js";
import { APPLICATION, SONG_VIEW } from "./paths.js";

/** @typedef {import("./live.js").Live} Live */

/** @param {Live} live @returns {number} id of the clip in Detail View, 0 when there is none */
export const detailClip = (live) => live.child(SONG_VIEW, "detail_clip");

/** @param {Live} live @returns {number} id of the highlighted cell of the session grid, 0 when there is none */
export const highlightedSlot = (live) => live.child(SONG_VIEW, "highlighted_clip_slot");

/** @param {Live} live @returns {number} id of the clip in the highlighted cell, 0 when there is none */
export function highlightedClip(live) {
  const slot = highlightedSlot(live);
  return slot === 0 || isGroupSlot(live, slot) ? 0 : clipIn(live, slot);
}

/** @param {Live} live @returns {boolean} whether the user looks at the Arranger */
export const arrangerInFront = (live) =>
  live.text(live.child(APPLICATION, "view"), "focused_document_view") === "Arranger";

/**
 * Puts a clip into Detail View, so that a second press acts on the clip the first press made.
 *
 * @param {Live} live
 * @param {number} clip
 */
export const showClip = (live, clip) => live.set(SONG_VIEW, "detail_clip", `id ${clip}`);
