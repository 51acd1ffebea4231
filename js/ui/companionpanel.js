/**
 * The picture of Companion, for v8ui.
 *
 *   status <off|away|busy|ready> <words> [<why>]   the foot line
 *   card <dict name>                               what was heard of a clip, as JSON under "card"
 */
import { drawBlank, drawCard } from "./clipcard.js";
import { drawFoot } from "./foot.js";
import { stateFrom } from "./status.js";
import { readTheme } from "./theme.js";
import { colours, onScreen, underMouse } from "./v8ui.js";

/** @type {import("./foot.js").Foot} */
let foot = { state: "off", words: "", why: "" };
/** @type {import("./clipcard.js").Card|null} */
let card = null;

onScreen({
  paint() {
    const theme = readTheme(colours());
    const [width, height] = mgraphics.size;
    mgraphics.set_source_rgba([...theme.ground]);
    mgraphics.rectangle(0, 0, width, height);
    mgraphics.fill();
    const box = { x: 0, y: 0, width, height };
    if (card !== null) drawCard(mgraphics, theme, box, card);
    else if (foot.state === "off") drawBlank(mgraphics, theme, box, "", "");
    else drawBlank(mgraphics, theme, box, "Press Analyze", "to hear the clip you see");
    // The picture is narrow: what is said may take as many lines as it needs; only the why waits for the mouse.
    drawFoot(mgraphics, theme, [width, height], { ...foot, why: underMouse() ? foot.why : "" }, true);
  },

  /** @param {unknown} name @param {unknown} words @param {unknown} [why] */
  status(name, words, why = "") {
    foot = { state: stateFrom(name), words: String(words), why: String(why) };
    mgraphics.redraw();
  },

  /** @param {unknown} name */
  card(name) {
    const told = new Dict(String(name)).get("card");
    card = typeof told === "string" ? JSON.parse(told) : null;
    mgraphics.redraw();
  },
});
