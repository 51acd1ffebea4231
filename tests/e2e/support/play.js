/** Opens a Live with the built devices for one test, and closes it after the test whatever happens. */

import { LiveSet } from "../../../js/headless/index.js";
import { BUILT, openStage } from "../../../js/headless/stage.js";
import { afterwards } from "./leaving.js";

export { BUILT, LiveSet };

/** Time for an engine to start on a busy machine, ms. Nothing waits that long unless something is wrong. */
export const WAKE = 120_000;
/** Time for everything else, ms: what was never imported or compiled here comes late. */
export const SOON = 120_000;

/** @typedef {import("../../../js/headless/index.js").HeadlessDevice} HeadlessDevice */
/** @typedef {import("../../../js/headless/stage.js").Stage} Stage */
/** @typedef {Parameters<typeof openStage>[0]} StageOptions */

/**
 * A stage that closes with its test.
 *
 * @param {import("node:test").TestContext} test
 * @param {StageOptions} [options]
 * @returns {Promise<Stage>}
 */
export async function stageFor(test, options = {}) {
  const stage = await openStage(options);
  afterwards(test, () => stage.close());
  return stage;
}

/**
 * The words a person reads in a device's picture with the mouse over it, where long ones are shown whole.
 *
 * @param {HeadlessDevice} device
 * @returns {string}
 */
export function says(device) {
  const picture = device.box("picture");
  picture.call("onidle", [20, 20, 0, 0, 0, 0, 0, 0]);
  return picture.texts().join(" ");
}

/**
 * @param {HeadlessDevice} device
 * @param {string | RegExp} what
 * @param {number} [timeout] ms
 * @returns {Promise<string>} all it says
 */
export async function untilSays(device, what, timeout = SOON) {
  const found = () => (typeof what === "string" ? says(device).includes(what) : what.test(says(device)));
  try {
    await device.live.until(found, { timeout, what: `${device.name} to say ${what}` });
  } catch (problem) {
    throw new Error(`${/** @type {Error} */ (problem).message}\n  it says: ${says(device)}`);
  }
  return says(device);
}

/** @param {HeadlessDevice} device */
export const ready = (device) => untilSays(device, /Ready|Engine ready/, WAKE);

/**
 * A Live with Hub and Chords on its first track, ready.
 *
 * @param {import("node:test").TestContext} test
 * @param {StageOptions & {tracks?: any[], tempo?: number, scale?: any, signature?: [number, number]}} [options]
 *   what the Set is made of, unless `set` gives one
 * @returns {Promise<Stage & {hub: HeadlessDevice, chords: HeadlessDevice}>}
 */
export async function playFor(test, { tracks, tempo = 125, scale, signature, ...options } = {}) {
  const set =
    options.set ??
    LiveSet.empty({ tempo, scale, signature, tracks: tracks ?? [{ kind: "midi", name: "House chords" }] });
  const stage = await stageFor(test, { ...options, set });
  const hub = await stage.live.addDevice(BUILT.hub, { track: 0 });
  const chords = await stage.live.addDevice(BUILT.chords, { track: 0 });
  await ready(chords);
  return { ...stage, hub, chords };
}

/**
 * The clip of a slot.
 *
 * @param {import("../../../js/headless/index.js").HeadlessLive} live
 * @param {number} [track]
 * @param {number} [slot]
 * @returns {any} null when the slot is empty
 */
export const clipIn = (live, track = 0, slot = 0) => live.set.tracks[track].clip_slots[slot].clip;

/**
 * Presses a button that writes, and waits for the take in the picture. (The words alone may be those of the press before.)
 *
 * @param {HeadlessDevice} chords
 * @param {string} [button]
 * @returns {Promise<string>} what it says
 */
export async function written(chords, button = "Generate") {
  let drawn = false;
  const before = chords.device.trace;
  chords.trace = (box, outlet, message) => {
    before?.(box, outlet, message);
    drawn ||= box.name === "v8" && outlet === 0 && message.sel === "roll";
  };
  try {
    chords.press(button);
    await chords.live.until(() => drawn, { timeout: SOON, what: `Chords to write; it says: ${says(chords)}` });
  } finally {
    chords.trace = before;
  }
  return says(chords);
}

/**
 * Pitches, places and lengths of notes, to compare takes.
 *
 * @param {any} clip
 * @returns {string[]}
 */
export const music = (clip) =>
  clip.notes
    .map((/** @type {any} */ note) => [note.pitch, note.start_time, note.duration, note.velocity].join(" "))
    .sort();

/**
 * Writes down everything a device says from now on, with its light in front: "away Engine asleep, waking it ...".
 *
 * @param {HeadlessDevice} device
 * @returns {string[]} grows
 */
export function diary(device) {
  /** @type {string[]} */
  const lines = [];
  const before = device.device.trace;
  device.trace = (box, outlet, message) => {
    before?.(box, outlet, message);
    if (box.name === "v8" && message.sel === "status") lines.push(message.args.join(" "));
  };
  return lines;
}

/**
 * A click into a slot of the session grid: it is highlighted, and Detail View shows what is in it.
 *
 * @param {import("../../../js/headless/index.js").HeadlessLive} live
 * @param {number} track
 * @param {number} slot
 */
export function clickSlot({ set }, track, slot) {
  set.edit(() => {
    const place = set.tracks[track].clip_slots[slot];
    set.song.view.set_highlighted_clip_slot(place);
    set.song.view.set_detail_clip(/** @type {any} */ (place.clip));
  });
}

/**
 * Waits until the Hub's heart has beaten some times: its timers ran, and nothing else came of it.
 *
 * @param {import("../../../js/headless/index.js").HeadlessLive} live
 * @param {number} [count]
 */
export async function heartbeats(live, count = 3) {
  const beat = () => Number(/** @type {any} */ (live.max.dicts.data("bandmate.hub"))?.beat);
  const begin = beat();
  await live.until(() => beat() >= begin + count, { timeout: WAKE, what: "the Hub's heartbeats" });
}
