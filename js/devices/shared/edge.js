/** What every device's script does the same way at its edge to Max. Only an entry script calls these. */
import { Live } from "../../live/live.js";
import { liveVersion } from "../../live/song.js";
import { maxClock } from "../../rpc/clock.js";
import { createLink } from "../../rpc/link.js";
import { uniqueId } from "../../rpc/random.js";
import { VERSION } from "../../rpc/version.js";

/** Messages of the Hub, from its `bandmate.res`. */
const HUB_SELECTORS = ["opened", "frame", "dict", "closed", "hub"];

/**
 * @param {string} name of the device, for the engine's log
 * @returns what a device is made of: its id in Max, its hand on Live, its clock and its way to the engine
 */
export function edge(name) {
  const id = uniqueId("d");
  const clock = maxClock(Task);
  // Max's own functions are called by their names, never as somebody's method: with another `this` they have crashed Live.
  const live = new Live(/** @type {any} */ (LiveAPI));
  const extras = /** @type {MaxGlobals} */ (/** @type {unknown} */ (globalThis));
  return {
    id,
    clock,
    live,
    /** @param {(state: import("../../rpc/link.js").LinkState) => void} onState */
    connect: (onState) =>
      createLink({
        id,
        name,
        version: VERSION,
        live: liveVersion(live),
        maxVersion: max.version,
        max: {
          messnamed: (receiver, ...values) => messnamed(receiver, ...values),
          Dict,
          clock,
          WebSocket: extras.WebSocket,
          File: extras.File,
          filepath: () => patcher.filepath,
        },
        onState,
      }),
  };
}

/**
 * A dictionary of Max's own, made at the first use, as a picture is handed from one script to another.
 *
 * @param {string} [name] without it Max finds one
 */
export function dictionary(name) {
  /** @type {Dict|null} */
  let dict = null;
  return {
    /** @param {string} json what it holds from now on @returns {string} its name */
    write(json) {
      dict ??= name === undefined ? new Dict() : new Dict(name);
      dict.parse(json);
      return dict.name;
    },
    /** Leaves it to Max. */
    free() {
      dict?.freepeer();
    },
  };
}

/**
 * What stands in a textedit, from the words that `route text` passes on: an empty one says a bare "text", which comes as a bang.
 *
 * @param {readonly unknown[]} words
 */
export const typed = (words) => (words.length === 1 && words[0] === "bang" ? "" : words.join(" "));

/**
 * @typedef {object} Played what every device answers
 * @property {() => void} start
 * @property {(on: boolean) => void} [enable] a MIDI Tool has no switch of its own
 * @property {(selector: string, value: number) => void} parameter
 * @property {(selector: string, values: (string|number)[]) => void} receive
 */

/**
 * Puts the answers to Max's messages on the global scope, where Max looks for them and a bundler does not leave them.
 *
 * @param {Played} device
 * @param {readonly string[]} values selectors of the controls that hold a value
 * @param {Record<string, (...values: any[]) => void>} messages the device's own
 */
export function answer(device, values, messages) {
  /** @type {Record<string, (...values: any[]) => void>} */
  const all = {
    start: () => device.start(),
    ...messages,
  };
  if (device.enable !== undefined) all.enabled = (on) => device.enable?.(Number(on) !== 0);
  for (const selector of values) all[selector] = (value) => device.parameter(selector, Number(value));
  for (const selector of HUB_SELECTORS) all[selector] = (...said) => device.receive(selector, said);
  Object.assign(globalThis, all);
}
