/**
 * The demonstration: opens the built Hub and Chords in the headless Live, turns knobs, presses Generate and tells what
 * landed in the clip; then four Jams play a build (second_act.js). One JSON object a line on standard output: `bandmate demo`
 * shows them to a person.
 *
 * Arguments: --out FOLDER [--set FILE.als] [--bars OF THE BUILD]. Writes the pictures chords-device, hub-device, piano-roll and build (PNG) there,
 * and build.mid.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { rollFromDict } from "../ui/roll_dict.js";
import { SetFileError } from "./live/errors.js";
import { LiveSet } from "./live/set.js";
import { renderPianoRoll, svgToPng } from "./render/index.js";
import { playBuild } from "./second_act.js";
import { BUILT, openStage, words } from "./stage.js";

/** @typedef {import("./device.js").HeadlessDevice} HeadlessDevice */
/** @typedef {import("./live/model/track.js").Track} Track */
/** @typedef {import("./live/model/midi_clip.js").MidiClip} MidiClip */

const WAKE = 30_000; // ms; a cold disk and a busy machine
const HAND = 400; // ms from one knob to the next
const EXIT_BAD_SET = 2;

/** @param {string} event @param {Record<string, unknown>} [facts] */
const tell = (event, facts = {}) => process.stdout.write(`${JSON.stringify({ event, ...facts })}\n`);

/**
 * The producer's own Set, or a small one for the demonstration.
 *
 * @param {string | undefined} path
 */
function openSet(path) {
  if (path) return LiveSet.fromAls(path);
  return LiveSet.empty({
    tempo: 124,
    tracks: [
      { kind: "midi", name: "House chords" },
      { kind: "midi", name: "Bass" },
    ],
  });
}

/**
 * A track Chords can write on without getting in the way: the first MIDI track with nothing on it, else a new one.
 *
 * @param {LiveSet} set
 * @returns {Track}
 */
function trackFor(set) {
  const empty = set.tracks.find(
    (track) =>
      track.kind === "midi" &&
      !track.is_frozen &&
      track.devices.length === 0 &&
      track.arrangement_clips.length === 0 &&
      track.clip_slots.length > 0 &&
      track.clip_slots.every((slot) => !slot.clip),
  );
  return empty ?? set.addTrack({ kind: "midi", name: "Bandmate chords" });
}

/** @param {LiveSet} set */
function aboutSet(set) {
  const { song } = set;
  const clips = set.tracks.flatMap((track) => [
    ...track.clip_slots.map((slot) => slot.clip).filter((clip) => clip !== null),
    ...track.arrangement_clips,
  ]);
  return {
    tempo: song.tempo,
    signature: `${song.signature_numerator}/${song.signature_denominator}`,
    scale: song.scale_mode
      ? `${["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"][song.root_note]} ${song.scale_name}`
      : "",
    tracks: set.tracks.length,
    clips: clips.length,
    version: set.fileVersion,
    notices: set.notices,
  };
}

/** What a hand needs from one knob to the next. @param {import("./index.js").HeadlessLive} live */
async function pause(live) {
  const end = performance.now() + HAND;
  await live.until(() => performance.now() >= end, { what: "the hand" });
}

/** Picks up what the device shows, as it goes to its picture: the take, and its words with their reasons. */
class Watch {
  /** @type {import("../ui/roll.js").Roll | null} */
  roll = null;
  /** @type {string[]} the line at the foot, then why */
  words = [];

  /** @param {HeadlessDevice} device */
  constructor(device) {
    const { dicts } = device.live.max;
    device.trace = (_box, _outlet, message) => {
      if (message.sel === "status") this.words = message.args.slice(1).map(String);
      if (message.sel !== "roll") return;
      const data = dicts.data(String(message.args[0]));
      this.roll = rollFromDict({ get: (key) => data?.[key] });
    };
  }
}

/**
 * @param {Track} track
 * @param {Set<unknown>} before clips that were there
 * @returns {MidiClip | undefined}
 */
const newClip = (track, before) =>
  /** @type {MidiClip | undefined} */ (
    track.clip_slots.map((slot) => slot.clip).find((clip) => clip !== null && !before.has(clip))
  );

