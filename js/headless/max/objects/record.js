/**
 * `record~`: writes signals into a `buffer~`.
 *
 * It writes from the start point (or, with `append`, from where it was stopped) to the end point and stops there, or
 * begins again with `loop`. Its outlet is the place in the region, 0 to 1, while it records and 0 while it does not.
 */

import { num } from "../atoms.js";
import { SignalBox } from "./signals.js";

/**
 * @typedef {import("../atoms.js").Atom} Atom
 * @typedef {import("./signals.js").Block} Block
 */

export class RecordBox extends SignalBox {
  target = typeof this.args[0] === "string" ? this.args[0] : "";
  recording = false;
  /** Frame that is written next; null until the first start. @type {number | null} */
  head = null;
  /** Region in ms; no end means the end of the buffer. */
  region = { start: 0, end: 0 };

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (inlet === this.signals.in) this.region.start = Math.max(0, num(args[0]));
    else if (inlet === this.signals.in + 1) this.region.end = Math.max(0, num(args[0]));
    else if (sel === "set") this.#set(args);
    else if (sel === "list") [this.region.start = 0, this.region.end = 0] = args.map((atom) => Math.max(0, num(atom)));
    else if (sel === "reset") this.region = { start: 0, end: 0 };
    else if (num(args[0]) !== 0) this.#start();
    else this.recording = false;
  }

  /** @param {Atom[]} args */
  #set(args) {
    if (typeof args[0] !== "string") {
      this.report("bad-argument", "set takes the name of a buffer~");
      return;
    }
    this.target = this.device.local(args[0]);
    this.head = null;
  }

  /** The region in frames of a memory. @param {import("../buffers.js").SampleBuffer} memory */
  #frames(memory) {
    const frame = (/** @type {number} */ ms) => Math.min(memory.frames, Math.round((ms / 1000) * memory.rate));
    const start = frame(this.region.start);
    const end = this.region.end > 0 ? frame(this.region.end) : memory.frames;
    return { start, end };
  }

  #start() {
    const memory = this.max.buffers.get(this.target);
    if (!memory) {
      this.report("buffer", `there is no buffer~ named "${this.target}"`);
      return;
    }
    const { start, end } = this.#frames(memory);
    if (end <= start) {
      this.report("buffer", `nothing to record into: frames ${start} to ${end} of "${this.target}"`);
      return;
    }
    if (!this.number("append", 0) || this.head === null || this.head < start) this.head = start;
    if (this.head >= end && this.number("loop", 0)) this.head = start;
    this.recording = this.head < end;
  }

  /** @override @param {Float64Array[]} inputs @param {Block} block */
  perform(inputs, { frames }) {
    const [sync] = this.vectors;
    sync.fill(0);
    const memory = this.recording ? this.max.buffers.get(this.target) : undefined;
    if (!memory) {
      this.recording = false;
      return;
    }
    const { start, end } = this.#frames(memory);
    const channels = Math.min(inputs.length, memory.channels.length);
    for (let i = 0; i < frames; ) {
      const head = this.#next(start, end);
      if (head < 0) return;
      const till = Math.min(frames, i + end - head);
      for (let channel = 0; channel < channels; channel += 1) {
        memory.channels[channel].set(inputs[channel].subarray(i, till), head);
      }
      for (let at = i; at < till; at += 1) sync[at] = (head + at - i - start) / (end - start);
      this.head = head + till - i;
      i = till;
    }
    // Full is full at once, not at the next sample.
    this.#next(start, end);
  }

  /**
   * The frame that is written next. The region may have moved away from under the head.
   * @param {number} start
   * @param {number} end
   * @returns {number} -1, and no more recording, at the end
   */
  #next(start, end) {
    const head = this.head ?? start;
    if (head >= start && head < end) return head;
    if (end > start && (head < start || this.number("loop", 0))) return start;
    this.recording = false;
    return -1;
  }
}
