/**
 * Bandmate Companion, entry of its v8: ties the device to Max. Nothing else in this folder touches a Max global.
 *
 * Messages in: start, enabled <0|1>, key, mode, analyze, fit, learn, learn_as <words>, undo, restore, and from the Hub
 * opened, frame, dict, closed, hub. Messages out: see face.js.
 */

import { answer, edge } from "../shared/edge.js";
import { CompanionDevice } from "./device.js";
import { Face } from "./face.js";
import { VALUES } from "./parameters.js";

const { id, clock, live, connect } = edge("Companion");

/** Shared by all Companions: who of them works (as the Hubs do it). */
const seat = new Dict("bandmate.companion");

/** @type {Dict|null} */
let picture = null;

/** @param {string} json */
function writeDict(json) {
  picture ??= new Dict(`bandmate.clip.${id}`);
  picture.parse(json);
  return picture.name;
}

const device = new CompanionDevice({
  id,
  seat,
  live,
  clock,
  face: new Face({ outlet: (index, ...values) => outlet(index, ...values), writeDict }),
  connect,
});

answer(device, VALUES, {
  analyze: () => device.analyze(),
  fit: () => device.fit(),
  learn: () => device.learn(),
  // An empty textedit says a bare "text", which `route text` passes on as a bang.
  learn_as: (...words) => device.learnAs(words.length === 1 && words[0] === "bang" ? "" : words.join(" ")),
  undo: () => device.undo(),
  restore: () => device.restore(),
  notifydeleted: () => {
    device.remove();
    picture?.freepeer();
    seat.freepeer();
  },
});
