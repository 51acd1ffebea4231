/** The five stars at the right of the foot: where they are, what a press gives, and that words leave them their place. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawFoot, footHeight } from "../../../js/ui/foot.js";
import { drawStars, MOST_STARS, STARS_WIDTH, StarRow, starAt, UNRATABLE } from "../../../js/ui/stars.js";
import { readTheme } from "../../../js/ui/theme.js";
import { recorder } from "./support/recorder.js";

const theme = readTheme(undefined);
/** @type {[number, number]} */
const SIZE = [136, 125];

/** @param {number} star @returns {[number, number]} the middle of it */
function middle(star) {
  const hits = [];
  for (let x = 0; x < SIZE[0]; x++) if (starAt(SIZE, x, SIZE[1] - 6) === star) hits.push(x);
  return [hits[hits.length >> 1], SIZE[1] - 6];
}

test("each star is drawn where a press finds it, whole, at the right of the last line", () => {
  const g = recorder(...SIZE);
  drawStars(g, theme, SIZE, 3, -1);
  assert.deepEqual(
    g.shapes.map((/** @type {any} */ { how }) => how),
    ["fill", "fill", "fill", "stroke", "stroke"],
  );
  for (const [i, { path }] of g.shapes.entries()) {
    const corners = path.filter((/** @type {any[]} */ [what]) => what !== "close");
    assert.equal(corners.length, 10);
    for (const [, x, y] of corners) {
      assert.ok(x >= SIZE[0] - STARS_WIDTH - 4 && x <= SIZE[0] && y >= SIZE[1] - 12 && y <= SIZE[1], `${x}, ${y}`);
      if (Math.abs(x - middle(i + 1)[0]) < 3) assert.equal(starAt(SIZE, x, y), i + 1);
    }
  }
  assert.deepEqual(
    Array.from({ length: MOST_STARS }, (_, i) => starAt(SIZE, ...middle(i + 1))),
    [1, 2, 3, 4, 5],
  );
  assert.equal(starAt(SIZE, SIZE[0] - STARS_WIDTH - 8, SIZE[1] - 6), 0);
  assert.equal(starAt(SIZE, middle(3)[0], SIZE[1] - 13), 0);
});

test("the mouse shows what a press would set; pressed, the row shows what is set until the mouse goes on", () => {
  const row = new StarRow();
  assert.deepEqual([row.stars, row.point(3), row.meant, row.press(3)], [UNRATABLE, false, -1, -1]);
  row.set(0);
  assert.equal(row.meant, 3);
  assert.equal(row.press(3), 3);
  row.set(3);
  assert.equal(row.meant, -1, "the mouse is still over it");
  assert.equal(row.point(4), true);
  assert.equal(row.meant, 4);
  assert.equal(row.point(3), true);
  assert.equal(row.meant, 0, "the star that is set would be taken back");
  assert.equal(row.press(3), 0);
  assert.equal(row.point(0), false);
  assert.equal(row.press(0), -1);
  for (const nonsense of ["x", 6, -2, 2.5, undefined]) {
    row.set(nonsense);
    assert.equal(row.stars, UNRATABLE, String(nonsense));
  }
});

for (const words of [
  "Ready",
  "Wrote 31 notes, 8 bars",
  "Wrote 31 notes, 8 bars, D minor",
  'Wrote 31 notes, 8 bars, D minor on "Night bass"',
  "Wrote 4 chords, 8 bars, D minor. 10B is D major; this progression is minor, so B minor (10A) was used",
]) {
  for (const open of [false, true]) {
    test(`"${words.slice(0, 40)}" leaves the stars their place${open ? ", opened too" : ""}`, () => {
      const g = recorder(...SIZE);
      const stars = { stars: 0, meant: -1 };
      drawFoot(g, theme, SIZE, { state: "ready", words, why: "Key from Live" }, open, stars);
      const drawn = g.shapes.filter((/** @type {any} */ { how, path }) => how === "stroke" && path.length === 11);
      assert.equal(drawn.length, MOST_STARS);
      const lowest = Math.max(...g.texts.map((/** @type {any} */ { y }) => y));
      for (const { x, y, width } of g.texts) {
        const end = y === SIZE[1] - 3 ? SIZE[0] - 4 - STARS_WIDTH : SIZE[0] - 4;
        assert.ok(x + width <= end && lowest <= SIZE[1] - 3, `${x + width} at ${y}`);
      }
      if (open) assert.equal(g.texts.map((/** @type {any} */ { text }) => text).join(" "), `${words}. Key from Live`);
      else assert.equal(g.boxes()[0][1], SIZE[1] - footHeight(recorder(...SIZE), SIZE[0], words, stars));
    });
  }
}
