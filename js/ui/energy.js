/**
 * A song at one glance: how its energy goes over the bars, the names of its sections, and who plays in each. Pure drawing,
 * and which section a press on it means.
 */
import { ellipsised, useFace, widthOf, write } from "./text.js";
import { brightness, mixed } from "./theme.js";

/** @typedef {import("./theme.js").Theme} Theme */
/** @typedef {import("./theme.js").Colour} Colour */
/** @typedef {import("./roll.js").Box} Box */

/** @typedef {{name: string, bars: number, from: number, to: number}} SongSection energy at its start and end, 0-1 */
/** @typedef {{name: string, colour: number, plays: boolean[]}} SongLane colour 0x00rrggbb; one `plays` for each section */

/**
 * @typedef {object} SongView
 * @property {string} title
 * @property {boolean} made whether its scenes are in the Set; else it is a plan
 * @property {number} here the section that is selected; -1 for none
 * @property {SongSection[]} sections
 * @property {SongLane[]} lanes
 */

/** @type {SongView} */
export const EMPTY_SONG = Object.freeze({ title: "", made: false, here: -1, sections: [], lanes: [] });

const MARGIN = 4;
const TITLE = 12;
/** Names stand in two rows by turns, so that each has the room of two sections. */
const NAMES = 9;
const LANE_NAMES = 44;
/** Where the bars begin. */
const LEFT = MARGIN + LANE_NAMES;
/** Of what is below the names, what the curve takes at least and at most, with lanes below it. */
const LOWEST_CURVE = 26;
const HIGHEST_CURVE = 58;
const TALLEST_LANE = 15;
const SHORTEST_LANE = 8;
const GAP = 3;
/** Nearer to the ground in brightness, a colour is hard to see. */
const LEAST_CONTRAST = 0.2;

/**
 * @param {Box} box
 * @param {SongView} song
 * @returns {{left: number, width: number, edges: number[], curve: {top: number, height: number}, lanes: number, row: number}}
 *   `edges`: where each section begins, and where the last one ends; `lanes`: how many there is room for
 */
function layout(box, song) {
  const left = box.x + LEFT;
  const width = box.width - LEFT - MARGIN;
  const bars = song.sections.reduce((sum, section) => sum + section.bars, 0);
  let done = 0;
  const edges = [left];
  for (const section of song.sections) {
    done += section.bars;
    edges.push(left + Math.round((done / Math.max(1, bars)) * width));
  }
  const top = box.y + TITLE + 2 * NAMES;
  const room = box.y + box.height - MARGIN - top;
  const count = song.lanes.length;
  const most = Math.floor((room - LOWEST_CURVE - GAP) / SHORTEST_LANE);
  const lanes = Math.min(count, most);
  const wanted =
    count === 0 ? room : Math.max(LOWEST_CURVE, Math.min(HIGHEST_CURVE, room - GAP - lanes * TALLEST_LANE));
  const row = lanes === 0 ? 0 : Math.min(TALLEST_LANE, Math.floor((room - wanted - GAP) / lanes));
  return { left, width, edges, curve: { top, height: wanted }, lanes, row };
}

/**
 * @param {Box} box
 * @param {SongView} song
 * @param {number} x
 * @param {number} y
 * @returns {number} the section a press there means; -1 for none
 */
export function sectionAt(box, song, x, y) {
  const { edges } = layout(box, song);
  if (song.sections.length === 0 || x < edges[0] || y < box.y + TITLE || y >= box.y + box.height) return -1;
  return edges.findIndex((edge, i) => i + 1 < edges.length && x >= edge && x < edges[i + 1]);
}

/**
 * @param {Box} box
 * @param {SongView} song
 * @param {number} y
 * @returns {number} pixels that 100 % of energy takes, where a press at this height is on the curve; 0 elsewhere
 */
export function curveAt(box, song, y) {
  const { curve } = layout(box, song);
  return y >= curve.top && y < curve.top + curve.height ? curve.height - 2 : 0;
}

/** @param {SongSection} section @returns {number} percent */
export const energyOf = ({ from, to }) => Math.round(((from + to) / 2) * 100);

/** @param {SongView} song @param {number} section @param {number} percent @returns {SongView} with that section moved, as the engine moves it */
export function bent(song, section, percent) {
  const sections = song.sections.map((each, i) => {
    if (i !== section) return each;
    const by = percent / 100 - (each.from + each.to) / 2;
    return { ...each, from: inside(each.from + by), to: inside(each.to + by) };
  });
  return { ...song, sections };
}

/** @param {number} energy */
const inside = (energy) => Math.min(1, Math.max(0, energy));

/** @param {MGraphics} g @param {readonly number[]} colour @param {number} x @param {number} y @param {number} width @param {number} height */
function fill(g, colour, x, y, width, height) {
  g.set_source_rgba([...colour]);
  g.rectangle(x, y, width, height);
  g.fill();
}

/**
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {Box} box
 * @param {SongView} song
 */
export function drawSong(g, theme, box, song) {
  const at = layout(box, song);
  useFace(g, 9);
  write(g, ellipsised(g, song.title, box.width - 2 * MARGIN), box.x + MARGIN, box.y + 10, theme.dim);
  useFace(g, 8);
  write(g, "Energy", box.x + MARGIN, at.curve.top + at.curve.height - 2, theme.dim);
  for (let lane = 0; lane < at.lanes; lane += 2) {
    const top = at.curve.top + at.curve.height + GAP + lane * at.row;
    fill(g, mixed(theme.ground, theme.ink, 0.04), at.left, top, at.width, at.row);
  }
  for (const [i, section] of song.sections.entries()) drawSection(g, theme, at, song, i, section);
  for (let lane = 0; lane < at.lanes; lane++) drawLane(g, theme, box, at, song, lane);
}

