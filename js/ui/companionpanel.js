/**
 * The picture of Companion, for v8ui.
 *
 *   status <off|away|busy|ready> <words> [<why>]   the foot line
 *   stars <n>                                      the take's, -1: none to rate
 *   clip <dict name>                               the clip one points at and what was heard of it, as JSON under "clip"
 *   -> rate <n>                                    a star was pressed
 */
import { drawBlank, drawCard } from "./clipcard.js";
import { FootLine } from "./foot_line.js";
import { cleared, onScreen } from "./v8ui.js";

/** `name` "" for no clip; `card` null for nothing heard. @typedef {{name: string, card: import("./clipcard.js").Card|null}} Clip */

const foot = new FootLine();
/** @type {Clip} */
const NONE = { name: "", card: null };
let clip = NONE;

onScreen({
  paint() {
    const { theme, width, height } = cleared();
    const box = { x: 0, y: 0, width, height };
    const { name, card } = clip;
    if (foot.state === "off") drawBlank(mgraphics, theme, box, "", "", "");
    else if (card !== null) drawCard(mgraphics, theme, box, name, card);
    else if (foot.state === "busy") drawBlank(mgraphics, theme, box, name, "", "");
    else if (name !== "") drawBlank(mgraphics, theme, box, name, "Press Analyze", "to hear this clip");
    else drawBlank(mgraphics, theme, box, "", "Select a clip", "MIDI or audio, then press Analyze");
    // The picture is narrow: what is said may take as many lines as it needs; only the why waits for the mouse.
    foot.drawWhole(theme);
  },

  ...foot.messages(),

  /** @param {unknown} name */
  clip(name) {
    const told = new Dict(String(name)).get("clip");
    clip = typeof told === "string" ? JSON.parse(told) : NONE;
    mgraphics.redraw();
  },

  /** @param {number} x @param {number} y */
  onclick(x, y) {
    foot.press(x, y);
  },
});
