/** Clips of a Set file: loop, markers, notes, samples, envelopes. */
import { AudioClip } from "../model/audio_clip.js";
import { MidiClip } from "../model/midi_clip.js";
import { withNotes } from "../model/notes.js";
import { readClipEnvelopes } from "./automation.js";
import { colourIndex } from "./names.js";
import { toNumber } from "./xml.js";

/** @typedef {import("./xml.js").Node} Node */
/** @typedef {import("../model/clip.js").Clip} Clip */
/** @typedef {import("../model/object.js").LiveObject} LiveObject */
/** @typedef {import("../model/notes.js").Note} Note */

/**
 * Make a clip.
 *
 * @param {Node} node MidiClip or AudioClip
 * @param {LiveObject} parent slot or track
 * @param {boolean} arrangement whether it lies in the arrangement
 * @param {import("./devices.js").Targets} targets what its envelopes may point at
 * @returns {Clip | null} null for a clip without any length
 */
export function readClip(node, parent, arrangement, targets) {
  const { set } = parent;
  const place = { start: node.number("CurrentStart", 0), end: node.number("CurrentEnd", 0) };
  if (arrangement && !(place.end > place.start)) return null;
  const spec = {
    length: 4,
    name: node.text("Name"),
    colorIndex: colourIndex(node),
    ...(arrangement ? place : {}),
  };
  const clip = node.name === "AudioClip" ? readAudio(node, parent, spec) : new MidiClip(set, parent, spec);
  readLoop(node, clip, place);
  const signature = node.at("TimeSignature/TimeSignatures/RemoteableTimeSignature");
  clip.signature_numerator = signature?.number("Numerator", 4) ?? set.song.signature_numerator;
  clip.signature_denominator = signature?.number("Denominator", 4) ?? set.song.signature_denominator;
  clip.muted = node.flag("Disabled");
  clip.legato = node.flag("Legato");
  clip.launch_mode = node.number("LaunchMode", 0);
  clip.launch_quantization = node.number("LaunchQuantisation", 0);
  clip.velocity_amount = node.number("VelocityAmount", 0);
  clip.has_groove = node.number("GrooveSettings/GrooveId", -1) >= 0;
  if (clip instanceof MidiClip) clip.notes = readNotes(node, set);
  readClipEnvelopes(node, clip, targets);
  return clip;
}

/**
 * Loop and markers. An unlooped clip keeps its start and end under the loop's names in the file, and the
 * loop it would have under the hidden ones; an unwarped audio clip counts in seconds, here as there.
 *
 * @param {Node} node
 * @param {Clip} clip
 * @param {{start: number, end: number}} place
 */
function readLoop(node, clip, place) {
  const loop = node.at("Loop");
  const read = (/** @type {string} */ name, /** @type {number} */ other) => loop?.number(name, other) ?? other;
  const length = clip.ownTime(place.end - place.start || 4);
  const first = span(read("LoopStart", 0), read("LoopEnd", length), length);
  const offset = read("StartRelative", 0);
  const warped = !(clip instanceof AudioClip) || clip.warping;
  clip.looping = warped && (loop?.flag("LoopOn", true) ?? true);
  if (clip.looping) {
    clip.loop = first;
    clip.markers = span(first.start + offset, Math.max(read("OutMarker", first.end), first.end), length);
  } else {
    clip.markers = span(first.start + offset, first.end, length);
    clip.loop = span(read("HiddenLoopStart", first.start), read("HiddenLoopEnd", first.end), length);
  }
}

/** @param {number} start @param {number} end @param {number} otherwise length when the end is not behind the start */
function span(start, end, otherwise) {
  return { start, end: end > start ? end : start + otherwise };
}

/**
 * @param {Node} node
 * @param {LiveObject} parent
 * @param {import("../model/clip.js").ClipSpec} spec
 */
function readAudio(node, parent, spec) {
  const sample = node.at("SampleRef");
  const clip = new AudioClip(parent.set, parent, {
    ...spec,
    filePath: samplePath(sample),
    sampleLength: sample?.number("DefaultDuration", 0),
    sampleRate: sample?.number("DefaultSampleRate", 44100),
    warping: node.flag("IsWarped", true),
  });
  clip.warp_mode = node.number("WarpMode", 0);
  clip.pitch_coarse = node.number("PitchCoarse", 0);
  clip.pitch_fine = node.number("PitchFine", 0);
  clip.ram_mode = node.flag("Ram");
  const markers = node.list("WarpMarkers").map(({ attributes }) => ({
    beat_time: toNumber(attributes.BeatTime, 0),
    sample_time: toNumber(attributes.SecTime, 0),
  }));
  // A clip with fewer than two says nothing of its speed.
  if (markers.length > 1) clip.markersOfWarp = markers.sort((a, b) => a.beat_time - b.beat_time);
  return clip;
}

/**
 * Path of a sample: Live 11 and up write it out, older files give folders and a name.
 *
 * @param {Node | null} sample
 */
function samplePath(sample) {
  const path = sample?.text("FileRef/Path");
  if (path) return path;
  const folders = sample?.list("FileRef/SearchHint/PathHint").map((each) => each.attributes.Dir) ?? [];
  return ["", ...folders, sample?.text("FileRef/Name") ?? ""].join("/");
}

/**
 * Notes of a MIDI clip; what no note can be is left out and said in the Set's notices.
 *
 * @param {Node} node
 * @param {import("../set.js").LiveSet} set
 * @returns {Note[]}
 */
function readNotes(node, set) {
  /** @type {Note[]} */
  const notes = [];
  let odd = 0;
  for (const track of node.list("Notes/KeyTracks")) {
    const pitch = track.number("MidiKey", -1);
    for (const { attributes } of track.list("Notes")) {
      const note = readNote(attributes, pitch, () => set.nextNoteId());
      if (note) notes.push(note);
      else odd += 1;
    }
  }
  if (odd > 0) set.notices.push(`${odd} notes of "${node.text("Name")}" could not be read and were left out.`);
  return withNotes([], notes);
}

/**
 * @param {Record<string, string>} attributes
 * @param {number} pitch
 * @param {() => number} nextId
 * @returns {Note | null}
 */
function readNote(attributes, pitch, nextId) {
  const start = toNumber(attributes.Time, Number.NaN);
  const duration = toNumber(attributes.Duration, Number.NaN);
  const velocity = toNumber(attributes.Velocity, 100);
  if (pitch < 0 || pitch > 127 || Number.isNaN(start) || !(duration > 0)) return null;
  return {
    note_id: nextId(),
    pitch,
    start_time: start,
    duration,
    velocity: Math.min(127, Math.max(0, velocity)),
    mute: attributes.IsEnabled === "false" ? 1 : 0,
    probability: Math.min(1, Math.max(0, toNumber(attributes.Probability, 1))),
    velocity_deviation: Math.min(127, Math.max(-127, toNumber(attributes.VelocityDeviation, 0))),
    release_velocity: Math.min(127, Math.max(0, toNumber(attributes.OffVelocity, 64))),
  };
}
