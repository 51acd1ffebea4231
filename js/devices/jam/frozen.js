/** What the engine is told of a clip that was frozen, so that it becomes a take: it can be rated, and is found again. */
import { notesAt } from "../tasting/notes.js";
import { macrosOf } from "./lanes.js";
import { TICKS } from "./score.js";

/**
 * @param {Record<string, any>} about what the part is asked for with
 * @param {{style: string, key: string}} heard what the engine said it is
 * @param {import("./freeze.js").Frozen} frozen
 * @param {import("../../live/deposit.js").Deposited} done
 * @param {import("./metre.js").Metre} metre
 * @param {import("./lanes.js").Lanes} lanes
 * @returns {Record<string, unknown>} for taste.keep_played
 */
export function playedParams({ role, seed, context }, heard, { length, end }, done, metre, lanes) {
  const { start, span, found } = done;
  const mean = lanes.mean(Math.max(0, end - length * TICKS), end);
  return {
    ...{ role, seed, ...heard, length },
    notes: notesAt({ all: found, start, end: start }, start, span),
    tempo: mean.tempo,
    signature_numerator: metre.numerator,
    signature_denominator: metre.denominator,
    macros: macrosOf(mean),
    ...(context === undefined ? {} : { context }),
  };
}
