/** The built scripts of the pictures, run as Max runs them: one global scope, messages by function name. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";
import { bundle, ENTRIES } from "../../../js/bundle.mjs";
import { recorder } from "./support/recorder.js";

/** @param {string} out file name of the bundle */
async function run(out) {
  const entry = ENTRIES.find((each) => each.out === out) ?? assert.fail(out);
  const g = recorder(136, 125);
  /** @type {any[][]} */
  const sent = [];
  /** @type {Record<string, any>} */
  const dicts = {};
  const scope = createContext({
    mgraphics: g,
    outlet: (/** @type {any[]} */ ...values) => sent.push(values),
    Dict: class {
      /** @param {string} name */
      constructor(name) {
        this.get = (/** @type {string} */ key) => dicts[name][key] ?? null;
      }
    },
  });
  runInContext(await bundle(entry), scope);
  assert.deepEqual(sent, [], "nothing is sent while the script is compiled");
  /** @param {string} message @param {...any} values */
  const say = (message, ...values) => /** @type {any} */ (scope)[message](...values);
  const texts = () => {
    g.texts.length = 0;
    say("paint");
    return g.texts.map(({ text }) => text);
  };
  return { g, sent, dicts, say, texts, scope };
}

test("the picture of a tool: its own invitation, then what a press brings; a click does nothing", async () => {
  const { say, texts, dicts, sent, scope } = await run("toolpanel.js");
  assert.deepEqual([scope.inlets, scope.outlets, scope.autowatch], [1, 1, 0]);
  say("invite", "Press Transform", "Notes come into the key");
  say("status", "away", "No Hub in this Set", "Drop one");
  assert.deepEqual(texts().slice(0, 2), ["Press Transform", "Notes come into the key"]);
  assert.ok(texts().includes("No Hub in this Set"));
  dicts.roll1 = { length: 16, beats_per_bar: 4, label: "", notes: [60, 0, 4, 100], chords: [0, 16, "Dm"] };
  say("roll", "roll1");
  assert.deepEqual(texts(), ["Dm", "No Hub in this Set"]);
  assert.equal(/** @type {any} */ (scope).onclick, undefined);
  assert.deepEqual(sent, []);
});

test("the piano roll: invitation, take, status, press", async () => {
  const { say, texts, dicts, sent, g, scope } = await run("pianoroll.js");
  assert.deepEqual([scope.inlets, scope.outlets, scope.autowatch], [1, 1, 0]);
  say("status", "ready", "Ready");
  assert.ok(texts().includes("Press Generate"));
  dicts.roll1 = {
    length: 16,
    beats_per_bar: 4,
    label: "D minor",
    notes: [60, 0, 4, 100],
    chords: [0, 16, "Dm"],
  };
  const before = g.redraws;
  say("roll", "roll1");
  assert.ok(g.redraws > before);
  assert.deepEqual(texts(), ["D minor", "Dm", "Ready"]);
  say("status", "busy", "Composing ...");
  assert.deepEqual(texts(), ["D minor", "Dm", "Composing ..."]);
  say("playhead", 4);
  texts();
  say("onclick", 3, 3, 1, 0, 0, 0, 0, 0);
  assert.deepEqual(sent, [[0, "picture_press"]]);
});

test("the piano roll: the mouse opens long words, and they close again", async () => {
  const { say, texts } = await run("pianoroll.js");
  say("status", "away", "a long sentence that says what to do about the engine which is not there at all today");
  const closed = texts().length;
  say("onidle", 1, 1);
  assert.ok(texts().length > closed);
  say("onidleout", 1, 1);
  assert.equal(texts().length, closed);
});

test("the piano roll: what only helps who wonders waits for the mouse", async () => {
  const { say, texts } = await run("pianoroll.js");
  say("status", "ready", "Wrote 4 chords", "Key from Live");
  assert.ok(!texts().join(" ").includes("Key from Live"));
  say("onidle", 1, 1);
  assert.ok(texts().join(" ").includes("Wrote 4 chords. Key from Live"));
});

