import assert from "node:assert/strict";
import { test } from "node:test";
import { midiFile } from "../../../../js/headless/offline/midi_file.js";
import { thinned } from "../../../../js/headless/offline/take.js";
import { readMidi } from "./midi_reader.js";

/** @typedef {import("../../../../js/headless/offline/midi_file.js").Music} Music */

/** @type {Music} */
const MUSIC = {
  beats: 8,
  tempos: [
    { beat: 0, tempo: 120 },
    { beat: 4, tempo: 174 },
  ],
  signatures: [
    { beat: 0, signature: [4, 4] },
    { beat: 4, signature: [7, 8] },
  ],
  parts: [
    {
      name: "Bass ü",
      events: [
        { beat: 0, bytes: [0x90, 40, 100] },
        { beat: 1, bytes: [0xb0, 1, 64] },
        { beat: 1, bytes: [0x90, 47, 90] },
        { beat: 1, bytes: [0x90, 43, 90] },
        { beat: 1, bytes: [0x80, 40, 0] },
        { beat: 2.5, bytes: [0x90, 43, 0] },
        { beat: 2.5, bytes: [0x90, 47, 0] },
        { beat: 300, bytes: [0xc1, 5] },
        { beat: 301, bytes: [0xf0, 1, 0xf7] },
      ],
    },
  ],
};

test("names, tempos, signatures, notes and their ends stand where they were played", () => {
  const { format, division, tracks } = readMidi(midiFile(MUSIC));
  assert.deepEqual([format, division, tracks.length], [1, 960, 2]);
  const text = (/** @type {number[]} */ bytes) => Buffer.from(bytes.slice(2)).toString("utf8");
  const [conductor, bass] = tracks;
  assert.equal(text(bass[0].bytes), "Bass ü");
  assert.deepEqual(
    conductor.slice(1).map(({ tick, bytes }) => [tick, ...bytes]),
    [
      [0, 0xff, 0x58, 4, 2, 24, 8],
      [0, 0xff, 0x51, 0x07, 0xa1, 0x20],
      [3840, 0xff, 0x58, 7, 3, 24, 8],
      [3840, 0xff, 0x51, 0x05, 0x42, 0xfc],
      [7680, 0xff, 0x2f],
    ],
  );
  assert.deepEqual(
    bass.slice(1).map(({ tick, bytes }) => [tick, ...bytes]),
    [
      [0, 0x90, 40, 100],
      [960, 0x80, 40, 0],
      [960, 0xb0, 1, 64],
      [960, 0x90, 43, 90],
      [960, 0x90, 47, 90],
      [2400, 0x90, 43, 0],
      [2400, 0x90, 47, 0],
      [288_000, 0xc1, 5],
      [288_000, 0xff, 0x2f],
    ],
  );
});

test("equal notes give equal bytes, whatever order they came in at one time; any other note gives others", () => {
  const whole = midiFile(MUSIC);
  /** @param {(events: any[]) => any[]} change */
  const changed = (change) =>
    midiFile({ ...MUSIC, parts: [{ ...MUSIC.parts[0], events: change([...MUSIC.parts[0].events]) }] });
  assert.deepEqual(
    changed(([first, control, high, low, off, ...rest]) => [first, off, low, high, control, ...rest]),
    whole,
  );
  assert.notDeepEqual(
    changed(([first, ...rest]) => [{ ...first, beat: 0.001 }, ...rest]),
    whole,
  );
  assert.notDeepEqual(
    changed(([, ...rest]) => rest),
    whole,
  );
});

test("a ramp is told in fewer changes, between which as much time passes", () => {
  const ramp = Array.from({ length: 4001 }, (_, at) => ({ beat: 4 + at / 250, tempo: 120 + 54 * (at / 4000) }));
  const all = [{ beat: 0, tempo: 120 }, ...ramp.slice(1), { beat: 40, tempo: 60 }];
  const few = thinned(all);
  assert.ok(few.length < 600, `${few.length} changes`);
  const ms = (/** @type {{beat: number, tempo: number}[]} */ tempos, /** @type {number} */ end) =>
    tempos.reduce((sum, { beat, tempo }, at) => {
      const until = Math.min(end, tempos[at + 1]?.beat ?? end);
      return sum + (Math.max(0, until - beat) * 60_000) / tempo;
    }, 0);
  for (const beat of [4, 8.5, 20, 39, 44]) {
    assert.ok(Math.abs(ms(few, beat) - ms(all, beat)) < 0.2, `${ms(few, beat)} instead of ${ms(all, beat)} at ${beat}`);
  }
  assert.deepEqual([few[0], few.at(-1)], [{ beat: 0, tempo: 120 }, all.at(-1)]);
  assert.deepEqual(thinned([{ beat: 0, tempo: 99 }]), [{ beat: 0, tempo: 99 }]);
});
