import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "../../../../js/node_modules/fast-check/lib/fast-check.js";
import { open, send, traced } from "../support/live.js";
import { Patch } from "../support/patch.js";
import { effect, noise } from "../support/sound.js";

const AUDIO = { track: 2 };
const LEFT = noise(1000, 1);
const RIGHT = noise(1000, 2);
const silent = (/** @type {Float32Array} */ samples) => samples.every((sample) => sample === 0);

/**
 * @param {import("node:test").TestContext} t
 * @param {import("../support/patch.js").Patch} patch
 * @param {{strict?: boolean, sampleRate?: number}} [options]
 */
async function loaded(t, patch, options = {}) {
  const live = await open(t, options);
  const dev = await live.addDevice(patch.bytes(), AUDIO);
  return { live, dev };
}

/** @param {import("../../../../js/headless/index.js").HeadlessLive} live */
const kinds = (live) => live.errors.map((error) => error.kind);

test("an audio effect passes its sound on, bit for bit, however it is cut into calls", async (t) => {
  const { dev } = await loaded(t, effect());
  assert.deepEqual(dev.process(LEFT, RIGHT), [LEFT, RIGHT]);
  assert.deepEqual(dev.process(new Float32Array(0), new Float32Array(0)), [new Float32Array(0), new Float32Array(0)]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 6 }), (lengths) => {
      let at = 0;
      for (const length of lengths) {
        const [left, right] = [LEFT.subarray(at, at + length), RIGHT.subarray(at, at + length)];
        assert.deepEqual(dev.process(left, right), [left.slice(), right.slice()]);
        at += length;
        if (at >= LEFT.length) return;
      }
    }),
  );
});

test("a cut cord is silence on its side, and only there", async (t) => {
  const { dev } = await loaded(t, effect());
  const cord = dev.cords().find(({ outlet }) => outlet === 1);
  dev.cut(Number(cord?.index));
  const [left, right] = dev.process(LEFT, RIGHT);
  assert.deepEqual(left, LEFT);
  assert.ok(silent(right));
  dev.cut(0);
  assert.ok(dev.process(LEFT, RIGHT).every(silent));
});

test("a device without its cords at all is silent", async (t) => {
  const patch = effect();
  patch.lines.length = 0;
  const { dev } = await loaded(t, patch);
  assert.ok(dev.process(LEFT, RIGHT).every(silent));
});

test("several cords to one inlet add up, and one outlet feeds many", async (t) => {
  const patch = new Patch("aaaa");
  const input = patch.object("plugin~", 2, 2);
  const output = patch.object("plugout~", 2, 2);
  patch.cord(input, 0, output, 0).cord(input, 1, output, 0).cord(input, 0, output, 1);
  const { dev } = await loaded(t, patch);
  const [sum, left] = dev.process(LEFT, RIGHT);
  assert.deepEqual(
    sum,
    LEFT.map((sample, i) => sample + RIGHT[i]),
  );
  assert.deepEqual(left, LEFT);
});

test("two plugout~ add up", async (t) => {
  const patch = effect();
  const second = patch.object("plugout~", 2, 2);
  patch.cord(patch.input, 0, second, 0);
  const { dev } = await loaded(t, patch);
  assert.deepEqual(dev.process(LEFT, RIGHT), [LEFT.map((sample) => 2 * sample), RIGHT]);
});

test("arithmetic takes a signal, or the number where no cord is", async (t) => {
  const patch = new Patch("aaaa");
  const input = patch.object("plugin~", 2, 2);
  const half = patch.object("*~ 0.5", 2, 1);
  const less = patch.object("-~", 2, 1);
  const more = patch.object("+~ 0.25", 2, 1);
  const constant = patch.object("sig~ 0.125", 1, 1);
  const output = patch.object("plugout~", 2, 2);
  patch.cord(input, 0, half, 0).cord(half, 0, less, 0).cord(constant, 0, less, 1).cord(less, 0, output, 0);
  patch.cord(input, 1, more, 0).cord(more, 0, output, 1);
  const { dev } = await loaded(t, patch);
  const [left, right] = dev.process(LEFT, RIGHT);
  assert.deepEqual(
    left,
    LEFT.map((sample) => sample * 0.5 - 0.125),
  );
  assert.deepEqual(
    right,
    RIGHT.map((sample) => sample + 0.25),
  );
  send(dev, half, 1, 0.25);
  send(dev, constant, 0, 0);
  assert.deepEqual(
    dev.process(LEFT, RIGHT)[0],
    LEFT.map((sample) => sample * 0.25),
  );
});

test("the order of the boxes in the file does not matter: who feeds goes first", async (t) => {
  const patch = new Patch("aaaa");
  const output = patch.object("plugout~", 2, 2);
  const second = patch.object("*~ 2.", 2, 1);
  const first = patch.object("*~ 3.", 2, 1);
  const input = patch.object("plugin~", 2, 2);
  patch.cord(input, 0, first, 0).cord(first, 0, second, 0).cord(second, 0, output, 0);
  const { dev } = await loaded(t, patch);
  assert.deepEqual(
    dev.process(LEFT, RIGHT)[0],
    LEFT.map((sample) => sample * 6),
  );
});

