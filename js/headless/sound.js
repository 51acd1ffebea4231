/**
 * Sound through a device: the samples of a call, and a whole piece as time passes.
 *
 * Sound and Max's clock are separate (see max/signal.js): `processSound` makes samples at once and lets no time pass,
 * so a test can put any message or any span of time between two calls. `playSound` lets both run together, as Live
 * does: block by block, with the time of each block after it.
 */

import { MaxError } from "./max/world.js";

/**
 * @typedef {import("./device.js").HeadlessDevice} HeadlessDevice
 *
 * `block`: samples between two looks at the clock, 512 as many audio interfaces have.
 * @typedef {{block?: number}} PlayOptions
 */

/**
 * @param {HeadlessDevice} facade
 * @param {Float32Array} left
 * @param {Float32Array} right
 */
function check({ name, device }, left, right) {
  if (device.removed) throw new MaxError("audio", `"${name}" is no longer in the Set`, name);
  if (!["aaaa", "iiii"].includes(device.amxd.kind)) {
    throw new MaxError("audio", `"${name}" is a MIDI device (${device.amxd.kind}): no sound goes through it`, name);
  }
  if (!device.dsp.audible) {
    throw new MaxError("audio", `"${name}" has neither plugin~ nor plugout~: no sound goes through it`, name);
  }
  if (!(left instanceof Float32Array) || !(right instanceof Float32Array)) {
    throw new MaxError("audio", "sound is two Float32Arrays, left and right", name);
  }
  if (left.length !== right.length) {
    throw new MaxError("audio", `left has ${left.length} samples, right has ${right.length}`, name);
  }
}

/**
 * @param {HeadlessDevice} facade
 * @param {Float32Array} left any length
 * @param {Float32Array} right as long as the left
 * @returns {[Float32Array, Float32Array]} as long again
 * @throws {MaxError} kind "audio" for a device that no sound goes through, or sound of the wrong shape
 */
export function processSound(facade, left, right) {
  check(facade, left, right);
  return facade.live.act(() => facade.device.process(left, right));
}

/**
 * @param {HeadlessDevice} facade
 * @param {Float32Array} left
 * @param {Float32Array} right
 * @param {PlayOptions} [options]
 * @returns {Promise<[Float32Array, Float32Array]>}
 */
export async function playSound(facade, left, right, { block = 512 } = {}) {
  check(facade, left, right);
  if (!Number.isInteger(block) || block < 1) throw new MaxError("audio", `a block has 1 sample or more, not ${block}`);
  const { live } = facade;
  const { scheduler, sampleRate } = live.max;
  /** @type {[Float32Array, Float32Array]} */
  const out = [new Float32Array(left.length), new Float32Array(left.length)];
  const begin = scheduler.now();
  for (let start = 0; start < left.length; start += block) {
    const end = Math.min(start + block, left.length);
    const [l, r] = processSound(facade, left.subarray(start, end), right.subarray(start, end));
    out[0].set(l, start);
    out[1].set(r, start);
    // Counted from the beginning, so that rounding does not add up.
    if (scheduler.virtual) live.advance(begin + (end / sampleRate) * 1000 - scheduler.now());
    else live.settle();
    // Sockets and child processes get their turn, faster than the sound would take.
    await new Promise((next) => setImmediate(next));
  }
  return out;
}
