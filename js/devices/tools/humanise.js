/** Bandmate Humanise Tool, entry of its v8: the selected notes as somebody would play them, in the Transform panel. */
import table from "../../../presets/devices/humanise_tool.json" with { type: "json" };
import { runTool } from "./entry.js";
import { Transformation } from "./transformation.js";

const NUMBERS = ["amount", "timing", "velocity"];

/** @type {import("./transformation.js").TransformationKind} */
const HUMANISE = {
  method: "compose.humanise",
  noteForNote: true,
  promise: "Your notes, played by somebody",
  request: ({ controls, seed, place }) => ({
    role: controls.choice("role"),
    ...Object.fromEntries(NUMBERS.map((name) => [name, controls.number(name)])),
    seed,
    tempo: place.here.tempo,
    signature_numerator: place.here.numerator,
    signature_denominator: place.here.denominator,
    context: place.context(),
  }),
  read: ({ notes, summary }) => ({ notes, words: summary }),
};

runTool(table, "Humanise", (parts) => new Transformation(parts, HUMANISE));
