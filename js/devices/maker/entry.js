/** Ties a device that makes takes to Max. Only an entry script calls this; nothing else in this folder touches a Max global. */
import { seededRandom, seedOf } from "../../rpc/random.js";
import { openBoard } from "../shared/board.js";
import { answer, dictionary, edge, typed } from "../shared/edge.js";
import { openExploring } from "../shared/exploring.js";
import { openTasted } from "../tasting/of_device.js";
import { Face } from "./face.js";

/**
 * @typedef {import("../shared/edge.js").Played & {
 *   generate: () => void, undo: () => void, restore: () => void, dice: () => void, audition: () => void, rate: (stars: number) => void, playing: {begun: () => void},
 *   ownText: (text: string) => void, remove: () => void}} Made what every such device answers
 */

/**
 * @template {Made} T
 * @param {string} name of the device, for the engine's log
 * @param {readonly string[]} values selectors of the controls that hold a value
 * @param {(parts: import("./maker.js").Parts) => T} make
 * @param {(device: T) => Record<string, (...values: any[]) => void>} messages the device's own
 * @param {string} [action] what the main button says
 */
export function play(name, values, make, messages, action) {
  const { id, clock, live, connect } = edge(name);
  const picture = dictionary(`bandmate.roll.${id}`);
  const { board, free } = openBoard(Dict, (receiver, ...said) => messnamed(receiver, ...said));
  const exploring = openExploring(Dict, (receiver, ...said) => messnamed(receiver, ...said));
  const { tasted, free: freeTasted } = openTasted(Dict, exploring);

  const device = make({
    id,
    kind: name,
    board,
    exploring,
    tasted,
    live,
    clock,
    random: seededRandom(seedOf(id)),
    face: new Face({ outlet: (index, ...said) => outlet(index, ...said), writeDict: picture.write }, action),
    connect,
  });

  answer(device, values, {
    own_text: (...words) => device.ownText(typed(words)),
    generate: () => device.generate(),
    undo: () => device.undo(),
    restore: () => device.restore(),
    dice: () => device.dice(),
    picture_press: () => device.audition(),
    rate: (stars) => device.rate(Number(stars)),
    begun: () => device.playing.begun(),
    ...messages(device),
    notifydeleted: () => {
      device.remove();
      picture.free();
      free();
      exploring.free();
      freeTasted();
    },
  });
}
