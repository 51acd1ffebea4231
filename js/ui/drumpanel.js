/**
 * The picture of Drums, for v8ui.
 *
 *   status <off|away|busy|ready> <words> [<why>]   the foot line
 *   grid <dict name>                               the take (grid_dict.js)
 *   playhead <beats>                               below 0: none
 *   -> lane_mute, lane_lock, lane_roll <role>      a lane's name, its square, its dot was pressed
 *   -> picture_press                               anything else was
 */
import { drawDrumGrid, drawEmptyGrid, EMPTY_GRID, hitAt, pageAt, pagesOf } from "./drumgrid.js";
import { drawFoot, footHeight } from "./foot.js";
import { gridFromDict } from "./grid_dict.js";
import { stateFrom } from "./status.js";
import { cleared, onScreen, underMouse } from "./v8ui.js";

/** @type {import("./foot.js").Foot} */
let foot = { state: "off", words: "", why: "" };
let grid = EMPTY_GRID;
let page = 0;
let playhead = -1;

/** @returns {import("./roll.js").Box} where the grid stands */
function field() {
  const [width, height] = mgraphics.size;
  return { x: 0, y: 0, width, height: height - footHeight(mgraphics, width, foot.words) };
}

onScreen({
  paint() {
    const { theme, width, height } = cleared();
    const box = field();
    if (grid.lanes.length > 0) drawDrumGrid(mgraphics, theme, box, grid, page, playhead);
    else if (foot.state === "off") drawEmptyGrid(mgraphics, theme, box, "", "");
    else drawEmptyGrid(mgraphics, theme, box, "Press Generate", "A beat lands in your clip");
    drawFoot(mgraphics, theme, [width, height], foot, underMouse());
  },

  /** @param {unknown} name @param {unknown} words @param {unknown} [why] */
  status(name, words, why = "") {
    foot = { state: stateFrom(name), words: String(words), why: String(why) };
    mgraphics.redraw();
  },

  /** @param {unknown} name */
  grid(name) {
    grid = gridFromDict(new Dict(String(name)));
    page = Math.min(page, pagesOf(grid) - 1);
    playhead = -1;
    mgraphics.redraw();
  },

  /** @param {unknown} beats */
  playhead(beats) {
    playhead = Number(beats);
    if (playhead >= 0) page = pageAt(grid, playhead);
    mgraphics.redraw();
  },

  /** @param {number} x @param {number} y */
  onclick(x, y) {
    const hit = hitAt(field(), grid, x, y);
    if (hit.kind === "hear") outlet(0, "picture_press");
    else if (hit.kind === "page") {
      page = hit.page;
      mgraphics.redraw();
    } else outlet(0, `lane_${hit.kind}`, hit.role);
  },
});
