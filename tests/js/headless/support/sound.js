/** Sounds for tests, and an audio effect in a few words. */

import { seeded } from "../../../../js/headless/max/scheduler.js";
import { Patch } from "./patch.js";

/**
 * White noise in -1..1, the same for the same seed; 32-bit samples.
 * @param {number} frames
 * @param {number} [seed]
 */
export function noise(frames, seed = 1) {
  const random = seeded(seed);
  return Float32Array.from({ length: frames }, () => 2 * random() - 1);
}

/**
 * An audio effect that passes its sound on.
 * @returns {Patch & {input: string, output: string}}
 */
export function effect() {
  const patch = new Patch("aaaa");
  const input = patch.object("plugin~", 2, 2);
  const output = patch.object("plugout~", 2, 2);
  patch.cord(input, 0, output, 0).cord(input, 1, output, 1);
  return Object.assign(patch, { input, output });
}
