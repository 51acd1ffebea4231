/** Ties a tool to Max. Nothing else in this folder touches a Max global. */
import { seededRandom, seedOf } from "../../rpc/random.js";
import { buttonsOf, tableOf, valuesOf } from "../shared/controls.js";
import { answer, dictionary, edge } from "../shared/edge.js";
import { ToolFace } from "./face.js";
import { Keep } from "./keep.js";

/** @typedef {import("./tool.js").Tool<any>} AnyTool */
/** @typedef {import("./tool.js").Parts} Parts */

/** @param {string} name of a dictionary of Max's @returns {string} JSON */
function readDict(name) {
  const dict = new Dict(name);
  const json = dict.stringify();
  dict.freepeer();
  return json;
}

/**
 * Messages in: start, one selector per control (the tool's table in presets/devices), context and dictionary from
 * live.miditool.in, and from the Hub opened, frame, dict, closed, hub. Messages out: see face.js.
 *
 * @param {unknown} json the tool's table
 * @param {string} name for the engine's log and the kept phrase
 * @param {(parts: Parts, keep: Keep) => AnyTool} make
 * @param {(tool: AnyTool) => Record<string, () => void>} [buttons] the tool's own, by selector
 */
export function runTool(json, name, make, buttons = () => ({})) {
  const table = tableOf(json);
  const { id, clock, live, connect } = edge(`${name} tool`);
  const extras = /** @type {MaxGlobals} */ (/** @type {unknown} */ (globalThis));
  const keep = new Keep({ File: extras.File, toolPath: patcher.filepath, name: name.toLowerCase(), clock });
  const parts = {
    live,
    clock,
    table,
    connect,
    random: seededRandom(seedOf(id)),
    face: new ToolFace({
      outlet: (index, ...values) => outlet(index, ...values),
      writeRoll: dictionary().write,
      writeAnswer: dictionary().write,
    }),
    readDict,
    LiveAPI: /** @type {any} */ (LiveAPI),
  };
  const tool = make(parts, keep);
  answer(tool, valuesOf(table), {
    context: (_kind, dict) => tool.context(String(dict)),
    dictionary: (dict) => tool.round(String(dict)),
    notifydeleted: () => tool.remove(),
    ...(buttonsOf(table).includes("dice") && { dice: () => tool.dice() }),
    ...buttons(tool),
  });
}
