/** Objects that work on sound: plugin~, plugout~, sig~, arithmetic, snapshot~, dspstate~. */

import { num } from "../atoms.js";
import { Box } from "../box.js";

/**
 * @typedef {import("../atoms.js").Atom} Atom
 *
 * One vector's worth of the device's sound: `ins` and `outs` are the whole call's left and right, `start` the first
 * sample of this vector in them, `frames` its length.
 * @typedef {{ins: Float32Array[], outs: Float32Array[], start: number, frames: number}} Block
 */

/** Longest vector; the graph gives no longer one. */
const VECTOR = 64;
const SILENCE = new Float64Array(VECTOR);

/** The base of every object with signal inlets or outlets. */
export class SignalBox extends Box {
  /** What leaves each signal outlet in the present vector. @type {Float64Array[]} */
  vectors = Array.from({ length: this.signals.out }, () => new Float64Array(VECTOR));
  /** The outlets that feed each signal inlet. @type {Float64Array[][]} */
  feeds = Array.from({ length: this.signals.in }, () => []);
  #sums = Array.from({ length: this.signals.in }, () => new Float64Array(VECTOR));

  /** Forgets all signal cords. */
  disconnect() {
    this.feeds = Array.from({ length: this.signals.in }, () => []);
  }

  /** Makes one vector. @param {Block} block */
  tick(block) {
    if (this.freed) return;
    const inputs = this.feeds.map((feeds, inlet) => this.#gather(feeds, inlet, block.frames));
    this.perform(inputs, block);
  }

  /**
   * What arrives at an inlet: several cords add up.
   * @param {Float64Array[]} feeds
   * @param {number} inlet
   * @param {number} frames
   */
  #gather(feeds, inlet, frames) {
    if (feeds.length === 0) return SILENCE;
    if (feeds.length === 1) return feeds[0];
    const sum = this.#sums[inlet];
    sum.fill(0);
    for (const feed of feeds) for (let i = 0; i < frames; i += 1) sum[i] += feed[i];
    return sum;
  }

  /**
   * For subclasses: fills `vectors` from the inputs.
   * @param {Float64Array[]} _inputs one vector for each signal inlet, not to be written to
   * @param {Block} _block
   */
  perform(_inputs, _block) {}
}

/** `plugin~`: the sound that comes into the device. Its inlets are for work in Max alone; Live feeds nothing there. */
export class PlugIn extends SignalBox {
  /** @override @param {Float64Array[]} _inputs @param {Block} block */
  perform(_inputs, { ins, start, frames }) {
    this.vectors.forEach((vector, channel) => {
      vector.set(ins[channel].subarray(start, start + frames));
    });
  }
}

/** `plugout~`: the sound that leaves the device; it also goes on through the outlets. Several of them add up. */
export class PlugOut extends SignalBox {
  /** @override @param {Float64Array[]} inputs @param {Block} block */
  perform(inputs, { outs, start, frames }) {
    inputs.forEach((input, channel) => {
      this.vectors[channel].set(input);
      for (let i = 0; i < frames; i += 1) outs[channel][start + i] += input[i];
    });
  }
}

/** `sig~`: a number as a signal; a signal at its inlet takes its place. */
export class Sig extends SignalBox {
  value = num(this.args[0]);

  /** @override @param {number} _inlet @param {string} _sel @param {Atom[]} args */
  message(_inlet, _sel, args) {
    this.value = num(args[0]);
  }

  /** @override @param {Float64Array[]} inputs */
  perform([input]) {
    if (this.feeds[0].length) this.vectors[0].set(input);
    else this.vectors[0].fill(this.value);
  }
}

