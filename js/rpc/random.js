/**
 * Random numbers that can be repeated. Each owner has its own generator; nothing here is for secrets.
 */

/**
 * A generator by Weyl steps and a 32-bit mixing of the step (the construction known as SplitMix).
 *
 * @param {number} seed  any number; its lower 32 bits count
 * @returns {() => number} gives numbers in [0, 1)
 */
export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 0x100000000;
  };
}

/**
 * Turns a text into a seed, so that each device has its own generator.
 *
 * @param {string} text
 * @returns {number} 0 .. 2**32 - 1
 */
export function seedOf(text) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/**
 * A name no other object in this Max process has: the time, and enough randomness for objects made in the
 * same millisecond.
 *
 * @param {string} prefix  one letter, so that Max never takes the name for a number
 * @param {() => number} [random]
 * @param {number} [now]  milliseconds
 * @returns {string}
 */
export function uniqueId(prefix, random = Math.random, now = Date.now()) {
  const tail = Math.floor(random() * 0x1000000);
  return `${prefix}${now.toString(16)}${tail.toString(16).padStart(6, "0")}`;
}
