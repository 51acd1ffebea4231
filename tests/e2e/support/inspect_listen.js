/**
 * Looks over a Listen device: the sound that passes, the tape, the spectrum, every button and every control. A device in
 * order gives no complaint; the cords of the patch are cut one after the other to see that each cut gives one.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SOUNDING } from "../../../js/devices/shared/sounding.js";
import { hits, RATE, sine, track, writeSound } from "../../../js/headless/sounds.js";
import { clearedOf, Inspection } from "./inspection.js";
import { BUILT, says } from "./play.js";
import { inactive, missing } from "./table.js";

/** @typedef {import("../../../js/headless/index.js").HeadlessDevice} HeadlessDevice */
/** @typedef {import("./inspect_chords.js").Ground} Ground */
/** @typedef {Ground & {device: HeadlessDevice, id: string, check: Inspection, clip: any}} Case */

/** The audio track of the ground. */
const TRACK = 2;
const BPM = 125;
const FRAME = 20;
/** Time that a few locators may need, ms. */
const MOMENTS = 2000;
/** From one measure of what sounds to the next, ms. */
const MEASURE = 50;
/** One lap of the tape, and a little more than one. */
const LAP = 32;
const PLAYED = 33;
/** Two bars at the tempo of the track, and a little, ms. */
const TWO_BARS = 4000;
/** Longer than it takes until the button says Cancel, ms. */
const BUSY = 160;
/** The hole in the sound, seconds. */
const HOLE = { start: 3.06, length: 0.006 };

/** A track with one fault, soft enough to have no other, heard as a clip. @param {string} folder @returns {string} its path */
export function soundWithHole(folder) {
  const path = join(folder, "Pads with a hole.wav");
  const sound = track({ bpm: BPM }).map((sample) => 0.6 * sample);
  sound.fill(0, Math.round(HOLE.start * RATE), Math.round((HOLE.start + HOLE.length) * RATE));
  writeSound(path, sound);
  return path;
}

/** The built device. @returns {Buffer} */
export const listenBytes = () => readFileSync(BUILT.listen);

/**
 * @param {Ground} ground
 * @param {string} path of the sound to hear
 * @param {Uint8Array} bytes of the device
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} [mutate] spoils it first
 * @returns {Promise<string[]>} what is wrong with it
 */
export const inspectListen = (ground, path, bytes, mutate) =>
  inspect(ground, path, bytes, mutate, [
    passes,
    spectrum,
    measures,
    switchesOff,
    hearsTheClip,
    corrects,
    handsOver,
    marks,
    hearsTheTape,
  ]);

/**
 * Looks over only how its controls look while it is off and on again: nothing is heard for that.
 *
 * @param {Ground} ground
 * @param {string} path of the sound to hear
 * @param {Uint8Array} bytes of the device
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} [mutate] spoils it first
 * @returns {Promise<string[]>} what is wrong with it
 */
export const inspectLooks = (ground, path, bytes, mutate) => inspect(ground, path, bytes, mutate, [switchesOff]);

/**
 * Looks over only its tape and what is heard of that.
 *
 * @param {Ground} ground
 * @param {string} path of the sound to hear
 * @param {Uint8Array} bytes of the device
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} [mutate] spoils it first
 * @returns {Promise<string[]>} what is wrong with it
 */
export const inspectTape = (ground, path, bytes, mutate) =>
  inspect(ground, path, bytes, mutate, [({ live }) => live.set.edit((set) => set.song.set_tempo(BPM)), hearsTheTape]);

/**
 * @param {Ground} ground
 * @param {string} path
 * @param {Uint8Array} bytes
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} mutate
 * @param {((all: Case) => void | Promise<void>)[]} looks
 * @returns {Promise<string[]>}
 */