/** @param {Track} track */
const clipsOf = (track) => new Set(track.clip_slots.map((slot) => slot.clip).filter((clip) => clip !== null));

/** @param {string} out @param {string | undefined} setPath @param {number | undefined} bars of the second act */
async function play(out, setPath, bars) {
  const set = openSet(setPath);
  tell("set", { ...aboutSet(set), file: setPath ?? "" });
  const stage = await openStage({ set });
  try {
    const { live } = stage;
    const track = trackFor(set);
    const before = clipsOf(track);
    const woke = performance.now();
    const hub = await live.addDevice(BUILT.hub, { track });
    const chords = await live.addDevice(BUILT.chords, { track });
    const watch = new Watch(chords);
    await live.until(() => words(chords).includes("Ready"), { timeout: WAKE, what: "the engine to wake" });
    tell("awake", { ms: Math.round(performance.now() - woke), hub: words(hub), track: track.name });

    for (const [knob, value] of /** @type {[string, number][]} */ ([
      ["Tension", 55],
      ["Complexity", 45],
      ["Humanise", 25],
    ])) {
      chords.turn(knob, value);
      await pause(live);
      tell("turn", { knob, text: chords.parameter(knob).text });
    }

    const pressed = performance.now();
    chords.press("Generate");
    const clip = await live.until(() => newClip(track, before)?.notes.length && newClip(track, before), {
      what: "notes in a clip",
    });
    const ms = performance.now() - pressed;
    await live.until(() => words(chords).includes("Wrote"), { what: "the device's words" });
    tell("wrote", { ms: Number(ms.toFixed(1)), words: watch.words[0], why: watch.words[1] ?? "" });

    const kept = clip.notes.length;
    chords.press("Undo");
    await live.until(() => clipsOf(track).size === before.size, { what: "Undo to take the clip away" });
    chords.press("Restore");
    const back = await live.until(() => newClip(track, before)?.notes.length === kept && newClip(track, before), {
      what: "Restore to bring the notes back",
    });
    tell("undo", { words: watch.words[0] });

    tell("clip", {
      tempo: set.song.tempo,
      signature: [set.song.signature_numerator, set.song.signature_denominator],
      name: back.name,
      length: back.length,
      chords: watch.roll?.chords ?? [],
      notes: back.notes.map((/** @type {any} */ note) => ({ ...note, mute: Boolean(note.mute) })),
    });
    await drawAll(out, { hub, chords, watch, clip: back, set });
    tell("console", { lines: live.console });
    const began = performance.now();
    const { console: lines, ...build } = await playBuild(stage.home, out, { bars });
    tell("build", { ...build, seconds: Math.round((performance.now() - began) / 100) / 10 });
    tell("console", { lines });
  } finally {
    await stage.close();
  }
}

/**
 * @param {string} out
 * @param {{hub: HeadlessDevice, chords: HeadlessDevice, watch: Watch, clip: MidiClip, set: LiveSet}} shown
 */
async function drawAll(out, { hub, chords, watch, clip, set }) {
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "chords-device.png"), await chords.renderPNG());
  writeFileSync(join(out, "hub-device.png"), await hub.renderPNG());
  const { signature_numerator: numerator, signature_denominator: denominator } = set.song;
  const picture = renderPianoRoll({
    notes: clip.notes,
    length: clip.length,
    beatsPerBar: (numerator * 4) / denominator,
    chords: watch.roll?.chords ?? [],
    title: clip.name,
  });
  writeFileSync(join(out, "piano-roll.png"), svgToPng(picture));
  tell("pictures", { files: ["chords-device.png", "hub-device.png", "piano-roll.png"] });
}

const { values: options } = parseArgs({
  options: { out: { type: "string" }, set: { type: "string" }, bars: { type: "string" } },
});
try {
  await play(options.out ?? "demo-out", options.set, options.bars === undefined ? undefined : Number(options.bars));
} catch (problem) {
  if (!(problem instanceof SetFileError)) throw problem;
  tell("refused", { message: problem.message, hint: problem.hint });
  process.exitCode = EXIT_BAD_SET;
}
