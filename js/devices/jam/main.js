/**
 * Bandmate Jam, entry of its v8: ties the device to Max. Nothing else in this folder touches a Max global.
 *
 * Messages in: start, enabled <0|1>, one selector per control (presets/devices/jam.json) but the macros, own_text <words>,
 * freeze, undo, restore, dice, rate <0-5>; from the player (m4l_devices/devices/jam_player.py) lanes, entered, struck, hushed; and from the
 * Hub opened, frame, dict, closed, hub; from the board of the Macros steered. Messages out: see maker/face.js, with the player's
 * words at outlet 2.
 */
import { seededRandom, seedOf } from "../../rpc/random.js";
import { Face } from "../maker/face.js";
import { openBoard, SAID } from "../shared/board.js";
import { answer, dictionary, edge, typed } from "../shared/edge.js";
import { openExploring } from "../shared/exploring.js";
import { FOLLOWING, Following } from "../shared/following.js";
import { SOUNDING, Sounding } from "../shared/sounding.js";
import { openTasted } from "../tasting/of_device.js";
import { JamDevice } from "./device.js";
import { VALUES } from "./parameters.js";

const { id, clock, live, connect } = edge("Jam");

const picture = dictionary(`bandmate.jam.${id}`);
const sounding = new Dict(SOUNDING);
const following = new Dict(FOLLOWING);
const { board, free } = openBoard(Dict, (receiver, ...values) => messnamed(receiver, ...values));

const exploring = openExploring(Dict, (receiver, ...said) => messnamed(receiver, ...said));
const { tasted, free: freeTasted } = openTasted(Dict, exploring);

const device = new JamDevice({
  id,
  sounding: new Sounding(sounding),
  following: new Following(following),
  board,
  tasted,
  live,
  clock,
  random: seededRandom(seedOf(id)),
  face: new Face({ outlet: (index, ...values) => outlet(index, ...values), writeDict: picture.write }),
  connect,
});

answer(device, VALUES, {
  own_text: (...words) => device.ownText(typed(words)),
  freeze: () => device.clips.freeze(),
  undo: () => device.clips.undo(),
  restore: () => device.clips.restore(),
  dice: () => device.dice(),
  rate: (stars) => device.clips.rate(Number(stars)),
  lanes: (...values) => device.lanes(values.map(Number)),
  entered: (tick) => device.entered(Number(tick)),
  struck: (pitch, velocity, tick) => device.struck(Number(pitch), Number(velocity), Number(tick)),
  hushed: (place) => device.hushed(Number(place)),
  [SAID]: () => device.steered(),
  notifydeleted: () => {
    device.remove();
    picture.free();
    sounding.freepeer();
    following.freepeer();
    exploring.free();
    freeTasted();
    free();
  },
});
