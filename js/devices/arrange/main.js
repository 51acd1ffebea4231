/**
 * Bandmate Arrange, entry of its v8: ties the device to Max. Nothing else in this folder touches a Max global.
 *
 * Messages in: start, enabled <0|1>, one selector per control (presets/devices/arrange.json), energy <words>, from the
 * picture section <number>, section_energy <number> <percent>, section_plain <number>, and from the Hub opened, frame, dict,
 * closed, hub. Messages out: see maker/face.js, with `song <dict name>` for the picture.
 */
import { seededRandom, seedOf } from "../../rpc/random.js";
import { Face } from "../maker/face.js";
import { answer, dictionary, edge, typed } from "../shared/edge.js";
import { ArrangeDevice } from "./device.js";
import { VALUES } from "./parameters.js";

const { id, clock, live, connect } = edge("Arrange");

const picture = dictionary(`bandmate.song.${id}`);

const device = new ArrangeDevice({
  live,
  clock,
  random: seededRandom(seedOf(id)),
  face: new Face({ outlet: (index, ...values) => outlet(index, ...values), writeDict: picture.write }),
  connect,
});

answer(device, VALUES, {
  generate: () => device.generate(),
  undo: () => device.undo(),
  restore: () => device.restore(),
  dice: () => device.dice(),
  energy: (...words) => device.energy(typed(words)),
  section: (number) => device.section(Number(number)),
  section_energy: (number, percent) => device.sectionEnergy(Number(number), Number(percent)),
  section_plain: (number) => device.sectionPlain(Number(number)),
  notifydeleted: () => {
    device.remove();
    picture.free();
  },
});
