/**
 * v8's Buffer class: the script's hand on a `buffer~` of its name.
 *
 * It finds the `buffer~` anew at each call, so one that comes later or takes the name later is found. Where there is
 * none, the counts are 0 and samples cannot be had.
 */

import { plain } from "../atoms.js";

/** @typedef {import("./dict.js").Script} Script */

/**
 * The Buffer class of one script.
 * @param {Script} script
 */
export function makeBuffer(script) {
  const { box, max } = script;

  /** @param {string} text */
  const refuse = (text) => {
    box.report("bad-argument", `Buffer: ${text}`);
  };

  class Buffer {
    #name = "";
    #freed = false;

    /** @param {string} [name] */
    constructor(name) {
      if (name === undefined || String(name) === "") refuse("needs the name of a buffer~");
      else this.#name = box.device.local(String(name));
    }

    get name() {
      return this.#name;
    }

    /** @returns {import("../buffers.js").SampleBuffer | undefined} */
    get #memory() {
      if (this.#freed) {
        refuse("used after freepeer");
        return undefined;
      }
      return max.buffers.get(this.#name);
    }

    framecount() {
      return this.#memory?.frames ?? 0;
    }

    channelcount() {
      return this.#memory?.channels.length ?? 0;
    }

    /** In milliseconds. */
    length() {
      return this.#memory?.length ?? 0;
    }

    /**
     * @param {number} channel from 1
     * @param {number} frame from 0
     * @returns {{samples: Float32Array, frame: number} | null}
     */
    #place(channel, frame) {
      const memory = this.#memory;
      if (!memory) {
        if (!this.#freed) refuse(`there is no buffer~ named "${this.#name}"`);
        return null;
      }
      const samples = memory.channels[Number(channel) - 1];
      if (!samples) {
        refuse(`channel ${channel} is not one of 1 to ${memory.channels.length}`);
        return null;
      }
      if (!Number.isInteger(frame) || frame < 0) {
        refuse(`frame ${frame} is no whole number from 0 on`);
        return null;
      }
      return { samples, frame };
    }

    /**
     * @param {number} channel from 1
     * @param {number} frame from 0
     * @param {number} [count]
     * @returns {number | number[]} one sample, or an array of `count`; 0 beyond the end
     */
    peek(channel, frame, count = 1) {
      const place = this.#place(channel, frame);
      if (count === 1) return place?.samples[frame] ?? 0;
      const list = new box.global.Array(place ? count : 0);
      for (let i = 0; i < list.length; i += 1) list[i] = place?.samples[frame + i] ?? 0;
      return list;
    }

    /**
     * @param {number} channel from 1
     * @param {number} frame from 0
     * @param {number | ArrayLike<number>} values
     */
    poke(channel, frame, values) {
      const place = this.#place(channel, frame);
      if (!place) return;
      const list = typeof values === "number" ? [values] : Array.from(values ?? []);
      for (let i = 0; i < list.length && frame + i < place.samples.length; i += 1) {
        place.samples[frame + i] = Number(list[i]);
      }
    }

    /**
     * A message to the `buffer~` itself.
     * @param {string} sel
     * @param {...any} args
     */
    send(sel, ...args) {
      const target = max.buffers.box(this.#name);
      const msg = box.toMessage([sel, ...args]);
      if (!target) refuse(`there is no buffer~ named "${this.#name}"`);
      else if (msg) target.receive(0, { sel: String(plain(msg.sel)), args: msg.args });
    }

    freepeer() {
      this.#freed = true;
    }
  }
  return Buffer;
}