test("a signal cord into an inlet that takes no signal is reported and dropped", async (t) => {
  for (const [text, inlets, inlet] of /** @type {const} */ ([
    ["print", 1, 0],
    ["snapshot~", 2, 1],
    ["record~ x", 3, 1],
  ])) {
    const patch = effect();
    const box = patch.object(text, inlets, text === "print" ? 0 : 1);
    patch.cord(patch.input, 0, box, inlet);
    const { live, dev } = await loaded(t, patch, { strict: false });
    assert.deepEqual(kinds(live), ["cord"], text);
    assert.match(live.errors[0].message, /takes no signal/u);
    assert.equal(dev.cords().at(-1)?.live, false);
    assert.deepEqual(dev.process(LEFT, RIGHT), [LEFT, RIGHT]);
  }
});

test("signal cords in a circle are reported, and there is no sound", async (t) => {
  const patch = effect();
  const one = patch.object("+~", 2, 1);
  const two = patch.object("*~ 0.5", 2, 1);
  patch.cord(patch.input, 0, one, 0).cord(one, 0, two, 0).cord(two, 0, one, 1).cord(two, 0, patch.output, 0);
  const { live, dev } = await loaded(t, patch, { strict: false });
  assert.deepEqual(kinds(live), ["signal-loop"]);
  assert.match(live.errors[0].message, /\+~.*\*~ 0\.5/u);
  assert.ok(dev.process(LEFT, RIGHT).every(silent));
});

test("signals go in and out of a subpatcher, and stop at what takes none", async (t) => {
  const inner = new Patch("aaaa");
  const entry = inner.box({ maxclass: "inlet", numinlets: 0, numoutlets: 1 });
  const half = inner.object("*~ 0.5", 2, 1);
  const exit = inner.box({ maxclass: "outlet", numinlets: 1, numoutlets: 0 });
  inner.cord(entry, 0, half, 0).cord(half, 0, exit, 0);
  const patch = new Patch("aaaa");
  const input = patch.object("plugin~", 2, 2);
  const sub = patch.object("p half", 1, 1, { patcher: inner.patcher });
  const output = patch.object("plugout~", 2, 2);
  patch.cord(input, 0, sub, 0).cord(sub, 0, output, 0);
  const { dev } = await loaded(t, patch);
  assert.deepEqual(
    dev.process(LEFT, RIGHT)[0],
    LEFT.map((sample) => sample / 2),
  );

  const deaf = inner.object("print", 1, 0);
  inner.cord(entry, 0, deaf, 0);
  const { live } = await loaded(t, patch, { strict: false });
  assert.deepEqual(kinds(live), ["cord"]);
  assert.match(live.errors[0].message, /"plugin~" to "print" carries nothing/u);
});

test("port counts and outlet types of signal objects are checked", async (t) => {
  const patch = effect();
  patch.object("record~ x 2", 3, 1);
  patch.object("buffer~ x", 1, 1);
  patch.object("snapshot~", 2, 1, { outlettype: ["signal"] });
  patch.object("plugin~", 2, 2, { outlettype: ["signal", ""] });
  const { live } = await loaded(t, patch, { strict: false });
  assert.deepEqual(
    live.errors.map((error) => [error.kind, error.box]),
    [
      ["box-count", "record~ x 2"],
      ["box-count", "buffer~ x"],
      ["outlet-type", "snapshot~"],
      ["outlet-type", "plugin~"],
    ],
  );
});

test("a message to an inlet that only takes signals is an error", async (t) => {
  const patch = effect();
  const record = patch.object("record~ x 2", 4, 1);
  const { live, dev } = await loaded(t, patch, { strict: false });
  send(dev, patch.output, 0, 1);
  send(dev, patch.input, 0, "bang");
  send(dev, record, 1, 1);
  send(dev, record, 0, "go");
  assert.deepEqual(kinds(live), ["unknown-message", "unknown-message", "unknown-message", "unknown-message"]);
});

test("a device that is switched off is passed by, and its patch hears nothing", async (t) => {
  const patch = effect();
  const half = patch.object("*~ 0.5", 2, 1);
  const snapshot = patch.object("snapshot~", 2, 1, { varname: "snap" });
  patch.lines.length = 0;
  patch.cord(patch.input, 0, half, 0).cord(half, 0, patch.output, 0).cord(patch.input, 0, snapshot, 0);
  const { dev } = await loaded(t, patch);
  dev.setEnabled(false);
  assert.deepEqual(dev.process(LEFT, RIGHT), [LEFT, RIGHT]);
  const lines = traced(dev);
  send(dev, snapshot, 0, "bang");
  assert.deepEqual(lines, ["snap.0 float 0."]);
  dev.setEnabled(true);
  assert.deepEqual(
    dev.process(LEFT, RIGHT)[0],
    LEFT.map((sample) => sample / 2),
  );
  send(dev, snapshot, 0, "bang");
  assert.notEqual(lines[1], "snap.0 float 0.");
});

