import assert from "node:assert/strict";
import { test } from "node:test";
import { drawFoot, FOOT, footHeight } from "../../../js/ui/foot.js";
import { drawPanel } from "../../../js/ui/panel.js";
import { drawEmpty, drawRoll, shortSymbol } from "../../../js/ui/roll.js";
import { rollFromDict, rollToJson } from "../../../js/ui/roll_dict.js";
import { drawLight, stateFrom } from "../../../js/ui/status.js";
import { ellipsised, useFace, wrapped } from "../../../js/ui/text.js";
import { brightness, readTheme } from "../../../js/ui/theme.js";
import { recorder } from "./support/recorder.js";

const theme = readTheme(undefined);

const roll = {
  length: 16,
  beatsPerBar: 4,
  label: "D minor · i VI",
  notes: [
    { pitch: 38, start: 0, duration: 8, velocity: 127 },
    { pitch: 86, start: 8, duration: 9, velocity: 1 },
    { pitch: 60, start: 15.9, duration: 0.05, velocity: 64 },
  ],
  chords: [
    { start: 0, duration: 8, symbol: "Dm" },
    { start: 8, duration: 8, symbol: "Bbmaj7" },
  ],
};

test("each state has its own shape, not only its own colour", () => {
  const shapes = ["off", "away", "busy", "ready"].map((state) => {
    const g = recorder(20, 20);
    drawLight(g, theme, stateFrom(state), 10, 10, 3);
    return JSON.stringify(g.shapes.map(({ how, path }) => [how, path.map(([what]) => what)]));
  });
  assert.equal(new Set(shapes).size, 4);
  assert.equal(stateFrom("nonsense"), "off");
});

test("a text that fits stays whole; one that does not is cut and never too wide", () => {
  const g = recorder(100, 20);
  useFace(g, 10);
  assert.equal(ellipsised(g, "Ready", 25), "Ready");
  for (let room = 0; room < 120; room++) {
    const shown = ellipsised(g, "Wrote 4 chords, 8 bars", room);
    assert.ok(g.text_measure(shown)[0] <= room || shown === "", `${room}: ${shown}`);
  }
  assert.equal(ellipsised(g, "Wrote 4 chords, 8 bars", 80), "Wrote 4 chords…");
});

test("wrapped keeps every word while there are lines, and marks what is left out", () => {
  const g = recorder(100, 20);
  useFace(g, 10);
  const text = "Drop Bandmate Hub on a MIDI track";
  assert.equal(wrapped(g, text, 70, 5).join(" "), text);
  const cut = wrapped(g, text, 70, 2);
  assert.equal(cut.length, 2);
  assert.match(cut[1], /…$/);
  for (const line of [...cut, ...wrapped(g, "Donaudampfschifffahrt", 30, 3)]) assert.ok(g.text_measure(line)[0] <= 70);
});

test("words that fit take the foot's 12 pixels; longer ones two lines; the mouse opens them all", () => {
  const long = "Wrote 4 chords, 8 bars, D minor. 10B is D major; this progression is minor, so B minor (10A) was used";
  const heights = [
    ["Ready", false],
    [long, false],
    [long, true],
  ].map(([words, open]) => {
    const g = recorder(136, 125);
    drawFoot(g, theme, [136, 125], { state: "ready", words: String(words), why: "" }, Boolean(open));
    for (const { x, width, y } of g.texts) assert.ok(x + width <= 136 && y <= 125);
    return { lines: g.texts.map(({ text }) => text), top: g.boxes()[0][1] };
  });
  assert.deepEqual(heights[0], { lines: ["Ready"], top: 125 - FOOT });
  assert.equal(heights[1].lines.length, 2);
  assert.equal(heights[1].top, 125 - footHeight(recorder(136, 125), 136, long));
  assert.equal(heights[2].lines.join(" "), long);
  assert.ok(heights[2].top < heights[1].top);
});

