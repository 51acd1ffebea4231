/** The key a clip is to be in: what the menus say, and what the Set tells where they leave it open. */
import { keyEvidence } from "../../live/snapshot.js";
import { readSong } from "../../live/song.js";

/** @typedef {import("../../live/live.js").Live} Live */

/**
 * @param {Live} live
 * @param {import("../shared/controls.js").Controls} controls
 * @param {number} clip that is to be fitted: it has no say in where it goes
 * @returns {Record<string, unknown>} key, mode and context of compose.fit and compose.fit_audio
 */
export function wantedKey(live, controls, clip) {
  const song = readSong(live);
  const [key, mode] = [controls.choice("key"), controls.choice("mode")];
  const follow = key === "follow";
  const evidence = follow && !song.scaleMode ? keyEvidence(live, song, (other) => other === clip) : null;
  return {
    key: follow ? null : key,
    mode: mode === "auto" ? null : mode,
    context: {
      scale_root: song.scaleRoot,
      scale_name: song.scaleName,
      scale_mode: song.scaleMode,
      pitch_classes: evidence !== null && evidence.clips > 0 ? evidence.pitchClasses : null,
    },
  };
}
