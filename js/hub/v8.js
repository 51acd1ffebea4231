/**
 * Bandmate Hub, the half that lives in Max: v8's entry script (built to dist/hub.js).
 *
 * One Hub leads (election.js), starts node.script with the other half (main.mjs), and is the switchboard between the
 * devices' global messages, node.script, Live and the Hub's own panel.
 *
 * # Cords of the patch
 *
 *   live.thisdevice left (bang)     -> message "start"      -> v8
 *   live.thisdevice middle (0|1)    -> prepend enabled      -> v8
 *   receive bandmate.req            -> prepend device       -> v8      ("open" alone would open v8's editor)
 *   node.script left                                        -> v8      (selectors below, all begin "node_")
 *   node.script right (life events) -> prepend node         -> v8
 *   buttons                         -> engine_start | engine_stop | engine_restart | open_folder -> v8
 *   Idle Minutes                    -> prepend idle_minutes -> v8
 *   v8 outlet 0                     -> node.script (text "node.script bandmate-hub.mjs @autostart 0 @watch 0")
 *   v8 outlet 1                     -> v8ui panel
 *
 * # v8 inlet, messages in
 *
 *   start                           once, from live.thisdevice
 *   enabled <0|1>                   the device's own switch; off releases the lead and stops node.script
 *   device open <id> <client JSON>  a device wants a connection (also: device frame <id> <text>,
 *                                   device dict <id> <dict name>, device wake <id>, device here <id>,
 *                                   device close <id>; and between Hubs: device released <hub id>)
 *   node <event> <success|error> dictionary <name>   life events of node.script
 *   node_awake                      main.mjs has installed its handlers: tell it what it must know
 *   node_to <id> opened | frame <text> | piece <index> <count> <text> | closed <code> <words>
 *   node_engine <state JSON>        {"engine": off|starting|ready|stopped|missing, "words", "version"}
 *   node_log <line>
 *   node_call <n> <index> <count> <text>  the engine asks something of Live: {"method", "params"}, maybe in pieces
 *   engine_start, engine_stop, engine_restart, open_folder, idle_minutes <n>
 *
 * # v8 outlet 0, to node.script
 *
 *   script start, script stop
 *   hub <JSON>                      {"hub", "version", "max", "live"}: answer to node_awake
 *   device open <id> <client JSON>, device frame <id> <text>, device piece <id> <index> <count> <text>,
 *   device wake <id>                a call of it waits: wake the engine
 *   device close <id>
 *   answer <n> <index> <count> <text>  {"result"} or {"error"} to node_call, maybe in pieces
 *   changed <index> <count> <text>  {"changes"}: what the engine watches in Live
 *   engine start | stop | restart, folder, idle <minutes>
 *
 * # v8 outlet 1, to the panel
 *
 *   status <off|away|busy|ready> <words>, log <line>, version <text>
 *
 * # To all devices, on bandmate.res
 *
 *   hub <state JSON>                {"hub", "engine", "words", "version"}; on every change and as answer to open, here
 *   opened <id>, frame <id> <text>, dict <id> <dict name>, closed <id> <code> <words>
 */

import { maxClock } from "../rpc/clock.js";
import { seededRandom, seedOf, uniqueId } from "../rpc/random.js";
import { Hub } from "./hub.js";

/** @type {Hub | null} */
let hub = null;

/** Made with the first message that needs it, not while Max compiles this file. */
function theHub() {
  if (hub) return hub;
  const id = uniqueId("h");
  hub = new Hub(id, {
    outlet: (index, ...values) => outlet(index, ...values),
    messnamed: (receiver, ...values) => messnamed(receiver, ...values),
    Dict,
    clock: maxClock(Task),
    random: seededRandom(seedOf(id)),
    LiveAPI: /** @type {any} */ (LiveAPI),
    maxVersion: max.version,
  });
  return hub;
}

// Max calls the global function that has a message's name.
Object.assign(globalThis, {
  start: () => theHub().start(),
  enabled: (/** @type {number} */ on) => theHub().enabled(Number(on) !== 0),
  device: (/** @type {any} */ what, /** @type {any} */ id, /** @type {any[]} */ ...rest) =>
    theHub().device(String(what), String(id), rest),
  node: (/** @type {any} */ event, /** @type {any} */ outcome) => theHub().life(String(event), String(outcome)),
  node_awake: () => theHub().awake(),
  node_to: (/** @type {any} */ id, /** @type {any} */ what, /** @type {any[]} */ ...rest) =>
    theHub().toDevice(String(id), String(what), rest),
  node_engine: (/** @type {any} */ json) => theHub().engine(String(json)),
  node_log: (/** @type {any[]} */ ...words) => theHub().log(words.join(" ")),
  node_call: (/** @type {any} */ number, /** @type {any} */ index, /** @type {any} */ count, /** @type {any} */ text) =>
    void theHub().call(Number(number), Number(index), Number(count), String(text)),
  engine_start: () => theHub().command("engine", "start"),
  engine_stop: () => theHub().command("engine", "stop"),
  engine_restart: () => theHub().command("engine", "restart"),
  open_folder: () => theHub().command("folder"),
  idle_minutes: (/** @type {number} */ minutes) => theHub().idleMinutes(Number(minutes)),
  notifydeleted: () => {
    hub?.deleted();
    hub = null;
  },
});
