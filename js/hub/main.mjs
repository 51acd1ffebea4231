/**
 * Bandmate Hub, the half that lives in Node for Max (built to dist/bandmate-hub.mjs).
 *
 * Finds the engine by its endpoint file or starts it, holds one websocket to it for each device, and one for the Hub
 * itself, through which the engine can ask something of Live. Prints nothing: node.script would send it out as messages.
 *
 * # Handlers (what v8 sends to node.script)
 *
 *   hub <JSON>                      {"hub", "version", "max", "live"}: who the other half is
 *   device open <id> <client JSON>  a device wants a connection
 *   device frame <id> <text>, device piece <id> <index> <count> <text>
 *   device wake <id>                a call of it waits: wake the engine
 *   device close <id>
 *   answer <n> <index> <count> <text>  {"result"} or {"error"} to call n
 *   changed <index> <count> <text>  {"changes"}: what the engine watches in Live
 *   engine start | stop | restart
 *   folder                          shows the data folder in Finder or Explorer
 *   idle <minutes>                  writes settings.json
 *
 * # Outlets (what node.script's left outlet sends to v8)
 *
 *   node_awake                      handlers are there; once, at the end of loading
 *   node_to <id> opened | frame <text> | piece <index> <count> <text> | closed <code> <words>
 *   node_engine <state JSON>        {"engine": off|starting|ready|stopped|missing, "words", "version"}
 *   node_log <line>
 *   node_call <n> <index> <count> <text>  {"method": "live.*", "params"}, maybe in pieces
 *
 * Texts longer than Max's symbols go in pieces of at most 30,000 bytes (rpc/pieces.js); the order of messages is kept
 * by node.script. The engine's token is added to session.hello here and never leaves this process by another way.
 */

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import maxApi from "max-api";
import WebSocket from "ws";
import { nodeClock } from "../rpc/clock.js";
import { seededRandom } from "../rpc/random.js";
import { VERSION } from "../rpc/version.js";
import { NodeHub } from "./node.js";
import { dataFolder, endpointIn, here, launchIn, watchEndpoint } from "./paths.js";

const place = here();
const folder = dataFolder(place);
mkdirSync(folder, { recursive: true, mode: 0o700 });

const hub = new NodeHub({
  // Rejected when Max is gone; then so are we, in a moment.
  outlet: (...values) => void maxApi.outlet(...values).catch(() => {}),
  endpoint: () => endpointIn(folder),
  launch: () => launchIn(folder),
  saveIdle,
  showFolder,
  folder,
  // Compression costs more than it saves inside one computer, and the engine has it off.
  socket: (url) => /** @type {any} */ (new WebSocket(url, { perMessageDeflate: false, handshakeTimeout: 5000 })),
  clock: nodeClock(),
  random: seededRandom(process.pid),
  version: VERSION,
});

maxApi.addHandlers(hub.handlers);

watchEndpoint(folder, () => hub.nudge());

process.on("exit", () => hub.kill());
const leave = () => void hub.end().finally(() => process.exit());
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, leave);
// Max is gone, perhaps without a word: nobody is left to work for.
process.on("disconnect", leave);
// A process whose only timers are unreferenced would end by itself.
setInterval(() => {}, 0x7fffffff);

hub.begin();

/**
 * Writes the idle time into settings.json, keeping what else is in there; whole or not at all.
 *
 * @param {number} minutes
 */
function saveIdle(minutes) {
  if (!Number.isFinite(minutes) || minutes < 0 || minutes > 1440) return;
  const file = join(folder, "settings.json");
  /** @type {Record<string, unknown>} */
  let settings = {};
  try {
    settings = JSON.parse(readFileSync(file, "utf8"));
    if (settings.idle_minutes === minutes) return;
  } catch {
    // There is none yet, or it is broken; the engine would not use that either.
  }
  const draft = join(folder, `.settings.json.${process.pid}`);
  writeFileSync(draft, `${JSON.stringify({ ...settings, idle_minutes: minutes }, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

/** Shows Bandmate's folder in the system's own file window. */
function showFolder() {
  const opener = { darwin: "open", win32: "explorer.exe" }[place.platform] ?? "xdg-open";
  const child = spawn(opener, [folder], { detached: true, stdio: "ignore" });
  child.on("error", () => {}); // No file window here: nothing to show.
  child.unref();
}