test("no sound goes through a MIDI device, a device without plugin~ and plugout~, or one that is gone", async (t) => {
  const live = await open(t);
  const midi = await live.addDevice(new Patch("mmmm").bytes());
  assert.throws(() => midi.process(LEFT, RIGHT), { kind: "audio", message: /MIDI device \(mmmm\)/u });
  const deaf = await live.addDevice(new Patch("aaaa").bytes(), AUDIO);
  assert.throws(() => deaf.process(LEFT, RIGHT), { kind: "audio", message: /neither plugin~ nor plugout~/u });
  const dev = await live.addDevice(effect().bytes(), AUDIO);
  assert.throws(() => dev.process(LEFT, RIGHT.subarray(1)), { kind: "audio", message: /1000 samples, right has 999/u });
  assert.throws(() => dev.process(/** @type {any} */ ([0]), RIGHT), { kind: "audio", message: /two Float32Arrays/u });
  dev.remove();
  assert.throws(() => dev.process(LEFT, RIGHT), { kind: "audio", message: /no longer in the Set/u });
});

test("snapshot~ tells the sample of the latest vector, when asked or at its interval", async (t) => {
  const patch = effect();
  const snapshot = patch.object("snapshot~ 0", 2, 1, { varname: "snap" });
  patch.cord(patch.input, 0, snapshot, 0);
  const { live, dev } = await loaded(t, patch);
  const lines = traced(dev);
  send(dev, snapshot, 0, "bang");
  dev.process(LEFT.subarray(0, 128), RIGHT.subarray(0, 128));
  send(dev, snapshot, 0, "bang");
  send(dev, snapshot, 0, "offset", 63);
  send(dev, snapshot, 0, "bang");
  assert.deepEqual(lines, ["snap.0 float 0.", `snap.0 float ${LEFT[64]}`, `snap.0 float ${LEFT[127]}`]);
  live.advance(50);
  assert.equal(lines.length, 3, "no interval, no message by itself");
  send(dev, snapshot, 1, 10);
  live.advance(35);
  assert.equal(lines.length, 6);
  send(dev, snapshot, 0, 0);
  live.advance(35);
  assert.equal(lines.length, 6);
});

test("process lets no time pass, play does", async (t) => {
  const patch = effect();
  const metro = patch.object("metro 10", 2, 1, { varname: "metro" });
  const { live, dev } = await loaded(t, patch);
  const lines = traced(dev);
  send(dev, metro, 0, 1);
  assert.equal(lines.length, 1);
  dev.process(LEFT, RIGHT);
  assert.equal(lines.length, 1);
  const second = [noise(44150, 3), noise(44150, 4)];
  assert.deepEqual(await dev.play(second[0], second[1]), second);
  assert.equal(lines.length, 101);
  assert.ok(Math.abs(live.max.scheduler.now() - 44150 / 44.1) < 1e-9);
  await assert.rejects(dev.play(LEFT, RIGHT, { block: 0 }), { kind: "audio" });
});

test("the Set knows the latency that the patch tells of itself", async (t) => {
  const live = await open(t);
  const mutate = (/** @type {any} */ patcher) => {
    patcher.latency = 441;
  };
  const late = await live.addDevice(effect().bytes(), { ...AUDIO, mutate });
  const prompt = await live.addDevice(effect().bytes(), AUDIO);
  assert.deepEqual([late.model.latency_in_samples, late.model.latency_in_ms], [441, 10]);
  assert.equal(prompt.model.latency_in_samples, 0);
});

test("two copies of a device have a memory each", async (t) => {
  const patch = effect();
  patch.object("buffer~ ---tape 10", 1, 2, { varname: "tape" });
  const live = await open(t);
  const first = await live.addDevice(patch.bytes(), AUDIO);
  const second = await first.duplicate();
  assert.notEqual(first.box("tape").target, second.box("tape").target);
  assert.notEqual(first.box("tape").memory, second.box("tape").memory);
});

test("dspstate~ tells the sample rate, and tells a new one", async (t) => {
  const patch = effect();
  const state = patch.object("dspstate~", 1, 4, { varname: "dsp" });
  const { live, dev } = await loaded(t, patch, { sampleRate: 48000 });
  const lines = traced(dev);
  send(dev, state, 0, "bang");
  assert.deepEqual(lines, ["dsp.3 int 64", "dsp.2 int 64", "dsp.1 float 48000.", "dsp.0 int 1"]);
  live.setSampleRate(44100);
  assert.equal(lines[6], "dsp.1 float 44100.");
  assert.throws(() => live.setSampleRate(0), /8,000 to 384,000/u);
});
