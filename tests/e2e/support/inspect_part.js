/**
 * Looks over a device for one part of a band: every control, every word and light, every note it can send. A device in order
 * gives no complaint; the cords of the patch are cut one after the other to see that each cut gives one.
 */
import { readFileSync } from "node:fs";
import { answered as answeredBy, asked, meets, switchesLink } from "./inspect_link.js";
import { inspectPicture, soundsAs } from "./inspect_playing.js";
import { clearedOf, Inspection } from "./inspection.js";
import { goesOn, isOffered, recalls, storedRecipe, typesSeed } from "./offers.js";
import { choosesStyles, menuComesUp, storedStyle } from "./own_styles.js";
import { BUILT, says } from "./play.js";
import { steeredWrongly } from "./steering.js";
import { missing, tableOf } from "./table.js";

/** @typedef {import("./inspect_chords.js").Ground} Ground */
/** @typedef {import("./inspect_chords.js").Case & {part: Part}} Case */

/**
 * What is different from part to part.
 * @typedef {object} Part
 * @property {"arp"|"bass"|"melody"|"drums"|"humanise"|"vary"} id of its table
 * @property {string} method
 * @property {boolean} own whether it takes chords that are typed
 * @property {boolean} [styles] whether styles of the user's own can be blended into it
 * @property {string} [action] long name of its main button; "Generate" where it has none of its own
 * @property {RegExp} [done] what it says when that is done
 * @property {(result: any) => any[]} [notes] of an answer
 * @property {(set: import("../../../js/headless/index.js").LiveSet) => void} [furnish] makes what it acts on
 * @property {string[]} menus long names of the menus the script fills with tracks
 * @property {[number, number]} hear where a press on the picture plays
 * @property {Record<string, [string]>} [stored] texts that the Set has stored, beside own chords
 * @property {(all: Case, params: any) => void} [first] looks at the first request
 * @property {(all: Case) => Promise<void>} [more] looks at what only this device has, when a take was written
 * @property {Record<string, (id: any) => unknown>} wire what a control's choice is on the wire, by selector; undefined: it
 *   is not there
 */

/** Longer than it takes until the button says Cancel, ms. */
const BUSY = 160;

/** Notes of a take that can be told from another by ear. */
const ENOUGH = 2;

const STORED = "i VI III VII";
const TYPED = "ii7 V7 Imaj7";
const SEED = 4321;
const STEERED = 35;

/** The first item of these stands for "nothing chosen". */
const NONE = ["key", "mode"];
/** What is no field of the request. */
const APART = ["seed_lock", "harmony", "kit", "live", "hold", "macros"];

/** The built device. @param {Part["id"]} id @returns {Buffer} */
export const partBytes = (id) => readFileSync(BUILT[id]);

/**
 * @param {Part} part
 * @param {Ground} ground
 * @param {Uint8Array} bytes of the device
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} [mutate] spoils it first
 * @param {import("./inspection.js").Enough} [enough] to stop at
 * @returns {Promise<string[]>} what is wrong with it
 */
export const inspectPart = (part, ground, bytes, mutate, enough) =>
  inspect(part, ground, bytes, mutate, enough, async (all) => {
    await comesUp(all);
    await firstPress(all);
    await part.more?.(all);
    await turnsKnobs(all);
    journal(all);
    await inspectPicture(all, part.hear);
    await previews(all);
    await switchesLink(all, lookless(part));
  });

/**
 * Looks over only what such a device plays, for what could be wrong with nothing else.
 *
 * @param {Part} part
 * @param {Ground} ground
 * @param {Uint8Array} bytes of the device
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} [mutate] spoils it first
 * @param {import("./inspection.js").Enough} [enough] to stop at
 * @returns {Promise<string[]>} what is wrong with it
 */
export const inspectPlayed = (part, ground, bytes, mutate, enough) =>
  inspect(part, ground, bytes, mutate, enough, async (all) => {
    await comesUp(all);
    // A short take: all of it is listened to.
    if (all.device.parameterNames.includes("Bars")) all.device.turn("Bars", 3);
    await manyNotes(all, await pressed(all, actionOf(part)));
    await inspectPicture(all, part.hear);
    await previews(all);
  });

/**
 * Looks over only how its controls look while it is off and on again: no engine is asked to compose for that.
 *
 * @param {Part} part
 * @param {Ground} ground
 * @param {Uint8Array} bytes of the device
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} [mutate] spoils it first
 * @param {import("./inspection.js").Enough} [enough] to stop at
 * @returns {Promise<string[]>} what is wrong with it
 */
export const inspectLooks = (part, ground, bytes, mutate, enough) =>
  inspect(part, ground, bytes, mutate, enough, async (all) => {
    await comesUp(all);
    await switchesLink(all, lookless(part));
  });

/**
 * Looks over only whether what a hand turns is what is asked for, with one press.
 *
 * @param {Part} part
 * @param {Ground} ground
 * @param {Uint8Array} bytes of the device
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} [mutate] spoils it first
 * @param {import("./inspection.js").Enough} [enough] to stop at
 * @returns {Promise<string[]>} what is wrong with it
 */
