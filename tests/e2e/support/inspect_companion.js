/**
 * Looks over a Companion: what it shows of the clip one points at, both buttons on notes and on sound, the menus, the way
 * back, Cancel and the switch. A device in order gives no complaint; the cords of the patch are cut one after the other to
 * see that each cut gives one.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { track, writeSound } from "../../../js/headless/sounds.js";
import { asked, looksActive, meets, passes, switchesLook } from "./inspect_link.js";
import { clearedOf, Inspection } from "./inspection.js";
import { BUILT, diary, says } from "./play.js";
import { inactive, missing } from "./table.js";

/** @typedef {import("../../../js/headless/index.js").HeadlessDevice} HeadlessDevice */
/** @typedef {import("./inspect_chords.js").Ground} Ground */
/** @typedef {Ground & {device: HeadlessDevice, id: string, said: string[], check: Inspection, riff: any, loop: any, names: string[]}} Case names: for what is learnt, one that the Set kept and one that is typed */

/** The MIDI track and the audio track of the ground. */
const [NOTES, SOUND] = [0, 2];
/** Longer than it takes until a button says Cancel, ms. */
const BUSY = 160;
/** Longer than it takes until another one has the seat, ms. */
const TAKES_OVER = 300;
const BPM = 125;

/** A tune that is in A minor to any ear, a beat each: the G sharp leads home. */
const TUNE = [57, 60, 64, 69, 68, 64, 59, 68, 69, 65, 62, 64, 60, 59, 56, 57];

/** A track in A minor to hear as a clip. @param {string} folder @returns {string} its path */
export function soundInKey(folder) {
  const path = join(folder, "Loop in A minor.wav");
  writeSound(path, track({ bpm: BPM }));
  return path;
}

/** Inspections so far: what one could not make forget must not meet the next one. */
let inspections = 0;

/** The built device. @returns {Buffer} */
export const companionBytes = () => readFileSync(BUILT.companion);

/** @param {import("../../../js/headless/index.js").LiveSet} set @returns {any} a clip with the tune, in an empty slot */
export const tuneIn = (set) =>
  set.edit(() => {
    const slot = /** @type {any} */ (set.tracks[NOTES].clip_slots[0]);
    slot.create_clip(TUNE.length);
    slot.clip.name = "Riff";
    slot.clip.add_new_notes({
      notes: TUNE.map((pitch, at) => ({ pitch, start_time: at, duration: 0.9, velocity: 60 + at, probability: 0.8 })),
    });
    return slot.clip;
  });

/** @param {import("../../../js/headless/index.js").LiveSet} set @param {string} path @returns {any} a clip of the sound */
export function loopIn(set, path) {
  const clip = /** @type {any} */ (set.addAudioClip(SOUND, { filePath: path, start: 64, tempo: BPM }));
  clip.name = "Loop";
  return clip;
}

/** All there is of a clip's notes, ids too, to compare bit for bit. @param {any} clip @returns {string} */
export const everything = (clip) =>
  JSON.stringify([...clip.notes].sort((/** @type {any} */ a, /** @type {any} */ b) => a.note_id - b.note_id));

/** @param {import("../../../js/headless/index.js").HeadlessLive} live @param {any} clip */
export const pointAt = ({ set }, clip) => set.edit(() => set.song.view.set_detail_clip(clip));

/**
 * @param {Ground} ground
 * @param {string} path of the sound to hear
 * @param {Uint8Array} bytes of the device
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} [mutate] spoils it first
 * @param {import("./inspection.js").Enough} [enough] to stop at
 * @returns {Promise<string[]>} what is wrong with it
 */
export const inspectCompanion = (ground, path, bytes, mutate, enough) =>
  inspect(ground, path, bytes, mutate, enough, async (all) => {
    await comesUp(all);
    passes(all);
    await hearsNotes(all);
    await fitsNotes(all);
    await fitsByMenu(all);
    rates(all);
    await learns(all);
    await hearsSound(all);
    await fitsSound(all);
    cancels(all);
    switchesOff(all);
    const { live } = all;
    rests(all, await live.addDevice(bytes, { track: NOTES, mutate, select: false }));
  });

/**
 * Looks over only how its controls look while it works, is off, and rests beside another: nothing is heard for that.
 *
 * @param {Ground} ground
 * @param {string} path of the sound to hear
 * @param {Uint8Array} bytes of the device
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} [mutate] spoils it first
 * @param {import("./inspection.js").Enough} [enough] to stop at
 * @returns {Promise<string[]>} what is wrong with it
 */
export const inspectLooks = (ground, path, bytes, mutate, enough) =>
  inspect(ground, path, bytes, mutate, enough, async (all) => {
    await comesUp(all);
    cancels(all);
    switchesOff(all);
    const { live } = all;
    rests(all, await live.addDevice(bytes, { track: NOTES, mutate, select: false }));
  });

