/** What passes with the beats: metro in ticks and note values, transport, and what Live's transport does to them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { BUSY, LiveSet } from "../../../../js/headless/index.js";
import { timeValue } from "../../../../js/headless/max/time_value.js";
import { atBeat, letPass } from "../../../../js/headless/passing.js";
import { open, send } from "../support/live.js";
import { Patch } from "../support/patch.js";

/**
 * A metro that strikes a note each time.
 * @param {import("node:test").TestContext} t
 * @param {string} metro
 * @param {any} [options]
 */
async function ticking(t, metro, options = {}) {
  const live = await open(t, { set: LiveSet.empty({ tempo: 120 }), ...options });
  const patch = new Patch();
  const source = patch.object(metro, 2, 1);
  const note = patch.message("60 100");
  const out = patch.object("noteout", 3, 0);
  patch.cord(source, 0, note, 0).cord(note, 0, out, 0);
  const dev = await live.addDevice(patch.bytes());
  return { live, dev, source, song: live.set.song };
}

/** @param {any} dev */
const times = (dev) => dev.midiOut.map((/** @type {any} */ { time }) => Math.round(time * 1000) / 1000);
/** @param {any} dev */
const beats = (dev) => dev.midiOut.map((/** @type {any} */ { beat }) => Math.round(beat * 1000) / 1000);

test("time values are milliseconds, note values and ticks", () => {
  assert.deepEqual(timeValue([125]), { ms: 125 });
  assert.deepEqual(timeValue([125, "ms"]), { ms: 125 });
  assert.deepEqual(timeValue([20, "ticks"]), { ticks: 20 });
  assert.deepEqual(timeValue(["16n"]), { ticks: 120 });
  assert.deepEqual(timeValue(["8nd"]), { ticks: 360 });
  assert.deepEqual(timeValue(["8nt"]), { ticks: 160 });
  for (const bad of [["7n"], ["later"], [1, "bars"], [], ["8n", 2]]) assert.equal(timeValue(bad), null);
});

test("a tempo-relative metro stands with the transport and starts on its grid", async (t) => {
  const { live, dev, song } = await ticking(t, "metro 16n @quantize 16n @active 1");
  live.advance(500);
  assert.deepEqual(times(dev), []);
  live.act(() => song.start_playing());
  live.advance(400);
  assert.deepEqual(times(dev), [500, 625, 750, 875]);
  live.act(() => song.stop_playing());
  live.advance(500);
  assert.equal(dev.midiOut.length, 4);
});

test("it starts on the next line of its grid, however late it is switched on", async (t) => {
  const { live, dev, source, song } = await ticking(t, "metro 16n @quantize 16n");
  live.act(() => song.start_playing());
  live.advance(200);
  send(dev, source, 0, 1);
  live.advance(200);
  assert.deepEqual(beats(dev), [0.5, 0.75]);
  send(dev, source, 0, "quantize", 60, "ticks");
  send(dev, source, 0, "interval", 60, "ticks");
  live.advance(200);
  assert.deepEqual(beats(dev).slice(2), [1, 1.125]);
});

test("it follows the tempo, also within a ramp", async (t) => {
  const { live, dev, song } = await ticking(t, "metro 4n @quantize 4n @active 1");
  live.act(() => song.start_playing());
  live.advance(1000);
  live.act(() => song.set_tempo(60));
  live.advance(2000);
  assert.deepEqual(times(dev), [0, 500, 1000, 2000, 3000]);
  live.act(() => {
    live.set.automation.draw(song.tempoParameter, [
      [4, 60],
      [12, 180],
    ]);
  });
  live.advance(5000);
  for (const beat of beats(dev)) assert.ok(Math.abs(beat - Math.round(beat)) < 0.01, `${beats(dev)}`);
  assert.ok(dev.midiOut.length >= 12, `${beats(dev)}`);
});

for (const [metro, aligns] of /** @type {[string, boolean][]} */ ([
  ["metro 4n @active 1", true],
  ["metro 4n @quantize 4n @active 1", false],
])) {
  test(`over a jump ${metro} keeps what is left of its wait${aligns ? "" : " in an unkind Max"}`, async (t) => {
    const { live, dev, song } = await ticking(t, metro);
    live.max.musical.aligns = aligns;
    live.act(() => song.start_playing());
    live.advance(750);
    live.act(() => song.transport.moveTo(8.75));
    live.advance(260);
    assert.deepEqual(beats(dev), [0, 1, 9.25]);
    live.act(() => song.stop_playing());
    live.advance(100);
    live.act(() => song.continue_playing());
    live.advance(490);
    assert.deepEqual(beats(dev).slice(3), [10.25]);
  });
}

test("a grid is found again after a jump and a start, and within a loop", async (t) => {
  const { live, dev, song } = await ticking(t, "metro 4n @quantize 4n @active 1");
  live.act(() => song.start_playing());
  live.advance(750);
  live.act(() => song.transport.moveTo(8.75));
  live.advance(260);
  assert.deepEqual(beats(dev), [0, 1, 9]);
  live.act(() => {
    song.set_loop_start(8);
    song.set_loop_length(2);
    song.set_loop(true);
  });
  live.advance(2000);
  assert.deepEqual(beats(dev).slice(3), [8, 9, 8, 9]);
  live.act(() => song.set_loop_length(1.5));
  live.act(() => song.transport.moveTo(8));
  live.advance(1900);
  assert.deepEqual(beats(dev).slice(7), [8, 9, 8, 9, 8]);
  live.act(() => song.stop_playing());
  live.advance(100);
  live.act(() => {
    song.transport.moveTo(4);
    song.continue_playing();
  });
  live.advance(10);
  assert.deepEqual(beats(dev).slice(12), [4]);
});

