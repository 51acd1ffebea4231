/**
 * Bandmate Companion, entry of its v8: ties the device to Max. Nothing else in this folder touches a Max global.
 *
 * Messages in: start, enabled <0|1>, key, mode, analyze, fit, learn, learn_as <words>, undo, restore, and from the Hub
 * opened, frame, dict, closed, hub; from the picture rate <0-5>. Messages out: see face.js.
 */

import { seededRandom, seedOf } from "../../rpc/random.js";
import { answer, dictionary, edge, typed } from "../shared/edge.js";
import { openExploring } from "../shared/exploring.js";
import { openTasted } from "../tasting/of_device.js";
import { CompanionDevice } from "./device.js";
import { Face } from "./face.js";
import { VALUES } from "./parameters.js";

const { id, clock, live, connect } = edge("Companion");

/** Shared by all Companions: who of them works (as the Hubs do it). */
const seat = new Dict("bandmate.companion");

const picture = dictionary(`bandmate.clip.${id}`);
const exploring = openExploring(Dict, (receiver, ...said) => messnamed(receiver, ...said));
const { tasted, free } = openTasted(Dict, exploring);

const device = new CompanionDevice({
  id,
  seat,
  live,
  clock,
  random: seededRandom(seedOf(id)),
  tasted,
  face: new Face({ outlet: (index, ...values) => outlet(index, ...values), writeDict: picture.write }),
  connect,
});

answer(device, VALUES, {
  analyze: () => device.analyze(),
  fit: () => device.fit(),
  learn: () => device.learn(),
  learn_as: (...words) => device.learnAs(typed(words)),
  rate: (stars) => device.rate(Number(stars)),
  undo: () => device.undo(),
  restore: () => device.restore(),
  notifydeleted: () => {
    device.remove();
    picture.free();
    seat.freepeer();
    free();
    exploring.free();
  },
});
