/** Small MIDI Tools for tests, and a clip for them to work on. */
import { LiveSet } from "../../../../js/headless/index.js";
import { open } from "./live.js";
import { Patch } from "./patch.js";

/** A v8 that answers with what `notes(given, context)` gives. @param {string} notes an expression */
export const answering = (notes) => `
inlets = 1; outlets = 1;
var told = {};
function context(kind, name) { told = JSON.parse(new Dict(name).stringify()); }
function dictionary(name) {
  const given = JSON.parse(new Dict(name).stringify()).notes;
  const out = new Dict();
  out.parse(JSON.stringify({ notes: (${notes})(given, told) }));
  outlet(0, "dictionary", out.name);
}`;

/** The same notes, a whole tone up. */
export const UP = answering("(given) => given.map((note) => ({ ...note, pitch: note.pitch + 2 }))");

/** One note at the start of the selected time. */
export const ONE = answering(
  "(_, { clip }) => [{ pitch: 60, start_time: clip.time_selection_start, duration: 0.5, velocity: 90 }]",
);

/**
 * A tool: in -> code -> (what stands between) -> out, and a button that bangs it.
 * @param {"nagg" | "natt"} kind
 * @param {string} code
 * @param {string} [between] an object its answer goes through
 */
export function toolPatch(kind, code, between) {
  const patch = new Patch(kind);
  const input = patch.object("live.miditool.in", 1, 3, { varname: "in" });
  const context = patch.object("prepend context", 1, 1);
  const script = patch.v8(code);
  const output = patch.object("live.miditool.out", 1, 0, { varname: "out" });
  const button = patch.control("live.button", "Again", { type: 2, enum: ["off", "on"], mmax: 1, invisible: 2 });
  patch.cord(button, 0, input, 0).cord(input, 1, context, 0).cord(context, 0, script, 0).cord(input, 0, script, 0);
  if (between) {
    const inlets = between.startsWith("pipe") ? 2 : between.startsWith("delay") ? 2 : 1;
    const way = patch.object(between, inlets, 1);
    patch.cord(script, 0, way, 0).cord(way, 0, output, 0);
  } else patch.cord(script, 0, output, 0);
  return Object.assign(patch, { input, script, output });
}

/** Pitch and start of the clip's notes. @param {any} clip */
export const melody = (clip) => clip.notes.map((/** @type {any} */ { pitch, start_time }) => [pitch, start_time]);

/**
 * A Live with a clip of four notes in Detail View.
 * @param {import("node:test").TestContext} t
 * @param {import("../../../../js/headless/index.js").OpenOptions} [options]
 */
export async function clipOpen(t, options = {}) {
  const set = LiveSet.empty({ tracks: [{ kind: "midi", name: "Keys" }], scale: { root: 9, name: "Minor" } });
  const live = await open(t, { set, ...options });
  const clip = set.edit(() => {
    const slot = /** @type {any} */ (set.tracks[0].clip_slots[0]);
    slot.create_clip(4);
    slot.clip.add_new_notes({
      notes: [60, 62, 64, 65].map((pitch, at) => ({ pitch, start_time: at, duration: 0.5, velocity: 100 })),
    });
    set.song.view.set_detail_clip(slot.clip);
    return slot.clip;
  });
  return { live, set, clip, panel: live.panel };
}