async function inspect({ live, wire }, path, bytes, mutate, looks) {
  const check = new Inspection(live);
  const known = live.devices.length;
  const { song } = live.set;
  const before = { tempo: song.tempo, root: song.root_note, scale: song.scale_name, mode: song.scale_mode };
  const clip = live.set.addAudioClip(TRACK, { filePath: path, start: 64, tempo: BPM });
  clip.name = "Pads";
  try {
    return await check.run(async () => {
      const words = wire.words.length;
      const device = await live.addDevice(bytes, { track: TRACK, mutate });
      for (const name of missing("listen", device)) check.need(false, `${name}: is not there`);
      const { device: id = "" } = wire.words.slice(words).find(({ word }) => word === "open") ?? {};
      check.need(id, "start: it asks for no connection");
      const all = { live, wire, device, id, check, clip };
      await comesUp(all);
      for (const look of looks) {
        // One complaint is enough: what follows takes longer and longer.
        if (check.complaints.length === 0) await look(all);
      }
    });
  } finally {
    clearedOf(live, known);
    live.set.edit(() => {
      if (song.is_playing) song.stop_playing();
      live.set.tracks[TRACK].delete_clip(clip);
      song.set_tempo(before.tempo);
      song.root_note = before.root;
      song.set_scale_name(before.scale);
      song.scale_mode = before.mode;
      while (song.cue_points.length > 0) {
        song.moveHead(song.cue_points[0].time);
        song.set_or_delete_cue();
      }
    });
  }
}

/** From the drop to the words that it is ready. @param {Case} all */
async function comesUp(all) {
  const { wire, device, check, id } = all;
  check.need(/Connecting|Ready/.test(says(device)), `picture: says "${says(device)}"`);
  const opened = () => wire.back.some((each) => each.device === id && each.word === "opened");
  await check.wait(opened, "the Hub to open the connection");
  check.need(asked(all, 0, "session.hello"), "answers: it does not hear that its connection is open");
  await check.wait(() => says(device).includes("Ready"), "the device to be ready");
}

/** What goes in comes out, bit by bit and at once. @param {Case} all */
function passes({ device, check }) {
  const [left, right] = [sine(330, 0.1), sine(550, 0.1, 1.4)];
  const out = device.process(left, right);
  for (const [side, given, got] of /** @type {const} */ ([
    ["left", left, out[0]],
    ["right", right, out[1]],
  ])) {
    check.expect(
      given.every((sample, i) => sample === got[i]),
      `sound: the ${side} side is changed`,
    );
  }
}

/** @param {Case} all @param {string} what @returns {Float32Array[]} what lies in one of the device's buffers */
function memory({ live, id, check }, what) {
  const found = live.max.buffers.get(`bandmate.${what}.${id}`);
  check.need(found, `${what}: there is no such buffer`);
  return /** @type {any} */ (found).channels;
}

/** The picture of what passes now, and not of what passed before it. @param {Case} all */
function spectrum(all) {
  const { live, device, check } = all;
  for (const [hz, seconds, name] of /** @type {const} */ ([
    [440, 0.2, "A3"],
    [523.25, 0.13, "C4"],
  ])) {
    device.process(sine(hz, seconds), sine(hz, seconds));
    live.advance(5 * FRAME);
    const texts = device.box("spectrum").texts().join(" ");
    check.expect(texts.includes(name), `spectrum: ${hz} Hz passes, it shows "${texts}"`);
  }
  const loud = memory(all, "scope").map((channel) => channel.some((sample) => Math.abs(sample) > 0.4));
  check.expect(loud[0] && loud[1], `spectrum: of left and right it hears ${loud}`);
}

/** Other devices are told how loud and how dense it is, of either side. @param {Case} all */
function measures(all) {
  const { live, device, check } = all;
  const sound = hits(0.22, 0.1);
  const none = new Float32Array(sound.length);
  for (const [name, left, right] of /** @type {const} */ ([
    ["left", sound, none],
    ["right", none, sound],
  ])) {
    device.process(none, none);
    live.advance(MEASURE);
    const before = sounding(all);
    device.process(left, right);
    live.advance(2 * MEASURE);
    const after = sounding(all);
    check.expect(after.level > 0.5, `level: ${after.level} of a loud sound on the ${name}`);
    // Three onsets in two beats, as fast as the ground is; one alone would be less than half of it.
    check.expect(after.density > 0.12 && after.density < 0.4, `onset: ${after.density} with hits on the ${name}`);
    check.expect(before.level < after.level, `level: silence is told as ${before.level}`);
  }
}

