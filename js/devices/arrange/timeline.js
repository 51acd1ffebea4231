/**
 * Lays a song out on the timeline, from the bar at the playhead on: for each section a clip on each track that plays in it.
 * Only where nothing lies yet: Live would cut away what is there. Recordings stay in the session, since Live does not let a
 * device say where a clip of sound ends in the arrangement.
 */
import { loopOver } from "../../live/clip.js";
import { lookOf, sameLook } from "../../live/clip_twin.js";
import { LiveRefusal } from "../../live/errors.js";
import { addNotes } from "../../live/notes.js";
import { clipsOver, makeClip, takeAway } from "../../live/place.js";
import { beatsPerBar, readSong } from "../../live/song.js";
import { arrangementClipIds } from "../../live/track.js";
import { reasonAgainst, refuseNothing } from "./lay.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {import("../../live/place.js").Place} Place */
/** @typedef {import("./lay.js").Laid} Laid */
/** @typedef {import("./lay.js").Piece} Piece */
/** @typedef {import("./lay.js").Reply} Reply */
/** @typedef {import("./lay.js").SectionClip} SectionClip */
/** @typedef {import("./loop.js").Loop} Loop */
/** @typedef {import("./loop.js").Part} Part */

/** @typedef {{clip: number, place: Place, look: import("../../live/clip_twin.js").Look|null}} MadeClip `look`: as it was left */

/** A playhead this close to a bar's beginning (beats) is on it. */
const ON_THE_BAR = 1e-3;

/** @param {Live} live @returns {number} beats at which the bar begins that the playhead stands on, or the next one */
export const playheadBar = (live) => upToBar(live, readSong(live).time);

/** @param {Live} live @returns {number} beats */
export function barOf(live) {
  const { signatureNumerator, signatureDenominator } = readSong(live);
  return beatsPerBar(signatureNumerator, signatureDenominator);
}

/** @param {Live} live @param {number} beats @returns {number} */
const upToBar = (live, beats) => Math.ceil(Math.max(0, beats - ON_THE_BAR) / barOf(live)) * barOf(live);

/**
 * @param {Live} live
 * @param {Loop} loop
 * @param {Reply} song
 * @param {number} start beats
 * @returns {Laid}
 * @throws {LiveRefusal} with the Set as it was before
 */
export function layTimeline(live, loop, song, start) {
  const reasons = loop.parts.map((part) => soundReason(part) || reasonAgainst(live, part));
  refuseNothing(reasons);
  refuseWhereClipsLie(
    live,
    loop.parts.filter((_, number) => reasons[number] === ""),
    start,
    song.length,
  );
  /** @type {Piece[]} */
  const pieces = [];
  try {
    for (const { name, start: from, clips } of song.sections) {
      /** @type {MadeClip[]} */
      const made = [];
      pieces.push(timePiece(live, name, start + from, made));
      for (const played of clips.filter(({ part }) => reasons[part] === "")) {
        layClip(live, loop.parts[played.part], played, start + from, name, made);
      }
    }
    if (pieces.every(({ here }) => !here())) throw new LiveRefusal("Nothing of the loop plays in that form");
  } catch (problem) {
    for (const piece of pieces) piece.remove();
    throw problem;
  }
  return { pieces, left: reasons.filter((reason) => reason !== "") };
}

/** @param {Part} part @returns {string} "" for none */
const soundReason = ({ sound, name }) => (sound ? `"${name}" stays in the Session: recordings need a hand there` : "");

/** @param {Live} live @param {readonly Part[]} parts @param {number} start @param {number} length beats */
function refuseWhereClipsLie(live, parts, start, length) {
  for (const { track, name } of parts) {
    if (clipsOver(live, track, start, length).length === 0) continue;
    const ends = parts.flatMap((part) =>
      arrangementClipIds(live, part.track).map((clip) => live.number(clip, "end_time")),
    );
    const free = Math.round(upToBar(live, Math.max(...ends)) / barOf(live)) + 1;
    throw new LiveRefusal(`Clips lie there on "${name}": from bar ${free} on there is room`);
  }
}

/** @param {Live} live @param {Part} part @param {SectionClip} played @param {number} at @param {string} section @param {MadeClip[]} made */
function layClip(live, part, { notes, length }, at, section, made) {
  const place = { slot: 0, track: part.track, at, span: length };
  const clip = makeClip(live, place, length);
  /** @type {MadeClip} */
  const here = { clip, place, look: null };
  made.push(here);
  // In the arrangement no scene says which section it is.
  live.set(clip, "name", `${part.title || part.name}, ${section}`);
  live.set(clip, "color", part.colour);
  loopOver(live, clip, 0, length);
  addNotes(live, clip, notes);
  here.look = lookOf(live, clip);
  if (here.look.notes?.length === 0) throw new LiveRefusal("Live does not let those clips change now");
}

/** @param {Live} live @param {string} name @param {number} at @param {readonly MadeClip[]} made @returns {Piece} */
function timePiece(live, name, at, made) {
  const left = () => made.filter(({ clip }) => live.exists(clip));
  return {
    name,
    scene: 0,
    at,
    here: () => left().length > 0,
    untouched: () => left().every((each) => isAsLeft(live, each)),
    remove: () => {
      for (const { clip, place } of left()) takeAway(live, place, clip);
    },
  };
}

/** @param {Live} live @param {MadeClip} made */
const isAsLeft = (live, { clip, place, look }) =>
  look !== null &&
  sameLook(lookOf(live, clip), look) &&
  Math.abs(live.number(clip, "start_time") - place.at) < ON_THE_BAR &&
  Math.abs(live.number(clip, "end_time") - place.at - place.span) < ON_THE_BAR;
