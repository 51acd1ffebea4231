/**
 * Bandmate Arrange, entry of its v8: ties the device to Max. Nothing else in this folder touches a Max global.
 *
 * Messages in: start, enabled <0|1>, one selector per control (presets/devices/arrange.json), energy <words>, from the
 * picture section <number>, section_energy <number> <percent>, section_plain <number>, rate <0-5>, and from the Hub opened, frame, dict,
 * closed, hub. Messages out: see maker/face.js, with `song <dict name>` for the picture.
 */
import { seededRandom, seedOf } from "../../rpc/random.js";
import { Face } from "../maker/face.js";
import { answer, dictionary, edge, typed } from "../shared/edge.js";
import { openExploring } from "../shared/exploring.js";
import { openTasted } from "../tasting/of_device.js";
import { ArrangeDevice } from "./device.js";
import { VALUES } from "./parameters.js";

const { id, clock, live, connect } = edge("Arrange");

const picture = dictionary(`bandmate.song.${id}`);

const exploring = openExploring(Dict, (receiver, ...said) => messnamed(receiver, ...said));
const { tasted, free } = openTasted(Dict, exploring);

const device = new ArrangeDevice({
  live,
  clock,
  tasted,
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
  rate: (stars) => device.rate(Number(stars)),
  section: (number) => device.section(Number(number)),
  section_energy: (number, percent) => device.sectionEnergy(Number(number), Number(percent)),
  section_plain: (number) => device.sectionPlain(Number(number)),
  notifydeleted: () => {
    device.remove();
    picture.free();
    free();
    exploring.free();
  },
});
