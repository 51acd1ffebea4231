/**
 * Bandmate Taste, entry of its v8: ties the device to Max. Nothing else in this folder touches a Max global.
 *
 * Messages in: start, enabled <0|1>, explore, profile, part, action, target, name <words>, set_profile <words>, act, import_from <path> and
 * export_to <path> from Max's windows, from the board (../shared/exploring.js) explored and rated, and from the Hub opened,
 * frame, dict, closed, hub. Messages out: see face.js.
 */

import { answer, dictionary, edge, typed } from "../shared/edge.js";
import { EXPLORED, openExploring, RATED } from "../shared/exploring.js";
import { TasteDevice } from "./device.js";
import { Face } from "./face.js";
import { VALUES } from "./parameters.js";

const { id, clock, live, connect } = edge("Taste");
// Max's own functions are called by their names, never as somebody's method: with another `this` they have crashed Live.
const exploring = openExploring(Dict, (receiver, ...values) => messnamed(receiver, ...values));
const picture = dictionary(`bandmate.taste.${id}`);

const device = new TasteDevice({
  id,
  exploring,
  live,
  clock,
  face: new Face({ outlet: (index, ...values) => outlet(index, ...values), writeDict: picture.write }),
  connect,
});

answer(device, VALUES, {
  name: (...words) => device.name(typed(words)),
  set_profile: (...words) => device.setProfile(words),
  act: () => device.act(),
  import_from: (...words) => device.file("import", words.join(" ")),
  export_to: (...words) => device.file("export", words.join(" ")),
  explored: () => device.news(EXPLORED),
  rated: () => device.news(RATED),
  notifydeleted: () => {
    device.remove();
    picture.free();
    exploring.free();
  },
});
