import assert from "node:assert/strict";
import { test } from "node:test";
import { renderPianoRoll, svgToPng } from "../../../../js/headless/render/index.js";
import { noteName } from "../../../../js/headless/render/pianoroll.js";

/** @param {number} pitch @param {number} start_time @param {number} [velocity] */
const note = (pitch, start_time, velocity = 100) => ({ pitch, start_time, duration: 1, velocity });

/** Rounded rectangles: two for each note, two for each chord. @param {string} svg */
const rounded = (svg) => svg.match(/<rect[^>]* rx="2"/g)?.length ?? 0;

/** @param {string} svg */
const texts = (svg) => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map((match) => match[1]);

test("each note inside the clip is drawn once", () => {
  const notes = [note(60, 0), note(64, 0), note(67, 2), note(72, 16), note(50, -5)];
  assert.equal(rounded(renderPianoRoll({ notes, length: 16 })), 3);
});

test("bars are numbered by the signature, chords named, the title stands above", () => {
  const svg = renderPianoRoll({
    notes: [note(60, 0)],
    length: 12,
    beatsPerBar: 3,
    chords: [
      { start: 0, duration: 6, symbol: "Dm7", figure: "i7" },
      { start: 6, duration: 6, symbol: "Gm7", figure: "iv7" },
    ],
    title: "Chords",
    subtitle: "4 bars",
  });
  const words = texts(svg);
  for (const word of ["Chords", "4 bars", "1", "2", "3", "4", "Dm7", "i7", "Gm7"])
    assert.ok(words.includes(word), word);
  assert.ok(!words.includes("5"));
});

test("chords of one name in a row are one", () => {
  const chords = [0, 2, 4].map((start) => ({ start, duration: 2, symbol: "Am9" }));
  const svg = renderPianoRoll({ notes: [note(60, 0)], length: 8, chords });
  assert.equal(texts(svg).filter((word) => word === "Am9").length, 1);
});

test("the lowest sounding note has its own colour, a soft note is darker, a muted one grey", () => {
  const fill = (/** @type {any[]} */ notes) =>
    [...renderPianoRoll({ notes, length: 4 }).matchAll(/rx="2" fill="(#[0-9a-f]+)"/g)].map((match) => match[1]);
  const [low, high] = fill([note(48, 0), note(60, 0)]);
  assert.notEqual(low, high);
  assert.notEqual(fill([note(60, 0, 20)])[0], fill([note(60, 0, 120)])[0]);
  assert.equal(fill([{ ...note(60, 0), mute: 1 }])[0], "#55555a");
});

test("an empty clip is a picture too", () => {
  const png = svgToPng(renderPianoRoll({ notes: [], length: 4 }), { scale: 1 });
  assert.equal(png.readUInt32BE(16), 1200);
});

test("keys are named as Live does", () => {
  assert.deepEqual([noteName(60), noteName(0), noteName(70)], ["C3", "C-2", "A#3"]);
});
