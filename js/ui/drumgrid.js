/**
 * The drum grid: lanes by steps, two bars at a time; how loud a hit is shows as brightness. Pure drawing, and where a press
 * on it lands.
 */
import { ellipsised, useFace, widthOf, write } from "./text.js";
import { mixed } from "./theme.js";

/** @typedef {import("./theme.js").Theme} Theme */
/** @typedef {import("./roll.js").Box} Box */

/**
 * @typedef {object} GridLane
 * @property {string} role "": no lane of ours
 * @property {string} name
 * @property {number} pitch
 * @property {boolean} muted
 * @property {boolean} locked
 * @property {number} density percent, 0-200
 */

/**
 * @typedef {object} Grid
 * @property {number} length beats
 * @property {number} beatsPerBar
 * @property {string} label
 * @property {{pitch: number, start: number, velocity: number}[]} notes
 * @property {GridLane[]} lanes from the bottom up
 */

/** @typedef {{kind: "name"|"lock"|"roll", role: string}|{kind: "page", page: number}|{kind: "hear"}} Hit */

/** @type {Grid} */
export const EMPTY_GRID = Object.freeze({ length: 8, beatsPerBar: 4, label: "", notes: [], lanes: [] });

const STEPS_PER_BEAT = 4;
const BARS_SHOWN = 2;
const RULER = 12;
const MARGIN = 6;
const NAME = 46;
const ICON = 9;
/** Where the steps begin. */
const LEFT = MARGIN + NAME + 2 * ICON + 3;
const TALLEST_ROW = 26;
const SHORTEST_ROW = 7;
/** Marks that are wider than this are clearer with a gap beside them. */
const LEAST_GAP = 3;
/** The bar of a lane's density: where it stands in the margin, and how wide it is. */
const BAR_LEFT = 1;
const BAR = 2;
export const AS_IS = 100;
export const MOST_DENSE = 200;

/** @param {Grid} grid @returns {number} beats that are shown at a time */
const pageOf = ({ length, beatsPerBar }) => Math.min(length, BARS_SHOWN * beatsPerBar);

/** @param {Grid} grid @returns {number} how many pages there are */
export const pagesOf = (grid) => Math.max(1, Math.ceil(grid.length / pageOf(grid) - 1e-6));

/** @param {Grid} grid @param {number} beat @returns {number} the page on which a beat is shown */
export const pageAt = (grid, beat) => Math.max(0, Math.min(pagesOf(grid) - 1, Math.floor(beat / pageOf(grid) + 1e-6)));

/**
 * @param {Box} box
 * @param {Grid} grid
 * @returns {{left: number, width: number, top: number, row: number, lanes: GridLane[]}} lanes from the top down, as many as
 *   there is room for
 */
function layout(box, grid) {
  const height = box.height - RULER - 2;
  const most = Math.floor(height / SHORTEST_ROW);
  const lanes = grid.lanes.slice(0, most).reverse();
  const row = Math.max(SHORTEST_ROW, Math.min(TALLEST_ROW, Math.floor(height / Math.max(1, lanes.length))));
  const left = box.x + LEFT;
  return { left, width: box.width - LEFT - MARGIN, top: box.y + RULER, row, lanes };
}

/**
 * @param {Box} box
 * @param {Grid} grid
 * @param {number} x
 * @param {number} y
 * @returns {Hit} what a press there means
 */
export function hitAt(box, grid, x, y) {
  const { left, width, top, row, lanes } = layout(box, grid);
  if (y < top) {
    const page = Math.floor(((x - left) / width) * pagesOf(grid));
    return page >= 0 && page < pagesOf(grid) && pagesOf(grid) > 1 ? { kind: "page", page } : { kind: "hear" };
  }
  const lane = lanes[Math.floor((y - top) / row)];
  if (lane === undefined || lane.role === "" || x >= left) return { kind: "hear" };
  const { role } = lane;
  const icons = box.x + MARGIN + NAME;
  if (x < icons) return { kind: "name", role };
  return x < icons + ICON ? { kind: "lock", role } : { kind: "roll", role };
}

