/**
 * Facts about MIDI Tools: the two objects that only they have, and what may not stand in one.
 *
 * Sources: Max's pages of both objects, the guide "Max for Live MIDI Tools", and 13 real tools. `live.miditool.in` had two
 * outlets until Max 8.6.3.
 */

/** @typedef {import("./facts.js").Facts} Facts */

/** Kinds of .amxd that are MIDI Tools: of the Generate panel and of the Transform panel. */
export const TOOL_KINDS = Object.freeze({ nagg: "generator", natt: "transformation" });

/** @type {Record<string, Facts>} */
export const TOOL_FACTS = {
  "live.miditool.in": { inlets: 1, outlets: [3, 2], messages: ["bang"] },
  "live.miditool.out": { inlets: 1, outlets: 0, messages: ["dictionary"] },
};

/** A tool stands in no track: there is no stream of MIDI or sound for these. */
const STREAMS = new Set(["midiin", "midiout", "notein", "noteout"]);

/** @param {string} kind four letters @returns {boolean} */
export const isToolKind = (kind) => Object.hasOwn(TOOL_KINDS, kind);

/**
 * Why an object cannot work in a device of a kind, or "".
 *
 * @param {string} name
 * @param {string} kind four letters
 * @returns {string}
 */
export function misplaced(name, kind) {
  if (Object.hasOwn(TOOL_FACTS, name)) return isToolKind(kind) ? "" : "works in a MIDI Tool only";
  if (!isToolKind(kind)) return "";
  if (name.endsWith("~")) return "no sound runs in a MIDI Tool";
  return STREAMS.has(name) ? "no MIDI runs through a MIDI Tool" : "";
}
