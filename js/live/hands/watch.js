/**
 * Tells somebody outside what changes in Live: at most twenty times a second, whatever a fader does, and only what really
 * is another value. The values are read when they are told, not when they change, since Live allows little meanwhile.
 */
import { LiveRefusal } from "../errors.js";
import { below, SONG } from "../paths.js";
import { trackIds } from "../song.js";
import { findMacros, KNOBS, knobOf, tellMacros } from "./macros.js";
import { tellMixer } from "./mixer.js";
import { Observers } from "./observers.js";
import { tellParameter } from "./parameters.js";
import { deviceAt, parameterAt, pathOf, trackAt } from "./places.js";
import { tellTempo, tellTransport } from "./transport.js";

/** @typedef {import("../live.js").Live} Live */

/**
 * @typedef {object} Wish
 * @property {"tempo"|"transport"|"time"|"mixer"|"parameter"|"macros"} what
 * @property {"track"|"return"|"main"} kind
 * @property {number} track
 * @property {number|string} device of a parameter; of no matter else
 * @property {number|string} parameter
 */

/** @typedef {{wish: Wish, value: object}} Change */

/** ms from one telling to the next. */
const PAUSE = 50;

/** The time goes on by itself: of a transport that is no news, and who wants it watches "time". */
const TRANSPORT = ["is_playing", "loop", "loop_start", "loop_length", "metronome", "record", "session_record"];

/** What is observed of an object. @typedef {[path: string, property: string]} Point */

/** What is told of a wish, and what moves it. @typedef {{tell: () => object, points: Point[]}} Placed */

export class Watch {
  #live;
  #later;
  #tell;
  /** @type {{wish: Wish, tell: (() => object)|null, said: string, stops: (() => void)[]}[]} */ #watched = [];
  /** @type {(() => void)[]} */ #structure = [];
  #observers;
  #moved = false;
  #timer = false;
  #generation = 0;

  /**
   * @param {Live} live
   * @param {import("../live.js").LiveApiClass} LiveAPI for observers
   * @param {object} [options]
   * @param {(ms: number, run: () => void) => void} [options.later]
   * @param {(changes: Change[]) => void} [options.tell]
   */
  constructor(live, LiveAPI, { later = (_ms, run) => run(), tell = () => {} } = {}) {
    this.#live = live;
    this.#observers = new Observers(LiveAPI);
    this.#later = later;
    this.#tell = tell;
  }

  /**
   * Watches these instead of those before. What they are now is told at once.
   *
   * @param {Wish[]} wishes
   * @returns {{watching: number, missing: string[]}} how many could be found, and words for the others; those are watched
   *   from when they are there
   */
  set(wishes) {
    this.stop();
    if (wishes.length === 0) return { watching: 0, missing: [] };
    this.#watched = wishes.map((wish) => ({ wish, tell: null, said: "", stops: [] }));
    const missing = this.#place();
    this.#soon();
    return { watching: wishes.length - missing.length, missing };
  }

  stop() {
    this.#generation += 1;
    this.#timer = false;
    this.#moved = false;
    this.#release();
    this.#watched = [];
  }

  /** @returns {string[]} why some are not there */
  #place() {
    this.#release();
    const missing = [];
    for (const each of this.#watched) {
      try {
        const { tell, points } = placed(this.#live, each.wish);
        each.tell = tell;
        each.stops = points.map(([path, property]) => this.#observers.observe(path, property, () => this.#soon()));
      } catch (problem) {
        if (!(problem instanceof LiveRefusal)) throw problem;
        each.tell = null;
        missing.push(problem.message);
      }
    }
    this.#watchStructure();
    return missing;
  }

  /** Tracks and devices come, go and change places: then each wish is looked for anew. */
  #watchStructure() {
    const moved = () => {
      this.#moved = true;
      this.#soon();
    };
    const named = this.#watched.some(({ wish }) => wish.what === "parameter" || wish.what === "macros");
    this.#structure = [
      this.#observers.observe(SONG, "tracks", moved),
      this.#observers.observe(SONG, "return_tracks", moved),
    ];
    if (!named) return;
    for (const track of trackIds(this.#live).keys()) {
      this.#structure.push(this.#observers.observe(pathOf({ track }), "devices", moved));
    }
  }

