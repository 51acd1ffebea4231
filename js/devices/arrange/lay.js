/** Lays a song out below its loop: a scene for each section, in it a copy of each clip that plays, with its new notes. */
import { loopOver } from "../../live/clip.js";
import { clipIn } from "../../live/clip_slot.js";
import { lookOf, sameLook, told, twinIn } from "../../live/clip_twin.js";
import { Gone, LiveRefusal } from "../../live/errors.js";
import { addNotes, removeAll } from "../../live/notes.js";
import { clipsOfScene, insertScenes, removeScenes, rowOf, sceneIds } from "../../live/scene.js";
import { isFrozen, slotIds } from "../../live/track.js";
import { barsWords } from "../maker/words.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {import("../../live/notes.js").Note} Note */
/** @typedef {import("./loop.js").Loop} Loop */
/** @typedef {import("./loop.js").Part} Part */

/** What a part plays in a section. @typedef {{part: number, notes: Note[], length: number}} SectionClip */
/** @typedef {{name: string, start: number, bars: number, energy: [number, number], plays: number[], clips: SectionClip[]}} Section */

/**
 * What compose.arrange answers, as far as the device uses it.
 * @typedef {object} Reply
 * @property {string} take
 * @property {string} form_name
 * @property {number} bars
 * @property {number} length beats
 * @property {Section[]} sections
 * @property {string[]} notices
 */

/**
 * What was made for one section: its scene, or its clips in the arrangement.
 * @typedef {object} Piece
 * @property {string} name of the section
 * @property {number} scene id; 0 in the arrangement
 * @property {number} at beats in the arrangement; -1 in the session
 * @property {() => boolean} here whether it is in the Set still
 * @property {() => boolean} untouched whether nobody has changed it since
 * @property {() => void} remove takes it away; throws LiveRefusal when Live keeps it
 */

/**
 * @typedef {object} Laid
 * @property {Piece[]} pieces one for each section
 * @property {string[]} left parts that could not be laid out, in words
 */

/**
 * @typedef {object} MadeScene
 * @property {number} scene
 * @property {string} rest name, colour and tempo, to be compared
 * @property {{slot: number, clip: number, look: import("../../live/clip_twin.js").Look}[]} clips left to right
 */

/**
 * @param {Live} live
 * @param {Loop} loop
 * @param {Reply} song
 * @returns {Laid}
 * @throws {LiveRefusal} with the Set as it was before
 */
export function layScenes(live, loop, song) {
  const row = rowOf(live, loop.scene);
  if (row < 0) throw new Gone("The scene of the loop is gone: select another one");
  const reasons = loop.parts.map((part) => reasonAgainst(live, part));
  refuseNothing(reasons);
  const scenes = insertScenes(live, row + 1, song.sections.length);
  try {
    const order = sceneIds(live);
    const rows = scenes.map((scene) => order.indexOf(scene));
    for (const [at, section] of song.sections.entries()) live.set(scenes[at], "name", sceneName(section));
    for (const [number, part] of loop.parts.entries()) {
      if (reasons[number] === "") layPart(live, part, number, song.sections, rows);
    }
    const made = scenes.map((scene) => readScene(live, scene));
    refuseEmpty(made);
    const pieces = made.map((each, i) => scenePiece(live, each, song.sections[i].name));
    return { pieces, left: reasons.filter((reason) => reason !== "") };
  } catch (problem) {
    removeScenes(live, scenes);
    throw problem;
  }
}

/** @param {readonly MadeScene[]} made @throws {LiveRefusal} when nothing was made, or the notes of a clip did not arrive */
function refuseEmpty(made) {
  const clips = made.flatMap((each) => each.clips);
  if (clips.length === 0) throw new LiveRefusal("Nothing of the loop plays in that form");
  if (clips.some(({ look }) => look.notes?.length === 0)) {
    throw new LiveRefusal("Live does not let those clips change now");
  }
}

/** @param {readonly string[]} reasons against each part @throws {Gone} when none is left */
export function refuseNothing(reasons) {
  if (reasons.every((reason) => reason !== "")) throw new Gone(`Nothing was made: ${reasons[0]}`);
}

/** @param {Section} section @returns {string} "Breakdown 2, 16 bars" */
const sceneName = ({ name, bars }) => `${name}, ${barsWords(bars)}`;

/** @param {Live} live @param {Part} part @returns {string} why it cannot be laid out any more; "" when it can */
export function reasonAgainst(live, { track, slot, clip, name }) {
  if (!live.exists(track)) return `"${name}" is gone`;
  if (isFrozen(live, track)) return `"${name}" is frozen`;
  return live.exists(slot) && clipIn(live, slot) === clip ? "" : `the clip of "${name}" is gone`;
}

/** @param {Live} live @param {Part} part @param {number} number @param {readonly Section[]} sections @param {readonly number[]} rows */
function layPart(live, part, number, sections, rows) {
  const slots = slotIds(live, part.track);
  for (const [at, { plays, clips }] of sections.entries()) {
    if (!plays.includes(number)) continue;
    const twin = twinIn(live, part.slot, slots[rows[at]]);
    if (live.text(twin, "name") === "") live.set(twin, "name", part.name);
    const played = clips.find((each) => each.part === number);
    if (played !== undefined) write(live, twin, played);
  }
}

/** @param {Live} live @param {number} clip @param {SectionClip} played */
function write(live, clip, { notes, length }) {
  removeAll(live, clip);
  loopOver(live, clip, 0, length);
  addNotes(live, clip, notes);
}

/** @param {Live} live @param {number} scene @returns {MadeScene} */
const readScene = (live, scene) => ({
  scene,
  rest: JSON.stringify(["name", "color", "tempo"].map((property) => told(live, scene, property))),
  clips: clipsOfScene(live, scene).map(({ slot, clip }) => ({ slot, clip, look: lookOf(live, clip) })),
});

/** @param {Live} live @param {MadeScene} made @param {string} name @returns {Piece} */
const scenePiece = (live, made, name) => ({
  name,
  scene: made.scene,
  at: -1,
  here: () => rowOf(live, made.scene) >= 0,
  untouched: () => alike(live, readScene(live, made.scene), made),
  remove: () => removeScenes(live, [made.scene]),
});

/** Clips that went with their track are not missed. @param {Live} live @param {MadeScene} now @param {MadeScene} made */
function alike(live, now, made) {
  const clips = made.clips.filter(({ slot }) => live.exists(slot));
  return (
    now.rest === made.rest &&
    now.clips.length === clips.length &&
    now.clips.every(({ clip, look }, i) => clip === clips[i].clip && sameLook(look, clips[i].look))
  );
}
