/** `metro` and `qmetro` (whose bangs come in the low-priority queue). */

import { num } from "../atoms.js";
import { Box } from "../box.js";
import { timeText, timeValue } from "../time_value.js";

/** @typedef {import("../atoms.js").Atom} Atom */
/** @typedef {import("../time_value.js").Stretch} Stretch */

/** Max's own interval where none is given. */
const STANDARD = { ms: 5 };

export class Metro extends Box {
  /** @type {Stretch} */
  interval = this.#stretch(this.args.length ? this.args : (this.attributes.interval ?? []), STANDARD);
  /** Ticks of the grid on which it starts; 0: at once. */
  grid = this.#gridOf(this.attributes.quantize ?? []);
  /** @type {{cancel: () => void} | null} */
  clock = null;
  due = 0;

  /**
   * @param {Atom[]} atoms
   * @param {Stretch} standard
   * @returns {Stretch}
   */
  #stretch(atoms, standard) {
    if (atoms.length === 0) return standard;
    const found = timeValue(atoms);
    if (!found) this.report("bad-argument", `no time value: "${timeText(atoms)}"`);
    if (!found) return standard;
    return "ms" in found ? { ms: Math.max(1, found.ms) } : { ticks: Math.max(1, found.ticks) };
  }

  /** Quantization is tempo-relative. @param {Atom[]} atoms */
  #gridOf(atoms) {
    if (atoms.length === 0) return 0;
    const found = timeValue(atoms);
    if (found && "ticks" in found && found.ticks >= 0) return found.ticks;
    this.report("bad-argument", `quantize takes ticks or a note value, not "${timeText(atoms)}"`);
    return 0;
  }

  /** @override */
  loadbang() {
    if (this.number("active", 0)) this.#start();
  }

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (inlet === 1) this.interval = this.#stretch(args, this.interval);
    else if (sel === "bang" || (sel !== "stop" && num(args[0]) !== 0)) this.#start();
    else this.#stop();
  }

  /** @override @param {string} name */
  attributeChanged(name) {
    if (name === "interval") this.interval = this.#stretch(this.attributes.interval, this.interval);
    else if (name === "quantize") this.grid = this.#gridOf(this.attributes.quantize);
    else if (this.number("active", 0)) this.#start();
    else this.#stop();
  }

  #start() {
    this.#stop();
    const { musical, scheduler } = this.max;
    if ("ms" in this.interval) {
      this.due = scheduler.now();
      this.#tick();
    } else {
      musical.gridded.add(this.#align);
      this.#wait(musical.run + (this.grid > 0 ? musical.toLine(this.grid) : 0));
    }
  }

  /** The song goes on at another place. */
  #align = () => {
    if (this.grid === 0) return;
    this.clock?.cancel();
    this.#wait(this.max.musical.run + this.max.musical.toLine(this.grid));
  };

  /** @param {number} due in ticks that have run */
  #wait(due) {
    this.due = due;
    this.clock = this.max.musical.at(due, () => this.#tick());
  }

  /** The next beat counts from the last one's due time, so lateness does not add up. */
  #tick() {
    const { musical, scheduler } = this.max;
    if ("ms" in this.interval) {
      this.due += this.interval.ms;
      this.clock = scheduler.at(this.due - scheduler.now(), () => this.#tick());
    } else {
      const grid = musical.aligns ? this.grid : 0;
      const { ticks } = this.interval;
      const late = musical.run - this.due;
      this.#wait(grid > 0 ? musical.run + musical.toLine(grid, ticks - late) : this.due + ticks);
    }
    if (this.name === "qmetro") scheduler.defer(() => this.outlet(0, "bang"));
    else this.outlet(0, "bang");
  }

  #stop() {
    this.max.musical.gridded.delete(this.#align);
    this.clock?.cancel();
    this.clock = null;
  }

  /** @override */
  free() {
    this.#stop();
    super.free();
  }
}
