/** Answers that cannot be misread: looking for a member that is not there is an error, not `undefined`. */

/** What the language itself looks for on any value. */
const ALWAYS = new Set(["then", "toJSON", "constructor"]);

/**
 * @template T
 * @param {T} value
 * @param {(path: string) => void} missed  told of each member that was looked for in vain
 * @param {string} [path]
 * @returns {T} the value, watched all the way down
 */
export function strict(value, missed, path = "result") {
  if (typeof value !== "object" || value === null) return value;
  return new Proxy(/** @type {any} */ (value), {
    get(target, key) {
      const found = Reflect.get(target, key);
      if (typeof key === "symbol" || typeof found === "function" || ALWAYS.has(key)) return found;
      const place = Array.isArray(target) ? `${path}[]` : `${path}.${key}`;
      // A list may be read past its end: that is how loops find out.
      if (!(key in target) && !Array.isArray(target)) missed(place);
      return strict(found, missed, place);
    },
  });
}