export const inspectTurned = (part, ground, bytes, mutate, enough) =>
  inspect(part, ground, bytes, mutate, enough, async (all) => {
    await comesUp(all);
    turnsAll(all);
    const { asked: params } = await pressed(all, actionOf(part));
    all.check.expect(params.seed === SEED, `Seed: ${SEED} was typed, the engine is asked for ${params.seed}`);
    valuesArrive(all, params);
  });

/**
 * @param {Part} part
 * @param {Ground} ground
 * @param {Uint8Array} bytes
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} mutate
 * @param {import("./inspection.js").Enough|undefined} enough
 * @param {(all: Case) => Promise<void>} look
 */
async function inspect(part, { live, wire }, bytes, mutate, enough, look) {
  const check = new Inspection(live, enough);
  const known = live.devices.length;
  try {
    return await check.run(async () => {
      live.set.edit(() => part.furnish?.(live.set));
      const before = wire.words.length;
      const stored = {
        ...part.stored,
        ...(part.own ? { "Own Progression": [STORED] } : {}),
        ...(part.styles ? storedStyle(part.id) : {}),
        ...storedRecipe(part.id),
      };
      const device = await live.addDevice(bytes, { track: 0, mutate, stored });
      for (const name of missing(part.id, device)) check.need(false, `${name}: is not there`);
      const { device: id = "" } = wire.words.slice(before).find(({ word }) => word === "open") ?? {};
      check.need(id, "start: it asks for no connection");
      await look({ live, wire, device, id, check, part });
    });
  } finally {
    clearedOf(live, known);
    live.set.edit(clearTrack);
  }
}

/** @param {import("../../../js/headless/index.js").LiveSet} set */
function clearTrack(set) {
  for (const slot of set.tracks[0].clip_slots) if (slot.clip) slot.delete_clip();
}

/** From the drop to the green light. @param {Case} all */
async function comesUp(all) {
  const { wire, device, check, part, live } = all;
  await meets(all);
  check.expect(says(device).includes("Ready"), `picture: it says "${says(device)}"`);
  if (part.styles) {
    await check.wait(() => wire.answerTo(asked(all, 0, "compose.own_styles")), "the user's own styles");
    menuComesUp(all);
  }
  const track = live.set.tracks[1].name;
  for (const menu of part.menus) {
    const { items } = device.parameter(menu);
    check.expect(items?.includes(track), `${menu}: does not show the track "${track}" but ${items?.slice(0, 6)}`);
  }
}

/**
 * A press of a button that composes: what is asked, and the answer when it has been taken in.
 *
 * @param {Case} all
 * @param {string} button
 * @param {() => void} [meanwhile] before the answer can have come
 */
export const pressed = (all, button, meanwhile) => answered(all, button, () => all.device.press(button), meanwhile);

/**
 * The same for whatever else composes.
 *
 * @param {Case} all
 * @param {string} name
 * @param {() => void} act
 * @param {() => void} [meanwhile] before the answer can have come
 */
export const answered = (all, name, act, meanwhile) => answeredBy(all, name, all.part.method, act, meanwhile);

/** @param {Part} part */
const actionOf = ({ action = "Generate" }) => action;

/** @param {Part} part @param {any} result */
const notesOf = ({ notes = (/** @type {any} */ answer) => answer.notes }, result) => notes(result);

/** Controls of a part that hold a value. @param {Part} part */
export const controlsOf = ({ id }) =>
  tableOf(id).parameters.filter(
    ({ kind, selector, dynamic_items: dynamic }) =>
      !["button", "text", "memory"].includes(kind) && !dynamic && !APART.includes(selector),
  );

/** @param {Case} all @param {Record<string, unknown>} params */
function valuesArrive({ live, device, check, part }, params) {
  const wrong = steeredWrongly(live, device, params);
  check.expect(wrong === "", wrong);
  for (const { long, selector, ids, initial } of controlsOf(part)) {
    const { value } = device.parameter(long);
    const id = ids ? ids[Number(value)] : Number(value);
    const none = NONE.includes(selector) && Number(value) === initial;
    const wanted = none ? null : selector in part.wire ? part.wire[selector](id) : id;
    const same =
      typeof wanted === "number" ? Math.abs(Number(params[selector]) - wanted) < 1e-9 : params[selector] === wanted;
    check.expect(same, `${long}: shows ${wanted}, the engine is asked for ${params[selector]}`);
  }
}

/** @param {Case} all */
async function firstPress(all) {
  const { live, device, check, part } = all;
  const action = actionOf(part);
  typesSeed(all, part.id);
  const { asked: params, result } = await pressed(all, action, () => {
    live.advance(BUSY);
    check.expect(device.box(action).texts()[0] === "Cancel", `${action}: does not turn to Cancel`);
    check.expect(says(device).includes("Composing"), "picture: does not tell that it works");
  });
  if (part.own) {
    check.expect(
      params.progression === STORED,
      `Own Progression: stored "${STORED}", asked for "${params.progression}"`,
    );
  }
  part.first?.(all, params);
  recalls(all, part.id, params);
  valuesArrive(all, params);
  check.expect(device.box(action).texts()[0] === action, `${action}: does not turn back from Cancel`);
  const written = live.set.tracks[0].clip_slots[0].clip?.notes.length;
  check.expect(written === notesOf(part, result).length, `notes: ${written} in the clip, not as composed`);
  check.expect((part.done ?? /Wrote/).test(says(device)), `picture: it says "${says(device)}"`);
  if (part.styles) await choosesStyles(all, params, pressed);
}

