/**
 * Bandmate Listen, entry of its v8: ties the device to Max. Nothing else in this folder touches a Max global.
 *
 * Messages in: start, enabled <0|1>, one selector per control (presets/devices/listen.json), from the tape machine
 * position <0-1> and written, from the meter level <power> and onset, and from the Hub opened, frame, dict, closed, hub. Messages out: see face.js.
 */

import { answer, dictionary, edge } from "../shared/edge.js";
import { SOUNDING, Sounding } from "../shared/sounding.js";
import { ListenDevice } from "./device.js";
import { Face } from "./face.js";
import { Meter } from "./meter.js";
import { VALUES } from "./parameters.js";

const { id, clock, live, connect } = edge("Listen");

const picture = dictionary(`bandmate.heard.${id}`);

const face = new Face({ outlet: (index, ...values) => outlet(index, ...values), writeDict: picture.write });
const shared = new Dict(SOUNDING);
const meter = new Meter({
  id,
  live,
  sounding: new Sounding(shared),
  order: (...values) => face.tape(...values),
});

const device = new ListenDevice({ id, live, clock, face, meter, connect });

answer(device, VALUES, {
  listen: () => device.listen(),
  half: () => device.scaleTempo(0.5),
  double: () => device.scaleTempo(2),
  relative: () => device.otherKey("relative"),
  parallel: () => device.otherKey("parallel"),
  as_heard: () => device.forget(),
  set_tempo: () => device.setTempo(),
  set_scale: () => device.setScale(),
  tag_name: () => device.tagName(),
  tag_colour: () => device.tagColour(),
  set_locators: () => device.setLocators(),
  undo: () => device.undo(),
  restore: () => device.restore(),
  position: (at) => device.position(Number(at)),
  written: () => device.written(),
  level: (power) => meter.level(Number(power)),
  onset: () => meter.onset(),
  notifydeleted: () => {
    device.remove();
    picture.free();
    shared.freepeer();
  },
});
