import assert from "node:assert/strict";
import { test } from "node:test";
import { open, send, traced } from "../support/live.js";
import { effect, noise } from "../support/sound.js";

const AUDIO = { track: 2 };

/**
 * An effect whose left side goes through one object.
 *
 * @param {import("node:test").TestContext} t
 * @param {string} text of the object
 * @param {number} inlets
 * @param {number} [outlets]
 */
async function through(t, text, inlets, outlets = 1) {
  const patch = effect();
  const box = patch.object(text, inlets, outlets, { varname: "it" });
  patch.lines.length = 0;
  patch.cord(patch.input, 0, box, 0);
  if (outlets === 1) patch.cord(box, 0, patch.output, 0);
  const live = await open(t);
  const dev = await live.addDevice(patch.bytes(), AUDIO);
  const left = (/** @type {number[]} */ samples) => {
    const sound = Float32Array.from(samples);
    return [...dev.process(sound, new Float32Array(sound.length))[0]];
  };
  return { live, dev, box, left };
}

test("slide~ goes its share of the way, up and down, and goes on in the next call", async (t) => {
  const { dev, box, left } = await through(t, "slide~ 2 4", 3);
  assert.deepEqual(left([1, 1]), [0.5, 0.75]);
  assert.deepEqual(left([0, 0, -1]), [0.5625, 0.421875, 0.06640625]);
  send(dev, box, 0, 1);
  send(dev, box, 1, 1);
  send(dev, box, 2, 0.5);
  assert.deepEqual(left([0, 5, 2]), [0, 5, 2], "fewer samples than one are one");
});

test("slide~ by itself is its input", async (t) => {
  const { left } = await through(t, "slide~", 3);
  const sound = [...noise(100)];
  assert.deepEqual(left(sound), sound);
});

test("thresh~ holds between its thresholds what it was outside of them", async (t) => {
  const { dev, box, left } = await through(t, "thresh~ 0.25 0.75", 3);
  assert.deepEqual(left([0.5, 0.75, 0.5, 0.25, 0.125]), [0, 1, 1, 1, 0]);
  assert.deepEqual(left([1, 0.5]), [1, 1]);
  assert.deepEqual(left([0.5]), [1]);
  send(dev, box, 1, 0.6);
  send(dev, box, 2, 2);
  assert.deepEqual(left([0.5, 1.5, 2]), [0, 0, 1]);
});

test("edge~ bangs left where the sound leaves zero, right where it is back, across calls", async (t) => {
  const { live, dev, left } = await through(t, "edge~", 1, 2);
  const lines = traced(dev);
  left([0, 0, 0.5, -1, 0, 1]);
  live.settle();
  assert.deepEqual(lines, ["it.0 bang", "it.1 bang", "it.0 bang"]);
  left([1, 1]);
  live.settle();
  assert.equal(lines.length, 3);
  left([0]);
  live.settle();
  assert.equal(lines.at(-1), "it.1 bang");
});

test("/~ divides, and gives 0 where there is nothing to divide by", async (t) => {
  const { dev, box, left } = await through(t, "/~ 4", 2);
  assert.deepEqual(left([1, -2]), [0.25, -0.5]);
  send(dev, box, 1, 0);
  assert.deepEqual(left([1]), [0]);
});