/** Each fills a whole vector: one call a sample would take longer than the arithmetic. @type {Record<string, (out: Float64Array, a: Float64Array, b: Float64Array, frames: number) => void>} */
const OPERATIONS = {
  "+~": (out, a, b, frames) => {
    for (let i = 0; i < frames; i += 1) out[i] = a[i] + b[i];
  },
  "-~": (out, a, b, frames) => {
    for (let i = 0; i < frames; i += 1) out[i] = a[i] - b[i];
  },
  "*~": (out, a, b, frames) => {
    for (let i = 0; i < frames; i += 1) out[i] = a[i] * b[i];
  },
  // MSP gives 0 where it would have to divide by 0.
  "/~": (out, a, b, frames) => {
    for (let i = 0; i < frames; i += 1) out[i] = b[i] === 0 ? 0 : a[i] / b[i];
  },
};

/** `+~`, `-~`, `*~`, `/~`: two signals, or a signal and a number where no cord is. */
export class SignalMath extends SignalBox {
  /** The numbers that stand in for missing cords: nothing on the left; on the right what is typed. */
  numbers = [0, num(this.args[0])];
  #apply = OPERATIONS[this.name];
  #steady = [new Float64Array(VECTOR), new Float64Array(VECTOR)];

  /** @override @param {number} inlet @param {string} _sel @param {Atom[]} args */
  message(inlet, _sel, args) {
    this.numbers[inlet] = num(args[0]);
  }

  /** @override @param {Float64Array[]} inputs @param {Block} block */
  perform(inputs, { frames }) {
    const side = (/** @type {number} */ inlet) =>
      this.feeds[inlet].length ? inputs[inlet] : this.#steady[inlet].fill(this.numbers[inlet]);
    this.#apply(this.vectors[0], side(0), side(1), frames);
  }
}

/** `snapshot~`: a sample of the latest vector as a number, when asked or at an interval. */
export class Snapshot extends SignalBox {
  interval = Math.max(0, num(this.args[0] ?? this.attributes.interval?.[0] ?? 0));
  /** Which sample of the vector, 0 the oldest. */
  offset = 0;
  latest = new Float64Array(VECTOR);
  /** @type {import("../scheduler.js").Clock | null} */
  clock = null;

  /** @override */
  connected() {
    if (this.number("active", 1)) this.#start();
  }

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (inlet === 1) {
      this.interval = Math.max(0, num(args[0]));
      this.#start();
    } else if (sel === "bang") this.#tell();
    else if (sel === "offset") this.offset = Math.min(VECTOR - 1, Math.max(0, Math.trunc(num(args[0]))));
    else if (num(args[0]) !== 0) this.#start();
    else this.#stop();
  }

  /** @override @param {string} name */
  attributeChanged(name) {
    if (name === "interval") this.interval = Math.max(0, this.number("interval", 0));
    if (this.number("active", 1)) this.#start();
    else this.#stop();
  }

  #tell() {
    this.outlet(0, "float", [this.latest[this.offset]]);
  }

  #start() {
    this.#stop();
    if (this.interval <= 0) return;
    this.clock = this.max.scheduler.at(this.interval, () => {
      this.#tell();
      this.#start();
    });
  }

  #stop() {
    this.clock?.cancel();
    this.clock = null;
  }

  /** @override @param {Float64Array[]} inputs */
  perform([input]) {
    this.latest.set(input);
  }

  /** @override */
  free() {
    this.#stop();
    super.free();
  }
}

/** `dspstate~`: whether sound runs, the sample rate, the length of a vector; told when asked and when it changes. */
export class DspState extends Box {
  #tell = () => this.max.scheduler.main(() => this.tell());

  /** @override */
  connected() {
    this.max.dspWatchers.add(this.#tell);
  }

  /** @override */
  message() {
    this.tell();
  }

  tell() {
    this.outInt(3, VECTOR);
    this.outInt(2, VECTOR);
    this.outlet(1, "float", [this.max.sampleRate]);
    this.outInt(0, this.device.enabled ? 1 : 0);
  }

  /** @override */
  free() {
    this.max.dspWatchers.delete(this.#tell);
    super.free();
  }
}
