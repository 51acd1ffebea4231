/** What Live refuses of a MIDI Tool: late, missing and malformed answers, objects out of place, automation, Push. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { WORDS } from "../../../../js/headless/panel.js";
import { Patch } from "../support/patch.js";
import { answering, clipOpen, melody, toolPatch, UP } from "../support/tool.js";

const TUNE = [[60, 0], [62, 1], [64, 2], [65, 3]]; // biome-ignore format: a tune

/** An answer some other way than at once. @param {string} how with `answer` to be called */
const later = (how) => `${UP.replace("function dictionary(name) {", "function now(name) {")}
function dictionary(name) { const kept = new Dict(); kept.parse(new Dict(name).stringify());
  const answer = () => now(kept.name); ${how} }`;

for (const [what, patch] of /** @type {[string, () => Patch][]} */ ([
  ["deferlow", () => toolPatch("natt", UP, "deferlow")],
  ["a Task", () => toolPatch("natt", later("new Task(answer).schedule(0);"))],
])) {
  test(`an answer through ${what} is late: nothing changes`, async (t) => {
    const { live, clip, panel, set } = await clipOpen(t, { strict: false });
    const tool = await live.openTool(patch().bytes());
    const steps = set.history.count;
    tool.apply();
    live.advance(50);
    assert.deepEqual(melody(clip), TUNE);
    assert.equal(set.history.count, steps);
    assert.equal(panel.statusBar[0], WORDS.missing);
    // What comes later is not looked at: that it comes at all is what Live says next.
    assert.equal(panel.statusBar[1], WORDS.late);
  });
}

for (const way of ["delay 0", "pipe 0"]) {
  test(`${way} lets no dictionary pass: there is no answer`, async (t) => {
    const { live, clip, panel } = await clipOpen(t, { strict: false });
    const tool = await live.openTool(toolPatch("natt", UP, way).bytes());
    tool.apply();
    live.advance(50);
    assert.deepEqual(melody(clip), TUNE);
    assert.deepEqual(panel.statusBar, [WORDS.missing]);
  });
}

test("no answer is told, and nothing changes", async (t) => {
  const { live, clip, panel } = await clipOpen(t);
  const tool = await live.openTool(toolPatch("natt", "inlets = 1; outlets = 1; function anything() {}").bytes());
  tool.apply();
  assert.deepEqual(melody(clip), TUNE);
  assert.deepEqual(panel.statusBar, [WORDS.missing]);
});

test("a name that leads to no dictionary is no answer", async (t) => {
  const { live, panel } = await clipOpen(t);
  const code =
    'inlets = 1; outlets = 1; function context() {} function dictionary() { outlet(0, "dictionary", "nobody"); }';
  const tool = await live.openTool(toolPatch("natt", code).bytes());
  tool.apply();
  assert.deepEqual(panel.statusBar, [WORDS.missing]);
});

test("an answer nobody asked for is told", async (t) => {
  const { live, panel } = await clipOpen(t);
  const code = `${UP} function bang() { const d = new Dict(); d.parse('{"notes":[]}'); outlet(0, "dictionary", d.name); }`;
  const patch = toolPatch("natt", code);
  const poke = patch.control("live.button", "Poke", { type: 2, enum: ["off", "on"], mmax: 1, invisible: 2 });
  patch.cord(poke, 0, patch.script, 0);
  const tool = await live.openTool(patch.bytes());
  tool.press("Poke");
  assert.deepEqual(panel.statusBar, [WORDS.late]);
});

for (const [what, notes, said] of /** @type {[string, string, RegExp][]} */ ([
  ["no notes", "() => undefined", /The key `notes` is missing/],
  ["a note without pitch", "() => [{ start_time: 0, duration: 1 }]", /The key `pitch` is missing/],
  ["a note without start", "() => [{ pitch: 60, duration: 1 }]", /The key `start_time` is missing/],
  ["a note without duration", "() => [{ pitch: 60, start_time: 0 }]", /The key `duration` is missing/],
  ["a pitch out of range", "() => [{ pitch: 128, start_time: 0, duration: 1 }]", /malformed: note 1: pitch is 128/],
  [
    "an unknown key",
    "() => [{ pitch: 6, start_time: 0, duration: 1, colour: 1 }]",
    /malformed: note 1 has the unknown key/,
  ],
  ["a foreign note_id", "() => [{ note_id: 999, pitch: 6, start_time: 0, duration: 1 }]", /was not given/],
  ["a note_id twice", "(given) => [given[0], { ...given[0], start_time: 9 }]", /twice/],
])) {
  test(`a malformed answer is refused: ${what}`, async (t) => {
    const { live, clip, panel } = await clipOpen(t);
    const tool = await live.openTool(toolPatch("natt", answering(notes)).bytes());
    tool.apply();
    assert.match(panel.statusBar.join(), said);
    assert.deepEqual(melody(clip), TUNE);
  });
}

test("an empty answer of a transformation takes its notes away", async (t) => {
  const { live, clip, panel } = await clipOpen(t);
  const tool = await live.openTool(toolPatch("natt", answering("() => []")).bytes());
  panel.select(0, 2);
  tool.apply();
  assert.deepEqual(melody(clip), TUNE.slice(2));
});

