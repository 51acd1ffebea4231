/** Affine maps [a, b, c, d, e, f] as in SVG and cairo: x' = a x + c y + e, y' = b x + d y + f. */

/** @typedef {readonly [number, number, number, number, number, number]} Matrix */

/** @type {Matrix} */
export const IDENTITY = [1, 0, 0, 1, 0, 0];

/**
 * First `inner`, then `outer`.
 *
 * @param {Matrix} outer
 * @param {Matrix} inner
 * @returns {Matrix}
 */
export function times([a, b, c, d, e, f], inner) {
  const [g, h, i, j, k, l] = inner;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

/** @param {Matrix} matrix @param {number} x @param {number} y @returns {[number, number]} */
export function mapped([a, b, c, d, e, f], x, y) {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** How much lines grow under a map: the square root of the area's growth. @param {Matrix} matrix */
export function growth([a, b, c, d]) {
  return Math.sqrt(Math.abs(a * d - b * c));
}
