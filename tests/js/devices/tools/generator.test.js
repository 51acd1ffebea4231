/** A generator answers at once with what the engine said before: knobs, dice, clip and Set, an engine that is away. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Generator } from "../../../../js/devices/tools/generator.js";
import table from "../../../../presets/devices/chords_tool.json" with { type: "json" };
import { addClip, note, show } from "../../live/support/stage.js";
import { desk, selected } from "./desk.js";

/** @type {any} */
const KIND = {
  method: "compose.chords",
  pitched: true,
  coarsest: 1,
  anchor: "selection",
  promise: "Chords",
  request: ({ controls }) => ({ density: controls.number("density"), bars: controls.number("bars") }),
};

/** A reply whose pitches tell what was asked. @param {any} params */
const reply = ({ density, seed }) => ({
  notes: [note(density, 0, 1), note(100 + (seed % 20), 1, 1)],
  length: 4,
  chords: [{ start: 0, duration: 4, symbol: "Am", figure: "i" }],
  summary: "1 chord, 1 bar, A minor",
  resolved: { key: "A minor" },
});

/** @param {any} [options] */
function generator(options) {
  const on = desk(table, (parts, keep) => new Generator(parts, KIND, keep), options);
  on.gives([], selected(0, 4));
  return on;
}

/** @param {any} [options] */
async function ready(options) {
  const on = generator(options);
  on.begin();
  await on.answerAll(reply);
  return on;
}

const pitches = (/** @type {any} */ notes) => notes?.map((/** @type {any} */ each) => each.pitch);

test("the phrase is asked for before anybody presses, and so is the one of the dice", async () => {
  const on = generator();
  on.begin();
  assert.deepEqual(
    on.asked.map(({ method, params }) => [method, params.seed, params.density]),
    [
      ["compose.chords", 0, 50],
      ["compose.chords", on.tool.seeds.next, 50],
    ],
  );
  await on.answerAll(reply);
  assert.equal(on.words(), "1 chord, 1 bar, A minor");
  assert.deepEqual(pitches(on.round()), [50, 100]);
  assert.equal(on.words(), "2 notes over 1 bar, A minor");
  assert.equal(on.roll().notes.length, 8, "the picture shows it: four numbers for each note");
  assert.equal(on.bangs(), 0, "nothing was turned");
});

test("the dice fall on a take that is there already", async () => {
  const on = await ready();
  const { next } = on.tool.seeds;
  const before = on.asked.length;
  on.tool.dice();
  assert.deepEqual(pitches(on.answer()), [50, 100 + (next % 20)]);
  assert.deepEqual(on.sent.filter(([index]) => index === 3), [[3, "set", next]]); // biome-ignore format: one line
  assert.equal(on.asked.length, before + 1, "only the next dice had to be asked for");
});

test("a knob that is turned is answered at once, since its neighbours were asked for", async () => {
  const on = await ready();
  on.tool.parameter("density", 55);
  assert.deepEqual(
    pitches(on.answer()),
    [50, 100],
    "the first turn cannot be known: the phrase that is there plays on",
  );
  assert.match(on.words(), /Fetching what you turned/);
  await on.answerAll(reply);
  assert.equal(on.words(), "1 chord, 1 bar, A minor");
  const { seed } = on.lastAsked();
  on.tool.parameter("density", 60);
  assert.deepEqual(pitches(on.answer()), [60, 100]);
  assert.equal(seed, 0, "the seed stays");
  on.tool.parameter("density", 60);
  assert.equal(on.bangs(), 2, "the same value again is no turn");
});

test("the seed stays while knobs turn, and moves by a hand on its box", async () => {
  const on = await ready();
  for (const density of [55, 60, 65]) on.tool.parameter("density", density);
  on.round();
  on.round();
  assert.equal(on.tool.seeds.now, 0);
  on.tool.parameter("seed", 7.4);
  assert.equal(on.tool.seeds.now, 7);
});

test("what is restored before the start asks for nothing and bangs nothing", () => {
  const on = generator();
  on.tool.parameter("density", 80);
  on.tool.parameter("seed", 12);
  on.tool.dice();
  assert.deepEqual([on.asked.length, on.bangs(), on.tool.seeds.now], [0, 0, 12]);
  on.begin();
  assert.deepEqual([on.asked[0].params.density, on.asked[0].params.seed], [80, 12]);
});

test("selection, grid and scale of the round are kept to", async () => {
  const on = await ready();
  on.tool.parameter("density", 56);
  await on.answerAll(reply);
  on.gives([], selected(8, 16));
  assert.deepEqual(on.round()?.map((each) => each.start_time), [8, 9, 12, 13]); // biome-ignore format: one line
  on.gives([], selected(0, 2, { grid: { interval: 2, enabled: 1 } }));
  assert.deepEqual(on.round()?.map((each) => each.start_time), [0, 1]); // biome-ignore format: one line
  const scale = { scale_mode: 1, root_note: 0, scale_intervals: [0, 3, 7], scale_name: "Own" };
  on.gives([], selected(0, 4, { scale }));
  for (const pitch of pitches(on.round())) assert.ok([0, 3, 7].includes(pitch % 12));
});

test("a clip with a scale of its own is composed for from then on", async () => {
  const on = await ready();
  const clip = addClip(on.set, 0, 0, 8);
  show(on.set, clip);
  await on.look();
  await on.answerAll(reply);
  const scale = { scale_mode: 1, root_note: 2, scale_intervals: [0, 2, 3, 5, 7, 9, 10], scale_name: "Dorian" };
  on.gives([], selected(0, 4, { scale }));
  on.round();
  await on.look();
  await on.answerAll(reply);
  const { context } = on.lastAsked();
  assert.deepEqual([context.scale_root, context.scale_name, context.scale_mode], [2, "Dorian", true]);
});

