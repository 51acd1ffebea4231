/** The song at one glance: what is drawn where, which section a press means, and the way through a Dict. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { bent, curveAt, drawNoSong, drawSong, EMPTY_SONG, energyOf, sectionAt } from "../../../js/ui/energy.js";
import { songFromDict, songToJson } from "../../../js/ui/energy_dict.js";
import { EnergyGrip } from "../../../js/ui/energy_grip.js";
import { readTheme } from "../../../js/ui/theme.js";
import { recorder } from "./support/recorder.js";

const theme = readTheme(undefined);
const BOX = { x: 0, y: 0, width: 252, height: 144 };
const LEFT = 48;

/** @param {string} name @param {number} bars @param {number} from @param {number} to */
const section = (name, bars, from, to) => ({ name, bars, from, to });
const SONG = {
  title: "Club",
  made: true,
  here: -1,
  sections: [section("Intro", 8, 0.2, 0.4), section("Breakdown 2", 4, 0.3, 0.3), section("Drop", 12, 1, 1)],
  lanes: [
    { name: "808", colour: 0xff3636, plays: [true, false, true] },
    { name: "Keys", colour: 0x10a4ee, plays: [false, true, true] },
  ],
};
const MANY = {
  ...SONG,
  lanes: Array.from({ length: 16 }, (_, i) => ({ name: `Track ${i}`, colour: 0, plays: [true, true, true] })),
};

/** @param {any} song @param {any} [look] */
function drawn(song, look = theme) {
  const g = recorder(BOX.width, BOX.height);
  drawSong(g, look, BOX, song);
  return g;
}

test("it goes through a Dict and back, also with names of figures and of nothing, and empty", () => {
  const odd = { ...SONG, sections: [section("2", 1, 0, 1)], lanes: [{ name: "", colour: 0, plays: [true] }] };
  for (const song of [SONG, odd, EMPTY_SONG]) {
    const stored = JSON.parse(songToJson(song));
    assert.deepEqual(songFromDict({ get: (key) => stored[key] }), { ...song });
  }
  assert.deepEqual(songFromDict({ get: () => null }).sections, []);
});

test("everything is drawn inside of the box, in whole pixels, however many play", () => {
  for (const song of [SONG, MANY, { ...SONG, lanes: [] }, { ...SONG, made: false, here: 2 }]) {
    const g = drawn(song);
    for (const [x, y, width, height] of g.boxes()) {
      assert.ok(x >= 0 && y >= 0 && x + width <= BOX.width && y + height <= BOX.height, `${x} ${y} ${width} ${height}`);
      assert.ok([x, y, width, height].every(Number.isInteger));
    }
    for (const { x, width } of g.texts) assert.ok(x + width <= BOX.width);
  }
});

test("the curve is as high as the energy: a rise rises, a drop is higher than a breakdown", () => {
  const columns = drawn({ ...SONG, lanes: [] })
    .boxes()
    .filter(([x, , width, height]) => width === 1 && x >= LEFT && height > 8)
    .sort((a, b) => a[0] - b[0]);
  const at = (/** @type {number} */ share) => columns[Math.floor(share * columns.length)][3];
  assert.ok(at(0.02) < at(0.3) && at(0.4) < at(0.9));
  assert.ok(at(0.9) > 2.5 * at(0.45));
});

test("a lane is filled where its part plays, and nowhere else; a plan is paler", () => {
  const lanes = (/** @type {any} */ song) =>
    drawn(song).shapes.filter(({ colour: [red, , blue] }) => red > 0.4 && blue < 0.3 && red > 2 * blue + 0.2);
  const wide = (/** @type {any} */ g) => g.filter(({ path }) => path[0][3] > 10 && path[0][4] > 8);
  const [made, plan] = [wide(lanes(SONG)), wide(lanes({ ...SONG, made: false }))];
  assert.equal(made.length, 2);
  assert.ok(made[1].path[0][1] > made[0].path[0][1] + made[0].path[0][3]);
  assert.ok(plan.at(-1).colour[0] < made.at(-1).colour[0]);
});

