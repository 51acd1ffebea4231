import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { decodeWav } from "../../../../js/headless/max/wav.js";
import { open, send, traced } from "../support/live.js";
import { effect, noise } from "../support/sound.js";

const AUDIO = { track: 2 };
const LEFT = noise(4410, 1);
const RIGHT = noise(4410, 2);

/**
 * An effect that records its input into a memory of 100 ms, two channels (4410 frames at 44.1 kHz).
 * @param {import("node:test").TestContext} t
 * @param {{record?: string, code?: string, strict?: boolean, buffer?: string}} [options]
 */
async function recorder(t, { record = "record~ ---rec 2", buffer = "buffer~ ---rec 100 2", code, strict } = {}) {
  const patch = effect();
  const memory = patch.object(buffer, 1, 2, { varname: "memory" });
  const rec = patch.object(record, 4, 1, { varname: "rec" });
  patch.cord(patch.input, 0, rec, 0).cord(patch.input, 1, rec, 1);
  const sync = patch.object("snapshot~", 2, 1, { varname: "sync" });
  patch.cord(rec, 0, sync, 0);
  const script = code === undefined ? "" : patch.v8(code);
  if (script) patch.cord(script, 0, memory, 0);
  const live = await open(t, { strict });
  const dev = await live.addDevice(patch.bytes(), AUDIO);
  const say = (/** @type {string} */ id, /** @type {any[]} */ ...atoms) => send(dev, id, 0, ...atoms);
  const box = /** @type {import("../../../../js/headless/max/objects/buffer.js").BufferBox} */ (dev.box("memory"));
  return { live, dev, say, memory, rec, sync, script, samples: () => box.memory.channels, box };
}