/**
 * @param {Ground} ground
 * @param {string} path
 * @param {Uint8Array} bytes
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} mutate
 * @param {import("./inspection.js").Enough|undefined} enough
 * @param {(all: Case) => Promise<void>} look
 * @returns {Promise<string[]>}
 */
async function inspect({ live, wire }, path, bytes, mutate, enough, look) {
  const check = new Inspection(live, enough);
  const known = live.devices.length;
  const { song } = live.set;
  live.set.edit(() => {
    song.root_note = 2;
    song.set_scale_name("Minor");
    song.scale_mode = true;
  });
  inspections += 1;
  const names = [`Day riff ${inspections}`, `Night riff ${inspections}`];
  const [riff, loop] = [tuneIn(live.set), loopIn(live.set, path)];
  try {
    return await check.run(async () => {
      const words = wire.words.length;
      const device = await live.addDevice(bytes, { track: NOTES, mutate, stored: { "Learn As": [names[0]] } });
      for (const name of missing("companion", device)) check.need(false, `${name}: is not there`);
      const { device: id = "" } = wire.words.slice(words).find(({ word }) => word === "open") ?? {};
      check.need(id, "start: it asks for no connection");
      const all = { live, wire, device, id, said: diary(device), check, riff, loop, names };
      await look(all);
    });
  } finally {
    clearedOf(live, known);
    live.set.edit((set) => {
      set.tracks[NOTES].clip_slots[0].delete_clip();
      set.tracks[SOUND].delete_clip(loop);
    });
  }
}

/** From the drop to the green light. @param {Case} all */
async function comesUp(all) {
  const { device, check } = all;
  await meets(all);
  await until(all, "Ready");
  check.need(says(device).includes("Ready"), `picture: it says "${says(device)}"`);
}

/**
 * Waits until its script says something from now on, whether the picture shows it or not, and forgets what was said.
 *
 * @param {Case} all
 * @param {string | RegExp} words
 */
async function until({ check, said }, words) {
  const fits = (/** @type {string} */ line) => (typeof words === "string" ? line.includes(words) : words.test(line));
  await check.wait(() => said.some(fits), `${words}; it says ${said.slice(-2)}`);
  said.length = 0;
}

/** Presses a button and gives what it asked of the engine. @param {Case} all @param {string} button @param {string} method */
function pressed(all, button, method) {
  const since = all.wire.requests.length;
  all.said.length = 0;
  all.device.press(button);
  const params = asked(all, since, method)?.params;
  all.check.need(params, `${button}: nothing is asked of the engine, it says "${says(all.device)}"`);
  return params;
}

/** @param {Case} all */
async function hearsNotes(all) {
  const { live, device, check, riff } = all;
  pointAt(live, riff);
  live.settle();
  check.expect(says(device).includes("Riff"), `picture: the clip is not named, it shows "${says(device)}"`);
  const { notes } = pressed(all, "Analyze", "hear.clip_key");
  check.expect(notes.length === TUNE.length, `Analyze: sends ${notes.length} notes`);
  await until(all, /Heard (likely )?A minor \(8A\)/);
  const shown = says(device);
  check.expect(shown.includes("16 notes") && shown.includes("G#2–A3"), `picture: shows "${shown}"`);
}

/** Into the Set's scale and back, twice. @param {Case} all */
async function fitsNotes(all) {
  const { device, check, riff } = all;
  const before = everything(riff);
  pressed(all, "Fit to Key", "compose.fit");
  await until(all, "D minor");
  check.need(
    riff.notes.some(({ pitch }) => pitch !== 0) && everything(riff) !== before,
    "Fit to Key: no note has moved",
  );
  const scale = new Set([2, 4, 5, 7, 9, 10, 0]);
  const strange = riff.notes.filter((/** @type {any} */ { pitch }) => !scale.has(pitch % 12));
  check.expect(strange.length === 0, `Fit to Key: ${strange.length} notes are not in D minor`);
  const after = everything(riff);
  device.press("Undo");
  check.expect(everything(riff) === before, "Undo: the notes are not as they were");
  device.press("Restore");
  check.expect(everything(riff) === after, "Restore: the notes are not as they were made");
  device.press("Undo");
}

/** The menus count more than the Set. @param {Case} all */
async function fitsByMenu(all) {
  const { device, check } = all;
  device.turn("Key", "D#/Eb");
  device.turn("Mode", "Dorian");
  const { key, mode } = pressed(all, "Fit to Key", "compose.fit");
  check.expect(key === "Eb", `Key: asks for ${key}`);
  check.expect(mode === "dorian", `Mode: asks for ${mode}`);
  await until(all, /Transposed|Moved|Already/);
  check.expect(says(device).includes("Eb dorian"), `Key: it says "${says(device)}"`);
  device.press("Undo");
  device.turn("Key", "Follow Live");
  device.turn("Mode", "Auto");
}