/** What other devices are told of the track; a level of -1 for nothing. @param {Case} all */
function sounding({ live, id }) {
  const [, level = -1, density = -1] = live.max.dicts.data(SOUNDING)?.[id] ?? [];
  return { level: Number(level), density: Number(density) };
}

/** @param {Case} all @param {number} since @param {string} method */
const asked = ({ wire, id }, since, method) =>
  wire.requests.slice(since).find((request) => request.device === id && request.method === method);

/**
 * Presses what asks the engine, and waits for the words it ends with.
 *
 * @param {Case} all
 * @param {string} name of the button
 * @param {string} method that it must call at once
 * @param {string | RegExp} words
 * @returns {Promise<import("./wire.js").Request>}
 */
async function asks(all, name, method, words) {
  const { live, wire, device, check } = all;
  const since = wire.requests.length;
  device.press(name);
  live.settle();
  const request = asked(all, since, method);
  check.need(request, `${name}: does not call ${method}, it says "${says(device)}"`);
  await check.wait(() => says(device).match(words), `"${words}"; it says "${says(device)}"`);
  return /** @type {any} */ (request);
}

/** Presses what Live needs some moments for. @param {Case} all @param {string} name @param {string | RegExp} words */
async function moves({ live, device, check }, name, words) {
  device.press(name);
  for (let passed = 0; passed < MOMENTS && !says(device).match(words); passed += FRAME) {
    live.advance(FRAME);
    await new Promise((next) => setImmediate(next));
  }
  return check.expect(says(device).match(words), `${name}: "${words}" does not come; it says "${says(device)}"`);
}

/** @param {Case} all */
async function hearsTheClip(all) {
  const { live, device, check, clip } = all;
  live.set.edit(() => live.set.song.view.set_detail_clip(clip));
  const { params } = await asks(all, "Listen", "hear.analyze", /Heard Pads: 12[45][.\d]* BPM, A minor/);
  check.expect(params.path === clip.file_path, "Listen: asks for another file");
  const shown = device.box("picture").texts().join(" ");
  check.expect(/12[45]/.test(shown) && shown.includes("8A") && shown.includes("LUFS"), `picture: shows "${shown}"`);
}

/** What the ear sets right. @param {Case} all */
async function corrects(all) {
  await asks(all, "Half Tempo", "hear.correct", /6[23][.\d]* BPM from now on/);
  await asks(all, "Double Tempo", "hear.correct", /12[45][.\d]* BPM from now on/);
  await asks(all, "Relative Key", "hear.correct", "C major from now on");
  await asks(all, "Parallel Key", "hear.correct", "C minor from now on");
  await asks(all, "As Heard", "hear.forget", "As heard again");
}

/** Locators: what gets one, and how sure it must be. @param {Case} all */
async function marks(all) {
  const { live, device, check } = all;
  const { song } = live.set;
  if (!(await moves(all, "Set Locators", "Set 1 locator"))) return;
  check.expect(song.cue_points[0]?.time === 64, "Set Locators: the clip's first section has none");
  if (!(await moves(all, "Undo", "Took 1 locator away"))) return;
  check.expect(song.cue_points.length === 0, "Undo: the locator stays");
  if (!(await moves(all, "Restore", "Set 1 locator again"))) return;
  device.turn("Mark", "Faults");
  device.turn("Sensitivity", 100);
  const beat = 64 + (HOLE.start * BPM) / 60;
  await moves(all, "Set Locators", /Set \d+ locators?(?! again)/);
  if (
    !check.expect(
      song.cue_points.some((cue) => Math.abs(cue.time - beat) < 0.1),
      `Mark: the hole at beat ${beat} has no locator, but ${song.cue_points.map((cue) => [cue.name, cue.time])}`,
    )
  )
    return;
  await moves(all, "Undo", /Took \d+ locators? away/);
  device.turn("Sensitivity", 0);
  const none = await moves(all, "Set Locators", "No faults to mark");
  check.expect(none, "Sensitivity: at 0 there is something to mark");
}

