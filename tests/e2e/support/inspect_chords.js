/**
 * Looks over a Chords device: every control, every word and light, every note it can send. A device in order gives no
 * complaint; the cords of the patch are cut one after the other to see that each cut gives one.
 */
import { readFileSync } from "node:fs";
import { answered, asked, meets, switchesLink } from "./inspect_link.js";
import { inspectPlaying } from "./inspect_playing.js";
import { clearedOf, Inspection } from "./inspection.js";
import { goesOn, isOffered, recalls, storedRecipe, typesSeed } from "./offers.js";
import { BUILT, says } from "./play.js";
import { steeredWrongly } from "./steering.js";
import { missing, plainItems, shownOnWire } from "./table.js";

/** @typedef {import("../../../js/headless/index.js").HeadlessDevice} HeadlessDevice */
/** @typedef {import("../../../js/headless/index.js").HeadlessLive} HeadlessLive */
/** @typedef {import("./wire.js").Wire} Wire */
/** @typedef {{live: HeadlessLive, wire: Wire}} Ground a Live with a Hub that is ready, and no other device on track 0 */
/** @typedef {{live: HeadlessLive, wire: Wire, device: HeadlessDevice, id: string, check: Inspection}} Case */

/** Longer than any settling time of the device, ms. */
const MOMENT = 60;
/** Longer than it takes until the button says Cancel, ms. */
const BUSY = 160;

const STORED = "i VI III VII";
const TYPED = "ii7 V7 Imaj7";
const SEED = 4321;
/** A hand's choice for each control; none is where the control begins. */
const CHOICES = {
  Key: "D",
  Mode: "Dorian",
  Style: "Jazz",
  Voicing: "Drop 2",
  Rhythm: "Pads",
  Bars: 4,
  Tension: 11,
  Complexity: 22,
  Movement: 33,
  Density: 44,
  Humanise: 55,
  Macros: 66,
  Seed: SEED,
};
const THIRD = 3;

/**
 * @param {Ground} ground
 * @param {Uint8Array} bytes of the device
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} [mutate] spoils it first
 * @param {import("./inspection.js").Enough} [enough] to stop at
 * @returns {Promise<string[]>} what is wrong with it
 */
export const inspectChords = (ground, bytes, mutate, enough) =>
  inspect(ground, bytes, mutate, enough, async (all) => {
    await comesUp(all);
    await firstPress(all);
    await turnsKnobs(all);
    journal(all);
    await inspectPlaying(all);
    await switchesLink(all, LOOKLESS);
  });

/**
 * Looks over only how its controls look while it is off and on again: no engine is asked to compose for that.
 *
 * @param {Ground} ground
 * @param {Uint8Array} bytes of the device
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} [mutate] spoils it first
 * @param {import("./inspection.js").Enough} [enough] to stop at
 * @returns {Promise<string[]>} what is wrong with it
 */
export const inspectLooks = (ground, bytes, mutate, enough) =>
  inspect(ground, bytes, mutate, enough, async (all) => {
    await comesUp(all);
    await switchesLink(all, LOOKLESS);
  });

/**
 * Looks over only what such a device plays, for what could be wrong with nothing else.
 *
 * @param {Ground} ground
 * @param {Uint8Array} bytes of the device
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} [mutate] spoils it first
 * @param {import("./inspection.js").Enough} [enough] to stop at
 * @returns {Promise<string[]>} what is wrong with it
 */
export const inspectPlayed = (ground, bytes, mutate, enough) =>
  inspect(ground, bytes, mutate, enough, async (all) => {
    await comesUp(all);
    // A short take: all of it is listened to.
    all.device.turn("Bars", 4);
    await pressed(all, "Generate");
    await inspectPlaying(all);
  });

/** What has no inactive look: a field to type in, and what nobody sees. */
const LOOKLESS = ["Own Progression", "Recipe"];

/**
 * @param {Ground} ground
 * @param {Uint8Array} bytes
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} mutate
 * @param {import("./inspection.js").Enough|undefined} enough
 * @param {(all: Case) => Promise<void>} look
 * @returns {Promise<string[]>}
 */
async function inspect({ live, wire }, bytes, mutate, enough, look) {
  const check = new Inspection(live, enough);
  const known = live.devices.length;
  try {
    return await check.run(async () => {
      const before = wire.words.length;
      const stored = { "Own Progression": [STORED], ...storedRecipe("chords") };
      const device = await live.addDevice(bytes, { track: 0, mutate, stored });
      for (const name of missing("chords", device)) check.need(false, `${name}: is not there`);
      const { device: id = "" } = wire.words.slice(before).find(({ word }) => word === "open") ?? {};
      check.need(id, "start: it asks for no connection");
      await look({ live, wire, device, id, check });
    });
  } finally {
    clearedOf(live, known);
    live.set.edit(clearTrack);
  }
}

/** The built device. @returns {Buffer} */
export const chordsBytes = () => readFileSync(BUILT.chords);

/** @param {import("../../../js/headless/index.js").LiveSet} set */
function clearTrack(set) {
  for (const slot of set.tracks[0].clip_slots) if (slot.clip) slot.delete_clip();
}

