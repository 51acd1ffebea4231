import assert from "node:assert/strict";
import { test } from "node:test";
import { Deck } from "../../../../js/devices/listen/deck.js";
import { stretch, TAPE_SECONDS, Tape } from "../../../../js/devices/listen/tape.js";
import { ManualClock, settled } from "../../rpc/support/clock.js";
import { analysis, ready } from "./desk.js";

const SONG = /** @type {any} */ ({ tempo: 120, signatureNumerator: 4, signatureDenominator: 4 });

test("the tape counts what was recorded while it ran, and no more than it holds", () => {
  const clock = new ManualClock();
  const tape = new Tape(/** @type {any} */ (clock));
  assert.equal(tape.last(4, SONG), null);
  tape.run(true);
  clock.move(3000);
  tape.run(false);
  clock.move(60_000);
  assert.equal(tape.seconds, 3);
  // Two seconds a bar: four bars are not there yet.
  assert.deepEqual(tape.last(4, SONG), { seconds: 3, bars: 1.5 });
  assert.deepEqual(tape.last(1, SONG), { seconds: 2, bars: 1 });
  tape.run(true);
  clock.move(100_000);
  assert.equal(tape.seconds, TAPE_SECONDS - 1);
});

test("wherever the tape stands, the last seconds lie in one piece within the two laps", () => {
  for (const position of [0, 0.25, 0.999]) {
    for (const seconds of [0.25, 10, TAPE_SECONDS - 1]) {
      const { start, end } = stretch(position, seconds);
      assert.ok(start > 0 && end <= 2 * TAPE_SECONDS);
      assert.ok(Math.abs(end - start - seconds) < 1e-9);
      assert.ok(Math.abs(end - TAPE_SECONDS * (1 + position)) < 1e-9);
    }
  }
});

test("the deck asks where it is, writes floats, and says what hangs", async () => {
  const clock = new ManualClock();
  /** @type {any[][]} */
  const sent = [];
  const deck = new Deck(/** @type {any} */ (clock), (...values) => sent.push(values));
  deck.record(true);
  const writing = deck.write("C:\\Temp\\a.wav");
  deck.position(0.5);
  assert.deepEqual(sent.slice(1), [
    ["where"],
    ["buffer", "samptype", "float32"],
    ["buffer", "writewave", "C:/Temp/a.wav"],
  ]);
  deck.written();
  assert.equal(await writing, 0.5);
  assert.equal(clock.pending, 0);

  const hanging = deck.write("/tmp/b.wav").catch((problem) => problem.message);
  deck.position(0.1);
  clock.move(8000);
  assert.match(await hanging, /could not write the recording/);
});

test("a tape that stands still was asked where it is before it stopped: stopped, record~ does not tell", async () => {
  /** @type {any[][]} */
  const sent = [];
  const deck = new Deck(/** @type {any} */ (new ManualClock()), (...values) => sent.push(values));
  deck.record(true);
  deck.record(false);
  assert.deepEqual(sent.slice(-2), [["where"], ["laps", 0]]);
  deck.position(0.75);
  const writing = deck.write("/tmp/a.wav");
  deck.written();
  assert.equal(await writing, 0.75);
});

/** A device on which Live has played for some seconds. @param {number} seconds */
async function played(seconds) {
  const on = ready({ tempo: 120 });
  on.listen.parameter("range", 3);
  on.set.edit(() => on.set.song.start_playing());
  await on.pass(seconds * 1000);
  return on;
}

test("the last bars are written, heard as a range of the file, and the file is given back", async () => {
  const on = await played(20);
  assert.deepEqual(
    on
      .from(2)
      .filter(([word]) => word === "laps")
      .at(-1),
    ["laps", 1],
  );
  on.listen.listen();
  const [capture] = on.engine.of("hear.capture");
  assert.ok(capture.params.seconds >= 2 * TAPE_SECONDS);
  await capture.answer({ path: "/home/captures/capture-a.wav" });
  on.listen.position(0.625);
  assert.deepEqual(on.from(2).at(-1), ["buffer", "writewave", "/home/captures/capture-a.wav"]);
  on.listen.written();
  await settled();
  const [{ params }] = on.engine.of("hear.analyze");
  // Four bars at 120 BPM are eight seconds, which end where the second lap is written: 32 + 20 s.
  assert.deepEqual([params.start, params.end], [44, 52]);
  await on.engine.of("hear.analyze")[0].answer({ job: null, analysis: analysis() });
  assert.equal(on.words(), "Heard the last 4 bars: 174 BPM, A minor");
  assert.deepEqual(on.engine.of("hear.release")[0].params, { path: "/home/captures/capture-a.wav" });
});

test("what was heard on tape sets tempo and scale, but has no clip to name and no file to correct", async () => {
  const on = await played(9);
  on.listen.listen();
  await on.engine.of("hear.capture")[0].answer({ path: "/c.wav" });
  on.listen.position(0.3);
  on.listen.written();
  await settled();
  await on.engine.of("hear.analyze")[0].answer({ job: null, analysis: analysis() });
  on.listen.tagName();
  assert.match(on.words(), /That was a recording/);
  on.listen.scaleTempo(0.5);
  assert.equal(on.engine.of("hear.correct").length, 0);
  assert.equal(on.figures().bpm, "87");
  on.listen.setTempo();
  assert.equal(on.set.song.tempo, 87);
});

test("cancelled while it is written, the file is given back unheard", async () => {
  const on = await played(9);
  on.listen.listen();
  await on.engine.of("hear.capture")[0].answer({ path: "/c.wav" });
  on.listen.listen();
  await settled();
  assert.equal(on.words(), "Cancelled");
  assert.equal(on.engine.of("hear.analyze").length, 0);
  assert.equal(on.engine.of("hear.release").length, 1);
});

test("where nothing has played yet, that is said; the tape stands while Live stands", async () => {
  const on = ready();
  on.listen.parameter("range", 5);
  on.listen.listen();
  assert.match(on.words(), /Nothing has played through here yet/);
  assert.deepEqual(
    on
      .from(2)
      .filter(([word]) => word === "laps")
      .at(-1),
    ["laps", "set", "bandmate.tape.d1"],
  );
});
