/**
 * The sample memories (`buffer~`) of one Max process, by name.
 *
 * A memory has its own sample rate: the world's when it was allocated, or what the message `sr` said.
 */

export class SampleBuffer {
  /** @type {Float32Array[]} one for each channel, all of one length */
  channels = [];

  /**
   * @param {number} frames
   * @param {number} channels
   * @param {number} rate samples a second
   */
  constructor(frames, channels, rate) {
    this.rate = rate;
    this.allocate(frames, channels, rate);
  }

  /**
   * New memory, silent.
   * @param {number} frames
   * @param {number} channels
   * @param {number} rate
   */
  allocate(frames, channels, rate) {
    this.rate = rate;
    this.channels = Array.from({ length: channels }, () => new Float32Array(frames));
  }

  get frames() {
    return this.channels[0].length;
  }

  /** Length in milliseconds. */
  get length() {
    return (this.frames / this.rate) * 1000;
  }

  clear() {
    for (const channel of this.channels) channel.fill(0);
  }
}

/** Which `buffer~` has which name. */
export class BufferStore {
  /** @type {Map<string, import("./objects/buffer.js").BufferBox>} */
  #boxes = new Map();

  /**
   * Gives a name to a box. One that had it before loses it.
   * @param {string} name
   * @param {import("./objects/buffer.js").BufferBox} box
   * @returns {boolean} false when another box lost the name
   */
  bind(name, box) {
    const before = this.#boxes.get(name);
    this.#boxes.set(name, box);
    return before === undefined || before === box;
  }

  /**
   * @param {string} name
   * @param {import("./objects/buffer.js").BufferBox} box
   */
  unbind(name, box) {
    if (this.#boxes.get(name) === box) this.#boxes.delete(name);
  }

  /** @param {string} name @returns {import("./objects/buffer.js").BufferBox | undefined} */
  box(name) {
    return this.#boxes.get(name);
  }

  /** @param {string} name @returns {SampleBuffer | undefined} */
  get(name) {
    return this.#boxes.get(name)?.memory;
  }
}