  #release() {
    for (const stop of this.#structure) stop();
    this.#structure = [];
    for (const each of this.#watched) {
      for (const stop of each.stops) stop();
      each.stops = [];
    }
  }

  #soon() {
    if (this.#timer) return;
    this.#timer = true;
    const generation = this.#generation;
    this.#later(PAUSE, () => {
      if (generation !== this.#generation) return;
      this.#timer = false;
      this.#look();
    });
  }

  #look() {
    if (this.#moved) {
      this.#moved = false;
      this.#place();
    }
    const changes = this.#watched.flatMap((each) => {
      const value = this.#read(each.tell);
      const text = JSON.stringify(value, each.wish.what === "transport" ? TRANSPORT : null);
      if (value === null || text === each.said) return [];
      each.said = text;
      return [{ wish: each.wish, value }];
    });
    if (changes.length > 0) this.#tell(changes);
  }

  /** @param {(() => object)|null} tell @returns {object|null} null: it is not there now */
  #read(tell) {
    if (tell === null) return null;
    try {
      return tell();
    } catch (problem) {
      if (problem instanceof LiveRefusal) return null;
      throw problem;
    }
  }
}

/** @param {Live} live @param {Wish} wish @returns {Placed} @throws {LiveRefusal} when there is no such thing */
function placed(live, wish) {
  switch (wish.what) {
    case "tempo":
      return { tell: () => tellTempo(live), points: [[SONG, "tempo"]] };
    case "transport":
      return {
        tell: () => tellTransport(live),
        points: ["is_playing", "loop", "loop_start", "loop_length", "metronome", "record_mode", "session_record"].map(
          (property) => [SONG, property],
        ),
      };
    case "time":
      return { tell: () => ({ time: live.number(SONG, "current_song_time") }), points: [[SONG, "current_song_time"]] };
    case "mixer":
      return placedMixer(live, wish);
    case "parameter":
      return placedParameter(live, wish);
    default:
      return placedMacros(live);
  }
}

/** @param {Live} live @param {Wish} wish @returns {Placed} */
function placedMixer(live, { kind, track: number }) {
  const track = trackAt(live, { kind, track: number });
  const path = pathOf({ kind, track: number });
  const strip = below(path, "mixer_device");
  const faders = [below(strip, "volume"), below(strip, "panning")];
  if (kind !== "main") faders.push(...live.children(strip, "sends").map((_id, send) => below(strip, "sends", send)));
  const switches = kind === "main" ? ["name"] : ["name", "mute", "solo"];
  if (kind === "track" && live.flag(track, "can_be_armed")) switches.push("arm");
  return {
    tell: () => tellMixer(live, track, { kind, track: number }),
    points: [
      ...faders.map((fader) => /** @type {Point} */ ([fader, "value"])),
      ...switches.map((property) => /** @type {Point} */ ([path, property])),
    ],
  };
}

/** @param {Live} live @param {Wish} wish @returns {Placed} */
function placedParameter(live, { kind, track, device: wanted, parameter }) {
  const device = deviceAt(live, { kind, track, device: wanted });
  const found = parameterAt(live, device, parameter);
  return {
    tell: () => ({ kind, track, device: live.text(device.id, "name"), ...tellParameter(live, found) }),
    points: [[found.path, "value"]],
  };
}

/** @param {Live} live @returns {Placed} */
function placedMacros(live) {
  const { device } = findMacros(live);
  const knobs = /** @type {import("./macros.js").Knob[]} */ (Object.keys(KNOBS));
  return { tell: () => tellMacros(live), points: knobs.map((knob) => [knobOf(live, device, knob).path, "value"]) };
}
