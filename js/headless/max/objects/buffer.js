/** `buffer~`: a sample memory with a name. */

import { writeFileSync } from "node:fs";
import { isAbsolute } from "node:path";
import { isNumber, num } from "../atoms.js";
import { Box } from "../box.js";
import { SampleBuffer } from "../buffers.js";
import { encodeWav, SAMPLE_TYPES } from "../wav.js";

/** @typedef {import("../atoms.js").Atom} Atom */

/** What `write` makes when nothing was said [inferred: Max's own standard is AIFF]. */
const FILE_TYPE = "aiff";

export class BufferBox extends Box {
  /** @type {string} */
  target;
  /** @type {SampleBuffer} */
  memory;
  /** @type {import("../wav.js").SampleType} */
  type = "int16";
  filetype = FILE_TYPE;

  /** @param {import("../box.js").BoxSpec} spec */
  constructor(spec) {
    super(spec);
    const [name, ...rest] = this.args;
    this.target = typeof name === "string" ? name : this.max.uniqueName();
    if (typeof rest[0] === "string") {
      this.report("buffer", `reading a file ("${rest[0]}") is not part of the headless Max`);
      rest.shift();
    }
    const [ms = 0, channels = 1] = rest.map(num);
    const samps = spec.attributes.samps?.map(num) ?? [];
    const frames = samps[0] ?? this.#frames(ms);
    this.memory = new SampleBuffer(this.#whole(frames), Math.max(1, samps[1] ?? channels), this.max.sampleRate);
    this.#bind(this.target);
  }

  /** @param {number} ms */
  #frames(ms) {
    return Math.round((ms / 1000) * this.max.sampleRate);
  }

  /** @param {number} frames */
  #whole(frames) {
    return Math.max(0, Math.trunc(frames));
  }

  /** @param {string} name */
  #bind(name) {
    this.target = name;
    if (!this.max.buffers.bind(name, this)) {
      this.report("buffer", `the name "${name}" belonged to another buffer~, which has none now`);
    }
  }

  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    switch (sel) {
      case "name":
      case "set":
        this.#rename(args);
        break;
      case "clear":
        this.memory.clear();
        break;
      case "size":
      case "sizeinsamps":
        this.#resize(sel, args);
        break;
      case "sr":
        if (num(args[0]) > 0) this.memory.rate = num(args[0]);
        else this.report("bad-argument", `sr takes a sample rate above 0, not "${args.join(" ")}"`);
        break;
      case "samptype":
        this.#sampleType(String(args[0] ?? ""));
        break;
      case "filetype":
        this.filetype = String(args[0] ?? "");
        break;
      default:
        this.#write(sel, args);
    }
  }

  /** @override @param {string} name */
  attributeChanged(name) {
    if (name === "samps") this.#resize("samps", this.attributes.samps);
  }

  /** @param {Atom[]} args */
  #rename(args) {
    const [name] = args;
    if (typeof name !== "string" || name === "") {
      this.report("bad-argument", "a buffer~ needs a name");
      return;
    }
    this.max.buffers.unbind(this.target, this);
    this.#bind(this.device.local(name));
  }

  /**
   * New memory; what was in the old one is gone [inferred].
   * @param {string} sel
   * @param {Atom[]} args length and, maybe, number of channels
   */
  #resize(sel, args) {
    if (args.length === 0 || !args.every(isNumber) || num(args[0]) < 0) {
      this.report("bad-argument", `${sel} takes a length and a number of channels, not "${args.join(" ")}"`);
      return;
    }
    const frames = sel === "size" ? this.#frames(num(args[0])) : num(args[0]);
    const channels = args.length > 1 ? Math.max(1, Math.trunc(num(args[1]))) : this.memory.channels.length;
    this.memory.allocate(this.#whole(frames), channels, this.max.sampleRate);
  }

  /** @param {string} name */
  #sampleType(name) {
    const known = SAMPLE_TYPES.find((type) => type === name);
    if (known) this.type = known;
    else this.report("bad-argument", `samptype "${name}" is not one of ${SAMPLE_TYPES.join(", ")}`);
  }

  /**
   * Writes a file from the low-priority queue; the right outlet bangs when it is there.
   * @param {string} sel write or writewave
   * @param {Atom[]} args
   */
  #write(sel, args) {
    const [path] = args;
    if (args.length !== 1 || typeof path !== "string") {
      this.report("bad-argument", `${sel} takes one path as one symbol, not "${args.join(" ")}"`);
    } else if (!isAbsolute(path)) {
      this.report("file", `${sel} "${path}": not an absolute path`);
    } else if (sel === "write" && this.filetype !== "wave") {
      this.report("file", `write makes ${this.filetype} files: say "filetype wave" first, or writewave`);
    } else this.max.scheduler.defer(() => this.#save(path));
  }

  /** @param {string} path */
  #save(path) {
    if (this.freed) return;
    try {
      const { rate, channels } = this.memory;
      writeFileSync(path, encodeWav({ rate, channels, type: this.type }));
    } catch (error) {
      this.report("file", `can't write "${path}" (${/** @type {NodeJS.ErrnoException} */ (error).code})`);
      return;
    }
    this.outlet(1, "bang");
  }

  /** @override */
  free() {
    this.max.buffers.unbind(this.target, this);
    super.free();
  }
}
