/**
 * A Live Set without Live: the model which LiveAPI, the headless Max and the tests share.
 *
 * The tree is plain objects with the Live Object Model's own names (`set.song.tracks[0].clip_slots[1].clip`).
 * Tests act as the person through `edit`, devices act through LiveAPI; both end in `touch`, which tells the
 * observers what changed.
 */
import { readAls } from "./als.js";
import { audioFile } from "./audio_file.js";
import { LiveRefusal } from "./errors.js";
import { placeClip } from "./model/arrangement.js";
import { AudioClip } from "./model/audio_clip.js";
import { Automation } from "./model/automation.js";
import { DEVICE_TYPE, Device, MaxDevice } from "./model/device.js";
import { History } from "./model/history.js";
import { Launcher } from "./model/launcher.js";
import { placeFor } from "./model/placing.js";
import { RackDevice } from "./model/rack.js";
import { Song } from "./model/song.js";
import { createScene, createTrack } from "./model/structure.js";
import { Track } from "./model/track.js";
import { Application } from "./model/view.js";
import { beatAt, straight } from "./model/warp.js";

/** @typedef {import("./model/object.js").LiveObject} LiveObject */
/** @typedef {import("./model/rack.js").Chain} Chain */
/** @typedef {import("./model/clip.js").Clip} Clip */
/** @typedef {{now: () => number}} Clock */
/** @typedef {import("./model/transport.js").TransportNews} TransportNews */
/**
 * @typedef {Omit<import("./model/clip.js").ClipSpec, "length"> & import("./model/audio_clip.js").AudioSpec
 *   & {tempo?: number}} AudioClipSpec `tempo`: what the file is warped at; the song's when left out
 */

/**
 * @typedef {object} SetOptions
 * @property {Array<{kind?: "midi" | "audio" | "group", name?: string, group?: number}>} [tracks] default: two
 *   MIDI and two audio tracks, as Live's own default Set; `group` is the index of the group track around it
 * @property {number} [scenes] default 8
 * @property {number} [mostScenes] that this edition of Live takes (Lite and Intro: 16); default: any number
 * @property {number} [returns] default 2
 * @property {number} [tempo] 20..999, default 120
 * @property {[numerator: number, denominator: number]} [signature] default 4/4
 * @property {{root: number, name: string}} [scale] Live 12's scale; given: scale mode is on
 * @property {string} [version] Live's version, default "12.2.5"
 * @property {Clock} [clock] milliseconds; default: the real clock
 */

const DEFAULT_TRACKS = /** @type {NonNullable<SetOptions["tracks"]>} */ ([
  { kind: "midi" },
  { kind: "midi" },
  { kind: "audio" },
  { kind: "audio" },
]);

export class LiveSet {
  /** @type {Array<() => void>} */
  #later;