test("the Set and the clip are asked for as they are: tempo, scale, signature, the track's name", async () => {
  const on = await ready({ set: { tempo: 100, signature: [3, 4], scale: { root: 2, name: "Minor" } } });
  const first = on.asked[0].params;
  assert.deepEqual([first.tempo, first.signature_numerator, first.context.track_name], [100, 3, ""]);
  assert.deepEqual(first.context.pitch_classes, null, "a scale says more");
  show(on.set, addClip(on.set, 1, 0, 4));
  on.set.edit(() => on.set.song.set_tempo(140));
  await on.look();
  await on.answerAll(reply);
  const next = on.lastAsked();
  assert.deepEqual([next.tempo, next.context.track_name], [140, "Bass"]);
});

test("a tempo that is automated is followed four times a second, and nothing else is read for it", async () => {
  const on = await ready();
  await on.look();
  const { count } = on.LiveAPI;
  const tempi = [];
  for (let at = 0; at < 10; at++) {
    on.set.edit(() => on.set.song.set_tempo(121 + at));
    on.set.touch();
    await new Promise((next) => setImmediate(next));
    on.clock.move(25);
  }
  const before = count.calls;
  await on.answerAll(reply);
  for (const { params } of on.asked) if (params.seed === 0) tempi.push(params.tempo);
  assert.deepEqual(tempi, [120, 130]);
  assert.equal(count.calls, before);
});

test("without a scale the key is heard in what lies in the Set, but not in the clip itself", async () => {
  const on = await ready();
  addClip(on.set, 1, 0, 4, [note(57, 0, 4)]);
  const own = addClip(on.set, 0, 0, 4, [note(61, 0, 4)]);
  show(on.set, own);
  await on.look();
  const { pitch_classes: heard } = on.lastAsked().context;
  assert.deepEqual([heard[9] > 0, heard[1]], [true, 0]);
});

test("a part lies in the clip as what it follows does, is asked for with it, and says what it is", async () => {
  let beside = { params: { harmony_notes: [1] }, follows: true, words: 'Follows "Pads"' };
  const following = { ...KIND, anchor: "bar", beside: () => beside };
  const on = desk(table, (parts, keep) => new Generator(parts, following, keep));
  show(on.set, addClip(on.set, 0, 0, 16));
  on.gives([], selected(6, 8));
  on.begin();
  assert.deepEqual(on.asked[0].params.harmony_notes, [1]);
  await on.answerAll((params) => ({ ...reply(params), notes: [note(60, 2, 1), note(62, 0, 1)] }));
  assert.deepEqual(on.round()?.map((each) => [each.pitch, each.start_time]), [[60, 6]]); // biome-ignore format: one line
  assert.equal(on.sent.at(-1)?.at(-1), 'Follows "Pads"');
  beside = { params: { harmony_notes: [2] }, follows: true, words: "" };
  on.clock.move(25);
  assert.deepEqual(on.lastAsked().harmony_notes, [2], "a round looks again");
});

test("a part that follows nothing begins with the bar", async () => {
  const on = desk(table, (parts, keep) => new Generator(parts, { ...KIND, anchor: "bar" }, keep));
  on.gives([], selected(5, 12));
  on.begin();
  await on.answerAll(reply);
  assert.deepEqual(on.round()?.map((each) => each.start_time), [5, 8, 9]); // biome-ignore format: one line
});

test("the engine is away: the last phrase plays again, whatever was turned, and that is said", async () => {
  const on = await ready();
  on.state("away", "Engine asleep");
  on.tool.parameter("density", 90);
  assert.deepEqual(pitches(on.answer()), [50, 100]);
  assert.equal(on.words(), "Engine away: your last phrase again");
  assert.equal(on.light(), "away");
  on.state("ready");
  await on.answerAll(reply);
  assert.deepEqual(pitches(on.round()), [90, 100]);
});

test("the last phrase is kept, and there again when the tool is opened with no engine", async () => {
  const on = await ready();
  assert.equal(on.written.length, 1);
  const later = generator({ kept: on.written[0] });
  later.tool.start();
  assert.equal(later.roll().notes.length, 8);
  assert.deepEqual(pitches(later.round()), [50, 100]);
  assert.equal(later.words(), "Engine away: your last phrase again");
});

test("no phrase yet: no answer, since an empty one would take notes away", () => {
  const on = generator();
  on.tool.start();
  assert.equal(on.round(), null);
  assert.equal(on.words(), "Engine away and no phrase yet: nothing written");
  on.state("ready");
  assert.equal(on.round(), null);
  assert.match(on.words(), /Fetching the first phrase/);
});

test("what the engine refuses is said, and the tool lives on", async () => {
  const on = generator();
  on.begin();
  await on.asked[0].fail({ message: "No such style", hint: "Choose another" });
  assert.equal(on.words(), "No such style. Choose another");
  on.tool.parameter("density", 20);
  await on.answerAll(reply);
  assert.deepEqual(pitches(on.round()), [20, 100]);
});

test("a round before the start is left alone; closing ends everything", async () => {
  const on = generator();
  assert.equal(on.round(), null);
  on.begin();
  on.tool.start();
  assert.equal(on.link.started, 1);
  on.tool.remove();
  assert.equal(on.link.stopped, 1);
  assert.equal(on.clock.pending, 0);
  assert.deepEqual(on.posts, []);
});