test("names are shortened as producers say them; tracks that find no room are counted", () => {
  const texts = (/** @type {any} */ song) => drawn(song).texts.map(({ text }) => text);
  assert.ok(texts(SONG).includes("Breakdown 2"));
  const narrow = {
    ...SONG,
    sections: [section("Breakdown 2", 2, 1, 1), section("A", 2, 1, 1), section("B", 20, 1, 1)],
  };
  assert.ok(texts(narrow).includes("Break 2"), texts(narrow).join());
  const shown = texts(MANY).filter((text) => text.startsWith("Track"));
  const [, hidden] = /\+ (\d+) more/.exec(texts(MANY).join()) ?? assert.fail("nothing is counted");
  assert.equal(shown.length + Number(hidden), 16);
});

test("a colour that is lost on the display gives way to one that is seen", () => {
  const black = { ...SONG, lanes: [{ name: "Dark", colour: 0x101010, plays: [true, true, true] }] };
  const blocks = drawn(black).shapes.filter(
    ({ path }) => path[0][0] === "rectangle" && path[0][3] > 30 && path[0][4] > 8,
  );
  assert.ok(blocks.some(({ colour }) => colour[0] > theme.ground[0] + 0.15));
});

test("a press means the section under it, also beside its name and in the lanes; elsewhere none", () => {
  const width = BOX.width - LEFT - 4;
  for (const y of [20, 60, 130]) {
    assert.deepEqual(
      [0.1, 0.4, 0.9].map((share) => sectionAt(BOX, SONG, LEFT + share * width, y)),
      [0, 1, 2],
    );
  }
  assert.deepEqual(
    [sectionAt(BOX, SONG, 10, 60), sectionAt(BOX, SONG, 100, 5), sectionAt(BOX, SONG, 251, 60)],
    [-1, -1, -1],
  );
  assert.equal(sectionAt(BOX, SONG, 100, 150), -1, "the foot");
  assert.equal(sectionAt(BOX, EMPTY_SONG, 100, 60), -1);
});

test("the section that is selected stands out, and nothing is invited that is there", () => {
  assert.notDeepEqual(drawn({ ...SONG, here: 1 }).shapes, drawn(SONG).shapes);
  const g = recorder(BOX.width, BOX.height);
  drawNoSong(g, theme, BOX, "Select a scene", "A song");
  assert.deepEqual(
    g.texts.map(({ text }) => text),
    ["Select a scene", "A song"],
  );
});

test("a press on a curve goes there, a drag bends it as far as the hand went, a hand that trembles is a press", () => {
  const grip = new EnergyGrip();
  const drag = (/** @type {number} */ from, /** @type {number[]} */ ...way) => {
    grip.take(1, from, 60, 50);
    for (const y of way) grip.move(y);
    return grip.release();
  };
  assert.deepEqual(drag(40), { kind: "go", section: 1 });
  assert.deepEqual(drag(40, 61, 59), { kind: "go", section: 1 });
  assert.deepEqual(drag(40, 50), { kind: "energy", section: 1, percent: 60 });
  assert.deepEqual(drag(40, 70), { kind: "energy", section: 1, percent: 20 });
  assert.deepEqual(drag(40, -900), { kind: "energy", section: 1, percent: 100 });
  assert.deepEqual(drag(40, 900), { kind: "energy", section: 1, percent: 0 });
  assert.equal(grip.release(), null);
  assert.equal(grip.move(10), false);
});

test("only the curve bends, by its middle, and never over the top", () => {
  assert.ok(curveAt(BOX, SONG, 50) > 20);
  assert.deepEqual([curveAt(BOX, SONG, 20), curveAt(BOX, SONG, 130)], [0, 0]);
  const [intro, , drop] = bent(SONG, 0, 50).sections;
  assert.deepEqual(
    [Math.round(intro.from * 100), Math.round(intro.to * 100), energyOf(intro), drop],
    [40, 60, 50, SONG.sections[2]],
  );
  assert.deepEqual(bent(SONG, 0, 95).sections[0].to, 1);
});
