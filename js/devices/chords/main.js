/**
 * Bandmate Chords, entry of its v8: ties the device to Max. Nothing else in this folder touches a Max global.
 *
 * Messages in: start, enabled <0|1>, one selector per control (presets/devices/chords.json), own_text <words>, the buttons'
 * selectors, picture_press, and from the Hub opened, frame, dict, closed, hub. Messages out: see face.js.
 */

import { Live } from "../../live/live.js";
import { liveVersion } from "../../live/song.js";
import { maxClock } from "../../rpc/clock.js";
import { createLink } from "../../rpc/link.js";
import { seededRandom, seedOf, uniqueId } from "../../rpc/random.js";
import { VERSION } from "../../rpc/version.js";
import { ChordsDevice } from "./device.js";
import { Face } from "./face.js";
import { VALUES } from "./parameters.js";

const HUB_SELECTORS = ["opened", "frame", "dict", "closed", "hub"];

const id = uniqueId("d");
const clock = maxClock(Task);
const extras = /** @type {MaxGlobals} */ (/** @type {unknown} */ (globalThis));

/** @type {Dict|null} */
let picture = null;

/** @param {string} json */
function writeDict(json) {
  picture ??= new Dict(`bandmate.roll.${id}`);
  picture.parse(json);
  return picture.name;
}

// Max's own functions are called by their names, never as somebody's method: with another `this` they have crashed Live.
const live = new Live(/** @type {any} */ (LiveAPI));
const device = new ChordsDevice({
  live,
  clock,
  random: seededRandom(seedOf(id)),
  face: new Face({ outlet: (index, ...values) => outlet(index, ...values), writeDict }),
  connect: (onState) =>
    createLink({
      id,
      name: "Chords",
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
});

/** @type {Record<string, (...values: any[]) => void>} */
const messages = {
  start: () => device.start(),
  enabled: (on) => device.enable(Number(on) !== 0),
  // An empty textedit says a bare "text", which `route text` passes on as a bang.
  own_text: (...words) => device.ownText(words.length === 1 && words[0] === "bang" ? "" : words.join(" ")),
  generate: () => device.generate(),
  undo: () => device.undo(),
  restore: () => device.restore(),
  dice: () => device.dice(),
  audition: () => device.audition(),
  picture_press: () => device.audition(),
  notifydeleted: () => {
    device.remove();
    picture?.freepeer();
  },
};
for (const selector of VALUES) messages[selector] = (value) => device.parameter(selector, Number(value));
for (const selector of HUB_SELECTORS) messages[selector] = (...values) => device.receive(selector, values);

// Max looks for the functions on the global scope, where a bundler does not leave them.
Object.assign(globalThis, messages);
