/** Boxes with words in them: menus, number boxes, buttons, tabs, text fields, comments. */
import { faceOf } from "../font.js";
import { el, label, rect } from "../svg.js";
import { mix } from "../themes.js";

/** @typedef {import("../look.js").Look} Look */

/** Baseline that centres a line of text in a height. @param {number} height @param {number} [size] */
const middle = (height, size = 10) => Math.round(height / 2 + size * 0.35);

/** Ground, line and words of a field. @param {Look} look @param {boolean} on */
function shades(look, on) {
  const { theme, active } = look;
  const ground = on ? theme.on : theme.control;
  const words = on ? theme.onText : theme.text;
  if (!active) return { ground: on ? theme.zombie : mix(theme.control, theme.surface, 0.6), words: theme.dim };
  return { ground, words };
}

/** live.menu: the chosen item and a small triangle. @param {Look} look */
export function drawMenu(look) {
  const [, , width, height] = look.place;
  const { ground, words } = shades(look, false);
  const [x, y] = [width - 7, height / 2];
  return [
    rect(0, 0, width, height, ground, { edge: look.theme.edge }),
    label(look.text, 4, middle(height), { fill: words, room: width - 17 }),
    el("path", { d: `M${x - 3} ${y - 1.5}h6l-3 4z`, fill: words }),
  ].join("");
}

/** live.numbox: the value; as a slider it fills from the left. @param {Look} look */
export function drawNumbox(look) {
  const [, , width, height] = look.place;
  const { theme, active, raw } = look;
  const { ground, words } = shades(look, false);
  const bar = look.number("appearance", 0) === 2;
  return [
    rect(0, 0, width, height, ground, { edge: theme.edge }),
    bar && raw > 0 ? rect(1, 1, (width - 2) * raw, height - 2, active ? theme.arc : theme.zombie) : "",
    label(look.text, width / 2, middle(height), { fill: words, anchor: "middle", room: width - 4 }),
  ].join("");
}

/** live.text: a button or a switch with words. @param {Look} look */
export function drawText(look) {
  const [, , width, height] = look.place;
  const { theme, active, value } = look;
  const on = value !== 0 && look.number("mode", 1) !== 0;
  const { ground, words } = shades(look, on);
  const own = active ? (on ? look.colour("activebgoncolor") : look.colour("activebgcolor")) : null;
  const ownWords = active ? (on ? look.colour("activetextoncolor") : look.colour("activetextcolor")) : null;
  const accented = own !== null && !on;
  const face = accented ? faceOf("Ableton Sans Bold") : faceOf();
  return [
    rect(0, 0, width, height, own ?? ground, { edge: accented ? mix(theme.edge, theme.on, 0.35) : theme.edge }),
    label(look.text, width / 2, middle(height), { fill: ownWords ?? words, anchor: "middle", room: width - 2, face }),
  ].join("");
}

/** live.tab: its items side by side, the chosen one lit. @param {Look} look */
export function drawTab(look) {
  const [, , width, height] = look.place;
  const { items, value, theme } = look;
  const rows = Math.max(1, look.number("num_lines_presentation", 1));
  const columns = Math.max(1, Math.ceil(items.length / rows));
  const [cell, line] = [width / columns, height / rows];
  return items
    .map((item, at) => {
      const left = Math.round((at % columns) * cell);
      const right = Math.round(((at % columns) + 1) * cell);
      const [top, bottom] = [Math.floor(at / columns) * line, (Math.floor(at / columns) + 1) * line];
      const { ground, words } = shades(look, at === Math.round(value));
      return [
        rect(left, top, right - left, bottom - top, ground, { edge: theme.edge }),
        label(item, (left + right) / 2, top + middle(line), { fill: words, anchor: "middle", room: right - left - 4 }),
      ].join("");
    })
    .join("");
}

/** live.comment and comment. @param {Look} look */
export function drawComment(look) {
  const [, , width, height] = look.place;
  const size = look.number("fontsize", 10);
  const side = look.number("textjustification", 0);
  const fill = look.active ? (look.colour("textcolor") ?? look.theme.text) : look.theme.dim;
  const anchor = /** @type {const} */ (["start", "middle", "end"])[side] ?? "start";
  const face = faceOf(String(look.box.fontname ?? "Ableton Sans Medium"));
  const lines = look.text.split("\n");
  const step = Math.round(size * 1.2);
  const first = lines.length > 1 ? size : middle(height, size);
  const x = side === 1 ? width / 2 : side === 2 ? width - 2 : 2;
  return lines
    .map((line, at) => label(line, x, first + at * step, { fill, anchor, size, room: width - 2, face }))
    .join("");
}

/** textedit: typed words in a field. @param {Look} look */
export function drawTextEdit(look) {
  const [, , width, height] = look.place;
  const { theme } = look;
  const size = look.number("fontsize", 10);
  const edge = look.number("border", 1) ? (look.colour("bordercolor") ?? theme.edge) : undefined;
  return [
    rect(0, 0, width, height, look.colour("bgcolor") ?? theme.control, { edge }),
    label(look.text, 4, middle(height, size), {
      fill: look.active ? (look.colour("textcolor") ?? theme.text) : theme.dim,
      size,
      room: width - 8,
    }),
  ].join("");
}
