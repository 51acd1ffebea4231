/** Bandmate Bass Tool, entry of its v8: bass lines in the Generate panel, to the chords and the kick beside the clip. */
import table from "../../../presets/devices/bass_tool.json" with { type: "json" };
import { chordsAndKickHere } from "./beside.js";
import { runTool } from "./entry.js";
import { Generator } from "./generator.js";

const NUMBERS = ["bars", "density", "movement", "syncopation"];

/** @type {import("./generator.js").GeneratorKind} */
const BASS = {
  method: "compose.bass",
  pitched: true,
  coarsest: 0.5,
  anchor: "bar",
  promise: "Bass to the chords beside it",
  beside: (live, controls, barLength) => chordsAndKickHere(live, controls.number("bars") * barLength),
  request: ({ controls }) => ({
    style: controls.choice("style"),
    ...Object.fromEntries(NUMBERS.map((name) => [name, controls.number(name)])),
  }),
};

runTool(table, "Bass", (parts, keep) => new Generator(parts, BASS, keep));
