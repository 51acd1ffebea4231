/**
 * A maker of one part of a band (bass, melody, arp, drums): it follows the chords that lie beside it, and its takes are
 * told alike. Each part adds what only it can be asked for.
 */
import { SONG } from "../../live/paths.js";
import { beatsPerBar } from "../../live/song.js";
import { sentences } from "../shared/sentences.js";
import { soundingBeside } from "./around.js";
import { findHarmony, OWN_ENTRIES } from "./harmony.js";
import { Maker } from "./maker.js";
import { OwnStyle } from "./own_style.js";
import { aboutTheKey, aboutTheSet, gather } from "./surroundings.js";
import { TrackMenu } from "./track_menu.js";
import { labelFor, whyWords, wroteWords } from "./words.js";

/** @typedef {import("../../live/target.js").Target} Target */
/** @typedef {import("./words.js").PartReply} PartReply */

/**
 * What a part adds to the request at one press.
 * @typedef {object} More
 * @property {Record<string, unknown>} [params]
 * @property {string[]} [why] in words
 * @property {import("./maker.js").Prepared["fit"]} [fit]
 */

/**
 * Where in the clip a take begins.
 * @typedef {object} Start
 * @property {number} offset beats from the clip's start
 * @property {number} room beats from there on that it may fill; 0: as the clip and Bars say
 */

/**
 * What is different from part to part.
 * @typedef {object} Role
 * @property {string} method such as "compose.bass"
 * @property {string} name what clips are called and what the words count: "Bass"
 * @property {readonly string[]} numbers selectors that go onto the wire as they stand, beside those all parts have
 * @property {readonly string[]} choices the same for menus and toggles
 * @property {readonly string[]} [tracks] selectors of further menus of tracks
 * @property {string} [own] what the engine calls the part, where styles of the user's own can be blended into it
 */

/** Numbers that every part has. */
const NUMBERS = ["bars", "density", "complexity", "swing", "humanise", "variation"];
/** Menus that every part has. */
const CHOICES = ["style"];

export class Part extends Maker {
  #role;
  /** by selector @type {Map<string, TrackMenu>} */ #menus;
  /** @type {OwnStyle|null} */ #own;

  /**
   * @param {import("./maker.js").Parts} parts
   * @param {import("./parameters.js").Parameters} parameters
   * @param {Role} role
   */
  constructor(parts, parameters, role) {
    super(parts, parameters, role.method, true);
    this.#role = role;
    const { live, face } = parts;
    this.#menus = new Map([["harmony", new TrackMenu(live, face, parameters, "harmony", OWN_ENTRIES)]]);
    for (const menu of role.tracks ?? []) this.#menus.set(menu, new TrackMenu(live, face, parameters, menu, 1));
    this.#own =
      role.own === undefined ? null : new OwnStyle(face, parameters, role.own, (words) => this.standing.say(words));
  }

  /**
   * Where in the clip the take begins.
   *
   * @param {Target} _target
   * @param {number} _bar beats
   * @returns {Start}
   */
  begin(_target, _bar) {
    return { offset: 0, room: 0 };
  }

  /**
   * What only this part asks for.
   *
   * @param {Target} _target
   * @param {number} _span beats of the take
   * @param {Start} _start
   * @returns {More}
   */
  more(_target, _span, _start) {
    return {};
  }

  /** @param {string} menu selector @returns {number} id of the track chosen there, 0 for none */
  chosenTrack(menu) {
    return this.#menus.get(menu)?.track ?? 0;
  }

  /** @override */
  start() {
    if (this.standing.started) return;
    super.start();
    this.#own?.start(this.standing.client);
    this.standing.attempt(() => {
      this.#showTracks();
      // Nothing of the Set may be changed while Live tells something.
      this.parts.live.watch(SONG, "tracks", () => this.parts.clock.after(0, () => this.#look()));
    });
  }

  #look() {
    if (this.standing.enabled) this.standing.attempt(() => this.#showTracks());
  }

  #showTracks() {
    const gone = [...this.#menus.values()].filter((menu) => !menu.refresh());
    if (gone.length > 0) this.standing.say("The track it followed is gone: Auto again");
  }

  /** @override @param {string} selector */
  turned(selector) {
    this.#menus.get(selector)?.turned();
    if (selector === "own") this.#own?.turned();
  }

  /** The name of the user's own style that the Set kept. @param {readonly unknown[]} words */
  ownName(words) {
    this.#own?.kept(words);
  }

  /** @override @param {boolean} on */
  enable(on) {
    super.enable(on);
    this.#own?.enabled(on);
  }

  /** @override */
  away() {
    this.#own?.away();
  }

  /** @override */
  refresh() {
    if (this.standing.ready) this.#own?.refresh(this.standing.client);
  }

  /** @override @param {string} method @param {Record<string, any>} params */
  ask(method, params) {
    return this.#own?.ask((each) => super.ask(method, each), params) ?? super.ask(method, params);
  }

  /** @override @param {Target} target @returns {import("./maker.js").Prepared} */
  prepare(target) {
    const { live } = this.parts;
    this.#showTracks();
    const surroundings = gather(live, this.journal, this.parameters, target, `${this.#role.name} `);
    const about = { ...aboutTheKey(this.parameters), ...aboutTheSet(surroundings, target) };
    const bar = beatsPerBar(Number(about.signature_numerator), Number(about.signature_denominator));
    const start = this.begin(target, bar);
    const span = start.room || target.span || this.parameters.number("bars") * bar;
    const harmony = findHarmony(live, this.parameters, this.chosenTrack("harmony"), target, span, start.offset);
    const { params = {}, why = [], fit } = this.more(target, span, start);
    const room = start.room > 0 ? { clip_length: start.room } : {};
    const request = {
      ...about,
      ...this.parameters.wire([...NUMBERS, ...this.#role.numbers], [...CHOICES, ...this.#role.choices]),
      ...this.#own?.wire(),
      ...harmony.params,
      ...room,
      ...params,
    };
    const around = () => soundingBeside(live, target, span, start.offset);
    return { ask: (seed) => ({ ...request, seed }), fit, why: [...harmony.why, ...why], around };
  }

  /** @override @param {PartReply} reply @returns {import("./order.js").Told} */
  tell(reply) {
    const label = labelFor(reply, this.#own?.playedIn(reply.resolved));
    const lacks = this.#own?.missingIn(reply.resolved) ?? "";
    return {
      name: `${this.#role.name} ${label}`.trim().slice(0, 80),
      label,
      chords: reply.chords,
      words: (done, target, barLength, kept) => sentences([wroteWords(reply, done, target, barLength, kept), lacks]),
      why: whyWords(reply),
    };
  }
}