  /** @param {{version?: string, clock?: Clock}} [options] */
  constructor({ version = "12.2.5", clock = performance } = {}) {
    /** @type {Map<number, LiveObject>} every object that ever was; life is asked of the object itself */
    this.objects = new Map();
    this.noteIds = 0;
    this.history = new History();
    /** @type {Set<{check: (known: Map<LiveObject, boolean>) => void}>} LiveAPI observers; `known`: what lives now */
    this.observers = new Set();
    /** @type {Set<(from: Device, to: Device) => void>} told when a device was copied with its track or rack */
    this.copyListeners = new Set();
    /**
     * What Live makes of files that are put into slots, instead of warping them straight at the Set's tempo: not warped
     * at all, or warped at a tempo it only guessed.
     * @type {{warping?: boolean, tempo?: number, warpMarkers?: import("./model/warp.js").WarpMarker[]}}
     */
    this.imports = {};
    this.#later = [];
    /** Scenes that this edition of Live takes. */
    this.mostScenes = Number.POSITIVE_INFINITY;
    /** Above 0 while observers are being told; the Set refuses changes then. */
    this.notifying = 0;
    this.clock = clock;
    this.version = version;
    this.app = new Application(this, version);
    this.launcher = new Launcher(this);
    this.automation = new Automation(this);
    this.song = new Song(this, () => this.clock.now());
    this.song.master_track = new Track(this, this.song, { kind: "master" });
    this.song.tempoParameter.listeners.add((bpm) => this.song.transport.setTempo(bpm));
    this.song.transport.listeners.add((news) => this.#moved(news));
    /** @type {string[]} what the reader of a file could not take over, in words */
    this.notices = [];
    /** Version of the Live that saved the file; "" for a Set made here. */
    this.fileVersion = "";
  }

  /**
   * A new Set.
   *
   * @param {SetOptions} [options]
   * @returns {LiveSet}
   */
  static empty(options = {}) {
    const set = new LiveSet(options);
    const { song } = set;
    song.set_tempo(options.tempo ?? 120);
    [song.signature_numerator, song.signature_denominator] = options.signature ?? [4, 4];
    if (options.scale) {
      song.root_note = options.scale.root;
      song.set_scale_name(options.scale.name);
      song.scale_mode = true;
    }
    set.mostScenes = options.mostScenes ?? set.mostScenes;
    for (let at = 0; at < (options.scenes ?? 8); at++) createScene(song);
    for (let at = 0; at < (options.returns ?? 2); at++) createTrack(song, { kind: "return" });
    for (const { kind = "midi", name, group } of options.tracks ?? DEFAULT_TRACKS) {
      createTrack(song, { kind, name, group: group === undefined ? null : song.tracks[group] });
    }
    return set;
  }

  /**
   * A Set as a Live 9-12 file holds it.
   *
   * @param {string | Uint8Array} source path or bytes, gzip or plain XML
   * @param {{version?: string, clock?: Clock}} [options]
   * @returns {LiveSet}
   * @throws {import("./errors.js").SetFileError} the file is broken or too old, with a hint
   */
  static fromAls(source, options = {}) {
    return readAls(source, () => new LiveSet(options));
  }

  get tracks() {
    return this.song.tracks;
  }

  get scenes() {
    return this.song.scenes;
  }

  get tempo() {
    return this.song.tempo;
  }

  /** @param {LiveObject} object @returns {number} its new id */
  register(object) {
    this.objects.set(this.objects.size + 1, object);
    return this.objects.size;
  }

  /** @param {number} id @returns {LiveObject | null} the living object of that id */
  byId(id) {
    const object = this.objects.get(id);
    return object?.alive ? object : null;
  }

  nextNoteId() {
    this.noteIds += 1;
    return this.noteIds;
  }

  /**
   * Act as the person: one undo step, then the observers hear of it.
   *
   * @template T
   * @param {(set: LiveSet) => T} act
   * @returns {T}
   */
  edit(act) {
    try {
      return this.history.step("user", () => act(this));
    } finally {
      this.touch();
    }
  }

  /**
   * Do something when time runs next, as the same person or device: Live does some things a moment after it was asked.
   *
   * @param {() => void} act
   */
  later(act) {
    const source = this.history.open?.source;
    this.#later.push(source === undefined ? act : () => this.history.step(source, act));
  }

  /** Do now what waits to be done later. */
  arrive() {
    const waiting = this.#later;
    this.#later = [];
    for (const act of waiting) act();
  }

  /** Let what was asked for, due launches and automation happen, then tell the observers. Called as time runs. */
  tick() {
    this.arrive();
    this.launcher.tick();
    this.automation.apply();
    this.touch();
  }

  /** Where the song begins and where it jumps to, automation holds from the first moment. @param {TransportNews} news */
  #moved(news) {
    if (news === "start" || news === "jump") this.automation.apply();
  }

  /** Compare every observed value with what its observer last heard. */
  touch() {
    /** @type {Map<LiveObject, boolean>} */
    const known = new Map();
    for (const observer of [...this.observers]) observer.check(known);
  }

  /**
   * Add a track at the end; building, not an undo step.
   *
   * @param {import("./model/track.js").TrackSpec} spec
   * @returns {Track}
   */
  addTrack(spec) {
    return createTrack(this.song, spec);
  }

