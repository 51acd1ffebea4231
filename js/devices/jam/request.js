/** What compose.stream is asked with for a bar. Pure. */
import { macrosOf, movedFrom, steerOf } from "./lanes.js";
import { originOf } from "./metre.js";
import { TICKS } from "./score.js";

/** The wire takes no more for a request. */
const MOST_POINTS = 128;

/**
 * @param {Record<string, any>} about everything but bars and macros
 * @param {import("./metre.js").Metre} metre
 * @param {import("./lanes.js").Lanes} lanes
 * @param {number} bar its number
 * @returns {Record<string, unknown>}
 */
export function requestOf(about, metre, lanes, bar) {
  const origin = originOf(metre, bar);
  const moves = lanes.within(origin, originOf(metre, bar + 1));
  let last = moves.first;
  const points = moves.points.slice(0, MOST_POINTS).map(({ tick, standing }) => {
    const point = { beat: (tick - origin) / TICKS, ...movedFrom(last, standing) };
    last = standing;
    return point;
  });
  return {
    ...about,
    bar,
    bars: 1,
    tempo: moves.first.tempo,
    signature_numerator: metre.numerator,
    signature_denominator: metre.denominator,
    macros: macrosOf(moves.first),
    ...steerOf(moves.first),
    ...(points.length > 0 ? { points } : {}),
  };
}
