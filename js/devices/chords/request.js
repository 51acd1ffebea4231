/** From knobs and Set to one compose.chords request. */

/** @typedef {import("./parameters.js").Parameters} Parameters */
/** @typedef {import("../../live/song.js").SongState} SongState */
/** @typedef {import("../../live/target.js").Target} Target */

/**
 * What the Set tells, gathered at a press.
 * @typedef {object} Surroundings
 * @property {SongState} song
 * @property {string} trackName
 * @property {number[]|null} pitchClasses beats of each pitch class in the Set; null: not needed or nothing there
 * @property {number[]|null} previous pitches of the chord that sounds just before the clip
 */

const PERCENTAGES = ["tension", "complexity", "movement", "density", "humanise"];

/** Whether the key must be found in what plays. @param {Parameters} parameters @param {SongState} song */
export const needsEvidence = (parameters, song) => parameters.choice("key") === "follow" && !song.scaleMode;

/**
 * @param {Parameters} parameters
 * @param {number} seed
 * @param {Surroundings} surroundings
 * @param {Target} target
 * @returns {Record<string, unknown>} params of compose.chords
 */
export function chordsRequest(parameters, seed, { song, trackName, pitchClasses, previous }, target) {
  const key = parameters.choice("key");
  const mode = parameters.choice("mode");
  const [numerator, denominator] = target.signature ?? [song.signatureNumerator, song.signatureDenominator];
  /** @type {Record<string, unknown>} */
  const request = {
    key: key === "follow" ? null : key,
    mode: mode === "auto" ? null : mode,
    progression: parameters.ownText || parameters.choice("progression"),
    style: parameters.choice("style"),
    bars: parameters.number("bars"),
    voicing: parameters.choice("voicing"),
    rhythm: parameters.choice("rhythm"),
    seed,
    tempo: song.tempo,
    signature_numerator: numerator,
    signature_denominator: denominator,
    context: {
      track_name: trackName.slice(0, 400),
      scale_root: song.scaleRoot,
      scale_name: song.scaleName,
      scale_mode: song.scaleMode,
      pitch_classes: pitchClasses,
      previous,
    },
  };
  for (const name of PERCENTAGES) request[name] = parameters.number(name);
  if (target.span > 0) request.clip_length = target.span;
  return request;
}
