import assert from "node:assert/strict";
import { test } from "node:test";
import { desk, ready, reply, settled } from "./desk.js";

test("nothing is said or asked before the start", () => {
  const on = desk();
  on.device.parameter("style", 3);
  on.device.ownText("i VI");
  on.device.generate();
  on.device.dice();
  on.device.undo();
  on.device.audition();
  assert.deepEqual(on.sent, []);
  assert.deepEqual(on.asked, []);
  assert.equal(on.link.started, 0);
});

test("switched off, the device stops its work; switched on, it comes back", async () => {
  const on = ready();
  on.device.generate();
  on.device.enable(false);
  assert.deepEqual(on.status(), ["off", "Device is off"]);
  assert.equal(on.chords()[0].cancelled, true);
  assert.equal(on.link.stopped, 1);
  assert.equal(on.clock.pending, 0);
  on.device.generate();
  on.device.receive("hub", ["{}"]);
  assert.equal(on.chords().length, 1);
  assert.deepEqual(on.link.heard, []);
  on.device.enable(true);
  assert.equal(on.link.started, 2);
  on.engine();
  assert.deepEqual(on.status(), ["ready", "Ready"]);
});

test("loaded switched off, it does not connect", () => {
  const on = desk();
  on.device.enable(false);
  on.device.start();
  assert.equal(on.link.started, 0);
  assert.deepEqual(on.status(), ["off", "Device is off"]);
});

test("deleted, it leaves no timer behind and touches Live no more", async () => {
  const on = ready();
  on.device.generate();
  await on.chords()[0].answer(reply());
  on.device.audition();
  on.device.generate();
  on.device.remove();
  assert.equal(on.clock.pending, 0);
  assert.equal(on.live.started, false);
  assert.deepEqual(on.from(2).at(-1), ["stop"]);
  await settled();
});

test("a second start bang does not connect twice", () => {
  const on = ready();
  on.device.start();
  assert.equal(on.link.started, 1);
});

test("messages of the Hub reach the link", () => {
  const on = ready();
  on.device.receive("frame", ["d1", "{}"]);
  assert.deepEqual(on.link.heard, [["frame", ["d1", "{}"]]]);
});

test("every press shows the seed of what it was offered; locked, it stays", async () => {
  const on = ready();
  let drawn = 40;
  /** @type {() => Promise<number>} */
  const press = async () => {
    on.device.generate();
    const { params, answer } = on.chords().at(-1) ?? assert.fail();
    const seed = params.offer === undefined ? params.seed : ++drawn;
    await answer(reply({ seed }));
    assert.deepEqual(
      on.from(1).findLast(([word]) => word === "seed"),
      ["seed", "set", seed],
    );
    return seed;
  };
  const first = await press();
  const second = await press();
  assert.deepEqual([first, second], [41, 42]);
  on.device.parameter("seed_lock", 1);
  assert.equal(await press(), second);
  on.device.parameter("seed", 77);
  assert.equal(await press(), 77);
});

test("a typed seed is used once, then new ones are drawn", () => {
  const on = ready();
  on.device.parameter("seed", 4242);
  on.device.generate();
  assert.equal(on.chords()[0].params.seed, 4242);
  on.device.generate();
  on.device.generate();
  assert.notEqual(on.chords()[1].params.seed, 4242);
});

test("a typed seed waits for the press that writes, when Live or the engine refuses", async () => {
  const on = ready();
  on.device.parameter("seed", 4242);
  on.set.tracks[0].is_frozen = true;
  on.device.generate();
  assert.equal(on.chords().length, 0);
  on.set.tracks[0].is_frozen = false;
  for (let press = 0; press < 2; press++) {
    on.device.generate();
    assert.equal(on.chords()[press].params.seed, 4242);
    await on.chords()[press].fail(new Error("no"));
  }
});

test("the dice draws and writes, also when the seed is locked or a press is under way", async () => {
  const on = ready();
  on.device.parameter("seed_lock", 1);
  on.device.dice();
  const first = on.chords()[0].params.seed;
  on.device.dice();
  assert.equal(on.chords()[0].cancelled, true);
  const second = on.chords()[1].params.seed;
  assert.notEqual(first, second);
  await on.chords()[1].answer(reply());
  on.device.generate();
  assert.equal(on.chords()[2].params.seed, second);
});

test("the menu always has 13 entries and follows the style", async () => {
  const on = ready();
  const options = () => on.asked.filter(({ method }) => method === "compose.chords_options");
  assert.deepEqual(options()[0].params, { style: "auto", tempo: 120, context: { track_name: "Keys" } });
  const twelve = Array.from({ length: 12 }, (_, i) => ({ id: `h${i}`, name: `i VI ${i}` }));
  await options()[0].answer({ progressions: twelve });
  assert.deepEqual(on.from(1).at(-1), ["progressions", "_parameter_range", "Auto", ...twelve.map(({ name }) => name)]);

  on.device.parameter("style", 1);
  on.device.parameter("style", 2);
  on.clock.move(40);
  assert.deepEqual(
    options().map(({ params }) => params.style),
    ["auto", "deep_house"],
  );
  await options()[1].answer({ progressions: [{ name: "ii V I" }, { name: "ii V I" }] });
  const [, , ...items] = on.from(1).at(-1) ?? [];
  assert.equal(items.length, 13);
  assert.equal(new Set(items).size, 13);
  assert.deepEqual(items.slice(0, 3), ["Auto", "ii V I", "ii V I (2)"]);
});

test("an answer for an earlier style does not overwrite the menu", async () => {
  const on = ready();
  const options = () => on.asked.filter(({ method }) => method === "compose.chords_options");
  on.device.parameter("style", 2);
  on.clock.move(40);
  await options()[1].answer({ progressions: [{ name: "new" }] });
  await options()[0].answer({ progressions: [{ name: "old" }] });
  assert.equal(on.from(1).filter(([word]) => word === "progressions").length, 1);
});

test("Audition hands every note over at once, in milliseconds, moves the playhead and ends", async () => {
  const on = ready({ tempo: 60 });
  on.device.audition();
  assert.equal(on.words(), "Nothing to hear yet: press Generate");
  on.device.generate();
  await on.chords()[0].answer(reply());
  on.device.audition();
  const [clear, ...notes] = on.from(2);
  assert.deepEqual(clear, ["clear"]);
  assert.deepEqual(notes.splice(12), [["count", 12], ["begin"]]);
  assert.deepEqual(notes[0], [1, 62, 90, 8000, 0]);
  assert.deepEqual(notes[3], [4, 58, 90, 8000, 8000]);
  assert.equal(on.words(), "Playing once: press again to stop");
  on.clock.move(4000);
  assert.deepEqual(
    on
      .from(0)
      .filter(([word]) => word === "playhead")
      .at(-1),
    ["playhead", 4],
  );
  on.clock.move(29000);
  assert.deepEqual(
    on
      .from(0)
      .filter(([word]) => word === "playhead")
      .at(-1),
    ["playhead", -1],
  );
  assert.equal(on.clock.pending, 0);
});

test("a second press on Audition stops it at once", async () => {
  const on = ready();
  on.device.generate();
  await on.chords()[0].answer(reply());
  const before = on.clock.pending;
  on.device.audition();
  on.device.audition();
  assert.deepEqual(on.from(2).at(-1), ["stop"]);
  assert.equal(on.clock.pending, before);
});

test("a new take silences the one that is heard", async () => {
  const on = ready();
  on.device.generate();
  await on.chords()[0].answer(reply());
  on.device.audition();
  on.device.generate();
  assert.deepEqual(on.from(2).at(-1), ["stop"]);
});
