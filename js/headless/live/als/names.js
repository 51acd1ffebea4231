/** Names and colours as a Set file writes them. */

/** @typedef {import("./xml.js").Node} Node */

/** What Live calls a track nobody named, in any version. */
const OWN_NAME = /^\d+-(MIDI|Audio|Group)$|^[A-Z]-Return$|^(Master|Main)$/;

/**
 * The name a person or Live's content gave; "" when it is only Live's own counting.
 *
 * @param {Node} node a track or chain
 */
export function givenName(node) {
  const name = node.text("Name/EffectiveName") || node.text("Name/UserName") || node.text("Name");
  return OWN_NAME.test(name) ? "" : name;
}

/**
 * Palette index of a track, clip or scene; undefined when it has none.
 *
 * @param {Node} node
 */
export function colourIndex(node) {
  const index = node.number("Color", node.number("ColorIndex", -1));
  return index < 0 ? undefined : index % 70;
}

/**
 * Numerator and denominator of the number in which Live packs a time signature (201 = 4/4).
 *
 * @param {number} packed
 * @returns {[numerator: number, denominator: number]}
 */
export function unpackSignature(packed) {
  return [(packed % 99) + 1, 2 ** Math.floor(packed / 99)];
}
