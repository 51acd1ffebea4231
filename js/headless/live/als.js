/**
 * Reads Live Sets (.als of Live 9 to 12) into the headless Set.
 *
 * Taken over: tempo, signature, Live 12's scale, tracks with groups, scenes, session and arrangement clips
 * with their notes, devices and racks with the parameters whose range the file tells, strips, automation,
 * locators. What could not be read is said in `set.notices`.
 */
import { readAutomation } from "./als/automation.js";
import { openSetFile } from "./als/file.js";
import { unpackSignature } from "./als/names.js";
import { fillTrack, readTracks } from "./als/tracks.js";
import { valueAt } from "./model/automation.js";
import { PALETTE } from "./model/colours.js";
import { CuePoint } from "./model/cue_point.js";
import { SCALES } from "./model/scales.js";
import { Scene } from "./model/scene.js";

/** @typedef {import("./als/xml.js").Node} Node */
/** @typedef {import("./set.js").LiveSet} LiveSet */

/**
 * Read a file.
 *
 * @param {string | Uint8Array} source path or bytes
 * @param {() => LiveSet} make gives the empty Set to fill
 * @returns {LiveSet}
 * @throws {import("./errors.js").SetFileError}
 */
export function readAls(source, make) {
  const { liveSet, version, major } = openSetFile(source);
  const set = make();
  set.fileVersion = version;
  const { song } = set;
  if (typeof source === "string") song.file_path = source;
  song.name =
    typeof source === "string"
      ? (source
          .split(/[\\/]/)
          .at(-1)
          ?.replace(/\.als$/i, "") ?? "")
      : "";
  readTime(liveSet, set);
  if (major >= 12) readScale(liveSet, set);
  readScenes(liveSet, set);
  const pairs = readTracks(liveSet, set);
  /** @type {import("./als/devices.js").Targets} */
  const targets = new Map();
  for (const pair of pairs) fillTrack(pair, targets);
  for (const pair of pairs) readAutomation(pair, targets);
  const { envelope } = song.tempoParameter;
  if (envelope) {
    song.tempoParameter.current = valueAt(envelope, 0);
    song.transport.setTempo(song.tempoParameter.current);
    set.notices.push("The tempo is automated; the Set stands at the tempo of its beginning.");
  }
  readLocators(liveSet, set);
  const shown = pairs[liveSet.number("HighlightedTrackIndex", 0)];
  if (shown && song.tracks.includes(shown.track)) song.view.set_selected_track(shown.track);
  if (song.tracks.length === 0) set.notices.push("The Set has no tracks.");
  return set;
}

/** @param {Node} liveSet @param {LiveSet} set */
function readTime(liveSet, set) {
  const { song } = set;
  const main = liveSet.at("MainTrack") ?? liveSet.at("MasterTrack");
  const strip = main?.at("DeviceChain/Mixer");
  const tempo = strip?.number("Tempo/Manual", Number.NaN) ?? Number.NaN;
  if (tempo >= 20 && tempo <= 999) song.set_tempo(tempo);
  else set.notices.push("The Set tells no tempo; 120 BPM is used.");
  const packed = strip?.number("TimeSignature/Manual", 201) ?? 201;
  [song.signature_numerator, song.signature_denominator] = unpackSignature(packed);
  song.transport.loop = liveSet.flag("Transport/LoopOn");
  song.transport.loop_start = liveSet.number("Transport/LoopStart", 0);
  song.transport.loop_length = Math.max(1 / 16, liveSet.number("Transport/LoopLength", 4));
  song.clip_trigger_quantization = liveSet.number("GlobalQuantisation", 4);
}

/**
 * Live 12's scale. Every new Set carries "C Major" with `InKey` on, chosen or not: so that one is read as no
 * choice, and only another scale switches scale mode on.
 *
 * @param {Node} liveSet
 * @param {LiveSet} set
 */
function readScale(liveSet, set) {
  const { song } = set;
  const root = liveSet.number("ScaleInformation/RootNote", liveSet.number("ScaleInformation/Root", 0));
  const written = liveSet.text("ScaleInformation/Name");
  const name = /^\d+$/.test(written) ? [...SCALES.keys()][Number(written)] : written;
  if (!name || !SCALES.has(name)) {
    if (written !== "") set.notices.push(`The scale "${written}" is not known; no scale is set.`);
    return;
  }
  song.root_note = ((root % 12) + 12) % 12;
  song.scale_name = name;
  song.scale_mode = liveSet.flag("InKey") && !(song.root_note === 0 && name === "Major");
}

/** Scenes; a file which lists fewer than its clip slots is filled up. @param {Node} liveSet @param {LiveSet} set */
function readScenes(liveSet, set) {
  const { song } = set;
  const nodes = [...liveSet.list("Scenes"), ...liveSet.list("SceneNames/Scenes"), ...liveSet.list("SceneNames")];
  song.scenes = nodes
    .filter((node) => node.name === "Scene")
    .map((node) => {
      const scene = new Scene(set, song, node.text("Name") || (node.attributes.Value ?? "").trim());
      const colour = node.number("Color", node.number("ColorIndex", -1));
      if (colour >= 0) scene.color_index = colour % PALETTE.length;
      if (node.flag("IsTempoEnabled")) scene.tempo = node.number("Tempo", -1);
      if (node.flag("IsTimeSignatureEnabled")) {
        const [numerator, denominator] = unpackSignature(node.number("TimeSignatureId", 201));
        scene.time_signature_numerator = numerator;
        scene.time_signature_denominator = denominator;
      }
      return scene;
    });
  const slots = liveSet.list("Tracks").map((track) => track.list("DeviceChain/MainSequencer/ClipSlotList").length);
  while (song.scenes.length < Math.max(1, ...slots)) song.scenes = [...song.scenes, new Scene(set, song)];
}

/** Locators; one without a time is left out and said so. @param {Node} liveSet @param {LiveSet} set */
function readLocators(liveSet, set) {
  const { song } = set;
  let odd = 0;
  for (const node of liveSet.list("Locators/Locators")) {
    const time = node.number("Time", Number.NaN);
    if (Number.isNaN(time)) odd += 1;
    else song.cue_points.push(new CuePoint(set, song, time, node.text("Name")));
  }
  song.cue_points.sort((a, b) => a.time - b.time);
  if (odd > 0) set.notices.push(`${odd} locators carry no time and were left out.`);
}
