/**
 * The sound of one device: its signal cords as a graph, evaluated vector by vector.
 *
 * A vector is 64 samples, as in every Max for Live device. A call whose length is no multiple of that ends in one
 * shorter vector: nothing is padded, nothing is kept back for the next call, so any cutting of a sound into calls
 * gives the same samples. Sound and Max's clock are separate: processing does not let time pass, and the clocks
 * (metro, delay) run only as the scheduler does. Inside, samples are 64-bit as in Max; in and out they are 32-bit.
 */

import { Outlet, Subpatcher } from "./objects/subpatcher.js";

/**
 * @typedef {import("./box.js").Box} Box
 * @typedef {import("./device.js").Device} Device
 * @typedef {import("./objects/signals.js").SignalBox} SignalBox
 */

/** Samples in a vector. */
export const VECTOR = 64;

/** @param {Box} box @returns {box is SignalBox} */
const isSignalBox = (box) => typeof (/** @type {any} */ (box).perform) === "function";

/**
 * Where the cords from an outlet end in the last instance: through the inlets and outlets of subpatchers.
 * @param {import("./box.js").Target[]} targets
 * @returns {import("./box.js").Target[]}
 */
function ends(targets) {
  return targets.flatMap((target) => {
    if (target.box instanceof Subpatcher) return ends(target.box.entries[target.inlet]?.targets[0] ?? []);
    if (target.box instanceof Outlet) return ends(target.box.leadTo());
    return [target];
  });
}

export class Dsp {
  /** Boxes in the order in which their vectors are made; empty where the cords run in a circle. @type {SignalBox[]} */
  order = [];

  /** @param {Device} device */
  constructor(device) {
    this.device = device;
  }

  /** Looks at the cords again; what cannot be is reported. Called at load, and after a cord was cut. */
  compile() {
    const nodes = this.device.patcher.all().filter(isSignalBox);
    for (const node of nodes) node.disconnect();
    /** @type {Map<SignalBox, Set<SignalBox>>} */
    const followers = new Map();
    for (const node of nodes) followers.set(node, this.#tie(node));
    this.order = this.#sort(nodes, followers);
  }

  /**
   * Ties the signal outlets of a box to the inlets they reach.
   * @param {SignalBox} node
   */
  #tie(node) {
    /** @type {Set<SignalBox>} */
    const reached = new Set();
    for (let outlet = 0; outlet < node.signals.out; outlet += 1) {
      for (const { box, inlet } of ends(node.targets[outlet] ?? [])) {
        if (isSignalBox(box) && box.takesSignal(inlet)) {
          box.feeds[inlet].push(node.vectors[outlet]);
          reached.add(box);
        } else {
          const text = `cord from "${node.label}" to "${box.label}" carries nothing: inlet ${inlet} takes no signal`;
          this.device.max.report("cord", text, node);
        }
      }
    }
    return reached;
  }

  /**
   * @param {SignalBox[]} nodes
   * @param {Map<SignalBox, Set<SignalBox>>} followers
   * @returns {SignalBox[]} each box after all that feed it
   */
  #sort(nodes, followers) {
    const waiting = new Map(nodes.map((node) => [node, 0]));
    for (const reached of followers.values()) {
      for (const box of reached) waiting.set(box, (waiting.get(box) ?? 0) + 1);
    }
    const order = nodes.filter((node) => waiting.get(node) === 0);
    for (const node of order) {
      for (const box of followers.get(node) ?? []) {
        const left = (waiting.get(box) ?? 0) - 1;
        waiting.set(box, left);
        if (left === 0) order.push(box);
      }
    }
    if (order.length === nodes.length) return order;
    const circle = nodes.filter((node) => !order.includes(node)).map((node) => node.label);
    this.device.max.report("signal-loop", `signal cords run in a circle, no sound is made: ${circle.join(", ")}`, null);
    return [];
  }

  /** True when sound goes through this patch at all. */
  get audible() {
    return this.device.patcher.all().some((box) => box.name === "plugin~" || box.name === "plugout~");
  }

  /**
   * @param {Float32Array} left
   * @param {Float32Array} right
   * @returns {[Float32Array, Float32Array]}
   */
  process(left, right) {
    const ins = [left, right];
    const outs = [new Float32Array(left.length), new Float32Array(left.length)];
    for (let start = 0; start < left.length; start += VECTOR) {
      const frames = Math.min(VECTOR, left.length - start);
      for (const box of this.order) box.tick({ ins, outs, start, frames });
    }
    return [outs[0], outs[1]];
  }
}
