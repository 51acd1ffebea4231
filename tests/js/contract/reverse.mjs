/**
 * The methods that the engine may ask of Live, each asked in every way on a headless Live Set.
 *
 * In:  { asks: [[method, params], ...], rename? }; `rename` is ["live.clip", "slot", "row"]: a parameter that the
 *      handler is made to look for under another name.
 * Out: { handlers, answers: [{ result } | { refused } | { failed }], looked: { method: [names] } }; `looked` are the parameters each
 *      handler looked for.
 */
import { LiveRefusal } from "../../../js/live/errors.js";
import { Watch } from "../../../js/live/hands/watch.js";
import { liveMethods } from "../../../js/live/reverse.js";
import { addClip, note, show, stage } from "../live/support/stage.js";
import { say, told } from "./talk.js";

const { asks, rename } = told();

const { set, live, LiveAPI } = stage({
  tracks: [
    { kind: "midi", name: "Keys" },
    { kind: "group", name: "Band" },
    { kind: "midi", name: "7", group: 1 },
    { kind: "audio", name: "Vox", group: 1 },
  ],
  scale: { root: 9, name: "Minor" },
  signature: [7, 8],
});
addClip(set, 0, 0, 7, [note(60, 0, 1), note(64, 0.5, 0.25, 1.5)]);
show(set, addClip(set, 2, 1, 3.5, [note(36, 3, 0.5)]));
set.edit(() => set.tracks[0].create_midi_clip(14, 7));
set.addDevice(/** @type {any} */ (set.tracks[3]), {
  name: "Reverb",
  className: "Reverb",
  type: 2,
  parameters: [
    { name: "Decay Time", min: 0.2, max: 60, value: 1.2 },
    { name: "Quality", items: ["Eco", "Mid", "High"], value: 1 },
  ],
});
set.addDevice(/** @type {any} */ (set.tracks[0]), {
  name: "Bandmate Macros",
  className: "MxDeviceMidiEffect",
  type: 4,
  parameters: ["Energy", "Tension", "Darkness", "Groove"].map((name) => ({ name, max: 100 })),
});

/** @type {Record<string, Set<string>>} */
const looked = {};
const methods = liveMethods(live, { watch: new Watch(live, /** @type {any} */ (LiveAPI)) });

/** @param {string} method @param {any} params */
function watched(method, params) {
  looked[method] ??= new Set();
  const names = looked[method];
  return new Proxy(params, {
    get(target, key) {
      const name = rename && method === rename[0] && key === rename[1] ? rename[2] : key;
      if (typeof name === "string") names.add(name);
      return target[name];
    },
  });
}

const answers = asks.map((/** @type {[string, any]} */ [method, params]) => {
  try {
    return { result: methods[method](watched(method, params)) };
  } catch (problem) {
    return problem instanceof LiveRefusal ? { refused: problem.message } : { failed: String(problem) };
  }
});
say({
  handlers: Object.keys(methods),
  answers,
  looked: Object.fromEntries(Object.entries(looked).map(([method, names]) => [method, [...names]])),
});
