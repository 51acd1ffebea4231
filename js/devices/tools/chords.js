/** Bandmate Chords Tool, entry of its v8: chord progressions in the Generate panel. */
import table from "../../../presets/devices/chords_tool.json" with { type: "json" };
import { runTool } from "./entry.js";
import { Generator } from "./generator.js";

const PERCENTAGES = ["tension", "complexity", "density"];

/** @type {import("./generator.js").GeneratorKind} */
const CHORDS = {
  method: "compose.chords",
  pitched: true,
  coarsest: 1,
  anchor: "selection",
  promise: "Chords fill what you select",
  request: ({ controls }) => ({
    style: controls.choice("style"),
    bars: controls.number("bars"),
    ...Object.fromEntries(PERCENTAGES.map((name) => [name, controls.number(name)])),
  }),
};

runTool(table, "Chords", (parts, keep) => new Generator(parts, CHORDS, keep));