/** @typedef {ReturnType<typeof layout>} Layout */

/** @param {MGraphics} g @param {Theme} theme @param {Layout} at @param {SongView} song @param {number} i @param {SongSection} section */
function drawSection(g, theme, { left, width, edges, curve, lanes, row }, song, i, { name, from, to }) {
  const [x, end] = [edges[i], edges[i + 1]];
  const bottom = curve.top + curve.height;
  const here = i === song.here;
  const below = lanes > 0 ? GAP + lanes * row : 0;
  if (here) fill(g, mixed(theme.ground, theme.ink, 0.14), x, curve.top, end - x, curve.height + below);
  const shade = song.made ? 0.85 : 0.42;
  for (let column = x; column < end - 1; column++) {
    const energy = from + ((to - from) * (column - x)) / Math.max(1, end - x - 1);
    const height = Math.max(1, Math.round(inside(energy) * (curve.height - 2)));
    fill(g, mixed(theme.ground, theme.note, shade * (0.45 + 0.55 * energy)), column, bottom - height, 1, height);
  }
  const top = curve.top - NAMES * (2 - (i % 2));
  fill(g, mixed(theme.ground, theme.ink, 0.25), x, top + 1, 1, NAMES - 1);
  useFace(g, 8);
  // The row is shared with every other section: the next one in it begins two further on.
  const room = (edges[i + 2] ?? left + width) - x - 3;
  const words = ellipsised(g, widthOf(g, name) > room ? shorter(name) : name, room);
  write(g, words, x + 2, top + 7, here ? theme.second : song.made ? theme.ink : theme.dim);
}

/** As producers say it. @param {string} name */
const shorter = (name) => name.replace("Breakdown", "Break");

/** @param {MGraphics} g @param {Theme} theme @param {Box} box @param {Layout} at @param {SongView} song @param {number} lane */
function drawLane(g, theme, box, { edges, curve, lanes, row }, song, lane) {
  const y = curve.top + curve.height + GAP + lane * row;
  const hidden = song.lanes.length - lanes;
  const { name, colour, plays } = song.lanes[lane];
  const last = hidden > 0 && lane === lanes - 1;
  useFace(g, 8);
  const text = ellipsised(g, last ? `+ ${hidden + 1} more` : name, LANE_NAMES - 3);
  write(g, text, box.x + MARGIN, y + Math.round(row / 2) + 3, last ? theme.dim : theme.ink);
  if (last) return;
  for (const [i, { from, to }] of song.sections.entries()) {
    if (!plays[i]) continue;
    const shade = (song.made ? 1 : 0.62) * (0.5 + 0.5 * ((from + to) / 2));
    fill(
      g,
      mixed(theme.ground, laneColour(theme, colour), shade),
      edges[i],
      y + 1,
      Math.max(1, edges[i + 1] - edges[i] - 1),
      row - 2,
    );
  }
}

/** A clip's colour, unless it is lost on the display. @param {Theme} theme @param {number} colour 0x00rrggbb @returns {Colour} */
function laneColour(theme, colour) {
  const [r, g, b] = [16, 8, 0].map((shift) => ((colour >> shift) & 255) / 255);
  /** @type {Colour} */
  const own = [r, g, b, 1];
  return Math.abs(brightness(own) - brightness(theme.ground)) < LEAST_CONTRAST ? mixed(own, theme.ink, 0.6) : own;
}

/** What is seen where there is no loop yet: in, up, a breath, up again, out. Bars and energy. */
const GHOST = [
  [4, 0.25, 0.4],
  [4, 0.5, 0.6],
  [2, 0.4, 0.9],
  [4, 1, 1],
  [3, 0.35, 0.4],
  [2, 0.4, 0.95],
  [4, 1, 1],
  [3, 0.5, 0.2],
];

/**
 * @param {MGraphics} g
 * @param {Theme} theme
 * @param {Box} box
 * @param {string} invitation
 * @param {string} promise
 */
export function drawNoSong(g, theme, box, invitation, promise) {
  const width = box.width - 2 * MARGIN;
  const bars = GHOST.reduce((sum, [length]) => sum + length, 0);
  const height = Math.round(box.height * 0.5);
  let bar = 0;
  for (const [length, from, to] of GHOST) {
    for (let i = 0; i < length; i++) {
      const x = box.x + MARGIN + Math.round(((bar + i) / bars) * width);
      const end = box.x + MARGIN + Math.round(((bar + i + 1) / bars) * width);
      const tall = Math.round((from + ((to - from) * i) / length) * height);
      fill(
        g,
        mixed(theme.ground, theme.note, 0.16),
        x,
        box.y + Math.round(box.height * 0.62) - tall,
        end - x - 1,
        tall,
      );
    }
    bar += length;
  }
  const middle = box.y + Math.round(box.height * 0.84);
  for (const [size, text, baseline, colour] of /** @type {[number, string, number, Colour][]} */ ([
    [11, invitation, middle - 6, theme.ink],
    [9, promise, middle + 7, theme.dim],
  ])) {
    useFace(g, size);
    const shown = ellipsised(g, text, width);
    write(g, shown, box.x + (box.width - widthOf(g, shown)) / 2, baseline, colour);
  }
}