/**
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {Box} box
 * @param {Grid} grid
 * @param {number} page from 0
 * @param {number} playhead beats; below 0: none
 */
export function drawDrumGrid(g, theme, box, grid, page, playhead) {
  const at = layout(box, grid);
  const beats = pageOf(grid);
  const from = page * beats;
  drawPages(g, theme, box, at, grid, page);
  drawBars(g, theme, at, grid, from, beats);
  for (const [place, lane] of at.lanes.entries()) drawLane(g, theme, box, at, place, lane, grid, from, beats);
  if (playhead >= from && playhead < from + beats) {
    const x = at.left + Math.round(((playhead - from) / beats) * at.width);
    fill(g, theme.second, x, at.top, 1, at.row * at.lanes.length);
  }
}

/** @param {MGraphics} g @param {readonly number[]} colour @param {number} x @param {number} y @param {number} width @param {number} height */
function fill(g, colour, x, y, width, height) {
  g.set_source_rgba([...colour]);
  g.rectangle(x, y, width, height);
  g.fill();
}

/** @typedef {ReturnType<typeof layout>} Layout */

/**
 * Over the grid: what it is, and which bars are shown; a press on a part of the strip turns to it.
 *
 * @param {MGraphics} g @param {Theme} theme @param {Box} box @param {Layout} at @param {Grid} grid @param {number} page
 */
function drawPages(g, theme, box, { left, width }, grid, page) {
  useFace(g, 8);
  write(g, ellipsised(g, grid.label, LEFT - MARGIN - 4), box.x + MARGIN, box.y + 9, theme.dim);
  const pages = pagesOf(grid);
  for (let each = 0; each < pages; each++) {
    const x = left + Math.round((each * width) / pages);
    const end = left + Math.round(((each + 1) * width) / pages);
    const here = each === page;
    fill(g, mixed(theme.ground, theme.ink, here ? 0.3 : 0.09), x, box.y + 2, end - x - 1, RULER - 4);
    const text = String(each * BARS_SHOWN + 1);
    if (pages > 1 && widthOf(g, text) + 2 <= end - x) write(g, text, x + 2, box.y + 9, here ? theme.ink : theme.dim);
  }
}

/** @param {MGraphics} g @param {Theme} theme @param {Layout} at @param {Grid} grid @param {number} from @param {number} beats */
function drawBars(g, theme, { left, width, top, row, lanes }, grid, from, beats) {
  const height = row * lanes.length;
  for (let beat = Math.ceil(from - 1e-6); beat < from + beats; beat++) {
    const x = left + Math.round(((beat - from) / beats) * width);
    const bar = Math.abs(beat / grid.beatsPerBar - Math.round(beat / grid.beatsPerBar)) < 1e-6;
    fill(g, mixed(theme.ground, theme.ink, bar ? 0.22 : 0.09), x, top, 1, height);
  }
}

/**
 * @param {MGraphics} g @param {Theme} theme @param {Box} box @param {Layout} at @param {number} place
 * @param {GridLane} lane @param {Grid} grid @param {number} from @param {number} beats
 */
