/** What sounds beside a take in the Set: a take that is offered is to fit it. */
import { beside, notesAlong, otherTracks } from "../../live/beside.js";
import { isDrumTrack } from "../../live/track.js";
import { onWire } from "./harmony.js";

/** Tracks that are listened to, so that a huge Set cannot stall a press. */
const MOST_TRACKS = 16;

/**
 * @param {import("../../live/live.js").Live} live
 * @param {import("../../live/target.js").Target} target
 * @param {number} span beats of the take
 * @param {number} offset beats of the clip at which the take begins
 * @returns {ReturnType<typeof onWire>} from the take's start; drums have no pitch to fit, and are left out
 */
export function soundingBeside(live, target, span, offset) {
  const end = offset + span;
  const places = beside(live, target, otherTracks(live, target), end).filter(({ track }) => !isDrumTrack(live, track));
  return onWire(
    places.slice(0, MOST_TRACKS).flatMap((place) => notesAlong(live, place, target, end)),
    offset,
  );
}
