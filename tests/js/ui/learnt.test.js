/** The picture of Taste: bars beside each other, likings with dots, and nothing outside of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawLearnt, drawUnrated } from "../../../js/ui/learnt.js";
import { readTheme } from "../../../js/ui/theme.js";
import { recorder } from "./support/recorder.js";

const theme = readTheme(undefined);
const BOX = { x: 0, y: 0, width: 172, height: 144 };
const SOME = {
  name: "Ada",
  rated: 15,
  distribution: [0, 1, 2, 8, 4],
  likings: [
    { words: "sparse basses under 100 BPM", sure: 3 },
    { words: "tight parts", sure: 1 },
  ],
  knobs: [{ words: "Energy: busier, not louder", sure: 2 }],
  trust: "Guesses ±0.6 stars, mostly in order",
  trouble: "",
};

/** @param {Partial<typeof SOME>} [other] @param {typeof BOX} [box] */
function drawn(other, box = BOX) {
  const g = recorder(box.width, box.height);
  drawLearnt(g, theme, box, { ...SOME, ...other });
  return g;
}

/** @param {ReturnType<typeof drawn>} g */
function isInside(g, { width, height } = BOX) {
  for (const [x, y, w, h] of g.boxes()) {
    assert.ok(x >= 0 && y >= 0 && x + w <= width && y + h <= height, `${x} ${y} ${w} ${h}`);
    assert.ok([x, y, w, h].every(Number.isInteger), `${x} ${y} ${w} ${h}`);
  }
  for (const { text, x, width: taken } of g.texts) assert.ok(x >= 0 && x + taken <= width, text);
}

/** Heights of the bars that stand on the floor of the five. @param {ReturnType<typeof drawn>} g */
const bars = (g) => {
  const all = g.boxes().filter(([, , width]) => width > 20);
  const floor = Math.max(...all.map(([, y, , height]) => y + height));
  return all.filter(([, y, , height]) => height > 1 && y + height === floor).map(([, , , height]) => height);
};

test("everything lies inside, in whole pixels, however much there is and however long it is", () => {
  const long = "An artist's name that is far longer than any picture of this width can show";
  const likings = Array.from({ length: 9 }, (_, at) => ({
    words: `ever-changing arpeggios in reggaeton and afrobeats ${at}`,
    sure: 1 + (at % 3),
  }));
  const full = { likings, knobs: likings, distribution: [9999, 1, 0, 12_345, 7] };
  for (const other of [{}, { name: long, rated: 123_456, ...full, trust: long }, { likings: [], knobs: [] }]) {
    isInside(drawn(other));
    isInside(drawn(other, { ...BOX, height: 122 }), { ...BOX, height: 122 });
    const below = drawn(other).texts.map(({ y }) => y);
    assert.deepEqual(
      below.filter((y) => y > BOX.height - 2),
      [],
    );
  }
  const blank = recorder(BOX.width, BOX.height);
  drawUnrated(blank, theme, BOX, long, "Rate what you hear", long);
  isInside(blank);
});

test("a bar is as high as its ratings beside those of the one with most; one rating is seen, none is not", () => {
  const [one, two, most, half] = bars(drawn());
  assert.equal(bars(drawn()).length, 4);
  assert.equal(most, 2 * half);
  assert.ok(one < two && two < half);
  assert.equal(bars(drawn({ distribution: [0, 0, 1000, 1, 0] })).at(-1), 2);
});

/** @param {string} name @param {number} count */
const lessons = (name, count) => Array.from({ length: count }, (_, at) => ({ words: `${name} ${at}`, sure: 2 }));

/** What is said between bars and trust. @param {Partial<typeof SOME>} other @param {typeof BOX} [box] */
const said = (other, box) =>
  drawn(other, box)
    .texts.map(({ text }) => text)
    .filter((text) => /^(You|Macros|Rate|Nothing|liking|knob)/.test(text));

test("what is preferred and what knobs mean stand above each other with their dots, in turns as far as there is room", () => {
  const texts = drawn().texts.map(({ text }) => text);
  assert.deepEqual(texts.slice(texts.indexOf("You prefer")), [
    "You prefer",
    "sparse basses under 100 BPM",
    "tight parts",
    "Macros mean",
    "Energy: busier, not louder",
    "Guesses ±0.6 stars, mostly in order",
  ]);
  const many = { likings: lessons("liking", 9), knobs: lessons("knob", 9) };
  assert.deepEqual(said(many), ["You prefer", "liking 0", "liking 1", "Macros mean", "knob 0", "knob 1"]);
  assert.deepEqual(said({ ...many, knobs: lessons("knob", 1) }).slice(-3), ["liking 2", "Macros mean", "knob 0"]);
  assert.deepEqual(said(many, { ...BOX, height: 122 }), ["You prefer", "liking 0", "Macros mean", "knob 0"]);
  assert.ok(drawn(many).texts.some(({ text }) => text.startsWith("Guesses")));
  const dots = drawn()
    .boxes()
    .filter(([, , width, height]) => width === 4 && height === 4);
  assert.equal(dots.length, 9);
  assert.equal(new Set(dots.map(([x]) => x)).size, 3, "under each other");
});

test("what was not learnt yet invites, each by itself", () => {
  const [nothing, macros] = ["Nothing sure yet: rate more takes", "Rate what Macros steer: they learn"];
  assert.deepEqual(said({ likings: [], knobs: [] }), [nothing, macros]);
  assert.deepEqual(said({ likings: lessons("liking", 1), knobs: [] }), ["You prefer", "liking 0", macros]);
  assert.deepEqual(said({ likings: [], knobs: lessons("knob", 1) }), [nothing, "Macros mean", "knob 0"]);
});

test("one star to five under the bars", () => {
  const g = recorder(BOX.width, BOX.height);
  let stars = 0;
  const close = g.close_path;
  g.close_path = (...all) => {
    stars += 1;
    return close?.apply(g, all);
  };
  drawUnrated(g, theme, BOX, "", "", "");
  assert.equal(stars, 15);
});
