/** Which chords a part follows: the user's own text, those of a Chords device, of a track, or whatever chords lie beside it. */
import { LiveRefusal } from "../../live/errors.js";
import { chordsBeside, lineBeside } from "../../live/harmony.js";
import { TOLERANCE } from "../../live/notes.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {import("../../live/target.js").Target} Target */

/** How many entries of the Harmony menu are no tracks. */
export const OWN_ENTRIES = 3;

/**
 * @typedef {object} Harmony
 * @property {Record<string, unknown>} params of the request
 * @property {string[]} why in words
 */

/**
 * @param {Live} live
 * @param {import("./parameters.js").Parameters} parameters
 * @param {number} track of the Harmony menu, 0 for none
 * @param {Target} target
 * @param {number} span beats of the take
 * @param {number} offset beats of the clip at which the take begins
 * @returns {Harmony}
 * @throws {LiveRefusal} when what was chosen is not there; Auto always finds a way
 */
export function findHarmony(live, parameters, track, target, span, offset) {
  const end = offset + span;
  if (track !== 0) {
    const line = lineBeside(live, target, end, track);
    if (line === null) throw new LiveRefusal("Nothing to follow on that track here: choose another Harmony");
    return followed(line, offset);
  }
  switch (parameters.choice("harmony")) {
    case "own":
      if (parameters.ownText === "") throw new LiveRefusal("Type the chords first, or choose another Harmony");
      return own(parameters.ownText);
    case "chords": {
      const written = chordsBeside(live, target, end, true);
      if (written === null) throw new LiveRefusal("No clip of a Chords device here: write one, or choose Auto");
      return followed(written, offset);
    }
    default: {
      if (parameters.ownText !== "") return own(parameters.ownText);
      const found = chordsBeside(live, target, end);
      return found === null ? { params: { progression: "auto" }, why: [] } : followed(found, offset);
    }
  }
}

/** @param {string} progression @returns {Harmony} */
const own = (progression) => ({ params: { progression }, why: [] });

/** @param {import("../../live/harmony.js").Followed} found @param {number} offset @returns {Harmony} */
const followed = ({ notes, trackName }, offset) => ({
  params: { harmony_notes: onWire(notes, offset) },
  why: [`Follows "${trackName}"`],
});

/**
 * @param {readonly import("../../live/notes.js").Note[]} notes
 * @param {number} offset beats; becomes 0
 * @returns {{pitch: number, start_time: number, duration: number, velocity: number}[]} only what is heard of them, from there on
 */
export const onWire = (notes, offset) =>
  notes
    .map(({ pitch, start_time, duration, velocity }) => {
      const start = Math.max(0, start_time - offset);
      return { pitch, start_time: start, duration: start_time + duration - offset - start, velocity };
    })
    .filter(({ duration }) => duration > TOLERANCE);
