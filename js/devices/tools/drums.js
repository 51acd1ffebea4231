/** Bandmate Drums Tool, entry of its v8: beats in the Generate panel, on the pads of the track's own rack. */
import table from "../../../presets/devices/drums_tool.json" with { type: "json" };
import { padsHere } from "./beside.js";
import { runTool } from "./entry.js";
import { Generator } from "./generator.js";

const NUMBERS = ["bars", "complexity", "fills"];

/** @type {import("./generator.js").GeneratorKind} */
const DRUMS = {
  method: "compose.drums",
  pitched: false,
  coarsest: 0.25,
  anchor: "bar",
  promise: "A beat for your kit",
  beside: (live) => padsHere(live),
  request: ({ controls }) => ({
    style: controls.choice("style"),
    // On the wire 1 is as the genre does.
    density: controls.number("density") / 100,
    ...Object.fromEntries(NUMBERS.map((name) => [name, controls.number(name)])),
  }),
};

runTool(table, "Drums", (parts, keep) => new Generator(parts, DRUMS, keep));
