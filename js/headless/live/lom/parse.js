/**
 * Reads the words in which the Live Object Model is written down here.
 *
 * One line says one thing:
 *
 *     tracks: Track[] observe                      a list of children
 *     clip: Clip observe                           one child (or none)
 *     tempo: float 20..999 get set observe         a property with its range
 *     notes: signal observe                        a property that only says "changed"
 *     create_scene(index: int)                     a function; "reads" behind it: changes nothing
 *     insert_device(name: text, index?: int) since 12.3
 *
 * Types: int, float, bool, text, list, dict, any, or a class of the table.
 */

/** @typedef {"int" | "float" | "bool" | "text" | "list" | "dict" | "signal" | "any"} ValueType */
/** @typedef {{name: string, of: string, list: boolean, set: boolean, observe: boolean, since: string}} Child */
/**
 * @typedef {{name: string, type: ValueType, min: number, max: number, get: boolean, set: boolean,
 *   observe: boolean, field: string, since: string}} Property
 */
/** @typedef {{name: string, type: string, optional: boolean, rest: boolean}} Argument */
/** @typedef {{name: string, args: Argument[], reads: boolean, since: string}} Action */
/**
 * @typedef {{name: string, base: string | null, children: Map<string, Child>,
 *   properties: Map<string, Property>, functions: Map<string, Action>}} ClassSpec
 */

const VALUE_TYPES = ["int", "float", "bool", "text", "list", "dict", "signal", "any"];

/**
 * One class of the table.
 *
 * @param {string} name
 * @param {string | null} base class whose entries it also has
 * @param {string} words lines as above
 * @returns {ClassSpec}
 * @throws {Error} a line that cannot be read
 */
export function readClass(name, base, words) {
  /** @type {ClassSpec} */
  const spec = { name, base, children: new Map(), properties: new Map(), functions: new Map() };
  for (const line of words.split("\n").map((each) => each.trim())) {
    if (line === "") continue;
    const action = /^(\w+)\(([^)]*)\)(.*)$/.exec(line);
    const value = /^(\w+): ([\w.]+)(\[\])?(.*)$/.exec(line);
    if (action) addAction(spec, action[1], action[2], action[3].split(" "));
    else if (value) addValue(spec, value[1], value[2], value[3] === "[]", value[4].trim().split(" "));
    else throw new Error(`The Live Object Model table has a line nobody can read: ${line}`);
  }
  return spec;
}

/**
 * @param {ClassSpec} spec
 * @param {string} name
 * @param {string} args
 * @param {string[]} rest
 */
function addAction(spec, name, args, rest) {
  const list = args.split(",").map((each) => each.trim());
  spec.functions.set(name, {
    name,
    args: list.filter(Boolean).map((each) => {
      const found = /^(\.\.\.)?(\w+)(\?)?: ([\w.]+)$/.exec(each);
      if (!found) throw new Error(`The Live Object Model table: argument "${each}" of ${name}.`);
      return { name: found[2], type: found[4], optional: Boolean(found[3]), rest: Boolean(found[1]) };
    }),
    reads: rest.includes("reads"),
    since: after(rest, "since"),
  });
}

/**
 * @param {ClassSpec} spec
 * @param {string} name
 * @param {string} type
 * @param {boolean} list
 * @param {string[]} rest
 */
function addValue(spec, name, type, list, rest) {
  const [set, observe, since] = [rest.includes("set"), rest.includes("observe"), after(rest, "since")];
  if (!VALUE_TYPES.includes(type)) {
    spec.children.set(name, { name, of: type, list, set, observe, since });
    return;
  }
  const range = rest.find((word) => word.includes(".."));
  const [min, max] = range ? range.split("..").map(Number) : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  spec.properties.set(name, {
    name,
    type: /** @type {ValueType} */ (type),
    min,
    max,
    get: rest.includes("get"),
    set,
    observe,
    field: after(rest, "from") || name,
    since,
  });
}

/** @param {string[]} words @param {string} word */
function after(words, word) {
  const at = words.indexOf(word);
  return at < 0 ? "" : words[at + 1];
}
