/** Objects of Max's two queues: deferlow, defer, delay, pipe, makenote, stripnote; metro is in metro.js. */

import { atomText, fromAtoms, isNumber, num } from "../atoms.js";
import { Box } from "../box.js";

/**
 * @typedef {import("../atoms.js").Atom} Atom
 * @typedef {import("../scheduler.js").Clock} Clock
 */

/** `deferlow`: to the tail of the low-priority queue, always. */
export class DeferLow extends Box {
  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    this.max.scheduler.defer(() => this.outlet(0, sel, args));
  }
}

/** `defer`: out of the scheduler thread; a message already in the main thread passes at once. */
export class Defer extends Box {
  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    if (this.max.scheduler.thread === "main") this.outlet(0, sel, args);
    else this.max.scheduler.defer(() => this.outlet(0, sel, args));
  }
}

/** `delay`: one bang, later; a new bang starts over. */
export class Delay extends Box {
  time = num(this.args[0]);
  /** @type {Clock | null} */
  clock = null;

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (sel === "stop") {
      this.clock?.cancel();
      return;
    }
    if (sel !== "bang") this.time = Math.max(0, num(args[0]));
    if (inlet === 1) return;
    this.clock?.cancel();
    this.clock = this.max.scheduler.at(this.time, () => this.outlet(0, "bang"));
  }

  /** @override */
  free() {
    this.clock?.cancel();
    super.free();
  }
}

/** `pipe`: numbers or lists, later, each with its own time. The last inlet (and list item) is the time. */
export class Pipe extends Box {
  items = Math.max(1, this.args.length - 1);
  time = num(this.args[this.args.length - 1]);
  /** @type {Atom[]} */
  values = Array.from({ length: this.items }, (_, i) => (this.args.length > 1 ? this.args[i] : 0));
  /** @type {Set<{clock: Clock, values: Atom[]}>} */
  waiting = new Set();

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (sel === "clear" || sel === "stop") this.#clear();
    else if (sel === "flush") this.#flush();
    else if (inlet === this.items) this.#setTime(args[0]);
    else if (inlet > 0) this.values[inlet] = args[0];
    else {
      const atoms = sel === "bang" ? [] : sel === "symbol" ? args : Box.atoms(sel, args);
      if (atoms.length > this.items) this.#setTime(atoms[this.items]);
      atoms.slice(0, this.items).forEach((atom, i) => {
        this.values[i] = atom;
      });
      this.#wait();
    }
  }

  /** @param {Atom} atom */
  #setTime(atom) {
    if (isNumber(atom)) this.time = Math.max(0, num(atom));
    else this.report("bad-argument", `delay time must be a number, not "${atomText(atom)}"`);
  }

  #wait() {
    /** @type {{clock: Clock, values: Atom[]}} */
    const entry = {
      values: [...this.values],
      clock: this.max.scheduler.at(this.time, () => {
        this.waiting.delete(entry);
        this.#send(entry.values);
      }),
    };
    this.waiting.add(entry);
  }

  /** @param {Atom[]} values */
  #send(values) {
    for (let i = this.items - 1; i >= 0; i -= 1) {
      const out = fromAtoms([values[i]]);
      this.outlet(i, out.sel, out.args);
    }
  }

  #clear() {
    for (const entry of this.waiting) entry.clock.cancel();
    this.waiting.clear();
  }

  #flush() {
    const all = [...this.waiting];
    this.#clear();
    for (const entry of all) this.#send(entry.values);
  }

  /** @override */
  free() {
    this.#clear();
    super.free();
  }
}

/**
 * `makenote`: a note-on now, its note-off when the duration is over. A pitch that sounds already sounds on beside itself
 * (repeatmode 0), ends before it begins again (1), or goes on until the newest one ends (2).
 */
export class MakeNote extends Box {
  velocity = num(this.args[0]);
  duration = num(this.args[1]);
  channel = num(this.args[2] ?? 1);
  /** @type {Set<{clock: Clock, pitch: number, channel: number}>} */
  sounding = new Set();

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (sel === "stop") this.#stop();
    else if (sel === "clear") this.#clear();
    else if (inlet === 1) this.velocity = num(args[0]);
    else if (inlet === 2) this.duration = Math.max(0, num(args[0]));
    else if (inlet === 3) this.channel = num(args[0]);
    else {
      const [pitch, velocity, duration, channel] = args.map(num);
      if (velocity !== undefined) this.velocity = velocity;
      if (duration !== undefined) this.duration = Math.max(0, duration);
      if (channel !== undefined) this.channel = channel;
      this.#play(Math.trunc(pitch));
    }
  }

  /** @param {number} pitch */
  #play(pitch) {
    const channel = this.channel;
    if (this.velocity !== 0) this.#again(pitch, channel);
    this.#send(pitch, this.velocity, channel);
    if (this.velocity === 0) return;
    /** @type {{clock: Clock, pitch: number, channel: number}} */
    const note = {
      pitch,
      channel,
      clock: this.max.scheduler.at(this.duration, () => {
        this.sounding.delete(note);
        this.#send(pitch, 0, channel);
      }),
    };
    this.sounding.add(note);
  }

  /** @param {number} pitch @param {number} channel */
  #again(pitch, channel) {
    const mode = this.number("repeatmode", 0);
    if (mode === 0) return;
    for (const note of [...this.sounding]) {
      if (note.pitch !== pitch || note.channel !== channel) continue;
      note.clock.cancel();
      this.sounding.delete(note);
      if (mode === 1) this.#send(pitch, 0, channel);
    }
  }

  /** @param {number} pitch @param {number} velocity @param {number} channel */
  #send(pitch, velocity, channel) {
    if (this.numoutlets > 2) this.outInt(2, channel);
    this.outInt(1, velocity);
    this.outInt(0, pitch);
  }

  #clear() {
    for (const note of this.sounding) note.clock.cancel();
    this.sounding.clear();
  }

  #stop() {
    const all = [...this.sounding];
    this.#clear();
    for (const note of all) this.#send(note.pitch, 0, note.channel);
  }

  /** @override */
  free() {
    this.#clear();
    super.free();
  }
}

/** `stripnote`: only notes with a velocity above 0. */
export class StripNote extends Box {
  velocity = 0;

  /** @override @param {number} inlet @param {string} _sel @param {Atom[]} args */
  message(inlet, _sel, args) {
    if (inlet === 1) {
      this.velocity = num(args[0]);
      return;
    }
    if (args.length > 1) this.velocity = num(args[1]);
    if (this.velocity === 0) return;
    this.outInt(1, this.velocity);
    this.outInt(0, num(args[0]));
  }
}
