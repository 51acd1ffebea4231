import assert from "node:assert/strict";
import { test } from "node:test";
import { renderBuild } from "../../../../js/headless/render/build_picture.js";

const note = (/** @type {number} */ pitch, /** @type {number} */ start, velocity = 100) => ({
  ...{ pitch, start, velocity, duration: 1 },
});
const PICTURE = {
  title: "A build",
  subtitle: "124 BPM",
  beats: 32,
  lanes: [
    {
      name: "Energy",
      points: /** @type {const} */ ([
        [0, 0],
        [16, 100],
        [16, 50],
        [32, 50],
      ]),
    },
  ], // prettier-ignore
  parts: [
    { name: "Bass", notes: [note(40, 0), note(52, 4), note(40, 8, 30)] },
    { name: "Drums", notes: [note(36, 0), note(51, 0)], drums: true },
  ],
};

/** @param {string} svg @param {string} name */
const heightOf = (svg, name) => Number(svg.match(new RegExp(`height="(\\d+)"[^>]*/><text[^>]*>${name}<`))?.[1]);

test("lanes, parts and bars are named", () => {
  const svg = renderBuild(PICTURE);
  for (const words of ["A build", "124 BPM", "Energy", "Bass", "Drums", ">1<", ">5<"])
    assert.ok(svg.includes(words), words);
  assert.ok(!svg.includes(">9<"), "no bar is numbered that is not there");
});

test("a lane goes through its points, steps straight up and down", () => {
  const [, line] = renderBuild(PICTURE).match(/<path d="M([^"]*)" fill="none"/) ?? [];
  const points = line.split("L").map((point) => point.split(" ").map(Number));
  assert.equal(points.length, 4);
  assert.equal(points[1][0], points[2][0]);
  assert.ok(points[0][1] > points[2][1] && points[2][1] > points[1][1], "more is higher");
});

test("drums lie row by row, notes with a pitch by their pitch; soft ones look soft", () => {
  const svg = renderBuild(PICTURE);
  assert.equal(heightOf(svg, "Drums"), 18);
  assert.equal(heightOf(svg, "Bass"), 60);
  const bass = svg.slice(svg.indexOf(">Bass<"), svg.indexOf(">Drums<"));
  assert.equal(new Set([...bass.matchAll(/fill="([^"]+)"/g)].map(([, fill]) => fill)).size >= 2, true);
  assert.equal([...bass.matchAll(/M\d/g)].length, 3, "each note is drawn once");
});

test("a part without notes is an empty field", () => {
  assert.doesNotThrow(() => renderBuild({ ...PICTURE, parts: [{ name: "Bass", notes: [] }] }));
});
