/** Companion on a headless Set, with an engine that answers when the test says so and a clock moved by hand. */
import { CompanionDevice } from "../../../../js/devices/companion/device.js";
import { Face } from "../../../../js/devices/companion/face.js";
import { LiveSet } from "../../../../js/headless/live/set.js";
import { handOn, note } from "../../live/support/stage.js";
import { ManualClock, settled } from "../../rpc/support/clock.js";
import { fakeEngine } from "../support/engine.js";
import { fakeScreen } from "../support/shown.js";
import { fakeTasted } from "../support/tasted.js";

export { note, settled };

const COMPANION = { name: "Bandmate Companion", className: "MxDeviceMidiEffect", type: 4 };

/** What hear.clip_key answers. */
export function clipKey(changes = {}) {
  return {
    key: "C major",
    camelot: "8B",
    tonic: 0,
    mode: "major",
    confidence: 0.9,
    second: { key: "A minor", camelot: "8A", confidence: 0.05 },
    ambiguity: "",
    words: "C major (8B). A minor is its relative.",
    ...changes,
  };
}

/** What hear.analyze answers of a loop in F# minor. */
export function analysis(changes = {}) {
  return {
    bpm: 174.004,
    key: "11A",
    key_notation: "F#m",
    energy: 7.6,
    loudness_db: -8.24,
    corrected: false,
    rhythm: { tempo: { confidence: 0.9, candidates: [], words: "174.00 BPM, or 87.00." }, downbeats: [] },
    key_detail: {
      key: "F# minor",
      camelot: "11A",
      tonic: 6,
      mode: "minor",
      confidence: 0.6,
      second: { key: "A major", camelot: "11B", confidence: 0.3 },
      ambiguity: "",
      words: "F# minor (11A).",
      tuning_cents: 4,
    },
    ...changes,
  };
}

/** A shared Dict of Max. */
export function fakeDict() {
  /** @type {Map<string, unknown>} */
  const values = new Map();
  return /** @type {any} */ ({
    get: (/** @type {string} */ key) => values.get(key) ?? null,
    set: (/** @type {string} */ key, /** @type {unknown} */ value) => values.set(key, value),
  });
}

/** @param {any} [options] of the Set, and `seat`: the Dict it shares with others */
export function desk({ seat = fakeDict(), id = "d1", ...options } = {}) {
  const set = LiveSet.empty({
    tracks: [
      { kind: "midi", name: "Keys" },
      { kind: "midi", name: "Bass" },
      { kind: "audio", name: "Loops" },
    ],
    scenes: 3,
    ...options,
  });
  const model = set.addDevice(/** @type {any} */ (set.tracks[0]), COMPANION);
  const hand = handOn(set, model);
  const clock = new ManualClock();
  const engine = fakeEngine();
  const tasted = fakeTasted();
  const { sent, outside, json, ...shown } = fakeScreen("clip");
  const clip = () => JSON.parse(json() === "" ? '{"name":"","card":null}' : JSON.parse(json()).clip);
  const device = new CompanionDevice({
    id,
    seat,
    random: () => 0.5,
    tasted,
    live: hand.live,
    clock: /** @type {any} */ (clock),
    face: new Face(outside),
    connect: engine.connect,
  });
  return {
    ...hand,
    set,
    clock,
    engine,
    tasted,
    sent,
    device,
    ...shown,
    /** What the picture shows of the clip: its name and its card. */
    clip,
    card: () => clip().card,
    /** What the buttons were told. */
    buttons: () =>
      sent.filter(([outlet, to]) => outlet === 1 && to !== "active").map((each) => each.slice(1).join(" ")),
    /** What all controls were told: whether a hand can do something. */
    active: () => sent.filter(([outlet, to]) => outlet === 1 && to === "active").map((each) => each[2]),
    /** @param {string} method */
    last: (method) => engine.of(method).at(-1) ?? fail(`${method} was not asked`),
  };
}

/** @param {string} words @returns {never} */
function fail(words) {
  throw new Error(words);
}

/** @param {any} [options] */
export function ready(options) {
  const on = desk(options);
  on.device.start();
  on.engine.become("ready", "Ready");
  return on;
}

/** @typedef {ReturnType<typeof desk>} Desk */

/**
 * A MIDI clip in Detail View.
 *
 * @param {Desk} on
 * @param {any[]} [notes]
 * @param {{track?: number, name?: string, length?: number}} [spec]
 */
export function midiClip(on, notes = [note(60, 0, 1), note(64, 1, 1), note(67, 2, 2)], spec = {}) {
  const { track = 1, name = "Riff", length = 8 } = spec;
  return on.set.edit(() => {
    const slot = /** @type {any} */ (on.set.tracks[track].clip_slots[0]);
    slot.create_clip(length);
    slot.clip.name = name;
    slot.clip.add_new_notes({ notes });
    on.set.song.view.set_detail_clip(slot.clip);
    return slot.clip;
  });
}

/** An audio clip in Detail View, of a file of 16 seconds which no disk has to hold. @param {Desk} on @param {any} [spec] */
export function audioClip(on, spec = {}) {
  const clip = /** @type {any} */ (
    on.set.addAudioClip(2, { filePath: "/music/Break.wav", sampleLength: 16 * 44_100, sampleRate: 44_100 })
  );
  on.set.edit(() => {
    clip.name = "Break";
    Object.assign(clip, spec);
    on.set.song.view.set_detail_clip(clip);
  });
  return clip;
}

/** What compose.fit answers: all notes up by some semitones. @param {any} asked @param {number} by @param {any} [changes] */
export const fitted = (asked, by, changes = {}) => ({
  notes: asked.params.notes.map((/** @type {any} */ each) => ({ ...each, pitch: each.pitch + by })),
  moved: by === 0 ? 0 : asked.params.notes.length,
  bent: 0,
  transposed: by,
  key: "D major",
  camelot: "10B",
  clip_key: "C major",
  confidence: 0.9,
  words: by === 0 ? "Already in D major: nothing moved" : `Transposed +${by} to D major`,
  notices: ["Key: D major, from Live's scale."],
  ...changes,
});

/** What compose.fit_audio answers. @param {any} asked @param {number} by @param {any} [changes] */
export const transposed = (asked, by, changes = {}) => ({
  coarse: asked.params.coarse + by,
  transposed: by,
  key: "A minor",
  camelot: "8A",
  sounds: "A minor",
  words: `Transposed +${by} to A minor`,
  notices: [],
  ...changes,
});
