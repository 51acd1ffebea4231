/**
 * The picture of Macros, for v8ui.
 *
 *   status <off|away|busy|ready> <words> [<why>]   the foot line
 *   steered <dict name>                            who hears the knobs, as JSON under "rows"
 */
import { drawFoot, footHeight } from "./foot.js";
import { stateFrom } from "./status.js";
import { drawRows } from "./steeredrows.js";
import { cleared, onScreen, underMouse } from "./v8ui.js";

/** @type {import("./foot.js").Foot} */
let foot = { state: "off", words: "", why: "" };
/** @type {import("./steeredrows.js").Row[]} */
let rows = [];

onScreen({
  paint() {
    const { theme, width, height } = cleared();
    const below = footHeight(mgraphics, width, foot.words);
    drawRows(mgraphics, theme, { x: 0, y: 0, width, height: height - below }, rows);
    drawFoot(mgraphics, theme, [width, height], foot, underMouse());
  },

  /** @param {unknown} name @param {unknown} words @param {unknown} [why] */
  status(name, words, why = "") {
    foot = { state: stateFrom(name), words: String(words), why: String(why) };
    mgraphics.redraw();
  },

  /** @param {unknown} name */
  steered(name) {
    const told = new Dict(String(name)).get("rows");
    rows = typeof told === "string" ? JSON.parse(told) : [];
    mgraphics.redraw();
  },
});
