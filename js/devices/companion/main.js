/**
 * Bandmate Companion, entry of its v8: ties the device to Max. Nothing else in this folder touches a Max global.
 *
 * Messages in: start, enabled <0|1>, key, mode, analyze, fit, learn, learn_as <words>, undo, restore, and from the Hub
 * opened, frame, dict, closed, hub. Messages out: see face.js.
 */

import { answer, dictionary, edge, typed } from "../shared/edge.js";
import { CompanionDevice } from "./device.js";
import { Face } from "./face.js";
import { VALUES } from "./parameters.js";

const { id, clock, live, connect } = edge("Companion");

/** Shared by all Companions: who of them works (as the Hubs do it). */
const seat = new Dict("bandmate.companion");

const picture = dictionary(`bandmate.clip.${id}`);

const device = new CompanionDevice({
  id,
  seat,
  live,
  clock,
  face: new Face({ outlet: (index, ...values) => outlet(index, ...values), writeDict: picture.write }),
  connect,
});

answer(device, VALUES, {
  analyze: () => device.analyze(),
  fit: () => device.fit(),
  learn: () => device.learn(),
  learn_as: (...words) => device.learnAs(typed(words)),
  undo: () => device.undo(),
  restore: () => device.restore(),
  notifydeleted: () => {
    device.remove();
    picture.free();
    seat.freepeer();
  },
});
