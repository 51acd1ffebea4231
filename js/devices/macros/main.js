/**
 * Bandmate Macros, entry of its v8: ties the device to Max. Nothing else in this folder touches a Max global.
 *
 * Messages in: start, enabled <0|1>, energy, tension, darkness, groove, and from the board (../shared/board.js) steered.
 * Messages out: see face.js. The engine is not needed here.
 */

import { Live } from "../../live/live.js";
import { maxClock } from "../../rpc/clock.js";
import { uniqueId } from "../../rpc/random.js";
import { openBoard } from "../shared/board.js";
import { dictionary } from "../shared/edge.js";
import { MacrosDevice } from "./device.js";
import { Face } from "./face.js";
import { VALUES } from "./parameters.js";

const id = uniqueId("d");
// Max's own functions are called by their names, never as somebody's method: with another `this` they have crashed Live.
const { board, free } = openBoard(Dict, (receiver, ...values) => messnamed(receiver, ...values));
const picture = dictionary(`bandmate.steered.${id}`);

const device = new MacrosDevice({
  id,
  board,
  live: new Live(/** @type {any} */ (LiveAPI)),
  clock: maxClock(Task),
  face: new Face({ outlet: (index, ...values) => outlet(index, ...values), writeDict: picture.write }),
});

Object.assign(globalThis, {
  start: () => device.start(),
  enabled: (/** @type {unknown} */ on) => device.enable(Number(on) !== 0),
  steered: () => device.news(),
  notifydeleted: () => {
    device.remove();
    picture.free();
    free();
  },
  ...Object.fromEntries(
    VALUES.map((selector) => [selector, (/** @type {unknown} */ value) => device.parameter(selector, Number(value))]),
  ),
});
