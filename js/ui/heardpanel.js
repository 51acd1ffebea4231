/**
 * The picture of Listen, for v8ui.
 *
 *   status <off|away|busy|ready> <words> [<why>]   the foot line
 *   heard <dict name>                              what was heard, as JSON under "figures"; "" for nothing
 */
import { drawFoot, footHeight } from "./foot.js";
import { drawHeard, drawUnheard } from "./heard.js";
import { stateFrom } from "./status.js";
import { cleared, onScreen, underMouse } from "./v8ui.js";

/** @type {import("./foot.js").Foot} */
let foot = { state: "off", words: "", why: "" };
/** @type {import("./heard.js").Figures|null} */
let figures = null;

onScreen({
  paint() {
    const { theme, width, height } = cleared();
    const box = { x: 0, y: 0, width, height: height - footHeight(mgraphics, width, foot.words) };
    if (figures !== null) drawHeard(mgraphics, theme, box, figures);
    else if (foot.state === "off") drawUnheard(mgraphics, theme, box, "", "");
    else
      drawUnheard(
        mgraphics,
        theme,
        box,
        "Press Listen",
        "to hear tempo, key, loudness and energy of the clip you point at",
      );
    drawFoot(mgraphics, theme, [width, height], foot, underMouse());
  },

  /** @param {unknown} name @param {unknown} words @param {unknown} [why] */
  status(name, words, why = "") {
    foot = { state: stateFrom(name), words: String(words), why: String(why) };
    mgraphics.redraw();
  },

  /** @param {unknown} name */
  heard(name) {
    const told = name === undefined || name === "" ? null : new Dict(String(name)).get("figures");
    figures = typeof told === "string" ? JSON.parse(told) : null;
    mgraphics.redraw();
  },
});
