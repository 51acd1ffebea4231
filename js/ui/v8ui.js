/** What every picture does the same way at its edge to Max. */

/**
 * Sets up drawing and answers Max's messages with the given functions: Max looks for them on the global scope, where a
 * bundler would not leave them.
 *
 * @param {Record<string, (...values: any[]) => void>} functions by message name
 */
export function onScreen(functions) {
  mgraphics.init();
  mgraphics.relative_coords = 0;
  mgraphics.autofill = 0;
  Object.assign(globalThis, functions);
}

/** @returns {((name: string) => unknown)|undefined} Max's look-up of theme colours, where there is one */
export function colours() {
  const owner = /** @type {{getcolor?: (name: string) => unknown}|undefined} */ (
    /** @type {unknown} */ (typeof max === "undefined" ? undefined : max)
  );
  return owner && typeof owner.getcolor === "function" ? (name) => owner.getcolor?.(name) : undefined;
}
