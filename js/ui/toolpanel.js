/**
 * The picture of a MIDI Tool, for v8ui: what a press of Live's button brings, where that is known.
 *
 *   status <off|away|busy|ready> <words> [<why>]   the foot line
 *   invite <line> <line>                           what stands there before anything is known
 *   roll <dict name>                               the notes (roll_dict.js)
 */
import { drawFoot, footHeight } from "./foot.js";
import { drawEmpty, drawRoll, EMPTY } from "./roll.js";
import { rollFromDict } from "./roll_dict.js";
import { stateFrom } from "./status.js";
import { cleared, onScreen, underMouse } from "./v8ui.js";

/** @type {import("./foot.js").Foot} */
let foot = { state: "off", words: "", why: "" };
let roll = EMPTY;
/** @type {[string, string]} */
let invitation = ["", ""];

onScreen({
  paint() {
    const { theme, width, height } = cleared();
    const box = { x: 0, y: 0, width, height: height - footHeight(mgraphics, width, foot.words) };
    if (roll.notes.length > 0) drawRoll(mgraphics, theme, box, roll, -1);
    else drawEmpty(mgraphics, theme, box, ...invitation);
    drawFoot(mgraphics, theme, [width, height], foot, underMouse());
  },

  /** @param {unknown} name @param {unknown} words @param {unknown} [why] */
  status(name, words, why = "") {
    foot = { state: stateFrom(name), words: String(words), why: String(why) };
    mgraphics.redraw();
  },

  /** @param {unknown} first @param {unknown} second */
  invite(first, second) {
    invitation = [String(first), String(second)];
    mgraphics.redraw();
  },

  /** @param {unknown} name */
  roll(name) {
    roll = rollFromDict(new Dict(String(name)));
    mgraphics.redraw();
  },
});
