/** Bandmate Melody Tool, entry of its v8: melodies in the Generate panel, over the chords beside the clip. */
import table from "../../../presets/devices/melody_tool.json" with { type: "json" };
import { chordsHere } from "./beside.js";
import { runTool } from "./entry.js";
import { Generator } from "./generator.js";

const NUMBERS = ["bars", "density", "complexity", "variation"];

/** @type {import("./generator.js").GeneratorKind} */
const MELODY = {
  method: "compose.melody",
  pitched: true,
  coarsest: 0.5,
  anchor: "bar",
  promise: "A tune over the chords beside it",
  beside: (live, controls, barLength) => chordsHere(live, controls.number("bars") * barLength),
  request: ({ controls }) => ({
    style: controls.choice("style"),
    ...Object.fromEntries(NUMBERS.map((name) => [name, controls.number(name)])),
  }),
};

runTool(table, "Melody", (parts, keep) => new Generator(parts, MELODY, keep));
