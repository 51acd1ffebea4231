/** The card of a clip, and the built script of Companion's picture. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";
import { bundle, ENTRIES } from "../../../js/bundle.mjs";
import { drawBlank, drawCard } from "../../../js/ui/clipcard.js";
import { readTheme } from "../../../js/ui/theme.js";
import { recorder } from "./support/recorder.js";

const theme = readTheme(undefined);
const BOX = { x: 0, y: 0, width: 122, height: 156 };
/** Height of a foot of two lines. */
const FOOT = 23;

const CARD = {
  key: "A minor",
  camelot: "8A",
  sure: 0.5,
  other: "or C major",
  otherCamelot: "8B",
  facts: ["174 BPM", "−8.2 LUFS", ""],
  energy: 7,
};

/** A recorder that knows how to go round the other way, as the wheel does. */
function canvas() {
  const g = recorder(BOX.width, BOX.height);
  return Object.assign(g, { arc_negative: g.arc });
}

/** @param {any} changes of the card, and `name`: of the clip */
function drawn({ name = "Break", ...changes } = {}) {
  const g = canvas();
  drawCard(/** @type {any} */ (g), theme, BOX, name, { ...CARD, ...changes });
  return g;
}

/** @param {ReturnType<typeof canvas>} g */
const words = (g) => g.texts.map(({ text }) => text);

test("name, key, what it may be instead and the facts are on it, inside of the box and above a foot of two lines", () => {
  const g = drawn();
  assert.deepEqual(words(g), ["Break", "8A", "A minor", "or C major", "174 BPM", "−8.2 LUFS", "Energy 7"]);
  for (const { text, x, y, width } of g.texts) {
    assert.ok(x >= 0 && x + width <= BOX.width, `${text} from ${x} to ${x + width}`);
    assert.ok(y > 0 && y <= BOX.height - FOOT, `${text} at ${y}`);
    assert.equal(y, Math.round(y), "whole pixels are sharp");
  }
});

test("long words are cut, not written over each other", () => {
  const g = drawn({
    name: "A very long name of a clip, indeed",
    facts: ["1000 notes", "C#-2–G#8 and more", "128 bars"],
    energy: null,
  });
  const [name] = g.texts;
  assert.match(name.text, /…$/);
  const [first, second] = g.texts.slice(-3);
  assert.ok(first.x + first.width < second.x);
  assert.equal(words(g).at(-1), "128 bars");
});

test("the bar is as long as the key is sure, and the energy lights as many blocks", () => {
  const long = (/** @type {number} */ sure) => {
    const [ground, ...lit] = drawn({ sure, energy: null })
      .boxes()
      .filter(([, , , height]) => height === 2);
    return (lit[0]?.[2] ?? 0) / ground[2];
  };
  assert.deepEqual([long(0), long(0.5), long(1)], [0, 0.5, 1]);
  const lit = (/** @type {number} */ energy) => {
    const blocks = drawn({ energy }).shapes.filter(({ path }) => path[0]?.[0] === "rectangle" && path[0][4] === 6);
    assert.equal(blocks.length, 10);
    const off = JSON.stringify(blocks.at(-1)?.colour);
    return energy >= 10 ? 10 : blocks.filter(({ colour }) => JSON.stringify(colour) !== off).length;
  };
  assert.deepEqual([lit(1), lit(4.4), lit(9), lit(10)], [1, 4, 9, 10]);
});

test("no key is said, and lights nothing", () => {
  const none = { key: "", camelot: "", sure: 0, other: "", otherCamelot: "" };
  assert.ok(words(drawn(none)).includes("no key"));
  const colours = (/** @type {any} */ g) => JSON.stringify(g.shapes.map((/** @type {any} */ { colour }) => colour));
  assert.notEqual(colours(drawn(none)), colours(drawn()));
  assert.equal(drawn(none).shapes.filter(({ how }) => how === "stroke").length, 0, "nothing is ringed");
  assert.equal(drawn().shapes.filter(({ how }) => how === "stroke").length, 1);
});

test("before the first press it says what to do", () => {
  const g = canvas();
  drawBlank(/** @type {any} */ (g), theme, BOX, "Break", "Press Analyze", "to hear this clip");
  assert.deepEqual(words(g), ["Break", "–", "Press Analyze", "to hear this clip"]);
});

test("the built picture: invitation, card, words whole and their why under the mouse", async () => {
  const entry = ENTRIES.find((each) => each.out === "companionpanel.js") ?? assert.fail();
  const g = canvas();
  const clip = (/** @type {any} */ card) => ({ clip: JSON.stringify({ name: "Break", card }) });
  const dicts = { heard: clip(CARD), unheard: clip(null), none: {} };
  const scope = createContext({
    mgraphics: g,
    outlet: () => assert.fail("the picture says nothing"),
    Dict: class {
      /** @param {"heard"|"unheard"|"none"} name */
      constructor(name) {
        this.get = (/** @type {"clip"} */ key) => /** @type {any} */ (dicts[name])[key] ?? null;
      }
    },
  });
  runInContext(await bundle(entry), scope);
  const say = (/** @type {string} */ message, /** @type {any[]} */ ...values) =>
    /** @type {any} */ (scope)[message](...values);
  const texts = () => {
    g.texts.length = 0;
    say("paint");
    return words(g).join(" ");
  };
  assert.deepEqual([scope.inlets, scope.outlets, scope.autowatch], [1, 1, 0]);
  assert.doesNotMatch(texts(), /Press/);
  say("status", "ready", "Ready");
  assert.match(texts(), /^– Select a clip MIDI or audio, then press Analyze/);
  say("clip", "unheard");
  assert.match(texts(), /^Break – Press Analyze to hear this clip/);
  say("status", "busy", "Listening ... 40 %");
  assert.equal(texts(), "Break – Listening ... 40 %", "it was pressed");
  say("status", "off", "Another Companion is in this Set: this one rests");
  assert.match(texts(), /Another Companion is in this Set: this one rests/);
  say("clip", "heard");
  assert.doesNotMatch(texts(), /Break/, "it rests");
  say("status", "ready", "Heard A minor (8A)", "From four chords");
  assert.match(texts(), /Break .*A minor .*Heard A minor \(8A\)$/);
  say("onidle");
  assert.match(texts(), /Heard A minor \(8A\)\. From four chords$/);
  say("onidleout");
  const before = g.redraws;
  say("onresize");
  assert.equal(g.redraws, before + 1);
  say("clip", "none");
  assert.match(texts(), /Select a clip/);
});
