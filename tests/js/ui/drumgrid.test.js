/** The drum grid: what is drawn where, and what a press on it means. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawDrumGrid, drawEmptyGrid, hitAt, pageAt, pagesOf } from "../../../js/ui/drumgrid.js";
import { gridFromDict, gridToJson } from "../../../js/ui/grid_dict.js";
import { LaneGrip } from "../../../js/ui/lane_grip.js";
import { readTheme } from "../../../js/ui/theme.js";
import { recorder } from "./support/recorder.js";

const theme = readTheme(undefined);
const BOX = { x: 0, y: 0, width: 216, height: 144 };

/** @param {string} role @param {number} pitch */
const lane = (role, pitch, more = {}) => ({
  role,
  name: role,
  pitch,
  muted: false,
  locked: false,
  density: 100,
  ...more,
});

const GRID = {
  length: 32,
  beatsPerBar: 4,
  label: "House",
  notes: [
    { pitch: 36, start: 0, velocity: 127 },
    { pitch: 36, start: 1.02, velocity: 20 },
    { pitch: 42, start: 9, velocity: 90 },
  ],
  lanes: [lane("kick", 36), lane("hat", 42, { muted: true, density: 150 }), lane("", 50)],
};

/** How bright the marks of hits are, in the order they were drawn: only they have the colour of notes. @param {any} g */
const marks = (g) =>
  g.shapes.map((/** @type {any} */ { colour }) => colour).flatMap(([red, , blue]) => (red > blue + 0.05 ? [red] : []));

test("it goes through a Dict and back, also with one lane or none", () => {
  for (const grid of [GRID, { ...GRID, lanes: GRID.lanes.slice(0, 1), notes: [] }, { ...GRID, lanes: [], notes: [] }]) {
    const stored = JSON.parse(gridToJson(grid));
    assert.deepEqual(gridFromDict({ get: (key) => stored[key] }), grid);
  }
  assert.deepEqual(gridFromDict({ get: () => null }).lanes, []);
});

test("two bars to a page", () => {
  assert.equal(pagesOf(GRID), 4);
  assert.equal(pagesOf({ ...GRID, length: 4 }), 1);
  assert.equal(pagesOf({ ...GRID, length: 10 }), 2);
  assert.deepEqual(
    [0, 7.9, 8, 31, 99].map((beat) => pageAt(GRID, beat)),
    [0, 0, 1, 3, 3],
  );
});

test("everything is drawn inside of the box, in whole pixels", () => {
  for (const grid of [GRID, { ...GRID, lanes: Array.from({ length: 30 }, (_, i) => lane(`lane ${i}`, 36 + i)) }]) {
    const g = recorder(BOX.width, BOX.height);
    drawDrumGrid(g, theme, BOX, grid, 0, 0.5);
    for (const [x, y, width, height] of g.boxes()) {
      assert.ok(x >= 0 && y >= 0 && x + width <= BOX.width && y + height <= BOX.height, `${x} ${y} ${width} ${height}`);
      assert.ok([x, y, width, height].every(Number.isInteger));
    }
    for (const { x, width } of g.texts) assert.ok(x + width <= BOX.width);
  }
});

test("loud is brighter than soft, and other pages are not shown", () => {
  const g = recorder(BOX.width, BOX.height);
  const draw = (/** @type {number} */ page) => {
    g.shapes.length = 0;
    drawDrumGrid(g, theme, BOX, GRID, page, -1);
    return marks(g);
  };
  const [loud, soft, ...more] = draw(0);
  assert.ok(loud > soft + 0.3);
  assert.deepEqual(more, []);
  assert.equal(draw(1).length, 1);
  assert.equal(draw(2).length, 0);
});

test("a press: a name is held, square locks, dot rolls, steps are heard, the strip turns pages", () => {
  const kick = 12 + 2 * 26 + 10; // the lowest of three rows
  assert.deepEqual(hitAt(BOX, GRID, 10, kick), { kind: "name", role: "kick" });
  assert.deepEqual(hitAt(BOX, GRID, 53, kick), { kind: "lock", role: "kick" });
  assert.deepEqual(hitAt(BOX, GRID, 63, kick), { kind: "roll", role: "kick" });
  assert.deepEqual(hitAt(BOX, GRID, 150, kick), { kind: "hear" });
  assert.deepEqual(hitAt(BOX, GRID, 10, 12 + 5), { kind: "hear" }, "a lane that is not ours");
  assert.deepEqual(hitAt(BOX, GRID, 10, 130), { kind: "hear" });
  assert.deepEqual(hitAt(BOX, GRID, 80, 4), { kind: "page", page: 0 });
  assert.deepEqual(hitAt(BOX, GRID, 205, 4), { kind: "page", page: 3 });
  assert.deepEqual(hitAt(BOX, GRID, 10, 4), { kind: "hear" });
  assert.deepEqual(hitAt(BOX, { ...GRID, length: 8 }, 100, 4), { kind: "hear" });
});

test("a bar in the margin tells how dense a lane is", () => {
  const bars = (/** @type {number} */ density) => {
    const g = recorder(BOX.width, BOX.height);
    drawDrumGrid(g, theme, BOX, { ...GRID, notes: [], lanes: [lane("kick", 36, { density })] }, 0, -1);
    const [room, bar] = g.shapes.flatMap((/** @type {any} */ { path: [[what, x, , width, height]], colour }) =>
      what === "rectangle" && x === 1 && width === 2 ? [{ height, colour }] : [],
    );
    return { ...bar, share: bar.height / room.height };
  };
  assert.deepEqual(
    [0, 50, 100, 200].map((density) => bars(density).share),
    [0, 1 / 4, 1 / 2, 1].map((share) => Math.round(share * 24) / 24),
  );
  assert.notDeepEqual(bars(150).colour, bars(100).colour);
});

test("a name: a press mutes, a drag is a density, a hand that trembles is a press, two presses give it back", () => {
  const grip = new LaneGrip();
  const drag = (/** @type {number} */ from, /** @type {number[]} */ ...way) => {
    grip.take("kick", from, 50);
    for (const y of way) grip.move(y);
    return grip.release();
  };
  assert.deepEqual(drag(100), { kind: "mute", role: "kick" });
  assert.deepEqual(drag(100, 51, 49), { kind: "mute", role: "kick" });
  assert.deepEqual(drag(100, 40), { kind: "density", role: "kick", density: 120 });
  assert.deepEqual(drag(100, 90), { kind: "density", role: "kick", density: 20 });
  assert.deepEqual(drag(150, -500), { kind: "density", role: "kick", density: 200 });
  assert.deepEqual(drag(150, 500), { kind: "density", role: "kick", density: 0 });
  assert.deepEqual(drag(150, 73), { kind: "density", role: "kick", density: 100 }, "it catches near to 100 %");
  assert.equal(drag(100, 30, 50), null, "there and back");
  assert.equal(grip.release(), null);
  assert.equal(grip.move(10), false);
  grip.take("kick", 100, 50);
  assert.equal(grip.drag, null);
  assert.deepEqual([grip.move(40), grip.move(40)], [true, false]);
  assert.equal(grip.drag?.density, 120);
  assert.deepEqual(grip.twice("kick"), { kind: "plain", role: "kick" });
  assert.equal(grip.release(), null, "letting go after that is nothing");
});

test("before the first take it says what to press", () => {
  const g = recorder(BOX.width, BOX.height);
  drawEmptyGrid(g, theme, BOX, "Press Generate", "A beat lands in your clip");
  assert.deepEqual(
    g.texts.map(({ text }) => text),
    ["Press Generate", "A beat lands in your clip"],
  );
});