function drawLane(g, theme, box, { left, width, top, row }, place, lane, grid, from, beats) {
  const y = top + place * row;
  if (place % 2 === 0) fill(g, mixed(theme.ground, theme.ink, 0.03), box.x, y, box.width, row);
  useFace(g, row >= 9 ? 8 : 7);
  const colour = lane.muted ? mixed(theme.ground, theme.dim, 0.55) : theme.ink;
  const name = ellipsised(g, lane.name, NAME - 2);
  const baseline = y + Math.round(row / 2) + 3;
  write(g, name, box.x + MARGIN, baseline, colour);
  if (lane.muted) fill(g, colour, box.x + MARGIN, y + Math.round(row / 2), widthOf(g, name), 1);
  if (lane.role !== "") drawDensity(g, theme, box.x + BAR_LEFT, y, row, lane.density);
  if (lane.role !== "") drawIcons(g, theme, box.x + MARGIN + NAME, y + Math.floor(row / 2), lane.locked);
  const step = width / (beats * STEPS_PER_BEAT);
  const mark = Math.max(2, Math.floor(step) - (step >= LEAST_GAP ? 1 : 0));
  for (const { pitch, start, velocity } of grid.notes) {
    const at = start - from;
    if (pitch !== lane.pitch || at < -1 / STEPS_PER_BEAT / 2 || at >= beats) continue;
    const x = Math.max(left, Math.min(left + width - mark, left + Math.round(placeOf(at) * STEPS_PER_BEAT * step)));
    const shade = 0.25 + 0.75 * (Math.max(0, Math.min(127, velocity)) / 127);
    fill(g, mixed(theme.ground, theme.note, shade), x + 1, y + 1, mark, row - 2);
  }
}

/**
 * A bar in the margin: half a row high where the lane is as the style has it, coloured where it is not.
 *
 * @param {MGraphics} g @param {Theme} theme @param {number} x @param {number} y @param {number} row @param {number} density
 */
function drawDensity(g, theme, x, y, row, density) {
  const most = row - 2;
  const height = Math.round((most * Math.max(0, Math.min(MOST_DENSE, density))) / MOST_DENSE);
  fill(g, mixed(theme.ground, theme.dim, 0.3), x, y + 1, BAR, most);
  fill(
    g,
    density === AS_IS ? mixed(theme.ground, theme.dim, 0.8) : theme.second,
    x,
    y + 1 + most - height,
    BAR,
    height,
  );
}

/** A loose hand is shown on the step it means; what lies well between steps (rolls) is shown there. @param {number} beat */
function placeOf(beat) {
  const step = beat * STEPS_PER_BEAT;
  return (Math.abs(step - Math.round(step)) < 0.3 ? Math.round(step) : step) / STEPS_PER_BEAT;
}

/**
 * A square: locked when full. A dot: rolls the lane anew.
 *
 * @param {MGraphics} g @param {Theme} theme @param {number} x @param {number} middle @param {boolean} locked
 */
function drawIcons(g, theme, x, middle, locked) {
  const colour = locked ? theme.second : mixed(theme.ground, theme.dim, 0.7);
  fill(g, colour, x + 1, middle - 2, 5, 5);
  if (!locked) fill(g, theme.ground, x + 2, middle - 1, 3, 3);
  g.set_source_rgba([...mixed(theme.ground, theme.dim, 0.7)]);
  g.arc(x + ICON + 3.5, middle + 0.5, 2, 0, Math.PI * 2);
  g.fill();
}

/** Lanes and steps of what is seen before the first take: four on the floor. */
const GHOST_LANES = [
  [0, 4, 8, 12],
  [4, 12],
  [2, 6, 10, 14],
  [0, 2, 4, 6, 8, 10, 12, 14],
];

/**
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {Box} box
 * @param {string} invitation
 * @param {string} promise
 */
export function drawEmptyGrid(g, theme, box, invitation, promise) {
  const width = box.width - 2 * MARGIN;
  const step = width / 16;
  const row = Math.floor(box.height / 7);
  for (const [lane, steps] of GHOST_LANES.entries()) {
    for (const at of steps) {
      const x = box.x + MARGIN + Math.round(at * step);
      fill(g, mixed(theme.ground, theme.note, 0.16), x, box.y + row * (4 - lane), Math.floor(step) - 2, row - 3);
    }
  }
  const middle = box.y + Math.round(box.height * 0.84);
  for (const [size, text, baseline, colour] of /** @type {[number, string, number, readonly number[]][]} */ ([
    [11, invitation, middle - 6, theme.ink],
    [9, promise, middle + 7, theme.dim],
  ])) {
    useFace(g, size);
    const shown = ellipsised(g, text, width);
    write(g, shown, box.x + (box.width - widthOf(g, shown)) / 2, baseline, colour);
  }
}
