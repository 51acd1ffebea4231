/**
 * The picture of what a device wrote, as a piano roll, for v8ui.
 *
 *   status <off|away|busy|ready> <words> [<why>]   the foot line
 *   roll <dict name>                               the take (roll_dict.js)
 *   playhead <beats>                               below 0: none
 *   -> picture_press                               the picture was pressed
 */
import { drawFoot, footHeight } from "./foot.js";
import { drawEmpty, drawRoll, EMPTY } from "./roll.js";
import { rollFromDict } from "./roll_dict.js";
import { stateFrom } from "./status.js";
import { cleared, onScreen, underMouse } from "./v8ui.js";

/**
 * @param {string} promise what a first press brings
 * @param {import("./roll.js").Ghosts} ghosts
 * @param {string} [invitation] what to press
 */
export function rollPicture(promise, ghosts, invitation = "Press Generate") {
  /** @type {import("./foot.js").Foot} */
  let foot = { state: "off", words: "", why: "" };
  let roll = EMPTY;
  let playhead = -1;

  onScreen({
    paint() {
      const { theme, width, height } = cleared();
      const box = { x: 0, y: 0, width, height: height - footHeight(mgraphics, width, foot.words) };
      if (roll.notes.length > 0) drawRoll(mgraphics, theme, box, roll, playhead);
      else if (foot.state === "off") drawEmpty(mgraphics, theme, box, "", "", ghosts);
      else drawEmpty(mgraphics, theme, box, invitation, promise, ghosts);
      drawFoot(mgraphics, theme, [width, height], foot, underMouse());
    },

    /** @param {unknown} name @param {unknown} words @param {unknown} [why] */
    status(name, words, why = "") {
      foot = { state: stateFrom(name), words: String(words), why: String(why) };
      mgraphics.redraw();
    },

    /** @param {unknown} name */
    roll(name) {
      roll = rollFromDict(new Dict(String(name)));
      playhead = -1;
      mgraphics.redraw();
    },

    /** @param {unknown} beats */
    playhead(beats) {
      playhead = Number(beats);
      mgraphics.redraw();
    },

    onclick() {
      outlet(0, "picture_press");
    },
  });
}