/** A hand's choice for a control: none is where the control begins. @param {any} control @param {number} nth */
function choiceFor({ ids, min, max, initial, type }, nth) {
  if (ids) return (initial + 1 + (nth % (ids.length - 1))) % ids.length;
  const value = min + (max - min) * (0.31 + 0.05 * (nth % 9));
  return type === "int" ? Math.max(min, Math.min(max, 3)) : Math.round(value * 10) / 10;
}

/** @param {Case} all */
function turnsAll({ device, part }) {
  for (const [nth, control] of controlsOf(part).entries()) {
    if (control.selector !== "seed") device.turn(control.long, choiceFor(control, nth));
  }
  device.turn("Macros", STEERED);
  device.turn("Seed", SEED);
}

/** @param {Case} all */
async function turnsKnobs(all) {
  const { device, check, part } = all;
  turnsAll(all);
  device.press("Seed Lock");
  if (part.own) device.type("Own Progression", TYPED);
  const { asked: params } = await pressed(all, actionOf(part));
  check.expect(params.seed === SEED, `Seed: ${SEED} was typed, the engine is asked for ${params.seed}`);
  if (part.own) {
    check.expect(params.progression === TYPED, `Own Progression: typed "${TYPED}", asked for "${params.progression}"`);
    device.turn("Harmony", 1);
    device.press("Generate");
    check.expect(
      says(device).includes("Chords device"),
      `Harmony: is set to a Chords device; it says "${says(device)}"`,
    );
    device.turn("Harmony", 0);
  }
  valuesArrive(all, params);
  const again = await pressed(all, actionOf(part));
  check.expect(again.asked.seed === SEED, `Seed Lock: is on, yet the seed went from ${SEED} to ${again.asked.seed}`);
  const diced = (await pressed(all, "Dice")).asked.seed;
  check.expect(diced !== SEED, "Dice: keeps the seed");
  const shown = device.parameter("Seed").value;
  check.expect(shown === diced, `Seed: ${diced} is used, ${shown} shown`);
  device.press("Seed Lock");
  const free = await pressed(all, actionOf(part));
  check.expect(free.asked.seed !== diced, "Seed Lock: is off, yet the seed stays");
  isOffered(all, part.id, free);
  await manyNotes(all, free);
}

/** With much rest a take may be a note or two: what comes next needs something to hear. @param {Case} all @param {{result: any}} take */
async function manyNotes(all, { result }) {
  for (let more = 0; more < 9 && notesOf(all.part, result).length <= ENOUGH; more += 1) {
    ({ result } = await pressed(all, actionOf(all.part)));
  }
}

/** @param {Case} all */
const notesIn = ({ live }) =>
  JSON.stringify(
    live.set.tracks[0].clip_slots[0].clip?.notes.map((/** @type {any} */ { pitch, start_time, duration }) => [
      pitch,
      start_time,
      duration,
    ]) ?? null,
  );

/** Undo and Restore need no engine. @param {Case} all */
function journal(all) {
  const { device, check } = all;
  const last = notesIn(all);
  device.press("Undo");
  check.expect(notesIn(all) !== last, "Undo: changes nothing");
  const before = notesIn(all);
  device.press("Restore");
  check.expect(notesIn(all) !== before && notesIn(all) === last, "Restore: does not bring the take back");
}

/** A take is heard before it is written, and then written as it was heard. @param {Case} all */
async function previews(all) {
  const { live, device, check, wire, part } = all;
  const action = actionOf(part);
  const before = notesIn(all);
  const since = device.midiOut.length;
  const { result } = await pressed(all, "Preview");
  const wrong = soundsAs(all, notesOf(part, result), since);
  check.expect(wrong === "", `Preview: ${wrong}`);
  check.expect(notesIn(all) === before, "Preview: writes into the clip");
  const requests = wire.requests.length;
  device.press(action);
  check.expect(!asked(all, requests, all.part.method), `${action}: asks anew for what was heard`);
  const written = live.set.tracks[0].clip_slots[0].clip?.notes.length;
  check.expect(
    notesIn(all) !== before && written === notesOf(part, result).length,
    `${action}: does not write what was heard`,
  );
  await goesOn(all, part.id, part.method, result, () => pressed(all, action));
}

/** What has no inactive look: fields to type in, and what nobody sees. @param {Part} part */
const lookless = ({ id }) =>
  tableOf(id)
    .parameters.filter(({ kind }) => ["text", "memory"].includes(kind))
    .map(({ long }) => long);
