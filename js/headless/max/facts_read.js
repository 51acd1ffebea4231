/** What the table of facts says of a kind of object, taken apart once: each message and each box asks. */

import { BOX_ATTRIBUTES } from "./facts_ui.js";

/** Lists of words taken apart. @type {Map<string, Set<string>>} */
const TAKEN_APART = new Map();

/** @param {string} list words with blanks between them */
export function wordsOf(list) {
  const words = TAKEN_APART.get(list) ?? new Set(list.split(" "));
  TAKEN_APART.set(list, words);
  return words;
}

/** What the inlets of a kind of object take. @type {WeakMap<readonly string[], Set<string>[]>} */
const INLETS = new WeakMap();

/** @param {readonly string[]} messages of a kind of object @param {number} inlet @returns {Set<string>} */
export function inletWords(messages, inlet) {
  let sets = INLETS.get(messages);
  if (sets === undefined) {
    sets = messages.map(wordsOf);
    INLETS.set(messages, sets);
  }
  return sets[inlet] ?? wordsOf("");
}

/** Names of the attributes of a kind of object. @type {WeakMap<object, string[]>} */
const NAMES = new WeakMap();

/** @param {{attributes?: Record<string, string>}} facts @returns {string[]} */
export function attributeNames(facts) {
  const names = NAMES.get(facts) ?? Object.keys({ ...BOX_ATTRIBUTES, ...facts.attributes });
  NAMES.set(facts, names);
  return names;
}