/** A press on a star asks which take it is that lies there. @param {Case} all */
function rates(all) {
  const { device, check, wire } = all;
  const picture = device.box("picture");
  // As for a clip that holds a take: the one here was played by hand.
  picture.call("stars", [0]);
  const since = wire.requests.length;
  device.click("picture", 104, 150);
  check.expect(asked(all, since, "taste.find"), "picture: a press on a star asks nothing of the engine");
}

/** Under the name that the Set kept, and under one that is typed; and back. @param {Case} all */
async function learns(all) {
  const { device, check, names } = all;
  const [kept, typed] = names;
  const { name, role, lessons } = pressed(all, "Learn", "compose.learn");
  check.expect(name === kept, `Learn As: the Set kept "${kept}", it is learnt as "${name}"`);
  check.expect(
    role === "melody" && lessons[0].notes.length === TUNE.length,
    `Learn: teaches ${role} ${lessons[0].notes.length} notes`,
  );
  await until(all, `Learnt "${kept}" from 1 clip, 16 notes`);
  device.type("Learn As", typed);
  const again = pressed(all, "Learn", "compose.learn");
  check.expect(again.name === typed, `Learn As: "${typed}" is typed, it is learnt as "${again.name}"`);
  await until(all, `Learnt "${typed}"`);
  for (const each of [typed, kept]) {
    pressed(all, "Undo", "compose.unlearn");
    await until(all, `Forgot "${each}"`);
  }
  pressed(all, "Restore", "compose.learn");
  await until(all, `Learnt "${kept}"`);
  pressed(all, "Undo", "compose.unlearn");
  await until(all, `Forgot "${kept}"`);
}

/** @param {Case} all */
async function hearsSound(all) {
  const { live, device, check, loop } = all;
  pointAt(live, loop);
  const { path } = pressed(all, "Analyze", "hear.analyze");
  check.expect(path === loop.file_path, `Analyze: asks for ${path}`);
  await until(all, /Heard 12[45][.\d]* BPM, (likely |perhaps )?A minor \(8A\)/);
  const shown = says(device);
  check.expect(
    shown.includes("LUFS") && shown.includes("Energy") && shown.includes("Loop"),
    `picture: shows "${shown}"`,
  );
}

/** @param {Case} all */
async function fitsSound(all) {
  const { device, check, loop } = all;
  pressed(all, "Fit to Key", "hear.analyze");
  await until(all, "Transposed +5 to D minor");
  check.expect(loop.pitch_coarse === 5, `Fit to Key: the clip is transposed by ${loop.pitch_coarse}`);
  check.expect(says(device).includes("7A"), `picture: shows "${says(device)}"`);
  device.press("Undo");
  check.expect(loop.pitch_coarse === 0, `Undo: the clip is transposed by ${loop.pitch_coarse}`);
}

/** A press that lasts: no answer can come while no process gets a turn. @param {Case} all */
function cancels({ live, device, check, loop, riff }) {
  const text = (/** @type {string} */ button) => device.box(button).texts()[0];
  for (const [button, words, doing, clip] of [
    ["Learn", "Learn", "Learning ...", riff],
    ["Analyze", "Analyze", "Listening ...", loop],
    ["Fit to Key", "Fit to key", "Listening ...", loop],
  ]) {
    pointAt(live, clip);
    device.press(button);
    live.advance(BUSY);
    check.expect(text(button) === "Cancel", `${button}: says "${text(button)}" while it works`);
    check.expect(says(device).includes(doing), `picture: it works and says "${says(device)}"`);
    device.press(button);
    check.expect(text(button) === words, `${button}: says "${text(button)}" afterwards`);
    check.expect(says(device).includes("Cancelled"), `${button}: is not cancelled, it says "${says(device)}"`);
  }
  check.expect(loop.pitch_coarse === 0, "Fit to Key: is cancelled and acts");
}

/** A field to type in has no inactive look. */
const LOOKLESS = ["Learn As"];

/** The switch in the title bar. @param {Case} all */
const switchesOff = (all) =>
  switchesLook(all, LOOKLESS, () =>
    all.check.expect(!says(all.device).includes("Loop"), "off: it goes on showing clips"),
  );

/** Another one beside it. @param {Case} all @param {HeadlessDevice} second */
function rests({ live, device, check }, second) {
  check.expect(says(second).includes("this one rests"), `second: it says "${says(second)}"`);
  for (const name of looksActive(second, LOOKLESS)) {
    check.expect(false, `${name}: looks active while the device rests`);
  }
  device.remove();
  live.advance(TAKES_OVER);
  for (const name of inactive(second)) check.expect(false, `${name}: stays inactive when the device works`);
}
