/**
 * The picture of what a device wrote, as a piano roll, for v8ui.
 *
 *   status <off|away|busy|ready> <words> [<why>]   the foot line
 *   stars <n>                                      the take's, -1: none to rate
 *   roll <dict name>                               the take (roll_dict.js)
 *   playhead <beats>                               below 0: none
 *   -> rate <n>                                    a star was pressed
 *   -> picture_press                               the rest of the picture was pressed
 */
import { FootLine } from "./foot_line.js";
import { drawEmpty, drawRoll, EMPTY } from "./roll.js";
import { rollFromDict } from "./roll_dict.js";
import { cleared, onScreen } from "./v8ui.js";

/**
 * @param {string} promise what a first press brings
 * @param {import("./roll.js").Ghosts} ghosts
 * @param {string} [invitation] what to press
 */
export function rollPicture(promise, ghosts, invitation = "Press Generate") {
  const foot = new FootLine();
  let roll = EMPTY;
  let playhead = -1;

  onScreen({
    paint() {
      const { theme, width, height } = cleared();
      const box = { x: 0, y: 0, width, height: height - foot.height(width) };
      if (roll.notes.length > 0) drawRoll(mgraphics, theme, box, roll, playhead);
      else if (foot.state === "off") drawEmpty(mgraphics, theme, box, "", "", ghosts);
      else drawEmpty(mgraphics, theme, box, invitation, promise, ghosts);
      foot.draw(theme);
    },

    ...foot.messages(),

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

    /** @param {number} x @param {number} y */
    onclick(x, y) {
      if (!foot.press(x, y)) outlet(0, "picture_press");
    },
  });
}
