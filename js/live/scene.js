/** Scenes: the rows of the session grid. */
import { clipIn } from "./clip_slot.js";
import { LiveRefusal } from "./errors.js";
import { SONG, SONG_VIEW } from "./paths.js";
import { slotIds } from "./track.js";

/** @typedef {import("./live.js").Live} Live */

/** @param {Live} live @returns {number[]} ids from the top down */
export const sceneIds = (live) => live.children(SONG, "scenes");

/** @param {Live} live @returns {number} id of the scene that is selected, 0 for none */
export const selectedScene = (live) => live.child(SONG_VIEW, "selected_scene");

/** @param {Live} live @param {number} scene */
export const selectScene = (live, scene) => live.set(SONG_VIEW, "selected_scene", `id ${scene}`);

/** @param {Live} live @param {number} scene @returns {number} from 0; -1 when it is not in the Set */
export const rowOf = (live, scene) => sceneIds(live).indexOf(scene);

/** @param {Live} live @param {number} track @param {number} row from 0 @returns {number} id of the slot there, 0 for none */
export const slotInRow = (live, track, row) => slotIds(live, track)[row] ?? 0;

/**
 * Inserts empty scenes.
 *
 * @param {Live} live
 * @param {number} row from 0; what stands there moves down
 * @param {number} count
 * @returns {number[]} their ids from the top down, read back from Live
 * @throws {LiveRefusal} when Live takes no more, with the Set as it was
 */
export function insertScenes(live, row, count) {
  const before = sceneIds(live);
  /** @type {number[]} */
  let made = [];
  for (let wanted = 1; wanted <= count; wanted++) {
    live.call(SONG, "create_scene", row + wanted - 1);
    made = sceneIds(live).filter((scene) => !before.includes(scene));
    if (made.length < wanted) {
      removeScenes(live, made);
      throw new LiveRefusal(`Live takes only ${before.length + wanted - 1} scenes: ${count} more are wanted`);
    }
  }
  return made;
}

/**
 * @param {Live} live
 * @param {readonly number[]} scenes ids; those that are gone are passed over
 * @throws {LiveRefusal} when one is still there afterwards
 */
export function removeScenes(live, scenes) {
  for (const scene of [...scenes].reverse()) {
    const row = rowOf(live, scene);
    if (row < 0) continue;
    live.call(SONG, "delete_scene", row);
    if (rowOf(live, scene) >= 0) throw new LiveRefusal("Live does not let that scene go now");
  }
}

/** @param {Live} live @param {number} scene @returns {{slot: number, clip: number}[]} its clips, left to right */
export const clipsOfScene = (live, scene) =>
  live
    .children(scene, "clip_slots")
    .map((slot) => ({ slot, clip: clipIn(live, slot) }))
    .filter(({ clip }) => clip !== 0);
