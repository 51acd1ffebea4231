/** A tool on a headless Set, with an engine that answers when the test says so, a clock moved by hand and Live played here. */
import { tableOf } from "../../../../js/devices/shared/controls.js";
import { ToolFace } from "../../../../js/devices/tools/face.js";
import { stage } from "../../live/support/stage.js";
import { ManualClock, settled } from "../../rpc/support/clock.js";
import { fakeEngine } from "../support/engine.js";

export { settled };

/** Time until a change of clip or Set is looked at, ms. */
const SOON = 25;

/**
 * @param {unknown} table
 * @param {(parts: any, keep: any) => any} make
 * @param {{kept?: any, set?: any}} [options]
 */
export function desk(table, make, { kept = null, set: setOptions } = {}) {
  const on = stage(setOptions);
  const clock = new ManualClock();
  const engine = fakeEngine();
  /** @type {any[][]} */
  const sent = [];
  /** @type {any[]} */
  const written = [];
  /** What Live hands over in a round; null: it gives none. @type {{context: any, notes: any[]} | null} */
  let live = null;
  /** @type {any} */
  let roll = null;
  /** @type {any[] | null} */
  let answer = null;
  const face = new ToolFace({
    outlet: (index, ...values) => {
      sent.push([index, ...values]);
      if (index === 1) round();
    },
    writeRoll: (json) => {
      roll = JSON.parse(json);
      return "roll";
    },
    writeAnswer: (json) => {
      answer = JSON.parse(json).notes;
      return "answer";
    },
  });
  const keep = { read: () => kept, write: (/** @type {any} */ phrase) => written.push(phrase), flush: () => {} };
  const parts = {
    live: on.live,
    clock,
    random: () => 0.37,
    face,
    connect: engine.connect,
    table: tableOf(table),
    LiveAPI: on.LiveAPI,
    readDict: (/** @type {string} */ name) =>
      JSON.stringify(name === "context" ? live?.context : { notes: live?.notes }),
  };
  const tool = make(parts, keep);
  /** A round of Live's: the answer, or null where none came at once. */
  function round() {
    answer = null;
    if (live === null) return null;
    tool.context("context");
    tool.round("notes");
    return answer;
  }
  return {
    ...on,
    ...engine,
    tool,
    clock,
    sent,
    written,
    round,
    roll: () => roll,
    words: () => String(sent.filter(([index, word]) => index === 0 && word === "status").at(-1)?.[3] ?? ""),
    light: () => String(sent.filter(([index, word]) => index === 0 && word === "status").at(-1)?.[2] ?? ""),
    answer: () => answer,
    /** What the last question asks. @returns {any} */
    lastAsked: () => engine.asked[engine.asked.length - 1].params,
    bangs: () => sent.filter(([index]) => index === 1).length,
    /** What Live hands over from now on. @param {any[]} notes @param {any} [context] */
    gives(notes, context = {}) {
      live = { notes, context };
    },
    /** The Set settles, and the tool looks. */
    async look() {
      on.set.touch();
      await new Promise((next) => setImmediate(next));
      clock.move(SOON);
    },
    /** @param {string} [light] @param {string} [words] */
    state(light = "ready", words = "Ready") {
      engine.become(light, words);
    },
    /** Starts the tool; the engine is there. */
    begin() {
      tool.start();
      engine.become("ready", "Ready");
    },
    /** Answers all that is under way, and what is asked next. @param {(params: any, method: string) => any} reply */
    async answerAll(reply) {
      for (let at = 0; at < engine.asked.length; at++) {
        const one = engine.asked[at];
        if (!one.cancelled) await one.answer(reply(one.params, one.method));
      }
    },
  };
}

/** A context with this time selected. @param {number} start @param {number} end @param {any} [more] */
export const selected = (start, end, more = {}) => ({
  clip: { time_selection_start: start, time_selection_end: end },
  grid: { interval: 0.25, enabled: 1 },
  scale: { scale_mode: 0, root_note: 0, scale_intervals: [0, 2, 4, 5, 7, 9, 11], scale_name: "Major" },
  ...more,
});
