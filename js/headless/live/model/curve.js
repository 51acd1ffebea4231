/**
 * Curved segments of an envelope: a cubic Bezier from corner to corner of the segment's own square, with two control points.
 *
 * That Live's breakpoint envelopes curve by such points is known of its files, where CurveControl1X, 1Y, 2X and 2Y stand with
 * the point at which the segment begins, all 0.5 for a straight one. That the square goes from point to point in time and
 * native value, and that the points lie inside of it, is inferred.
 */

/** @typedef {readonly [x1: number, y1: number, x2: number, y2: number]} Curve of the segment behind a point: 0 there, 1 at the next one */

/** How near the place has to be found, of the segment's length. */
const NEAR = 1e-12;
/** Halves that are taken at most: more than a number can be halved between 0 and 1. */
const MOST = 64;

/**
 * @param {readonly number[]} curve as somebody drew it
 * @returns {Curve | null} null: a straight line
 * @throws {Error} these are not two points of the square
 */
export function curveFrom(curve) {
  if (curve.length !== 4 || !curve.every((each) => each >= 0 && each <= 1)) {
    throw new Error(`A curve is x and y of two control points, four numbers from 0 to 1, not ${curve.join(", ")}.`);
  }
  const [x1, y1, x2, y2] = curve;
  return x1 === y1 && x2 === y2 ? null : [x1, y1, x2, y2];
}

/** @param {number} one @param {number} two @param {number} t @returns {number} a coordinate of the curve, 0..1 */
const bezier = (one, two, t) => 3 * (1 - t) * (1 - t) * t * one + 3 * (1 - t) * t * t * two + t * t * t;

/** @param {number} one @param {number} two @param {number} t */
const slope = (one, two, t) => 3 * (1 - t) * (1 - t) * one + 6 * (1 - t) * t * (two - one) + 3 * t * t * (1 - two);

/**
 * How far the value has come.
 *
 * @param {Curve} curve
 * @param {number} place 0..1 of the segment's time
 * @returns {number} 0..1 of its way
 */
export function along([x1, y1, x2, y2], place) {
  let [low, high, t] = [0, 1, place];
  // Time never turns back, as the control points lie inside: Newton's steps, and halves where they would lead astray.
  for (let step = 0; step < MOST; step++) {
    const off = bezier(x1, x2, t) - place;
    if (Math.abs(off) < NEAR) break;
    if (off < 0) low = t;
    else high = t;
    const next = t - off / slope(x1, x2, t);
    t = next > low && next < high ? next : (low + high) / 2;
  }
  return bezier(y1, y2, t);
}
