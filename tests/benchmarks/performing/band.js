/** A Set of Jam devices, each with all its macros moved by automation, and what is watched while it plays. */
import { setTimeout as wait } from "node:timers/promises";
import { LiveSet } from "../../../js/headless/index.js";
import { Frames } from "../../../js/headless/offline/frames.js";
import { BUILT, openStage, words } from "../../../js/headless/stage.js";

/** @typedef {import("../../../js/headless/index.js").HeadlessDevice} HeadlessDevice */
/** @typedef {import("../../../js/headless/index.js").HeadlessLive} HeadlessLive */

export const TEMPO = 174;
export const BEATS = 4;
/** How long the Hub and the engine may take, ms on the wall. */
const PATIENCE = 60_000;

export const MACROS = Object.freeze([
  ...["Density", "Complexity", "Tension", "Energy", "Brightness", "Swing", "Humanise", "Variation", "Surprise"],
]);

/** Who plays what. @type {readonly (readonly [role: string, style: string])[]} */
const PARTS = [
  ["Drums", "Drum & Bass"],
  ["Bass", "Drum & Bass"],
  ["Chords", "Drum & Bass"],
  ["Arp", "Trance"],
  ["Melody", "Drum & Bass"],
  ["Chords", "Jazz"],
  ["Melody", "Pop"],
  ["Bass", "Acid"],
];

/**
 * Where a macro stands: waves of one to sixteen bars, another for each part and macro.
 *
 * @param {number} part
 * @param {number} macro
 * @param {number} beat
 */
function lane(part, macro, beat) {
  const period = BEATS * (1.5 + ((part * 9 + macro) % 16));
  return 50 + 50 * Math.sin(2 * Math.PI * (beat / period + part / 8 + macro / 9));
}

/** What devices ask and what comes back, as it goes through the Hub; nothing is changed by looking. */
export class Watch {
  #frames = new Frames();
  /** @type {Map<string, {method: string, number: number, since: number}>} */
  #open = new Map();
  #asks = 0;
  #last = 0;
  /**
   * Each question that was answered, ms on the wall: how long it took, and without the time in which the engine still
   * answered another.
   * @type {{method: string, ms: number, alone: number}[]}
   */
  took = [];
  /** When an answer to compose.stream came last, by device. @type {Map<string, number>} */
  answered = new Map();
  /**
   * Bars that the engine told, in the order they came: the seed of the part, the number of the question, and where the song
   * was when Max had it; null: it has not yet.
   * @type {{seed: number, asked: number, at: number | null, bar: any}[]}
   */
  bars = [];

  /**
   * @param {import("../../../js/headless/max/outside.js").Outside} outside
   * @param {() => number} beat of the song
   */
  constructor(outside, beat = () => 0) {
    const [goes, comes] = [outside.goes.bind(outside), outside.comes.bind(outside)];
    outside.goes = (channel, message) => {
      this.#asked(channel, message);
      goes(channel, message);
    };
    outside.comes = (channel, message, deliver) => {
      const told = this.#answered(channel, message);
      comes(channel, message, () => {
        for (const each of told) each.at = beat();
        deliver();
      });
    };
  }

  /** @param {object} channel @param {any} message */
  #asked(channel, message) {
    for (const { key, words: method } of this.#frames.asked(channel, message)) {
      this.#open.set(key, { method, number: this.#asks, since: performance.now() });
      this.#asks += 1;
    }
  }

  /** @param {object} channel @param {any} message @returns {typeof this.bars} what it tells */
  #answered(channel, message) {
    const now = performance.now();
    const before = this.bars.length;
    for (const { key, who, reply } of this.#frames.answered(channel, message).replies) {
      const asked = this.#open.get(key);
      this.#open.delete(key);
      if (!asked) continue;
      this.took.push({ method: asked.method, ms: now - asked.since, alone: now - Math.max(asked.since, this.#last) });
      this.#last = now;
      if (asked.method !== "compose.stream" || !reply?.result) continue;
      this.answered.set(who, now);
      const { seed, bars } = reply.result;
      for (const bar of bars) this.bars.push({ seed, asked: asked.number, at: null, bar });
    }
    return this.bars.slice(before);
  }
}

/**
 * @typedef {object} Band
 * @property {HeadlessLive} live
 * @property {HeadlessDevice} hub
 * @property {HeadlessDevice[]} jams
 * @property {() => Promise<void>} close
 */

/**
 * Opens a Live with a Hub that has found its engine. Time is virtual, and late as on a busy computer from when somebody
 * says so.
 *
 * @param {{home?: string, parts: number}} options `home` of an engine that runs; else the Hub starts one
 */
export async function openHall({ home, parts }) {
  const names = ["Hub", ...PARTS.slice(0, parts).map(([role, style]) => `${role} ${style}`)];
  const set = LiveSet.empty({
    tempo: TEMPO,
    tracks: names.map((name) => ({ kind: "midi", name })),
    scale: { root: 9, name: "Minor" },
  });
  const { live, home: place, close } = await openStage({ set, time: "virtual", ...(home ? { home } : {}) });
  const hub = await live.addDevice(BUILT.hub, { track: 0 });
  await standing(live, () => words(hub).includes("Engine ready"), "the engine");
  return { live, hub, home: place, close };
}

/** After so long on the wall the time of Max creeps on: whom the engine hung up on comes again by that time, ms. */
const STANDING = 5_000;

/**
 * Waits while the time of Max stands still, unless that takes suspiciously long.
 *
 * @param {HeadlessLive} live
 * @param {() => unknown} look
 * @param {string} what
 */
export async function standing(live, look, what) {
  const begin = performance.now();
  for (live.settle(); !look(); live.settle()) {
    if (performance.now() - begin > PATIENCE) throw new Error(`waited in vain for ${what}`);
    if (performance.now() - begin > STANDING) live.advance(1);
    await live.max.outside.next(3);
  }
}

/**
 * The players take their places and their lanes are drawn.
 *
 * @param {HeadlessLive} live
 * @param {{parts: number, beats: number}} options `beats` of the lanes
 * @returns {Promise<HeadlessDevice[]>}
 */
export async function seated(live, { parts, beats }) {
  const jams = [];
  for (const [part, [role, style]] of PARTS.slice(0, parts).entries()) {
    // As in a Set that stands at its beginning: the controls show where their lanes begin.
    const macros = Object.fromEntries(MACROS.map((name, macro) => [name, lane(part, macro, 0)]));
    const jam = await live.addDevice(BUILT.jam, {
      track: part + 1,
      stored: { Seed: part + 1, ...macros },
    });
    jam.turn("Role", role);
    jam.turn("Style", style);
    for (const [macro, name] of MACROS.entries()) {
      /** @type {[number, number][]} */
      const points = [];
      for (let beat = 0; beat <= beats; beat += 0.5) points.push([beat, lane(part, macro, beat)]);
      jam.automate(name, points);
    }
    jams.push(jam);
  }
  return jams;
}

/**
 * Time passes as on the wall, or so many times faster.
 *
 * @param {HeadlessLive} live
 * @param {number} pace
 * @returns {(ms: number) => Promise<void>} lets so much song time pass
 */
export const paced = (live, pace) => async (ms) => {
  const begin = performance.now();
  const slice = 5;
  for (let past = 0; past < ms; past += slice) {
    live.advance(Math.min(slice, ms - past));
    const ahead = (past + slice) / pace - (performance.now() - begin);
    if (ahead > 1) await wait(ahead);
    else await new Promise((next) => setImmediate(next));
  }
};
