/** Bandmate Fit Tool, entry of its v8: brings notes into a key in the Transform panel. */
import table from "../../../presets/devices/fit_tool.json" with { type: "json" };
import { runTool } from "./entry.js";
import { Transformation } from "./transformation.js";

/** @type {import("./transformation.js").TransformationKind} */
const FIT = {
  method: "compose.fit",
  noteForNote: true,
  promise: "Notes come into the key",
  request: ({ controls, place }) => {
    const key = controls.choice("key");
    const mode = controls.choice("mode");
    return {
      key: key === "follow" ? null : key,
      mode: mode === "auto" ? null : mode,
      drums: place.here.drums,
      context: place.context(),
    };
  },
  read: ({ notes, words }) => ({ notes, words }),
};

runTool(table, "Fit", (parts) => new Transformation(parts, FIT));
