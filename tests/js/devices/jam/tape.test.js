/** What Freeze keeps, and which bars are to come. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { barAt, barsAhead, originOf } from "../../../../js/devices/jam/metre.js";
import { Tape } from "../../../../js/devices/jam/tape.js";

const BAR = 1920;
const line = (/** @type {number} */ tick) => Math.floor(tick / BAR) * BAR;

/** @param {Tape} tape @param {number|null} now */
const notesOf = (tape, now) => {
  const { notes, bars } = tape.cut(now, line, BAR);
  return { bars, notes: notes.map(({ pitch, start_time, duration }) => [pitch, start_time, duration]) };
};

describe("the tape", () => {
  it("keeps whole bars while the song runs, and all of them when it stands", () => {
    const tape = new Tape();
    assert.deepEqual(notesOf(tape, null), { bars: 0, notes: [] });
    tape.entered(BAR + 480, null);
    tape.struck(60, 90, BAR + 480);
    tape.struck(60, 0, BAR + 720);
    tape.struck(62, 90, 2 * BAR + 240);
    assert.deepEqual(notesOf(tape, 2 * BAR + 500), { bars: 1, notes: [[60, 1, 0.5]] });
    tape.hushed(2 * BAR + 960);
    assert.deepEqual(notesOf(tape, null), {
      bars: 2,
      notes: [
        [60, 1, 0.5],
        [62, 4.5, 1.5],
      ],
    });
  });

  it("goes round a loop with the song, and begins anew after a jump", () => {
    const tape = new Tape();
    const loop = { start: 0, end: BAR };
    tape.entered(0, loop);
    for (const pitch of [60, 61]) {
      tape.struck(pitch, 90, 480);
      tape.hushed(BAR);
      tape.entered(0, loop);
    }
    assert.deepEqual(notesOf(tape, BAR - 10), {
      bars: 2,
      notes: [
        [60, 1, 3],
        [61, 5, 3],
      ],
    });
    tape.hushed(300);
    tape.entered(9600, loop);
    tape.struck(70, 90, 9600);
    tape.struck(70, 0, 9720);
    tape.hushed(10_000);
    assert.deepEqual(notesOf(tape, null), { bars: 1, notes: [[70, 0, 0.25]] });
  });

  it("a pitch that is struck again ends before; no more than 64 bars are kept", () => {
    const tape = new Tape();
    tape.entered(0, null);
    tape.struck(60, 90, 0);
    for (let bar = 0; bar < 70; bar++) tape.struck(60, 90, bar * BAR + 480);
    tape.hushed(70 * BAR);
    const { bars, notes } = notesOf(tape, null);
    assert.equal(bars, 64);
    assert.equal(notes.length, 64);
    assert.deepEqual(notes[0], [60, 1, 4]);
  });
});

describe("bars to come", () => {
  const metre = { numerator: 3, denominator: 4, bar: 10, origin: 20_000, length: 1440 };

  it("are counted from one that is known", () => {
    assert.equal(originOf(metre, 12), 22_880);
    assert.deepEqual(
      [19_999, 20_000, 21_439, 21_440].map((tick) => barAt(metre, tick)),
      [9, 10, 10, 11],
    );
  });

  it("go round a loop, each once, and begin when the song has come there", () => {
    /** @param {Parameters<typeof barsAhead>} given */
    const bars = (...given) => [...barsAhead(...given)];
    const three = [
      [10, 0],
      [11, 1440],
      [12, 2880],
    ];
    assert.deepEqual(bars(metre, 20_000, 3000, null), three);
    const round = [
      [11, 0],
      [10, 1380],
    ];
    assert.deepEqual(bars(metre, 21_500, 3000, { start: 20_000, end: 22_880 }), round);
    // A loop of half a bar comes back to the same one.
    assert.deepEqual(bars(metre, 20_100, 9000, { start: 20_000, end: 20_720 }), [[10, 0]]);
  });
});
