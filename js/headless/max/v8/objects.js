/** Objects handed to scripts that say no to what Max does not have. */

/** Names a JS engine itself asks for; asking for them is no mistake of the script. */
const QUIET = new Set(["then", "toJSON", "toString", "valueOf", "constructor", "inspect"]);

/**
 * An object whose unknown properties are errors.
 * @param {import("../box.js").Box} box
 * @param {string} name for the report
 * @param {Record<string, any>} members
 */
export function strictObject(box, name, members) {
  return new Proxy(members, {
    get(target, key) {
      if (typeof key === "symbol" || key in target || QUIET.has(key)) return Reflect.get(target, key);
      box.report("unknown-property", `${name}.${key} is not part of the headless Max`);
      return undefined;
    },
    set(_target, key) {
      box.report("unknown-property", `${name}.${String(key)} cannot be set`);
      return true;
    },
  });
}
