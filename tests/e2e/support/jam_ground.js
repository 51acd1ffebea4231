/** A Live in which one Jam plays along, in virtual time, as late as on a busy computer and the same each time. */
import { readFileSync } from "node:fs";
import { heardNotes } from "../../../js/headless/heard_notes.js";
import { LiveSet } from "../../../js/headless/index.js";
import { Export } from "../../../js/headless/offline/render.js";
import { openStage } from "../../../js/headless/stage.js";
import { Inspection } from "./inspection.js";
import { BUILT, says } from "./play.js";
import { Wire } from "./wire.js";

/** How far from its place a note may begin, ms: what Max's own scheduler strays by twice, see BUSY. */
export const JITTER = 2.5;

/**
 * @param {string} home of an engine that runs
 * @param {{tempo?: number, bytes?: Buffer, seed?: number}} [options]
 */
export async function openJam(home, { tempo = 120, bytes = readFileSync(BUILT.jam), seed = 1 } = {}) {
  const set = LiveSet.empty({ tempo, tracks: ["House bass", "Hub", "Chords"].map((name) => ({ kind: "midi", name })) });
  const { live, close } = await openStage({ home, set, time: "virtual" });
  try {
    const hub = await live.addDevice(BUILT.hub, { track: 1 });
    const wire = new Wire(hub);
    await new Inspection(live).wait(() => says(hub).includes("Engine ready"), "the Hub to find the engine");
    const play = new Export(live, { speed: 1, seed });
    const device = await live.addDevice(bytes, { track: 0 });
    const stage = new Jam(live, wire, play, device, close);
    await stage.ready();
    return stage;
  } catch (problem) {
    await close();
    throw problem;
  }
}

export class Jam {
  /**
   * @param {import("../../../js/headless/index.js").HeadlessLive} live
   * @param {Wire} wire
   * @param {Export} play
   * @param {import("../../../js/headless/index.js").HeadlessDevice} device
   * @param {() => Promise<void>} close
   */
  constructor(live, wire, play, device, close) {
    this.live = live;
    this.wire = wire;
    this.play = play;
    this.device = device;
    this.close = close;
  }

  get song() {
    return this.live.set.song;
  }

  /** Until bars are there to begin with. */
  async ready() {
    await this.play.until(() => /start the song for|Plays/.test(says(this.device)), { what: "the first bars" });
    await this.play.pass(300);
  }

  /** The song runs from a beat on. @param {number} [beat] */
  async starts(beat) {
    if (beat !== undefined) {
      this.live.act(() => this.song.transport.moveTo(beat));
      await this.play.pass(300);
    }
    this.live.act(() => this.song.continue_playing());
  }

  async stops() {
    this.live.act(() => this.song.stop_playing());
    await this.play.pass(300);
  }

  /** @param {number} beats at a tempo that stands */
  beats(beats) {
    return this.play.pass((beats * 60_000) / this.song.tempo);
  }

  /** What is heard from now on. @returns {() => import("../../../js/headless/heard_notes.js").HeardNote[]} */
  listen() {
    const since = this.device.midiOut.length;
    return () => heardNotes(this.device.midiOut.slice(since));
  }

  /** What was asked of the engine, bar by bar. @param {number} [since] */
  asked(since = 0) {
    return this.wire.requests.slice(since).filter(({ method }) => method === "compose.stream");
  }

  /** The bars of the engine's answers; of equal numbers the newest. @param {number} [since] request @returns {Map<number, any>} */
  bars(since = 0) {
    const bars = new Map();
    for (const request of this.asked(since)) {
      for (const bar of this.wire.answerTo(request)?.result?.bars ?? []) bars.set(bar.bar, bar);
    }
    return bars;
  }
}

/**
 * The notes of some bars in the time of the song, one after the other.
 *
 * @param {Map<number, any>} bars
 * @param {number} first
 * @param {number} count
 * @param {number} [from] beat at which the first begins
 * @returns {{beat: number, end: number, pitch: number, velocity: number}[]} by beat
 */
export function written(bars, first, count, from) {
  /** @type {{beat: number, end: number, pitch: number, velocity: number}[]} */
  const notes = [];
  let origin = from ?? first * bars.get(first).beats;
  for (let number = first; number < first + count; number++) {
    const bar = bars.get(number);
    for (const { pitch, start_time: start, duration, velocity } of bar.notes) {
      notes.push({ beat: origin + start, end: origin + start + duration, pitch, velocity: Math.round(velocity) });
    }
    origin += bar.beats;
  }
  return notes.sort((a, b) => a.beat - b.beat || a.pitch - b.pitch);
}

/**
 * What is heard and not written, or the other way round.
 *
 * @param {readonly import("../../../js/headless/heard_notes.js").HeardNote[]} heard
 * @param {ReturnType<typeof written>} wanted
 * @param {number} tempo
 * @returns {{missing: string[], extra: string[], strays: number}} `strays`: ms by which a note that is both stands off
 */
export function compared(heard, wanted, tempo) {
  const rest = [...heard];
  let strays = 0;
  const missing = wanted.filter(({ beat, pitch, velocity }) => {
    const at = rest.findIndex(
      (note) => note.pitch === pitch && note.velocity === velocity && Math.abs(note.beat - beat) < 0.04,
    );
    if (at < 0) return true;
    const [found] = rest.splice(at, 1);
    strays = Math.max(strays, (Math.abs(found.beat - beat) * 60_000) / tempo);
    return false;
  });
  const told = (/** @type {{beat: number, pitch: number, velocity: number}[]} */ notes) =>
    notes.map(({ beat, pitch, velocity }) => `${pitch}/${velocity} at ${beat.toFixed(3)}`);
  return { missing: told(missing), extra: told(rest), strays };
}
