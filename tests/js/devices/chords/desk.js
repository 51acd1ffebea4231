/** Chords on a headless Set, with an engine that answers when the test says so and a clock moved by hand. */
import { ChordsDevice } from "../../../../js/devices/chords/device.js";
import { rollFromDict } from "../../../../js/ui/roll_dict.js";
import { settled } from "../../rpc/support/clock.js";
import { makerDesk } from "../support/desk.js";

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
  const { engine, ...on } = makerDesk(ChordsDevice, options);
  const { asked, link } = engine;
  return {
    ...on,
    asked,
    link,
    /** @param {string} [light] @param {string} [words] */
    engine(light = "ready", words = "Ready") {
      engine.become(light, words);
      on.clock.move(40);
    },
    status: () => on.sent.findLast(([index, word]) => index === 0 && word === "status")?.slice(2),
    /** @param {number} index */
    from: (index) => on.sent.filter(([outlet]) => outlet === index).map((each) => each.slice(1)),
    chords: () => engine.of("compose.chords"),
    picture: () => rollFromDict({ get: (key) => JSON.parse(on.json() || "{}")[key] }),
  };
}

/** A desk whose device is started and whose engine is there. @param {any} [options] */
export function ready(options) {
  const on = desk(options);
  on.device.start();
  on.engine();
  return on;
}