test("a frozen track stays as it is", async (t) => {
  const { live, clip, panel, set } = await clipOpen(t);
  const tool = await live.openTool(toolPatch("natt", UP).bytes());
  set.tracks[0].is_frozen = true;
  tool.apply();
  assert.deepEqual(melody(clip), TUNE);
  assert.match(panel.statusBar.join(), /frozen/);
});

for (const [kind, text, ins, outs] of /** @type {[any, string, number, number][]} */ ([
  ["mmmm", "live.miditool.in", 1, 3],
  ["mmmm", "live.miditool.out", 1, 0],
  ["natt", "midiin", 1, 1],
  ["nagg", "midiout", 1, 0],
  ["nagg", "notein", 1, 3],
  ["natt", "sig~", 1, 1],
  ["natt", "plugin~", 2, 2],
])) {
  test(`${text} is refused in ${kind}`, async (t) => {
    const { live } = await clipOpen(t, { strict: false });
    const patch = new Patch(kind);
    if (kind.startsWith("n")) patch.object("live.miditool.in", 1, 3);
    patch.object(text, ins, outs);
    if (kind.startsWith("n")) await live.openTool(patch.bytes());
    else await live.addDevice(patch.bytes());
    assert.deepEqual(live.errors.map((error) => error.kind), ["misplaced"]); // biome-ignore format: one line
  });
}

test("a tool needs one live.miditool.in; two outlets, as before Max 8.6.3, will do", async (t) => {
  const { live } = await clipOpen(t, { strict: false });
  await live.openTool(new Patch("natt").bytes());
  assert.deepEqual(live.errors.map((error) => error.kind), ["misplaced"]); // biome-ignore format: one line
  const old = new Patch("natt");
  old.object("live.miditool.in", 1, 2);
  const tool = await live.openTool(old.bytes());
  tool.input.pitches(0, 127);
  assert.equal(live.errors.length, 1);
});

test("a device is no tool and a tool no device", async (t) => {
  const { live } = await clipOpen(t);
  await assert.rejects(live.openTool(new Patch("mmmm").bytes()), /cannot be opened in Clip View/);
  await assert.rejects(live.addDevice(toolPatch("natt", UP).bytes()), /cannot be put on a track/);
});

/** A tool with a knob. @param {number} [invisible] */
function withKnob(invisible = 0) {
  const patch = toolPatch("natt", UP);
  patch.control("live.dial", "Amount", { type: 0, mmax: 1, invisible });
  return patch;
}

test("a tool's knob cannot be automated or found, and turning it is no undo step", async (t) => {
  const { live, set } = await clipOpen(t);
  const tool = await live.openTool(withKnob().bytes());
  const steps = set.history.count;
  tool.turn("Amount", 0.5);
  assert.equal(tool.parameter("Amount").value, 0.5);
  assert.equal(set.history.count, steps);
  const { parameter } = tool.device.parameter("Amount");
  assert.throws(() => set.automation.draw(/** @type {any} */ (parameter), [[0, 1]]), /cannot be automated/);
  assert.equal(set.byId(/** @type {any} */ (parameter).id), null, "no id leads there");
  assert.deepEqual(tool.state(), { Amount: 0.5 }, "a preset holds it");
});

test("a tool has no page on Push", async (t) => {
  const { live } = await clipOpen(t, { strict: false });
  const patch = withKnob();
  const banks = { 0: { index: 0, name: "Main", parameters: ["Amount"] } };
  await live.openTool(patch.bytes(), {
    mutate: (patcher) => {
      patcher.parameters = { parameterbanks: banks };
    },
  });
  assert.match(live.errors.map(String).join(), /not on Push/);
});

test("a tool has no switch, no twin and no track; another of its kind takes its place", async (t) => {
  const { live, panel } = await clipOpen(t);
  const tool = await live.openTool(toolPatch("natt", UP).bytes());
  assert.throws(() => tool.setEnabled(), /no switch/);
  await assert.rejects(tool.duplicate(), /only one/);
  assert.equal(tool.track, null);
  const other = await live.openTool(toolPatch("natt", UP).bytes());
  const generator = await live.openTool(toolPatch("nagg", UP).bytes());
  assert.deepEqual([tool.device.removed, other.device.removed, generator.device.removed], [true, false, false]);
  other.remove();
  assert.equal(other.device.removed, true);
  assert.deepEqual(live.tools, [generator]);
  assert.deepEqual(panel.statusBar, []);
});

test("LiveAPI reaches the Set from a tool, but no device of its own", async (t) => {
  const { live } = await clipOpen(t);
  const code = `${UP}
var found = "";
function bang() { found = [new LiveAPI(null, "live_set").get("root_note")[0], new LiveAPI(null, "this_device").id].join(" "); }`;
  const patch = toolPatch("natt", code);
  const begin = patch.object("live.thisdevice", 1, 3);
  patch.cord(begin, 0, patch.script, 0);
  const tool = await live.openTool(patch.bytes());
  assert.equal(tool.box("code").global.found, "9 0");
});
