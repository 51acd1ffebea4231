/** Bars put together, spliced and laid into the player's rows. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { entriesOf, flowOf, pieceOf, repeated, rowsOf, spliced } from "../../../../js/devices/jam/score.js";

/** @param {number} pitch @param {number} start_time @param {number} duration */
const note = (pitch, start_time, duration, velocity = 100) =>
  /** @type {any} */ ({ pitch, start_time, duration, velocity });

/** @param {number} bar @param {any[]} notes @param {any[]} [held] */
const piece = (bar, notes, held = [], mark = "m") =>
  pieceOf({ bar, notes, held, beats: 4, chords: [], surprise: "" }, bar * 1920, mark);

/** @param {readonly any[]} sounds */
const told = (sounds) => sounds.map(({ pitch, on, off }) => [pitch, on, off]);

describe("bars as they are heard", () => {
  it("what a bar holds goes on, what it does not hold ends on the line, what is over at once may end by itself", () => {
    const first = piece(0, [note(60, 3, 3), note(64, 3, 3), note(67, 3.9, 0.3)]);
    const second = piece(1, [], [note(60, 0, 1.5), note(70, 0, 2)]);
    assert.deepEqual(told(flowOf([first, second])), [
      [60, 1440, 1920 + 720],
      [64, 1440, 1920],
      [67, 1872, 2016],
      [70, 1920, 2880],
    ]);
  });

  it("after a jump nothing goes on: what is held is struck", () => {
    const [first, later] = [piece(0, [note(60, 3, 9)]), piece(5, [], [note(60, 0, 1)])];
    assert.deepEqual(told(flowOf([first, later])), [
      [60, 1440, 5760],
      [60, 9600, 10080],
    ]);
  });

  it("a pitch ends where it begins again", () => {
    assert.deepEqual(told(flowOf([piece(0, [note(60, 0, 4), note(60, 1, 1)])])), [
      [60, 0, 480],
      [60, 480, 960],
    ]);
  });
});

describe("a bar that becomes another one", () => {
  const early = piece(0, [note(60, 0, 4), note(62, 0, 4), note(64, 1, 0.5), note(65, 3, 1)]);

  it("keeps what has begun, goes on with the other, and ends or goes on with what rings", () => {
    const late = piece(0, [note(60, 0, 3), note(71, 0.5, 3), note(72, 2.5, 1), note(73, 1.9, 0.2)]);
    assert.deepEqual(told(spliced(early, late, 960).notes), [
      [60, 0, 1440],
      [62, 0, 960],
      [64, 480, 720],
      [71, 960, 1680],
      [72, 1200, 1680],
    ]);
  });

  it("of which nothing was known begins there", () => {
    assert.deepEqual(told(spliced(null, early, 720).notes), [
      [60, 720, 1920],
      [62, 720, 1920],
      [65, 1440, 1920],
    ]);
  });

  it("is the same bar where nothing is another", () => {
    assert.deepEqual(told(flowOf([spliced(early, early, 500)])), told(flowOf([early])));
  });

  it("that is repeated fits: cut where it is shorter, round again where it is longer", () => {
    assert.deepEqual(told(repeated(early, 9, 17280, 960).notes), [
      [60, 17280, 18240],
      [62, 17280, 18240],
      [64, 17760, 18000],
    ]);
    const long = repeated(early, 9, 17280, 2880).notes;
    assert.deepEqual(told(long.filter(({ pitch }) => pitch === 60)), [
      [60, 17280, 19200],
      [60, 19200, 20160],
    ]);
  });
});

describe("rows of the player", () => {
  it("hold what begins and ends, what ends first, each in its row; nothing is ended that begins again", () => {
    const flow = flowOf([piece(0, [note(60, 0, 1), note(64, 1, 1), note(60, 1, 1)])]);
    const rows = rowsOf(flow, 0, 1920);
    assert.deepEqual(
      [...rows.keys()].sort((a, b) => a - b),
      [0, 48, 96],
    );
    assert.deepEqual(rows.get(0), [0, 60, 100, 1920]);
    assert.deepEqual(rows.get(48), [0, 60, 100, 1920, 0, 64, 100, 1920]);
    assert.deepEqual(rows.get(96), [0, 60, 0, 0, 0, 64, 0, 0]);
    assert.deepEqual([...rowsOf(flow, 480, 960).keys()], [48]);
  });

  it("keep the place of a hand that is not on the grid", () => {
    assert.deepEqual(rowsOf(flowOf([piece(0, [note(60, 0.5123, 2)])]), 0, 1920).get(24), [5.9, 60, 100, 2880]);
  });

  it("strike what sounds on where one comes in, on each sixteenth", () => {
    const pieces = [piece(1, [note(60, 0.5, 1)], [note(50, 0, 0.75)])];
    const rows = entriesOf(flowOf(pieces), pieces, 1920, 3840);
    assert.deepEqual(
      [...rows].map(([place, row]) => [place, row[1], row.length]),
      [
        [192, 50, 4],
        [204, 50, 4],
        [216, 50, 4],
        [228, 60, 4],
        [240, 60, 4],
        [252, 60, 4],
      ],
    );
    assert.deepEqual([...entriesOf(flowOf(pieces), pieces, 2290, 3840).keys()], [240, 252]);
  });
});
