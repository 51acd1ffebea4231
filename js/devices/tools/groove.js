/** Bandmate Groove Tool, entry of its v8: the groove of one clip, or a swing, for the selected notes of another. */
import table from "../../../presets/devices/groove_tool.json" with { type: "json" };
import { runTool } from "./entry.js";
import { GrooveTool } from "./groove_tool.js";

runTool(
  table,
  "Groove",
  (parts, keep) => new GrooveTool(parts, keep),
  (tool) => ({ take: () => /** @type {GrooveTool} */ (tool).take() }),
);
