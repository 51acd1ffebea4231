/**
 * Bandmate Chords, entry of its v8: ties the device to Max. Nothing else in this folder touches a Max global.
 *
 * Messages in: start, enabled <0|1>, one selector per control (presets/devices/chords.json), own_text <words>, the buttons'
 * selectors, picture_press, and from the Hub opened, frame, dict, closed, hub. Messages out: see face.js.
 */

import { seededRandom, seedOf } from "../../rpc/random.js";
import { answer, edge } from "../shared/edge.js";
import { ChordsDevice } from "./device.js";
import { Face } from "./face.js";
import { VALUES } from "./parameters.js";

const { id, clock, live, connect } = edge("Chords");

/** @type {Dict|null} */
let picture = null;

/** @param {string} json */
function writeDict(json) {
  picture ??= new Dict(`bandmate.roll.${id}`);
  picture.parse(json);
  return picture.name;
}

const device = new ChordsDevice({
  live,
  clock,
  random: seededRandom(seedOf(id)),
  face: new Face({ outlet: (index, ...values) => outlet(index, ...values), writeDict }),
  connect,
});

answer(device, VALUES, {
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
});