/** @param {import("node:test").TestContext} t */
function folder(t) {
  const path = mkdtempSync(join(tmpdir(), "bandmate-buffer-"));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

test("record~ writes from the start to the end of the memory, and stops there", async (t) => {
  const { dev, say, rec, samples, box } = await recorder(t);
  assert.equal(box.memory.frames, 4410);
  dev.process(LEFT, RIGHT);
  assert.ok(
    samples().every((channel) => channel.every((sample) => sample === 0)),
    "not started yet",
  );
  say(rec, 1);
  dev.process(LEFT, RIGHT);
  assert.deepEqual(samples(), [LEFT, RIGHT]);
  dev.process(RIGHT, LEFT);
  assert.deepEqual(samples(), [LEFT, RIGHT], "full: it stopped by itself");
});

test("stopped, it begins at the start again; with append it goes on", async (t) => {
  const { dev, say, rec, samples } = await recorder(t);
  const half = 2205;
  const piece = (/** @type {number} */ from, /** @type {number} */ to) =>
    dev.process(LEFT.slice(from, to), RIGHT.slice(from, to));
  say(rec, 1);
  piece(0, half);
  say(rec, 0);
  piece(0, 100);
  assert.deepEqual(samples()[0].slice(half, half + 100), new Float32Array(100), "stopped");
  say(rec, "append", 1);
  say(rec, 1);
  piece(half, 4410);
  assert.deepEqual(samples(), [LEFT, RIGHT]);
  say(rec, "append", 0);
  say(rec, 1);
  piece(100, 200);
  assert.deepEqual(samples()[0].slice(0, 100), LEFT.slice(100, 200));
});

test("with loop it begins again by itself", async (t) => {
  const { dev, say, rec, samples } = await recorder(t, { record: "record~ ---rec 2 @loop 1" });
  say(rec, 1);
  dev.process(LEFT, RIGHT);
  dev.process(RIGHT.slice(0, 10), LEFT.slice(0, 10));
  assert.deepEqual(samples()[0].slice(0, 10), RIGHT.slice(0, 10));
  assert.deepEqual(samples()[0].slice(10), LEFT.slice(10));
});

test("start and end in ms bound the region, reset takes them away", async (t) => {
  const { dev, say, rec, samples } = await recorder(t);
  send(dev, rec, 2, 10);
  send(dev, rec, 3, 20);
  say(rec, 1);
  dev.process(LEFT, RIGHT);
  const [left] = samples();
  assert.deepEqual(left.slice(441, 882), LEFT.slice(0, 441));
  assert.ok(left.slice(0, 441).every((sample) => sample === 0) && left.slice(882).every((sample) => sample === 0));
  say(rec, "reset");
  say(rec, 1);
  dev.process(LEFT, RIGHT);
  assert.deepEqual(samples()[0], LEFT);
});

test("a region that moves away while it is recorded into: the loop goes on inside the new one", async (t) => {
  const { dev, say, rec, samples } = await recorder(t, { record: "record~ ---rec 2 @loop 1" });
  say(rec, 1);
  dev.process(LEFT.slice(0, 1000), RIGHT.slice(0, 1000));
  send(dev, rec, 3, 10);
  dev.process(LEFT.slice(1000, 1100), RIGHT.slice(1000, 1100));
  assert.deepEqual(samples()[0].slice(0, 100), LEFT.slice(1000, 1100));
  send(dev, rec, 3, 0);
  send(dev, rec, 2, 50);
  dev.process(LEFT.slice(0, 2205), RIGHT.slice(0, 2205));
  assert.deepEqual(samples()[0].slice(2205), LEFT.slice(0, 2205));
});

test("the outlet is the place in the region while it records", async (t) => {
  const { dev, say, rec, sync } = await recorder(t);
  const lines = traced(dev);
  const at = (/** @type {number} */ frames) => {
    dev.process(LEFT.slice(0, frames), RIGHT.slice(0, frames));
    say(sync, "bang");
    return Number(lines.at(-1)?.split(" ")[2]);
  };
  assert.equal(at(64), 0);
  say(rec, 1);
  assert.equal(at(64), 0);
  assert.equal(at(64), 64 / 4410);
  assert.equal(at(128), 192 / 4410);
  say(rec, 0);
  assert.equal(at(64), 0);
});

test("record~ into nothing is reported, and `set` chooses another memory", async (t) => {
  const { live, dev, say, rec, samples } = await recorder(t, { record: "record~ ---other 2", strict: false });
  say(rec, 1);
  assert.deepEqual(
    live.errors.map((error) => error.kind),
    ["buffer"],
  );
  assert.match(live.errors[0].message, /no buffer~ named "\d{3}other"/u);
  say(rec, "set", "---rec");
  say(rec, 1);
  dev.process(LEFT, RIGHT);
  assert.deepEqual(samples(), [LEFT, RIGHT]);
});

test("record~ notices an empty region and a wrong inlet", async (t) => {
  const { live, dev, say, rec } = await recorder(t, { strict: false });
  send(dev, rec, 2, 500);
  say(rec, 1);
  send(dev, rec, 1, 5);
  say(rec, "loop", "yes");
  assert.deepEqual(
    live.errors.map((error) => error.kind),
    ["buffer", "unknown-message", "bad-argument"],
  );
});

test("writewave writes the whole memory in the sample type that was said, and bangs when it is there", async (t) => {
  const { live, dev, say, rec, memory } = await recorder(t);
  const lines = traced(dev);
  say(rec, 1);
  dev.process(LEFT, RIGHT);
  for (const type of ["float32", "int24", "int16"]) {
    const path = join(folder(t), `${type} one.wav`);
    say(memory, "samptype", type);
    say(memory, "writewave", path);
    assert.throws(() => readFileSync(path), "written in the low-priority queue, not at once");
    live.settle();
    const back = decodeWav(readFileSync(path));
    assert.deepEqual([back.type, back.rate, back.channels.length], [type, 44100, 2]);
    const worst = Math.max(...LEFT.map((sample, i) => Math.abs(sample - back.channels[0][i])));
    assert.ok(worst <= { float32: 0, int24: 2 ** -23, int16: 2 ** -15 }[type], `${type} ${worst}`);
    assert.ok(lines.includes("memory.1 bang"));
    lines.length = 0;
  }
});

test("what cannot be written is reported, with no bang", async (t) => {
  const { live, dev, say, memory } = await recorder(t, { strict: false });
  const lines = traced(dev);
  const path = join(folder(t), "x.wav");
  say(memory, "writewave", join(folder(t), "not there", "x.wav"));
  say(memory, "writewave", "x.wav");
  say(memory, "writewave");
  say(memory, "writewave", path, "and", "more");
  say(memory, "write", path);
  say(memory, "samptype", "int12");
  say(memory, "read", path);
  live.settle();
  assert.deepEqual(
    live.errors.map((error) => error.kind),
    ["file", "bad-argument", "bad-argument", "file", "bad-argument", "unknown-message", "file"],
  );
  assert.deepEqual(lines, []);
  say(memory, "filetype", "wave");
  say(memory, "write", path);
  live.settle();
  assert.deepEqual(lines, ["memory.1 bang"]);
});

test("size, sizeinsamps and clear; a new memory has the world's rate", async (t) => {
  const { live, dev, say, memory, rec, box } = await recorder(t, { strict: false });
  say(rec, 1);
  dev.process(LEFT, RIGHT);
  say(memory, "clear");
  assert.ok(box.memory.channels[0].every((sample) => sample === 0));
  live.setSampleRate(48000);
  assert.equal(box.memory.rate, 44100);
  say(memory, "size", 100);
  assert.deepEqual([box.memory.frames, box.memory.channels.length, box.memory.rate], [4800, 2, 48000]);
  say(memory, "sizeinsamps", 7, 1);
  assert.deepEqual([box.memory.frames, box.memory.channels.length], [7, 1]);
  say(memory, "sr", 22050);
  assert.equal(box.memory.rate, 22050);
  say(memory, "size");
  say(memory, "size", -1);
  say(memory, "sr", 0);
  assert.deepEqual(
    live.errors.map((error) => error.kind),
    ["bad-argument", "bad-argument", "bad-argument"],
  );
});

test("--- names are the device's own; one name twice is reported", async (t) => {
  const { live, say, memory, box } = await recorder(t, { strict: false });
  assert.match(box.target, /^\d{3}rec$/u);
  const second = await live.addDevice(effect().bytes(), AUDIO);
  assert.deepEqual(live.errors, []);
  say(memory, "name", "shared");
  assert.equal(live.max.buffers.get("shared"), box.memory);
  assert.equal(live.max.buffers.get("001rec"), undefined);
  const patch = effect();
  patch.object("buffer~ shared 10", 1, 2);
  const third = await live.addDevice(patch.bytes(), AUDIO);
  assert.deepEqual(
    live.errors.map((error) => error.kind),
    ["buffer"],
  );
  assert.equal(live.max.buffers.get("shared")?.frames, 441);
  third.remove();
  assert.equal(live.max.buffers.get("shared"), undefined);
  second.remove();
});

const CODE = `
  inlets = 1; outlets = 1;
  const memory = new Buffer("---rec");
  function look() { post(memory.framecount(), memory.channelcount(), memory.length()); }
  function peek(channel, frame, count) {
    const got = count === undefined ? memory.peek(channel, frame) : memory.peek(channel, frame, count);
    post(Array.isArray(got) ? "array " + got.length + " " + got.join(" ") : "number " + got);
  }
  function poke() { memory.poke(2, 1, [0.25, 0.5]); memory.poke(1, 0, -1); }
  function tell() { memory.send("samptype", "int24"); memory.send("name", "---new"); }
  function away() { memory.freepeer(); }
`;

test("v8 reads and writes the memory of its name", async (t) => {
  const { live, dev, say, rec, script, samples, box } = await recorder(t, { code: CODE, strict: false });
  say(rec, 1);
  dev.process(LEFT, RIGHT);
  say(script, "look");
  say(script, "peek", 2, 100);
  say(script, "peek", 1, 100, 3);
  say(script, "peek", 1, 100, 1);
  say(script, "peek", 1, 4409, 2);
  assert.deepEqual(live.console, [
    "4410 2 100",
    `number ${RIGHT[100]}`,
    `array 3 ${LEFT[100]} ${LEFT[101]} ${LEFT[102]}`,
    `number ${LEFT[100]}`,
    `array 2 ${LEFT[4409]} 0`,
  ]);
  say(script, "poke");
  assert.deepEqual([...samples()[1].slice(0, 4)], [RIGHT[0], 0.25, 0.5, RIGHT[3]]);
  assert.equal(samples()[0][0], -1);
  say(script, "tell");
  assert.equal(box.type, "int24");
  live.console.length = 0;
  say(script, "look");
  assert.deepEqual([live.console, live.errors.length], [["0 0 0"], 0], "the name is gone, and that is no error");
  say(script, "peek", 1, 0);
  assert.match(live.errors[0].message, /no buffer~ named "\d{3}rec"/u);
});

test("Buffer says no to a channel, frame or life that is not there", async (t) => {
  const { live, say, script } = await recorder(t, {
    code: `${CODE} function nameless() { new Buffer(); }`,
    strict: false,
  });
  say(script, "peek", 0, 0);
  say(script, "peek", 3, 0);
  say(script, "peek", 1, -1);
  say(script, "peek", 1, 0.5);
  say(script, "nameless");
  say(script, "away");
  say(script, "look");
  const said = live.errors.map((error) => `${error.kind} ${error.message}`);
  for (const [index, words] of [
    "channel 0",
    "channel 3",
    "frame -1",
    "frame 0.5",
    "needs the name",
    "after freepeer",
  ].entries()) {
    assert.ok(said[index].startsWith("bad-argument") && said[index].includes(words), said[index]);
  }
});
