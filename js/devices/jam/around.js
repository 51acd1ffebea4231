/**
 * What surrounds a part that plays along: its key, its chords, its kit, the kick it goes with. It is looked for when the song
 * starts and when something about it is turned, not for each bar: the user's Set is full of other things.
 */
import { homeTrack } from "../../live/device.js";
import { kickBeside, padsOf } from "../../live/drums.js";
import { LiveRefusal } from "../../live/errors.js";
import { beatsPerBar, readSong, trackIds } from "../../live/song.js";
import { isMidiTrack, playingSlot, slotIds, trackName } from "../../live/track.js";
import { highlightedSlot } from "../../live/view.js";
import { findHarmony } from "../maker/harmony.js";
import { aboutTheKey, aboutTheSet, gather, gatherTime } from "../maker/surroundings.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {import("../../live/target.js").Target} Target */

/** Bars of chords that go round. */
const ROUND = 64;
/** The wire takes no more notes. */
const MOST_NOTES = 2000;
/** Names of clips that such a device made begin with this. */
export const CLIP_NAME = "Jam ";

/**
 * @typedef {object} Around
 * @property {Record<string, any>} params of a request, but for bars and macros
 * @property {string[]} why what was found and is followed, in words
 * @property {ReadonlyMap<number, string>} pads what the pads of the track's rack are called, by pitch
 */

/**
 * @param {Live} live
 * @param {import("../../live/journal.js").Journal} journal
 * @param {import("./parameters.js").Parameters} parameters
 * @param {number} followed track of the Harmony menu, 0 for none
 * @param {number} beat of the song
 * @returns {Around}
 * @throws {LiveRefusal} when what was chosen to be followed is not there
 */
export function lookAround(live, journal, parameters, followed, beat) {
  const home = homeTrack(live);
  const role = parameters.choice("role");
  const places = placesOf(live, home, beat);
  const [place] = places;
  if (role === "drums") {
    const pads = home === 0 ? [] : padsOf(live, home);
    const kit = pads.length === 0 ? {} : { kit: pads.map(({ note, name }) => ({ pitch: note, name })) };
    const named = new Map(pads.map(({ note, name }) => [note, name]));
    return { params: { ...about(gatherTime(live, place), place), ...kit }, why: [], pads: named };
  }
  const { numerator, span } = roundOf(live);
  const surroundings = { ...gather(live, journal, parameters, place, CLIP_NAME), previous: null };
  const harmony = followedIn(live, parameters, followed, places, span);
  const notes = /** @type {any[]|undefined} */ (harmony.params.harmony_notes);
  const { signatureDenominator } = surroundings.song;
  const heard =
    notes === undefined
      ? harmony.params
      : {
          harmony_notes: notes.slice(0, MOST_NOTES),
          ...{ harmony_numerator: numerator, harmony_denominator: signatureDenominator },
        };
  const kick = role === "bass" ? kickBeside(live, place, span) : null;
  return {
    params: {
      ...about(surroundings, place),
      ...aboutTheKey(parameters),
      ...heard,
      ...(kick === null ? {} : { kick: kick.onsets.slice(0, MOST_NOTES) }),
    },
    why: [...harmony.why, ...(kick === null ? [] : [`Plays with the kick of "${kick.trackName}"`])],
    pads: new Map(),
  };
}

/** @param {import("../maker/surroundings.js").Surroundings} surroundings @param {Target} place */
const about = (surroundings, place) => ({ context: aboutTheSet(surroundings, place).context });

/** @param {Live} live */
function roundOf(live) {
  const { signatureNumerator, signatureDenominator } = readSong(live);
  return { numerator: signatureNumerator, span: ROUND * beatsPerBar(signatureNumerator, signatureDenominator) };
}

/**
 * Where there may be chords: in the scene that plays, in the arrangement from here on, in the scene one looks at.
 *
 * @param {Live} live
 * @param {number} home
 * @param {number} beat
 * @returns {Target[]} at least one
 */
function placesOf(live, home, beat) {
  const slots = home === 0 ? [] : slotIds(live, home);
  const name = home === 0 ? "" : trackName(live, home);
  const empty = { clip: 0, slotNumber: 0, track: home, trackName: name, ownTrack: true, span: 0, signature: null };
  /** @param {number} slot @param {number} at @returns {Target} */
  const place = (slot, at) => ({ ...empty, slot, at });
  const playing = trackIds(live)
    .filter((track) => track !== home && isMidiTrack(live, track))
    .map((track) => playingSlot(live, track))
    .find((row) => row >= 0 && slots[row] !== undefined);
  const { span } = roundOf(live);
  const shown = slots.indexOf(highlightedSlot(live));
  return [
    ...(playing === undefined ? [] : [place(slots[playing], -1)]),
    place(0, Math.floor(beat / span) * span),
    ...(slots.length === 0 ? [] : [place(slots[Math.max(0, shown)], -1)]),
  ];
}

/**
 * @param {Live} live
 * @param {import("./parameters.js").Parameters} parameters
 * @param {number} track
 * @param {Target[]} places
 * @param {number} span
 */
function followedIn(live, parameters, track, places, span) {
  /** @type {unknown} */
  let refusal = null;
  for (const place of places) {
    try {
      const found = findHarmony(live, parameters, track, place, span, 0);
      if (found.params.progression !== "auto") return found;
    } catch (problem) {
      if (!(problem instanceof LiveRefusal)) throw problem;
      refusal = problem;
    }
  }
  if (refusal !== null) throw refusal;
  return { params: { progression: "auto" }, why: [] };
}
