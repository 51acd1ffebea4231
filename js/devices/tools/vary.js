/** Bandmate Vary Tool, entry of its v8: variations of the selected notes in the Transform panel. */
import table from "../../../presets/devices/vary_tool.json" with { type: "json" };
import { aboutClip } from "./about.js";
import { runTool } from "./entry.js";
import { Transformation } from "./transformation.js";

/** Takes of one seed, as many as the Take box has. */
const COUNT = 8;

/** @type {import("./transformation.js").TransformationKind} */
const VARY = {
  method: "compose.vary",
  noteForNote: false,
  promise: "Your notes, another way",
  request: (asking, notes) => ({
    ...aboutClip(asking, notes),
    role: asking.controls.choice("role"),
    keep: asking.controls.choice("keep"),
    distance: asking.controls.number("distance"),
    seed: asking.seed,
    count: COUNT,
  }),
  read: ({ variations }, { controls }) => {
    const chosen = variations[(controls.number("take") - 1) % variations.length];
    return { notes: chosen.notes, words: chosen.words };
  },
};

runTool(table, "Vary", (parts) => new Transformation(parts, VARY));
