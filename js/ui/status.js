/** The status light. Its shape tells as much as its colour, for whoever does not see green and amber apart. */

/** @typedef {import("./theme.js").Theme} Theme */

/** @typedef {"off"|"away"|"busy"|"ready"} State */

/** @type {readonly State[]} */
const STATES = ["off", "away", "busy", "ready"];

/** @param {unknown} text @returns {State} what is not known counts as off */
export const stateFrom = (text) => STATES.find((state) => state === text) ?? "off";

/**
 * Ring: off. Triangle: away. Half disc in a ring: busy. Disc: ready.
 *
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {State} state
 * @param {number} x centre
 * @param {number} y centre
 * @param {number} radius pixels
 */
export function drawLight(g, theme, state, x, y, radius) {
  const full = Math.PI * 2;
  g.set_line_width(1);
  if (state === "ready") {
    g.set_source_rgba([...theme.ready]);
    g.arc(x, y, radius, 0, full);
    g.fill();
  } else if (state === "busy") {
    g.set_source_rgba([...theme.caution]);
    g.arc(x, y, radius - 0.5, 0, full);
    g.stroke();
    g.arc(x, y, radius - 0.5, Math.PI / 2, Math.PI * 1.5);
    g.close_path();
    g.fill();
  } else if (state === "away") {
    g.set_source_rgba([...theme.caution]);
    g.move_to(x, y - radius);
    g.line_to(x + radius + 0.5, y + radius);
    g.line_to(x - radius - 0.5, y + radius);
    g.close_path();
    g.fill();
  } else {
    g.set_source_rgba([...theme.dim]);
    g.arc(x, y, radius - 0.5, 0, full);
    g.stroke();
  }
}
