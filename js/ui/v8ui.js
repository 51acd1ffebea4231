/** What every picture does the same way at its edge to Max. */
import { readTheme } from "./theme.js";

let hovered = false;

/** @type {(x?: number, y?: number) => void} */
let pointed = () => {};

/** @returns {boolean} whether the mouse is over the picture, where cut words are shown whole */
export const underMouse = () => hovered;

/** @param {(x?: number, y?: number) => void} follow hears where the mouse is; nowhere when it has left */
export function followMouse(follow) {
  pointed = follow;
}

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
  Object.assign(globalThis, {
    onidle: (/** @type {number} */ x, /** @type {number} */ y) => {
      hover(true);
      pointed(x, y);
    },
    onidleout: () => {
      hover(false);
      pointed();
    },
    onresize: () => mgraphics.redraw(),
    ...functions,
  });
}

/** Max tells each move of the mouse; only coming and going change the picture. @param {boolean} now */
function hover(now) {
  if (now === hovered) return;
  hovered = now;
  mgraphics.redraw();
}

/** @returns {((name: string) => unknown)|undefined} Max's look-up of theme colours, where there is one */
const colours = () => (typeof max !== "undefined" && max.getcolor ? (name) => max.getcolor?.(name) : undefined);

/** An empty display to draw on, in the colours of now. */
export function cleared() {
  const theme = readTheme(colours());
  const [width, height] = mgraphics.size;
  mgraphics.set_source_rgba([...theme.ground]);
  mgraphics.rectangle(0, 0, width, height);
  mgraphics.fill();
  return { theme, width, height };
}
