/**
 * Looks over an Arrange: every control, the plan, the song in scenes and on the timeline, the way back, a press on a section,
 * and the switch. A device in order gives no complaint; the cords of the patch are cut one after the other to see that each
 * cut gives one.
 */
import { readFileSync } from "node:fs";
import { deleteScene } from "../../../js/headless/live/model/structure.js";
import { answered, asked, meets, passes, switchesLook } from "./inspect_link.js";
import { clearedOf, Inspection } from "./inspection.js";
import { BUILT, diary, says } from "./play.js";
import { missing } from "./table.js";

/** @typedef {import("./inspect_chords.js").Ground} Ground */
/** @typedef {import("./inspect_chords.js").Case} Case */

/** Longer than it takes until the button says Cancel, and until it looks at the scene that is selected, ms. */
const BUSY = 160;
const LOOKS = 200;
const SEED = 4321;
/** What a hand turns, and what the engine should hear of it: Sketch, half as long, and two dials. */
const TURNED = /** @type {[string, number, string, unknown][]} */ ([
  ["Form", 6, "form", "sketch"],
  ["Length", 0, "scale", 50],
  ["Contrast", 33, "contrast", 33],
  ["Variation", 77, "variation", 77],
]);
/** What the Set has stored, and what the engine should hear of it. */
const STORED = "Drop 70%";
/** Sections of a sketch. */
const SCENES = 4;
/** Into the second half of the picture, at the height of its curve. */
const SECTION = /** @type {const} */ ([200, 70]);

/** The built device. @returns {Buffer} */
export const arrangeBytes = () => readFileSync(BUILT.arrange);

/** A bar for two tracks, in the first scene. @param {import("../../../js/headless/index.js").LiveSet} set */
function loopIn(set) {
  for (const [track, pitch] of [
    [0, 60],
    [1, 38],
  ]) {
    const slot = /** @type {any} */ (set.tracks[track].clip_slots[0]);
    slot.create_clip(4);
    slot.clip.name = `Loop ${pitch}`;
    const beats = [0, 1, 2, 3];
    slot.clip.add_new_notes({ notes: beats.map((at) => ({ pitch, start_time: at, duration: 0.5, velocity: 100 })) });
  }
  set.song.view.set_selected_scene(set.scenes[0]);
}

/** @param {import("../../../js/headless/index.js").LiveSet} set @param {number} scenes there were */
function cleared(set, scenes) {
  while (set.scenes.length > scenes) deleteScene(set.song, scenes);
  for (const track of set.tracks) {
    for (const slot of track.clip_slots) if (slot.clip) slot.delete_clip();
    for (const clip of track.arrangement_clips) track.delete_clip(clip);
  }
}

/**
 * @param {Ground} ground
 * @param {Uint8Array} bytes of the device
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} [mutate] spoils it first
 * @param {import("./inspection.js").Enough} [enough] to stop at
 * @returns {Promise<string[]>} what is wrong with it
 */
export async function inspectArrange({ live, wire }, bytes, mutate, enough) {
  const check = new Inspection(live, enough);
  const known = live.devices.length;
  const scenes = live.set.scenes.length;
  live.set.edit(loopIn);
  try {
    return await check.run(async () => {
      const words = wire.words.length;
      const device = await live.addDevice(bytes, { track: 0, mutate, stored: { Energy: [STORED] } });
      for (const name of missing("arrange", device)) check.need(false, `${name}: is not there`);
      const { device: id = "" } = wire.words.slice(words).find(({ word }) => word === "open") ?? {};
      check.need(id, "start: it asks for no connection");
      const all = { live, wire, device, id, check };
      await comesUp(all);
      await switchesOff(all);
      await firstSong(all);
      await seeds(all);
      undoes(all, scenes);
      await onTheTimeline(all);
    });
  } finally {
    clearedOf(live, known);
    live.set.edit((set) => cleared(set, scenes));
  }
}

/** From the drop to the plan of the loop. @param {Case} all */
async function comesUp(all) {
  const { live, wire, device, check } = all;
  await meets(all);
  check.expect(says(device).includes("Ready"), `picture: it says "${says(device)}"`);
  live.advance(LOOKS);
  const plan = asked(all, 0, "compose.arrange");
  check.need(plan?.params.plan, "start: it asks for no plan");
  await check.wait(() => wire.answerTo(plan), "the plan");
  check.expect(says(device).includes("Plan: "), `picture: shows no plan, but "${says(device)}"`);
  passes(all);
}

/**
 * A press of a button that arranges: what is asked, when the answer has been taken in.
 *
 * @param {Case} all
 * @param {string} button
 * @param {() => void} [meanwhile] before the answer can have come
 */
