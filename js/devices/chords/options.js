/** The entries of the Progression menu: Auto and the twelve of the style at hand. */
import { PROGRESSION_ITEMS } from "./parameters.js";

/**
 * @param {unknown} answer of compose.chords_options
 * @returns {string[]} always as many as the menu has, so that an index never falls outside of it
 */
export function menuItems(answer) {
  const { progressions } = /** @type {{progressions?: {name: string}[]}} */ (answer ?? {});
  const names = (progressions ?? []).map(({ name }) => name);
  const numbered = Array.from({ length: PROGRESSION_ITEMS - 1 }, (_, i) => names[i] ?? String(i + 1));
  // Max would take two equal items for one another.
  const seen = new Set(["Auto"]);
  return ["Auto", ...numbered.map((name, i) => unique(name, i + 1, seen))];
}

/** @param {string} name @param {number} number @param {Set<string>} seen @returns {string} */
function unique(name, number, seen) {
  const own = seen.has(name) ? `${name} (${number})` : name;
  seen.add(own);
  return own;
}
