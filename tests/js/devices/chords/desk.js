/** Chords on a headless Set, with an engine that answers when the test says so and a clock moved by hand. */
import { ChordsDevice } from "../../../../js/devices/chords/device.js";
import { Face } from "../../../../js/devices/maker/face.js";
import { rollFromDict } from "../../../../js/ui/roll_dict.js";
import { stage } from "../../live/support/stage.js";
import { ManualClock, settled } from "../../rpc/support/clock.js";
import { fakeEngine } from "../support/engine.js";

export { settled };

/** An answer of compose.chords: four chords of eight beats in D minor. */
export function reply(changes = {}) {
  const symbols = ["Dm", "Bb", "F", "C"];
  const figures = ["i", "VI", "III", "VII"];
  const roots = [62, 58, 65, 60];
  return {
    take: "t1",
    seed: 1,
    length: 32,
    notes: roots.flatMap((root, i) => [0, 3, 7].map((step) => noteAt(root + step, i * 8, 8))),
    chords: symbols.map((symbol, i) => ({
      start: i * 8,
      duration: 8,
      figure: figures[i],
      symbol,
      pitches: [roots[i]],
    })),
    resolved: {
      key: "D minor",
      style: "house",
      figures,
      bars: 8,
      signature_numerator: 4,
      signature_denominator: 4,
    },
    notices: [],
    ...changes,
  };
}

/** @param {number} pitch @param {number} start_time @param {number} duration */
const noteAt = (pitch, start_time, duration) => ({ pitch, start_time, duration, velocity: 90 });

/** @param {any} [options] of the Set */
export function desk(options = {}) {
  const on = stage(options);
  const clock = new ManualClock();
  /** @type {any[][]} */
  const sent = [];
  const { asked, link, connect, become } = fakeEngine();
  let json = "";
  const face = new Face({
    outlet: (...values) => sent.push(values),
    writeDict: (text) => {
      json = text;
      return "roll";
    },
  });
  const device = new ChordsDevice({
    live: on.live,
    clock: /** @type {any} */ (clock),
    random: () => 0.5,
    face,
    connect,
  });
  const statuses = () => sent.filter(([index, word]) => index === 0 && word === "status").map((each) => each.slice(2));
  const desk = {
    ...on,
    device,
    clock,
    sent,
    link,
    asked,
    /** @param {string} [light] @param {string} [words] */
    engine(light = "ready", words = "Ready") {
      become(light, words);
      clock.move(40);
    },
    status: () => statuses().at(-1),
    words: () => String(statuses().at(-1)?.[1] ?? ""),
    /** @param {number} index */
    from: (index) => sent.filter(([outlet]) => outlet === index).map((each) => each.slice(1)),
    chords: () => asked.filter(({ method }) => method === "compose.chords"),
    picture: () => rollFromDict({ get: (key) => JSON.parse(json || "{}")[key] }),
  };
  return desk;
}

/** A desk whose device is started and whose engine is there. @param {any} [options] */
export function ready(options) {
  const on = desk(options);
  on.device.start();
  on.engine();
  return on;
}