/** To the Set and to the clip; nothing of this needs the engine. @param {Case} all */
function handsOver({ live, device, check, clip }) {
  const { song } = live.set;
  device.press("Set Tempo");
  check.expect(Math.abs(song.tempo - BPM) < 1, `Set Tempo: the Set runs at ${song.tempo}`);
  device.press("Set Scale");
  check.expect(song.root_note === 9 && song.scale_name === "Minor" && song.scale_mode, "Set Scale: is not A minor");
  device.press("Name Clip");
  check.expect(/^Pads \[12[45][.\d]* 8A\]$/.test(clip.name), `Name Clip: it is called ${clip.name}`);
  const colour = clip.color;
  device.press("Colour Clip");
  check.expect(clip.color !== colour, "Colour Clip: has the colour it had");
}

/** What passes while the tape runs: left and right can be told apart. It is made once. */
const played = once(() => {
  const sound = track({ bpm: BPM, bars: Math.ceil((PLAYED * BPM) / 240) }).subarray(0, PLAYED * RATE);
  return { sound, other: sound.map((sample) => -0.5 * sample) };
});

/** @template T @param {() => T} make @returns {() => T} */
function once(make) {
  /** @type {T|undefined} */
  let made;
  return () => {
    made ??= make();
    return made;
  };
}

/** The last bars of what passed. @param {Case} all */
async function hearsTheTape(all) {
  const { live, device, check, wire } = all;
  const { song } = live.set;
  const { sound, other } = played();
  live.set.edit(() => song.start_playing());
  live.advance(FRAME);
  device.process(sound, other);
  // The sound took no time of Max, and two bars are all that is asked for.
  live.advance(TWO_BARS);
  live.set.edit(() => song.stop_playing());
  live.advance(FRAME);
  const [left, right] = memory(all, "tape");
  const lap = LAP * RATE;
  check.need(left.length === 2 * lap, `tape: is ${left.length / RATE} s long`);
  // Played over the end of a lap, each lap begins with what came last.
  for (const at of [0.5, 20]) {
    const frame = at * RATE;
    const wanted = sound[at < PLAYED - LAP ? frame + lap : frame];
    const found = [left[frame], left[frame + lap], -2 * right[frame], -2 * right[frame + lap]];
    check.need(
      found.every((sample) => Math.abs(sample - wanted) < 1e-6),
      `tape: at ${at} s lie ${found}, not ${wanted}`,
    );
  }
  device.turn("Range", "Last 2 bars");
  const since = wire.requests.length;
  device.press("Listen");
  live.settle();
  const capture = asked(all, since, "hear.capture");
  check.need(capture, "Range: Listen asks for no file to write into");
  live.advance(BUSY);
  const button = device.box("Listen").texts()[0];
  check.expect(button === "Cancel", `Listen: the button says "${button}" while it runs`);
  await check.wait(() => wire.answerTo(capture), "a file to write into");
  for (let passed = 0; passed < MOMENTS && !asked(all, since, "hear.analyze"); passed += FRAME) {
    live.advance(FRAME);
    await new Promise((next) => setImmediate(next));
  }
  const request = asked(all, since, "hear.analyze");
  check.need(request, `tape: no recording is heard, it says "${says(device)}"`);
  const end = /** @type {any} */ (request).params.end;
  check.expect(Math.abs(end - PLAYED) < 0.1, `tape: hears up to ${end} s`);
  await check.wait(() => says(device).match(/Heard the last 2 bars: 12[45]/), `it says "${says(device)}"`);
  live.settle();
  check.expect(asked(all, since, "hear.release"), "tape: the recording is not given back");
}

/** The switch in the title bar. @param {Case} all */
async function switchesOff(all) {
  const { device, check } = all;
  device.setEnabled(false);
  check.expect(sounding(all).level === -1, "off: what sounded last is still told");
  check.expect(says(device).includes("Device is off"), `off: it says "${says(device)}"`);
  for (const name of device.parameterNames.filter((each) => !inactive(device).includes(each))) {
    check.expect(false, `${name}: looks active while the device is off`);
  }
  device.setEnabled(true);
  for (const name of inactive(device)) check.expect(false, `${name}: stays inactive when the device is on again`);
  await check.wait(() => says(device).includes("Ready"), "the device to be ready again");
}
