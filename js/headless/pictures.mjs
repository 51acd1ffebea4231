/**
 * Draws the pictures the README shows: the built devices as they look after their main press, and the notes in the
 * clip. `make devices` runs it. The same seed, knobs and sounds give the same pictures.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { arrangePicture } from "./arrange_picture.js";
import { asksForFile, pickFile } from "./folder_dialog.js";
import { jamPicture } from "./jam_picture.js";
import { LiveSet } from "./live/set.js";
import { svgToPng } from "./render/index.js";
import { RATE, track, writeSound } from "./sounds.js";
import { BUILT, openStage, words } from "./stage.js";
import { tasteFile } from "./taste_file.js";
import { toolPictures } from "./tool_pictures.js";

/** @typedef {import("./device.js").HeadlessDevice} HeadlessDevice */
/** @typedef {import("./index.js").HeadlessLive} HeadlessLive */

const FOLDER = fileURLToPath(new URL("../../m4l_devices/pictures", import.meta.url));
const SEED = 7;
const THEMES = ["mid_light", "dark"];
/** What hearing compiles on a machine that never heard anything, ms. */
const FIRST_TIME = 240_000;
const MIDI_TRACK = 0;
const AUDIO_TRACK = 1;
const FIRST_PART = 2;
/** Takes of the taste that is shown. */
const RATED = 84;
/** Parts in the order of their tracks. */
const PART_TRACKS = ["arp", "bass", "melody", "drums"];

/** @param {HeadlessDevice} device @param {string} name */
async function draw(device, name) {
  for (const theme of THEMES) {
    writeFileSync(join(FOLDER, `${name}-${theme}.png`), svgToPng(await device.renderSVG({ theme })));
  }
}

/** @param {HeadlessLive} live */
async function chords(live) {
  const hub = await live.addDevice(BUILT.hub, { track: MIDI_TRACK });
  const device = await live.addDevice(BUILT.chords, { track: MIDI_TRACK });
  await live.until(() => words(device).includes("Ready"), { timeout: 30_000, what: "the engine to wake" });
  device.turn("Style", "Deep house");
  device.turn("Seed", SEED);
  device.press("Seed Lock");
  device.press("Generate");
  await live.until(() => words(device).includes("Wrote"), { what: "notes in the clip" });
  await draw(device, "chords");
  await draw(hub, "hub");
}

/**
 * A part that follows the chords in the same scene.
 *
 * @param {HeadlessLive} live
 * @param {"arp"|"bass"|"melody"|"drums"} name
 * @param {(device: HeadlessDevice) => void} [prepare]
 */
async function part(live, name, prepare = () => {}) {
  const track = PART_TRACKS.indexOf(name) + FIRST_PART;
  const device = await live.addDevice(BUILT[name], { track });
  await live.until(() => words(device).includes("Ready"), { timeout: 30_000, what: `${name} to be ready` });
  live.set.edit(() => {
    live.set.song.view.set_detail_clip(/** @type {any} */ (null));
    live.set.song.view.set_highlighted_clip_slot(live.set.tracks[track].clip_slots[0]);
  });
  device.turn("Seed", SEED);
  prepare(device);
  device.press("Generate");
  await live.until(() => words(device).includes("Wrote"), { what: `${name} in the clip` });
  await draw(device, name);
}

/**
 * A device that works on the clip of a part.
 *
 * @param {HeadlessLive} live
 * @param {"humanise"|"vary"} name
 * @param {string} button
 * @param {string} of the part whose clip it is
 */
async function rework(live, name, button, of) {
  const track = PART_TRACKS.indexOf(of) + FIRST_PART;
  const device = await live.addDevice(BUILT[name], { track });
  await live.until(() => words(device).includes("Ready"), { timeout: 30_000, what: `${name} to be ready` });
  live.set.edit(() =>
    live.set.song.view.set_detail_clip(/** @type {any} */ (live.set.tracks[track].clip_slots[0].clip)),
  );
  device.turn("Seed", SEED);
  device.press(button);
  await live.until(() => /Played|Variation/.test(words(device)), { what: `${name} in the clip` });
  await draw(device, name);
}

/** Sixteen bars that begin softly and rest before the last four. */
function song() {
  const bars = 16;
  const sound = track({ bpm: 124, bars });
  const level = (/** @type {number} */ bar) => (bar < 4 ? 0.15 + 0.05 * bar : bar >= 8 && bar < 12 ? 0.2 : 0.6);
  return sound.map((sample, i) => sample * level(Math.floor((i * bars) / sound.length)));
}

