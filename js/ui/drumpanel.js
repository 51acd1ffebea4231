/**
 * The picture of Drums, for v8ui.
 *
 *   status <off|away|busy|ready> <words> [<why>]   the foot line
 *   stars <n>                                      the take's, -1: none to rate
 *   grid <dict name>                               the take (grid_dict.js)
 *   playhead <beats>                               below 0: none
 *   -> lane_mute, lane_lock, lane_roll <role>      a lane's name, its square, its dot was pressed
 *   -> lane_density <role> <percent>               its name was dragged
 *   -> lane_plain <role>                           its name was pressed twice
 *   -> rate <n>                                    a star was pressed
 *   -> picture_press                               anything else was
 */
import { AS_IS, drawDrumGrid, drawEmptyGrid, EMPTY_GRID, hitAt, pageAt, pagesOf } from "./drumgrid.js";
import { FootLine } from "./foot_line.js";
import { gridFromDict } from "./grid_dict.js";
import { LaneGrip } from "./lane_grip.js";
import { cleared, onScreen } from "./v8ui.js";

const foot = new FootLine();
let grid = EMPTY_GRID;
let page = 0;
let playhead = -1;
const grip = new LaneGrip();

/** @returns {import("./roll.js").Box} where the grid stands */
function field() {
  const [width, height] = mgraphics.size;
  return { x: 0, y: 0, width, height: height - foot.height(width) };
}

/** The grid with what a drag would make of it. */
function dragged() {
  const drag = grip.drag;
  if (drag === null) return grid;
  const { role, density } = drag;
  const lanes = grid.lanes.map((lane) => (lane.role === role ? { ...lane, density, name: `${density} %` } : lane));
  return { ...grid, lanes };
}

/** @param {import("./lane_grip.js").Done|null} done */
function tell(done) {
  if (done === null) return;
  if (done.kind === "density") outlet(0, "lane_density", done.role, done.density);
  else outlet(0, `lane_${done.kind}`, done.role);
}

onScreen({
  paint() {
    const { theme } = cleared();
    const box = field();
    if (grid.lanes.length > 0) drawDrumGrid(mgraphics, theme, box, dragged(), page, playhead);
    else if (foot.state === "off") drawEmptyGrid(mgraphics, theme, box, "", "");
    else drawEmptyGrid(mgraphics, theme, box, "Press Generate", "A beat lands in your clip");
    foot.draw(theme);
  },

  ...foot.messages(),

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
    if (foot.press(x, y)) return;
    const hit = hitAt(field(), grid, x, y);
    if (hit.kind === "hear") outlet(0, "picture_press");
    else if (hit.kind === "page") {
      page = hit.page;
      mgraphics.redraw();
    } else if (hit.kind === "name") {
      grip.take(hit.role, grid.lanes.find(({ role }) => role === hit.role)?.density ?? AS_IS, y);
    } else outlet(0, `lane_${hit.kind}`, hit.role);
  },

  /** @param {number} _x @param {number} y @param {number} button 0: let go */
  ondrag(_x, y, button) {
    if (grip.move(y)) mgraphics.redraw();
    if (Number(button) !== 0) return;
    tell(grip.release());
    mgraphics.redraw();
  },

  /** @param {number} x @param {number} y */
  ondblclick(x, y) {
    const hit = hitAt(field(), grid, x, y);
    if (hit.kind === "name") tell(grip.twice(hit.role));
  },
});
