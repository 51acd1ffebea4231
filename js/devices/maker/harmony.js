/** Which chords a part follows: the user's own text, those of a Chords device, of a track, or whatever chords lie beside it. */
import { LiveRefusal } from "../../live/errors.js";
import { chordsBeside, lineBeside } from "../../live/harmony.js";

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
 * @returns {Harmony}
 * @throws {LiveRefusal} when what was chosen is not there; Auto always finds a way
 */
export function findHarmony(live, parameters, track, target, span) {
  if (track !== 0) {
    const line = lineBeside(live, target, span, track);
    if (line === null) throw new LiveRefusal("Nothing to follow on that track here: choose another Harmony");
    return followed(line);
  }
  switch (parameters.choice("harmony")) {
    case "own":
      if (parameters.ownText === "") throw new LiveRefusal("Type the chords first, or choose another Harmony");
      return own(parameters.ownText);
    case "chords": {
      const written = chordsBeside(live, target, span, true);
      if (written === null) throw new LiveRefusal("No clip of a Chords device here: write one, or choose Auto");
      return followed(written);
    }
    default: {
      if (parameters.ownText !== "") return own(parameters.ownText);
      const found = chordsBeside(live, target, span);
      return found === null ? { params: { progression: "auto" }, why: [] } : followed(found);
    }
  }
}

/** @param {string} progression @returns {Harmony} */
const own = (progression) => ({ params: { progression }, why: [] });

/** @param {import("../../live/harmony.js").Followed} found @returns {Harmony} */
const followed = ({ notes, trackName }) => ({
  params: { harmony_notes: notes.map(onWire) },
  why: [`Follows "${trackName}"`],
});

/** Only what is heard of a note. @param {import("../../live/notes.js").Note} note */
export const onWire = ({ pitch, start_time, duration, velocity }) => ({ pitch, start_time, duration, velocity });
