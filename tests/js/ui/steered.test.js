/** The picture of Macros: a row for each device, bars under their dials, and nothing outside of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawRows } from "../../../js/ui/steeredrows.js";
import { readTheme } from "../../../js/ui/theme.js";
import { recorder } from "./support/recorder.js";

const theme = readTheme(undefined);
const BOX = { x: 0, y: 0, width: 248, height: 92 };
/** @param {string} name @param {(number|null)[]} shares @param {string} [track] */
const row = (name, shares, track = "") => ({ name, track, amount: 1, shares });

/** @param {any[]} rows */
function drawn(rows) {
  const g = recorder(BOX.width, BOX.height);
  drawRows(g, theme, BOX, rows);
  return g;
}

test("everything lies inside, in whole pixels, however many there are and however long their names", () => {
  const many = Array.from({ length: 40 }, (_, at) =>
    row("Bass", [1, -1, 0.33, null], `A track with a long name ${at}`),
  );
  for (const rows of [[], many.slice(0, 1), many.slice(0, 7), many]) {
    const g = drawn(rows);
    for (const [x, y, width, height] of g.boxes()) {
      assert.ok(x >= 0 && y >= 0 && x + width <= BOX.width && y + height <= BOX.height, `${x} ${y} ${width} ${height}`);
      assert.ok([x, y, width, height].every(Number.isInteger), `${x} ${y} ${width} ${height}`);
    }
    for (const { x, width } of g.texts) assert.ok(x + width <= BOX.width);
  }
  assert.ok(drawn(many).texts.some(({ text }) => text === "and 34 more"));
});

test("bars go to the right where a knob is up and to the left where it is down, as far as it moves the device", () => {
  const lengths = (/** @type {number|null} */ share) => {
    const still = drawn([row("Bass", [0, 0, 0, 0])]).boxes();
    return drawn([row("Bass", [share, 0, 0, 0])])
      .boxes()
      .filter((box) => !still.some((each) => String(each) === String(box)));
  };
  const [[up, , upWidth]] = lengths(1);
  const [[half, , halfWidth]] = lengths(0.5);
  const [[down, , downWidth]] = lengths(-1);
  assert.equal(up, half);
  assert.equal(upWidth, 2 * halfWidth);
  assert.equal(down + downWidth, up);
});

test("two of a kind are told apart by their tracks, one of its kind has both", () => {
  const texts = (/** @type {any[]} */ rows) => drawn(rows).texts.map(({ text }) => text);
  assert.deepEqual(texts([row("Bass", [0, 0, 0, 0], "Sub"), row("Bass", [0, 0, 0, 0], "Top")]), ["Sub", "Top"]);
  assert.deepEqual(texts([row("Bass", [0, 0, 0, 0], "Sub")]), ["Bass", "Sub"]);
  assert.deepEqual(texts([row("Bass", [0, 0, 0, 0], "Bass")]), ["Bass"]);
});