/** @param {HeadlessLive} live @param {string} folder */
async function listen(live, folder) {
  const path = join(folder, "Night drive.wav");
  const sound = song();
  writeSound(path, sound);
  const clip = live.set.addAudioClip(AUDIO_TRACK, { filePath: path, start: 0, tempo: 124 });
  clip.name = "Night drive";
  const device = await live.addDevice(BUILT.listen, { track: AUDIO_TRACK });
  await live.until(() => words(device).includes("Ready"), { timeout: 30_000, what: "Listen to be ready" });
  live.set.edit(() => live.set.song.view.set_detail_clip(clip));
  device.press("Listen");
  await live.until(() => words(device).includes("Heard"), { timeout: FIRST_TIME, what: "the clip to be heard" });
  // Some of it passes, so that there is a spectrum to draw.
  const passing = sound.subarray(8 * RATE, 9 * RATE);
  await device.play(passing, passing);
  await live.until(() => device.box("spectrum").texts().length > 0, { what: "a spectrum" });
  await draw(device, "listen");
}

/** The clip that Listen has heard, brought into the Set's key. @param {HeadlessLive} live */
async function companion(live) {
  const device = await live.addDevice(BUILT.companion, { track: MIDI_TRACK });
  await live.until(() => words(device).includes("Ready"), { timeout: 30_000, what: "Companion to be ready" });
  const clip = live.set.tracks[AUDIO_TRACK].arrangement_clips[0];
  live.set.edit(() => live.set.song.view.set_detail_clip(clip));
  device.press("Fit to Key");
  await live.until(() => words(device).includes("Transposed"), { timeout: FIRST_TIME, what: "the clip to be fitted" });
  await draw(device, "companion");
}

/** What steers all of them. @param {HeadlessLive} live */
async function macros(live) {
  const device = await live.addDevice(BUILT.macros, { track: MIDI_TRACK });
  for (const [name, value] of Object.entries({ Energy: 60, Darkness: -35, Groove: 20 })) device.turn(name, value);
  await live.until(() => /Steers \d+ devices$/.test(words(device)), { what: "all of them to be steered" });
  await draw(device, "macros");
  device.remove();
}

/** What was learnt of somebody, from a file. @param {HeadlessLive} live @param {string} folder */
async function taste(live, folder) {
  const path = join(folder, "Ada.json");
  writeFileSync(path, tasteFile("Ada", RATED));
  const device = await live.addDevice(BUILT.taste, { track: MIDI_TRACK });
  await live.until(() => words(device).includes("Learning"), { timeout: 30_000, what: "the taste to be known" });
  device.turn("Action", "Import");
  device.press("Act");
  await live.until(() => asksForFile(device), { what: "the window for a file" });
  pickFile(device, path);
  await live.until(() => device.parameter("Profile").items?.includes("Ada"), { what: "Ada's taste" });
  device.turn("Profile", "Ada");
  await live.until(() => words(device).includes(`${RATED} rated`), { what: "what is known of it" });
  device.turn("Part", "Bass");
  device.turn("Action", "Snapshot");
  await live.until(() => /basses.*Learning/.test(words(device)), { what: "what basses she likes" });
  await draw(device, "taste");
  device.remove();
}

const set = LiveSet.empty({
  tempo: 122,
  scale: { root: 2, name: "Minor" },
  tracks: [
    { kind: "midi", name: "Deep house chords" },
    { kind: "audio", name: "Night drive" },
    ...PART_TRACKS.map((name) => ({ kind: /** @type {const} */ ("midi"), name: `Deep house ${name}` })),
  ],
});
const folder = mkdtempSync(join(tmpdir(), "bandmate-pictures-"));
const stage = await openStage({ set });
try {
  mkdirSync(FOLDER, { recursive: true });
  await chords(stage.live);
  await part(stage.live, "arp");
  await part(stage.live, "bass");
  await part(stage.live, "melody");
  await part(stage.live, "drums");
  await rework(stage.live, "humanise", "Humanise", "drums");
  await rework(stage.live, "vary", "Vary", "melody");
  await macros(stage.live);
  await listen(stage.live, folder);
  await companion(stage.live);
  await taste(stage.live, folder);
  writeFileSync(join(FOLDER, "tools-mid_light.png"), await toolPictures(stage.live, THEMES[0]));
} finally {
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
}
await arrangePicture(SEED, draw);
await jamPicture(SEED, draw);
