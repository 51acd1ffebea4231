/** What compose.stream is asked with for bars in a row. Pure. */
import { macrosOf, movedFrom, steerOf } from "./lanes.js";
import { originOf } from "./metre.js";
import { TICKS } from "./score.js";

/** The wire takes no more for a request. */
const MOST_POINTS = 128;

/**
 * @param {Record<string, any>} about everything but bars and macros
 * @param {import("./metre.js").Metre} metre
 * @param {import("./lanes.js").Lanes} lanes
 * @param {number} first number of a bar
 * @param {number} count of bars
 * @returns {Record<string, unknown>}
 */
export function requestOf(about, metre, lanes, first, count) {
  const origin = originOf(metre, first);
  const moves = lanes.within(origin, originOf(metre, first + count));
  let last = moves.first;
  const points = moves.points.slice(0, MOST_POINTS).map(({ tick, standing }) => {
    const point = { beat: (tick - origin) / TICKS, ...movedFrom(last, standing) };
    last = standing;
    return point;
  });
  return {
    ...about,
    bar: first,
    bars: count,
    tempo: moves.first.tempo,
    signature_numerator: metre.numerator,
    signature_denominator: metre.denominator,
    macros: macrosOf(moves.first),
    ...steerOf(moves.first),
    ...(points.length > 0 ? { points } : {}),
  };
}