/** The menu shows what the engine has. @param {Case} all @param {number} since */
async function menuFollows(all, since) {
  const { live, wire, device, check } = all;
  live.advance(MOMENT);
  const question = asked(all, since, "compose.chords_options");
  if (!check.expect(question, "Style: the progressions of the style are not asked for")) return;
  const { result } = await check.wait(() => wire.answerTo(question), "the progressions of the style");
  const names = result.progressions.map((/** @type {any} */ { name }) => name);
  check.expect(
    String(plainItems(device)) === String(["Auto", ...names]),
    `Progression: the menu shows ${device.parameter("Progression").items}`,
  );
}

/** From the drop to the green light. @param {Case} all */
async function comesUp(all) {
  const { wire, device, check, id } = all;
  await meets(all);
  const since = wire.requests.findIndex((request) => request.device === id);
  await menuFollows(all, since);
  check.expect(says(device).includes("Ready"), `picture: it says "${says(device)}"`);
}

/**
 * A press of a button that composes: what is asked, and the answer when it has been taken in.
 *
 * @param {Case} all
 * @param {string} button
 * @param {() => void} [meanwhile] before the answer can have come
 */
const pressed = (all, button, meanwhile) =>
  answered(all, button, "compose.chords", () => all.device.press(button), meanwhile);

/** @param {Case} all @param {Record<string, unknown>} params */
function valuesArrive({ live, device, check }, params) {
  const wrong = steeredWrongly(live, device, params);
  check.expect(wrong === "", wrong);
  for (const [name, field, value] of shownOnWire(device)) {
    if (field !== "progression") {
      check.expect(
        Object.is(params[field], value),
        `${name}: shows ${value}, the engine is asked for ${params[field]}`,
      );
    }
  }
}

/** @param {Case} all */
async function firstPress(all) {
  const { live, device, check } = all;
  typesSeed(all, "chords");
  const { asked: params, result } = await pressed(all, "Generate", () => {
    live.advance(BUSY);
    check.expect(device.box("Generate").texts()[0] === "Cancel", "Generate: does not turn to Cancel");
    check.expect(says(device).includes("Composing"), "picture: does not tell that it works");
  });
  check.expect(params.progression === STORED, `Own Progression: stored "${STORED}", asked for "${params.progression}"`);
  recalls(all, "chords", params);
  check.expect(device.box("Generate").texts()[0] === "Generate", "Generate: does not turn back from Cancel");
  valuesArrive(all, params);
  const written = live.set.tracks[0].clip_slots[0].clip?.notes.length;
  check.expect(written === result.notes.length, `notes: ${written} in the clip, ${result.notes.length} composed`);
  check.expect(says(device).includes("Wrote"), `picture: it says "${says(device)}"`);
}

/** @param {Case} all */
async function turnsKnobs(all) {
  const { wire, device, check } = all;
  const since = wire.requests.length;
  for (const [name, value] of Object.entries(CHOICES)) device.turn(name, value);
  device.press("Seed Lock");
  await menuFollows(all, since);
  device.turn("Progression", THIRD);
  device.type("Own Progression", TYPED);
  const typed = (await pressed(all, "Generate")).asked;
  check.expect(typed.seed === SEED, `Seed: ${SEED} was typed, the engine is asked for ${typed.seed}`);
  check.expect(typed.progression === TYPED, `Own Progression: typed "${TYPED}", asked for "${typed.progression}"`);
  device.type("Own Progression", "");
  const { asked: params } = await pressed(all, "Generate");
  check.expect(
    params.progression === `#${THIRD}`,
    `Progression: item ${THIRD} is chosen, asked for "${params.progression}"`,
  );
  check.expect(params.seed === SEED, `Seed Lock: is on, yet the seed went from ${SEED} to ${params.seed}`);
  valuesArrive(all, params);
  const diced = (await pressed(all, "Dice")).asked.seed;
  check.expect(diced !== SEED, "Dice: keeps the seed");
  check.expect(
    device.parameter("Seed").value === diced,
    `Seed: ${diced} is used, ${device.parameter("Seed").value} shown`,
  );
  device.press("Seed Lock");
  // Takes of one progression are much alike, and of those that are only one is offered.
  device.turn("Progression", 0);
  const free = await pressed(all, "Generate");
  check.expect(free.asked.seed !== diced, "Seed Lock: is off, yet the seed stays");
  isOffered(all, "chords", free);
  await goesOn(all, "chords", "compose.chords", free.result, () => pressed(all, "Generate"));
}

/** Undo and Restore need no engine. @param {Case} all */
function journal({ live, device, check }) {
  const notes = () => JSON.stringify(live.set.tracks[0].clip_slots[0].clip?.notes.map(place) ?? null);
  const last = notes();
  device.press("Undo");
  check.expect(notes() !== last, "Undo: changes nothing");
  const before = notes();
  device.press("Restore");
  check.expect(notes() !== before && notes() === last, "Restore: does not bring the take back");
}

/** @param {any} note */
const place = (note) => [note.pitch, note.start_time, note.duration];
