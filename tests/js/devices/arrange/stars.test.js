/** A song is one take: it is rated while it is shown, also in a Set that was opened again, and what becomes of it is told. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { addClip, note, ready, reply } from "./desk.js";

/** Longer than anything is held. */
const LONG = 30_000;

const stars = (/** @type {any} */ on) =>
  on.sent.findLast((/** @type {any[]} */ each) => each[1] === "stars")?.[2] ?? -1;

/** @param {any} on @param {string} take */
async function made(on, take) {
  on.device.generate();
  await on.answer({ take });
}

/** What the engine is told in time. @param {any} on */
async function told(on) {
  for (let turn = 0; turn < 4; turn += 1) {
    on.clock.move(LONG / 4);
    for (const asked of on.engine.of("taste.reward")) await asked.answer({});
  }
  return on.engine.of("taste.reward").map((/** @type {any} */ { params: { take, kind } }) => `${take} ${kind}`);
}

test("the song that is shown is rated; a plan is none", async () => {
  const on = await ready();
  assert.equal(stars(on), -1);
  await made(on, "s1");
  assert.equal(stars(on), 0);
  on.device.rate(4);
  assert.equal(stars(on), 4);
  assert.equal(on.engine.of("taste.rate")[0].params.take, "s1");
  await on.engine.of("taste.rate")[0].answer({});
  assert.match(on.words(), /^Rated 4 stars/);
  // A knob that is turned shows the plan of another song.
  on.device.parameter("contrast", 10);
  await on.look();
  const [plan] = on.plans().slice(-1);
  await plan.answer(reply(plan.params));
  assert.equal(stars(on), -1);
});

test("walking through the song keeps its stars, and Undo and another press are told", async () => {
  const on = await ready();
  await made(on, "s1");
  on.device.rate(5);
  await on.engine.of("taste.rate")[0].answer({});
  await on.select(3);
  assert.equal(stars(on), 5);
  await made(on, "s2");
  assert.equal(stars(on), 0);
  on.device.undo();
  await on.look();
  // The former one is there again: it was not rerolled after all.
  assert.equal(stars(on), 5);
  assert.deepEqual(await told(on), ["s2 undone"]);
});

const finds = (/** @type {any} */ on) => on.engine.of("taste.find_song");
const pitches = (/** @type {any[]} */ clips) =>
  clips.map((notes) => notes.map((/** @type {any} */ each) => each.pitch));

/** The engine says which song the scene that was asked for last belongs to. @param {any} on @param {string} take @param {number} amount of stars */
async function known(on, take, amount) {
  const line = { take, how: "", parent: "" };
  await finds(on).at(-1).answer({ take: line });
  await on.engine
    .of("taste.take")
    .at(-1)
    .answer({ line, rewards: [{ kind: "stars", counted: true, amount }] });
}

/** The newest plan comes. @param {any} on */
async function planned(on) {
  const [plan] = on.plans().slice(-1);
  await plan.answer(reply(plan.params));
}

/** A Set that was opened with a loop that is in no song, and scenes above and below it that may be. @param {any} [options] */
async function reopened(options = {}) {
  const on = await ready(options);
  addClip(on.set, 0, 0, 4, [note(70, 0, 1)]);
  const clip = addClip(on.set, 1, 2, 4, [note(80, 1, 1)]);
  await finds(on)[0].answer({ take: null });
  return { ...on, last: clip };
}

test("a song from before the Set was opened is known by the clips of its scene, and rated", async () => {
  const on = await reopened();
  assert.deepEqual(pitches(finds(on)[0].params.clips), [
    [36, 38],
    [48, 38],
    [60, 38],
  ]);
  assert.equal(stars(on), -1);
  await on.select(2);
  assert.equal(finds(on).length, 2);
  assert.deepEqual(pitches(finds(on)[1].params.clips), [[80]]);
  assert.deepEqual(pitches(finds(on)[1].params.beside), [[36, 38], [48, 38], [60, 38], [70]], "the nearest first");
  await known(on, "s9", 4);
  assert.equal(stars(on), 4);
  await planned(on);
  assert.equal(stars(on), 4, "a plan of that scene does not hide them");
  on.device.rate(2);
  assert.equal(on.engine.of("taste.rate")[0].params.take, "s9");
  // The plan of a knob that is turned is no part of it.
  on.device.parameter("contrast", 10);
  await on.look();
  await planned(on);
  assert.equal(stars(on), -1);
  assert.equal(finds(on).length, 2);
});

test("a scene is asked about once until its clips change", async () => {
  const on = await reopened();
  await on.select(2);
  await known(on, "s9", 4);
  await on.select(1);
  await planned(on);
  assert.equal(stars(on), -1);
  await on.select(2);
  await planned(on);
  assert.equal(stars(on), 4);
  assert.equal(finds(on).length, 2);
  on.set.edit(() => on.last.setNotes([{ ...on.last.notes[0], pitch: 81 }]));
  await on.select(1);
  await on.select(2);
  assert.deepEqual(pitches(finds(on)[2].params.clips), [[81]]);
  await finds(on)[2].answer({ take: null });
  assert.equal(stars(on), -1);
});

test("one question at a time: the scene selected last is next, and a late answer is of no other", async () => {
  const on = await reopened();
  await on.select(2);
  await on.select(1);
  await on.select(0);
  assert.equal(finds(on).length, 2);
  await known(on, "s9", 4);
  assert.equal(stars(on), -1);
  assert.deepEqual(pitches(finds(on)[2].params.clips), [[70]]);
  // Live has told that another scene is selected, and the device has not looked yet.
  on.set.edit(() => on.set.song.view.set_selected_scene(on.set.scenes[1]));
  await new Promise((told) => setImmediate(told));
  await known(on, "s8", 3);
  assert.equal(stars(on), -1);
  await on.select(0);
  await planned(on);
  assert.equal(stars(on), 3);
  assert.equal(finds(on).length, 3);
});

test("a refusal is silent; while the engine is away nothing is asked, and when it is back it is", async () => {
  const on = await reopened();
  await on.select(2);
  const words = on.words();
  await finds(on)[1].fail(new Error("The memory cannot be read"));
  assert.deepEqual([stars(on), on.words()], [-1, words]);
  await on.become("away", "Engine away");
  await on.select(0);
  assert.equal(finds(on).length, 2);
  await on.become();
  assert.deepEqual(pitches(finds(on)[2].params.clips), [[70]]);
  // Another engine may know other songs.
  await finds(on)[2].answer({ take: null });
  await on.become("away", "Engine away");
  await on.become();
  assert.equal(finds(on).length, 4);
  on.device.enable(false);
  await known(on, "s9", 4);
  assert.equal(stars(on), -1, "switched off it shows none");
});

test("of songs that were laid out here the engine is not asked, nor of what Undo left of one", async () => {
  const on = await reopened();
  await made(on, "s1");
  await on.select(3);
  on.set.edit(() => on.clip(0, 3).setNotes([{ ...on.clip(0, 3).notes[0], pitch: 90 }]));
  on.device.undo();
  await on.look();
  await on.select(2);
  await planned(on);
  assert.deepEqual([on.scenes()[2], stars(on)], ["Drop, 4 bars", -1]);
  assert.equal(finds(on).length, 1);
});