for (const [width, height] of [
  [136, 113],
  [136, 60],
  [300, 157],
]) {
  test(`the roll stays inside ${width} x ${height}, on whole pixels, every note visible`, () => {
    const g = recorder(width, height);
    drawRoll(g, theme, { x: 0, y: 0, width, height }, roll, 4);
    for (const [x, y, w, h] of g.boxes()) {
      assert.ok([x, y, w, h].every(Number.isInteger), `${[x, y, w, h]}`);
      assert.ok(x >= 0 && y >= 0 && x + w <= width && y + h <= height, `${[x, y, w, h]}`);
      assert.ok(w > 0 && h > 0);
    }
    const amber = g.shapes.filter(({ colour }) => colour[0] > colour[2] + 0.15);
    assert.equal(amber.length, roll.notes.length);
    for (const { x, width: w, y } of g.texts) assert.ok(x >= 0 && x + w <= width && y <= height);
  });
}

test("louder notes are brighter, and a higher note stands higher", () => {
  const g = recorder(136, 113);
  drawRoll(g, theme, { x: 0, y: 0, width: 136, height: 113 }, roll, -1);
  const amber = g.shapes.filter(({ colour }) => colour[0] > colour[2] + 0.15);
  assert.ok(brightness(amber[0].colour) > brightness(amber[1].colour));
  assert.ok(amber[1].path[0][2] < amber[2].path[0][2] && amber[2].path[0][2] < amber[0].path[0][2]);
});

test("chord symbols stand over their chords and never run into the next", () => {
  const g = recorder(136, 113);
  const many = Array.from({ length: 8 }, (_, i) => ({ start: i * 2, duration: 2, symbol: "Ebmaj7" }));
  drawRoll(g, theme, { x: 0, y: 0, width: 136, height: 113 }, { ...roll, label: "", chords: many }, -1);
  const row = g.texts.filter(({ text }) => text !== "").sort((a, b) => a.x - b.x);
  assert.ok(row.length >= 3);
  for (let i = 1; i < row.length; i++) assert.ok(row[i - 1].x + row[i - 1].width <= row[i].x);
  const two = recorder(136, 113);
  drawRoll(two, theme, { x: 0, y: 0, width: 136, height: 113 }, roll, -1);
  assert.deepEqual(
    two.texts.map(({ text }) => text),
    ["D minor · i VI", "Dm", "Bbmaj7"],
  );
  assert.equal(shortSymbol("Bbmaj7"), "BbM7");
  assert.equal(shortSymbol("Cadd9"), "Cadd9", "C+9 would be an augmented chord");
});

test("the playhead is drawn at its beat, and not at all without one", () => {
  const boxes = (/** @type {number} */ beat) => {
    const g = recorder(136, 113);
    drawRoll(g, theme, { x: 0, y: 0, width: 136, height: 113 }, roll, beat);
    return g.boxes().length;
  };
  assert.equal(boxes(8), boxes(-1) + 1);
});

test("an empty strip invites", () => {
  const g = recorder(136, 113);
  drawEmpty(g, theme, { x: 0, y: 0, width: 136, height: 113 }, "Press Generate", "Chords land in your clip");
  assert.deepEqual(
    g.texts.map(({ text }) => text),
    ["Press Generate", "Chords land in your clip"],
  );
});

test("a roll survives its way through a Dict, also where a Dict unpacks short lists", () => {
  const json = JSON.parse(rollToJson(roll));
  assert.deepEqual(rollFromDict({ get: (key) => json[key] }), roll);
  const empty = rollFromDict({ get: () => null });
  assert.deepEqual([empty.notes, empty.chords, empty.beatsPerBar], [[], [], 4]);
  assert.ok(empty.length > 0);
});

test("the Hub's panel shows state, version and the newest lines of the log", () => {
  const g = recorder(208, 60);
  const lines = ["one", "two", "three", "four", "five"];
  drawPanel(g, theme, [208, 60], { state: "ready", words: "Engine ready", version: "0.1.0", lines });
  const texts = g.texts.map(({ text }) => text);
  assert.ok(texts.includes("Engine ready") && texts.includes("v0.1.0") && texts.includes("five"));
  assert.ok(!texts.includes("one"));
  for (const { x, width, y } of g.texts) assert.ok(x + width <= 208 && y <= 60);
  const quiet = recorder(208, 60);
  drawPanel(quiet, theme, [208, 60], { state: "off", words: "", version: "", lines: [] });
  assert.match(quiet.texts.map(({ text }) => text).join(" "), /wakes by itself/);
});

