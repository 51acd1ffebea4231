/**
 * The picture of Companion, for v8ui.
 *
 *   status <off|away|busy|ready> <words> [<why>]   the foot line
 *   clip <dict name>                               the clip one points at and what was heard of it, as JSON under "clip"
 */
import { drawBlank, drawCard } from "./clipcard.js";
import { drawFoot } from "./foot.js";
import { stateFrom } from "./status.js";
import { cleared, onScreen, underMouse } from "./v8ui.js";

/** `name` "" for no clip; `card` null for nothing heard. @typedef {{name: string, card: import("./clipcard.js").Card|null}} Clip */

/** @type {import("./foot.js").Foot} */
let foot = { state: "off", words: "", why: "" };
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
    drawFoot(mgraphics, theme, [width, height], { ...foot, why: underMouse() ? foot.why : "" }, true);
  },

  /** @param {unknown} name @param {unknown} words @param {unknown} [why] */
  status(name, words, why = "") {
    foot = { state: stateFrom(name), words: String(words), why: String(why) };
    mgraphics.redraw();
  },

  /** @param {unknown} name */
  clip(name) {
    const told = new Dict(String(name)).get("clip");
    clip = typeof told === "string" ? JSON.parse(told) : NONE;
    mgraphics.redraw();
  },
});