  /**
   * Put a device on a track or into a chain, as the person drops it: one undo step.
   *
   * @param {Track | Chain} owner
   * @param {import("./model/device.js").DeviceSpec} spec a Max device when its class starts with "MxDevice"
   * @param {number} [index] -1: at the end; it gets the nearest place where its kind may stand
   * @returns {Device}
   * @throws {LiveRefusal} its kind has no place there
   */
  addDevice(owner, spec, index = -1) {
    if (owner instanceof Track) owner.refuseWhenFrozen("insert");
    const place = placeFor(owner, owner.devices, spec.type ?? DEVICE_TYPE.undefined, index);
    const Kind = spec.className.startsWith("MxDevice") ? MaxDevice : Device;
    return this.edit(() => owner.addDevice(new Kind(this, owner, spec), place));
  }

  /**
   * Put a rack on a track or into a chain.
   *
   * @param {Track | Chain} owner
   * @param {{name?: string, kind?: "instrument" | "audio_effect" | "midi_effect" | "drums", chains?: string[]}} [spec]
   * @param {number} [index] -1: at the end
   * @returns {RackDevice}
   */
  addRack(owner, { name, kind = "midi_effect", chains = ["Chain"] } = {}, index = -1) {
    const drums = kind === "drums";
    const { className, title } = RACKS[kind];
    const rack = new RackDevice(this, owner, {
      name: name ?? title,
      className,
      classDisplayName: title,
      type: DEVICE_TYPE[kind === "drums" ? "instrument" : kind],
      drums,
    });
    for (const chain of chains) rack.addChain(chain);
    const place = placeFor(owner, owner.devices, rack.device_type, index);
    this.edit(() => owner.addDevice(rack, place));
    return rack;
  }

  /** Tell who keeps glue on devices (the headless Max) that one was copied. @param {Device} from @param {Device} to */
  copied(from, to) {
    for (const listener of [...this.copyListeners]) listener(from, to);
  }

  /**
   * An audio clip as Live makes one of a file: as long as the file. Where the spec says how long the file is, there need
   * be none.
   *
   * @param {LiveObject} parent slot or track
   * @param {AudioClipSpec} spec
   * @returns {AudioClip}
   * @throws {LiveRefusal} no audio file
   */
  audioClip(parent, spec) {
    const { sampleLength, sampleRate = 44100 } = spec;
    const shape = sampleLength ? { sampleLength, sampleRate } : audioFile(spec.filePath, "create_audio_clip");
    const markers = spec.warpMarkers ?? straight(spec.tempo ?? this.song.tempo);
    const seconds = shape.sampleLength / shape.sampleRate;
    const beats = beatAt(markers, seconds) - markers[0].beat_time;
    // Of a file whose length nobody knows here, four beats.
    const length = shape.sampleLength === 0 ? 4 : spec.warping === false ? seconds : beats;
    const lasting = shape.sampleLength === 0 ? 4 : spec.warping === false ? (seconds * this.song.tempo) / 60 : beats;
    const place = spec.start === undefined ? {} : { end: spec.end ?? spec.start + lasting };
    return new AudioClip(this, parent, { ...spec, ...shape, ...place, length, warpMarkers: markers });
  }

  /**
   * Put an audio clip into a Set that is being built; no undo step.
   *
   * @param {Track | number} where an audio track, or its index
   * @param {AudioClipSpec & {slot?: number}} spec `slot` for the session grid, `start` for the arrangement
   * @returns {AudioClip}
   */
  addAudioClip(where, { slot = 0, ...spec }) {
    const track = typeof where === "number" ? this.tracks[where] : where;
    if (track?.kind !== "audio") throw new LiveRefusal("An audio clip needs an audio track.");
    if (spec.start !== undefined) {
      const clip = this.audioClip(track, spec);
      placeClip(track, clip);
      return clip;
    }
    const place = track.slot(slot, "addAudioClip");
    place.refuseUnlessFree("addAudioClip");
    place.clip = this.audioClip(place, spec);
    return /** @type {AudioClip} */ (place.clip);
  }
}

const RACKS = Object.freeze({
  instrument: { className: "InstrumentGroupDevice", title: "Instrument Rack" },
  audio_effect: { className: "AudioEffectGroupDevice", title: "Audio Effect Rack" },
  midi_effect: { className: "MidiEffectGroupDevice", title: "MIDI Effect Rack" },
  drums: { className: "DrumGroupDevice", title: "Drum Rack" },
});
