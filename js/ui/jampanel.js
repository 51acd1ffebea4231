/**
 * The picture of Jam, for v8ui: the bar that plays and the one to come.
 *
 *   status <off|away|busy|ready> <words> [<why>]   the foot line
 *   stars <n>                                      the take's, -1: none to rate
 *   roll <dict name>                               as notes (roll_dict.js)
 *   grid <dict name>                               as a drum grid (grid_dict.js)
 *   playhead <beats>                               below 0: none
 *   -> rate <n>                                    a star was pressed
 */
import { drawDrumGrid, drawEmptyGrid, EMPTY_GRID } from "./drumgrid.js";
import { FootLine } from "./foot_line.js";
import { gridFromDict } from "./grid_dict.js";
import { drawEmpty, drawRoll, EMPTY, LINE_GHOSTS } from "./roll.js";
import { rollFromDict } from "./roll_dict.js";
import { cleared, onScreen } from "./v8ui.js";

const INVITATION = "Start the song";
const PROMISE = "It plays along, bar by bar";

const foot = new FootLine();
let roll = EMPTY;
let grid = EMPTY_GRID;
let drums = false;
let playhead = -1;

onScreen({
  paint() {
    const { theme, width, height } = cleared();
    const box = { x: 0, y: 0, width, height: height - foot.height(width) };
    const said = foot.state === "off" ? ["", ""] : [INVITATION, PROMISE];
    if (drums && grid.lanes.length > 0) drawDrumGrid(mgraphics, theme, box, grid, 0, playhead);
    else if (drums) drawEmptyGrid(mgraphics, theme, box, said[0], said[1]);
    else if (roll.notes.length > 0) drawRoll(mgraphics, theme, box, roll, playhead);
    else drawEmpty(mgraphics, theme, box, said[0], said[1], LINE_GHOSTS);
    foot.draw(theme);
  },

  ...foot.messages(),

  /** @param {unknown} name */
  roll(name) {
    roll = rollFromDict(new Dict(String(name)));
    drums = false;
    mgraphics.redraw();
  },

  /** @param {unknown} name */
  grid(name) {
    grid = gridFromDict(new Dict(String(name)));
    drums = true;
    mgraphics.redraw();
  },

  /** @param {unknown} beats */
  playhead(beats) {
    playhead = Number(beats);
    mgraphics.redraw();
  },

  /** @param {number} x @param {number} y */
  onclick(x, y) {
    foot.press(x, y);
  },
});