test("the Hub's panel shows a long path whole, broken at its slashes, and each line of the log", () => {
  const path = "/Users/somebody/Library/Bandmate/venv/bin/python3.12";
  const words = `Python not found at ${path}: run bandmate install again`;
  const whole = (/** @type {string[]} */ texts) => texts.join("").replaceAll(" ", "");
  const tall = recorder(122, 156);
  drawPanel(tall, theme, [122, 156], { state: "away", words, version: "0.1.0", lines: [] });
  for (const { x, width, y } of tall.texts) assert.ok(x + width <= 122 && y <= 156);
  assert.ok(whole(tall.texts.map(({ text }) => text)).startsWith(whole([words])));
  const lines = ["an older line of the log that is much too long for one row", "the newest"];
  const log = recorder(122, 156);
  drawPanel(log, theme, [122, 156], { state: "ready", words: "Engine ready", version: "", lines });
  assert.ok(whole(log.texts.map(({ text }) => text)).includes(whole(lines)));
});

test("theme colours come from Max; a name it does not know falls back; text is legible on any ground", () => {
  const seen = readTheme((name) => (name === "live_lcd_control_fg" ? [0, 1, 0, 1] : undefined));
  assert.deepEqual(seen.note, [0, 1, 0, 1]);
  assert.deepEqual(seen.ground, theme.ground);
  assert.deepEqual(readTheme(() => [0, 0, 0, 0]).ground, theme.ground);
  assert.deepEqual(
    readTheme(() => {
      throw new Error("no such colour");
    }),
    theme,
  );
  for (const shade of [0, 0.1, 0.5, 0.9, 1]) {
    const { ground, ink, dim, frame, ready, caution } = readTheme(() => [shade, shade, shade, 1]);
    assert.ok(Math.abs(brightness(ink) - brightness(ground)) >= 0.3, `ink on ${shade}`);
    assert.ok(Math.abs(brightness(dim) - brightness(ground)) >= 0.2, `dim on ${shade}`);
    assert.notDeepEqual(frame, ground);
    assert.ok(Math.abs(brightness(ready) - brightness(ground)) >= 0.05);
    assert.ok(Math.abs(brightness(caution) - brightness(ground)) >= 0.05);
  }
});

test("a long label goes on in the row of the chords where there are none, and is cut where there are", () => {
  const label = "Ornaments, notes and rhythm changed";
  const box = { x: 0, y: 0, width: 136, height: 113 };
  /** @param {typeof roll.chords} chords */
  const written = (chords) => {
    const g = recorder(136, 113);
    drawRoll(g, theme, box, { ...roll, label, chords }, -1);
    return g.texts.filter(({ y }) => y < 24).map(({ text }) => text);
  };
  assert.deepEqual(written([]), ["Ornaments, notes and rhythm", "changed"]);
  assert.match(written(roll.chords)[0], /^Ornaments, .*…$/);
});

test("what stands behind the last comma of two lines stays together, where the second one has room for it", () => {
  /** @param {string} words @param {number} width */
  const lines = (words, width) => {
    const g = recorder(width, 40);
    drawFoot(g, theme, [width, 40], { state: "ready", words, why: "" }, false);
    return g.texts.map(({ text }) => text);
  };
  assert.deepEqual(lines("Wrote 64 notes, 8 bars, D minor", 136), ["Wrote 64 notes, 8 bars,", "D minor"]);
  assert.deepEqual(lines("Played 191 notes as a drummer", 136), ["Played 191 notes as a", "drummer"]);
  assert.deepEqual(lines("Wrote 64 notes, 8 bars, in Donaudampfschifffahrtsges", 136), [
    "Wrote 64 notes, 8 bars, in",
    "Donaudampfschifffahrtsges",
  ]);
});
