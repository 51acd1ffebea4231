/** Controls without words: toggles, buttons, sliders, lines, panels, and the pictures scripts draw. */
import { picture } from "../picture.js";
import { el, rect } from "../svg.js";

/** @typedef {import("../look.js").Look} Look */

/** live.toggle: a small square, lit when on. @param {Look} look */
export function drawToggle(look) {
  const [, , width, height] = look.place;
  const { theme, active, value } = look;
  const lit = value !== 0;
  const side = Math.min(width, height);
  const ground = lit ? (active ? (look.colour("activebgoncolor") ?? theme.on) : theme.zombie) : theme.control;
  return rect((width - side) / 2, (height - side) / 2, side, side, ground, { edge: theme.edge });
}

/** live.button: a round press button. @param {Look} look */
export function drawButton(look) {
  const [, , width, height] = look.place;
  const { theme, active } = look;
  const radius = Math.min(width, height) / 2 - 0.5;
  const fill = active ? theme.control : theme.surface;
  return el("circle", { cx: width / 2, cy: height / 2, r: radius, fill, stroke: theme.edge });
}

/** live.slider: a track with a handle. @param {Look} look */
export function drawSlider(look) {
  const [, , width, height] = look.place;
  const { theme, active, raw } = look;
  const colour = active ? theme.arc : theme.zombie;
  if (look.number("orientation", 0) === 1) {
    const x = Math.round((width - 6) * raw);
    return rect(0, height / 2 - 1, width, 3, theme.track) + rect(x, 0, 6, height, colour);
  }
  const y = Math.round((height - 6) * (1 - raw));
  return rect(width / 2 - 1, 0, 3, height, theme.track) + rect(0, y, width, 6, colour);
}

/** live.line: a thin line along the longer side. @param {Look} look */
export function drawLine(look) {
  const [, , width, height] = look.place;
  const fill = look.colour("linecolor") ?? look.theme.frame;
  return width >= height
    ? rect(0, Math.floor(height / 2), width, 1, fill)
    : rect(Math.floor(width / 2), 0, 1, height, fill);
}

/** panel: a ground for others. @param {Look} look */
export function drawPanel(look) {
  const [, , width, height] = look.place;
  const border = look.number("border", 0) > 0;
  const radius = look.number("rounded", 0) / 2;
  const edge = border ? (look.colour("bordercolor") ?? look.theme.frame) : undefined;
  return rect(0, 0, width, height, look.colour("bgcolor") ?? look.theme.surface, { radius, edge });
}

/** v8ui: what its script drew, cut at the box's edge. @param {Look} look */
export function drawPicture(look) {
  const [, , width, height] = look.place;
  const id = `box-${String(look.box.id).replaceAll(/\W/g, "-")}`;
  const frame = el("clipPath", { id }, el("rect", { width, height }));
  if (look.calls.length === 0) return rect(0, 0, width, height, look.theme.display);
  return frame + el("g", { "clip-path": `url(#${id})` }, picture(look.calls, { id: `${id}-` }));
}