for (const picture of ["pianoroll.js", "drumpanel.js", "energypanel.js", "jampanel.js", "companionpanel.js"]) {
  test(`${picture}: a press on a star rates the take, where there is one`, async () => {
    const { g, say, sent } = await run(picture);
    g.size = [200, 150];
    const strokes = () => {
      g.shapes.length = 0;
      say("paint");
      return g.shapes
        .filter((/** @type {any} */ { path }) => path.length === 11)
        .map((/** @type {any} */ { how }) => how);
    };
    const fourth = [200 - 4 - 9 - 4, 150 - 6];
    say("status", "ready", "Ready");
    assert.deepEqual(strokes(), []);
    say("stars", 2);
    assert.deepEqual(strokes(), ["fill", "fill", "stroke", "stroke", "stroke"]);
    say("onidle", ...fourth);
    assert.deepEqual(strokes(), ["fill", "fill", "fill", "fill", "stroke"]);
    say("onidleout");
    assert.equal(strokes()[2], "stroke");
    say("onclick", ...fourth, 1, 0, 0, 0, 0, 0);
    assert.deepEqual(sent.splice(0), [[0, "rate", 4]]);
    say("status", "off", "Device is off");
    assert.deepEqual(strokes(), []);
    say("onclick", ...fourth, 1, 0, 0, 0, 0, 0);
    assert.ok(!sent.some(([, word]) => word === "rate"));
  });
}

test("switched off, the empty roll does not invite to press what does nothing", async () => {
  const { say, texts } = await run("pianoroll.js");
  say("status", "off", "Device is off");
  assert.deepEqual(texts().filter(Boolean), ["Device is off"]);
});

test("the Hub's panel: words that arrive as several atoms, version, log", async () => {
  const { say, texts } = await run("hubpanel.js");
  say("status", "ready", "Engine", "ready");
  say("version", "0.1.0");
  say("log", "engine started in", 312, "ms");
  say("log", " ");
  assert.deepEqual(texts(), ["Engine ready", "v0.1.0", "engine started in 312 ms"]);
});

test("the song: an invitation, then the song; a press on a section says which, elsewhere nothing", async () => {
  const { say, texts, dicts, sent, g } = await run("energypanel.js");
  g.size = [252, 156];
  say("status", "ready", "Ready");
  assert.ok(texts().includes("Select a scene with a loop"));
  say("onclick", 100, 60);
  dicts.song1 = {
    title: "Club",
    made: 1,
    here: -1,
    sections: ["Intro", 8, 0.2, 0.4, "Drop", 8, 1, 1],
    lanes: ["Keys", 255, "-x-"],
  };
  const before = g.redraws;
  say("song", "song1");
  assert.ok(g.redraws > before);
  assert.deepEqual(texts(), ["Club", "Energy", "Intro", "Drop", "Keys", "Ready"]);
  say("onclick", 20, 60);
  say("onclick", 200, 150);
  assert.deepEqual(sent, []);
  say("onclick", 200, 130);
  say("onclick", 200, 60);
  say("ondrag", 200, 60, 0);
  assert.deepEqual(sent.splice(0), [
    [0, "section", 1],
    [0, "section", 1],
  ]);
  say("onclick", 200, 60);
  say("ondrag", 200, 80, 1);
  assert.match(texts().at(-1) ?? "", /^Drop: energy \d\d %$/);
  assert.deepEqual(sent, []);
  say("ondrag", 200, 80, 0);
  say("ondblclick", 200, 60);
  const [[, word, section, percent], plain] = sent;
  assert.deepEqual(
    [word, section, percent > 20 && percent < 90, plain],
    ["section_energy", 1, true, [0, "section_plain", 1]],
  );
  assert.equal(texts().at(-1), "Ready");
});

test("the picture of Taste: invites, then what was learnt; where nothing can be read, why; off, nothing of it", async () => {
  const { say, texts, dicts } = await run("tastepanel.js");
  say("status", "ready", "Ready to learn");
  assert.ok(texts().includes("Rate what you hear"));
  const known = {
    name: "Ada",
    rated: 9,
    distribution: [1, 0, 2, 4, 2],
    likings: [],
    knobs: [],
    trust: "",
    trouble: "",
  };
  const tell = (/** @type {object} */ more) => {
    dicts.learnt1 = { learnt: JSON.stringify({ ...known, ...more }) };
    say("learnt", "learnt1");
  };
  tell({});
  assert.ok(
    ["Ada", "9 rated", "4"].every((text) => texts().includes(text)),
    texts().join(),
  );
  tell({ rated: 0 });
  assert.ok(texts().includes("Rate what you hear") && texts().includes("Ada"));
  tell({ rated: 0, trouble: "A newer Bandmate wrote it" });
  assert.ok(texts().includes("Nothing is learnt now") && !texts().includes("Rate what you hear"));
  tell({});
  say("status", "off", "Device is off");
  assert.deepEqual(texts(), ["", "Device is off"]);
});