const pressed = async (all, button, meanwhile) =>
  (await answered(all, button, "compose.arrange", () => all.device.press(button), meanwhile)).asked;

/** The knobs, and what comes of them. @param {Case} all */
async function firstSong(all) {
  const { live, device, check } = all;
  const { set } = live;
  const before = set.scenes.length;
  for (const [name, value] of TURNED) device.turn(name, value);
  device.turn("Seed", SEED);
  const params = await pressed(all, "Generate", () => {
    live.advance(BUSY);
    check.expect(device.box("Generate").texts()[0] === "Cancel", "Generate: does not turn to Cancel");
    check.expect(says(device).includes("Arranging"), "picture: does not tell that it works");
  });
  check.expect(device.box("Generate").texts()[0] === "Generate", "Generate: does not turn back from Cancel");
  for (const [name, , field, wanted] of TURNED) {
    check.expect(params[field] === wanted, `${name}: is turned to ${wanted}, asked for ${params[field]}`);
  }
  const levels = JSON.stringify(params.levels);
  check.expect(levels === '{"Drop":0.7}', `Energy: stored "${STORED}", asked for ${levels}`);
  check.expect(params.seed === SEED, `Seed: ${SEED} was typed, the engine is asked for ${params.seed}`);
  const names = set.scenes.slice(1, 1 + SCENES).map(({ name }) => name);
  check.expect(String(names) === "Intro, 2 bars,Build, 2 bars,Drop, 8 bars,Outro, 2 bars", `scenes: ${names}`);
  check.need(set.scenes.length === before + SCENES, `scenes: ${set.scenes.length - before} were made`);
  check.expect(says(device).includes(`Made ${SCENES} scenes below: Sketch`), `picture: it says "${says(device)}"`);
  device.click("picture", ...SECTION);
  check.expect(
    set.song.view.selected_scene === set.scenes[3],
    "picture: a press on a section does not select its scene",
  );
  bends(all);
}

/** The curve is dragged to the bottom, and then all of it is given back. @param {Case} all */
function bends({ device, check }) {
  const [x, y] = SECTION;
  const shown = () => String(device.parameter("Energy").value);
  device.click("picture", x, y, [[x, y + 200]]);
  check.expect(shown() === "Drop 0%", `Energy: the curve is at the bottom, it says "${shown()}"`);
  device.doubleClick("picture", x, y);
  check.expect(shown() === "", `Energy: the curve is given back, it says "${shown()}"`);
  device.type("Energy", STORED);
}

/** @param {Case} all */
async function seeds(all) {
  const { device, check } = all;
  device.press("Seed Lock");
  const locked = (await pressed(all, "Generate")).seed;
  check.expect(locked === SEED, `Seed Lock: is on, yet the seed went from ${SEED} to ${locked}`);
  const diced = (await pressed(all, "Dice")).seed;
  check.expect(diced !== SEED, "Dice: keeps the seed");
  const shown = device.parameter("Seed").value;
  check.expect(shown === diced, `Seed: ${diced} is used, ${shown} shown`);
}

/** Undo and Restore need no engine. @param {Case} all @param {number} scenes there were */
function undoes({ live, device, check }, scenes) {
  const count = () => live.set.scenes.length;
  const made = count();
  device.press("Undo");
  check.need(count() === made - SCENES, `Undo: ${made - count()} scenes are taken away`);
  device.press("Restore");
  check.expect(count() === made, "Restore: does not bring the scenes back");
  for (let left = made; left > scenes; left -= SCENES) device.press("Undo");
  check.expect(count() === scenes, `Undo: ${count() - scenes} scenes are left at the end`);
}

/** @param {Case} all */
async function onTheTimeline(all) {
  const { live, device, check } = all;
  const laid = () => live.set.tracks.flatMap((track) => track.arrangement_clips).length;
  device.turn("To", 1);
  device.press("Seed Lock");
  const locked = device.parameter("Seed").value;
  check.expect((await pressed(all, "Generate")).seed !== locked, "Seed Lock: is off, yet the seed stays");
  check.expect(laid() > 0, `To: is set to the timeline, where nothing lies; it says "${says(device)}"`);
  device.press("Undo");
  check.expect(laid() === 0, `Undo: leaves ${laid()} clips on the timeline`);
}

/** The switch in the title bar. @param {Case} all */
async function switchesOff(all) {
  const { device, check } = all;
  const said = diary(device);
  switchesLook(all, ["Energy"]);
  await check.wait(() => /^ready/.test(said.at(-1) ?? ""), "the engine to be back");
}