test("switched on near the end of a loop it waits for the line after the start", async (t) => {
  const { live, dev, source, song } = await ticking(t, "metro 1n @quantize 1n");
  live.act(() => {
    song.set_loop_start(0.5);
    song.set_loop_length(4);
    song.set_loop(true);
    song.start_playing();
  });
  live.advance(2100);
  send(dev, source, 0, 1);
  live.advance(2100);
  assert.deepEqual(beats(dev), [4]);
});

test("bad times are complained about", async (t) => {
  const live = await open(t, { strict: false });
  const patch = new Patch();
  patch.object("metro 3n", 2, 1);
  patch.object("metro @quantize 10", 2, 1);
  await live.addDevice(patch.bytes());
  assert.deepEqual(
    live.errors.map(({ kind }) => kind),
    ["bad-argument", "bad-argument"],
  );
});

test("transport tells where the song is, from the right to the left", async (t) => {
  const live = await open(t, { set: LiveSet.empty({ tempo: 90, signature: [6, 8] }) });
  const patch = new Patch();
  const clock = patch.object("transport", 2, 9);
  for (let outlet = 0; outlet < 8; outlet += 1) {
    patch.cord(clock, outlet, patch.object(`print ${outlet}`, 1, 0), 0);
  }
  const dev = await live.addDevice(patch.bytes());
  live.act(() => {
    live.set.song.transport.moveTo(4.25);
    live.set.song.continue_playing();
  });
  send(dev, clock, 0, "bang");
  assert.deepEqual(live.console, ["7: 2040.", "6: 1", "5: 6 8", "4: 90.", "3: 480.", "2: 120.", "1: 3", "0: 2"]);
  live.strict = false;
  send(dev, clock, 0, 1);
  assert.match(live.errors[0].message, /Live leads/u);
});

test("something can be done at a beat", async (t) => {
  const { live, song } = await ticking(t, "metro 1n");
  /** @type {number[]} */
  const seen = [];
  live.act(() => song.start_playing());
  for (const beat of [3, 1.5]) atBeat(live, beat, () => seen.push(song.transport.position));
  live.advance(1000);
  live.act(() => song.set_tempo(240));
  live.advance(300);
  assert.deepEqual(
    seen.map((beat) => Math.round(beat * 1000) / 1000),
    [1.5, 3],
  );
});

test("time can pass with room for sockets between", async (t) => {
  const { live, dev, song } = await ticking(t, "metro 8n @quantize 8n @active 1");
  live.act(() => song.start_playing());
  let rooms = 0;
  const room = setInterval(() => {
    rooms += 1;
  }, 1);
  await letPass(live, 990, { slice: 50, most: 20 });
  clearInterval(room);
  assert.equal(dev.midiOut.length, 4);
  assert.ok(rooms > 0, "sockets had no room");
});

/**
 * How far from the grid a device's notes begin, ms.
 * @param {import("node:test").TestContext} t
 * @param {(patch: Patch, out: string) => void} player
 */
async function strays(t, player) {
  const live = await open(t, { set: LiveSet.empty({ tempo: 120 }), jitter: BUSY });
  const patch = new Patch();
  const out = patch.object("noteout", 3, 0);
  player(patch, out);
  const dev = await live.addDevice(patch.bytes());
  live.act(() => live.set.song.start_playing());
  live.advance(4000);
  const away = dev.midiOut.map(({ time }) => Math.abs(time - Math.round(time / 125) * 125));
  assert.ok(away.length > 25, `${away.length} notes`);
  return Math.max(...away);
}

test("on a busy computer metro keeps time, and what plays from v8 does not", async (t) => {
  const kept = await strays(t, (patch, out) => {
    const metro = patch.object("metro 16n @quantize 16n @active 1", 2, 1);
    const note = patch.message("60 100");
    patch.cord(metro, 0, note, 0).cord(note, 0, out, 0);
  });
  assert.ok(kept < 1, `metro strays by ${kept} ms`);
  const byHand = await strays(t, (patch, out) => {
    const metro = patch.object("metro 16n @quantize 16n @active 1", 2, 1);
    const code = patch.v8("inlets = 1; outlets = 1; function bang() { outlet(0, 60, 100); }");
    patch.cord(metro, 0, code, 0).cord(code, 0, out, 0);
  });
  assert.ok(byHand > 10, `v8 strays by only ${byHand} ms`);
  const byTask = await strays(t, (patch, out) => {
    const code = patch.v8(
      "inlets = 1; outlets = 1; const task = new Task(() => outlet(0, 60, 100)); task.interval = 125; task.repeat();",
    );
    patch.cord(code, 0, out, 0);
  });
  assert.ok(byTask > 10, `a Task strays by only ${byTask} ms`);
});
