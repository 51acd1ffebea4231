/** print, loadbang, loadmess, thispatcher, live.thisdevice, live.banks, pattr, comments. */

import { atomText, fromAtoms, messageText, num } from "../atoms.js";
import { Box } from "../box.js";
import { readParameter } from "../params.js";

/** @typedef {import("../atoms.js").Atom} Atom */

/** `print`: a line in the Max console. */
export class Print extends Box {
  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    this.max.post(`${this.args.length ? this.args.map(atomText).join(" ") : "print"}: ${messageText({ sel, args })}`);
  }
}

/** `loadbang` and `loadmess`. They work; a device should start from live.thisdevice, so it is noted. */
export class LoadBang extends Box {
  /** @override */
  loadbang() {
    this.device.notes.push(`${this.name} is used: start from live.thisdevice instead`);
    this.message();
  }

  /** @override */
  message() {
    const out = this.name === "loadmess" ? fromAtoms(this.args) : { sel: "bang", args: [] };
    this.outlet(0, out.sel, out.args);
  }
}

/** `thispatcher`: where this device is. */
export class ThisPatcher extends Box {
  /** @override @param {number} _inlet @param {string} sel */
  message(_inlet, sel) {
    if (sel === "path") this.outlet(1, "path", [this.device.folder]);
    else if (sel === "loadbang") for (const box of this.patcher.boxes.values()) box.loadbang();
    // `bang` and `clean` have no output in a device.
  }
}

/**
 * `live.thisdevice`: the bang when the device is ready, 1/0 when it is switched on and off (middle outlet),
 * preview on and off (right).
 */
export class ThisDevice extends Box {
  /** The device is loaded. What the middle outlet does then is not documented; see Device.load. */
  ready() {
    this.outlet(0, "bang");
  }

  /** @param {boolean} on */
  enabled(on) {
    this.outInt(1, on ? 1 : 0);
  }

  /** @override @param {number} _inlet @param {string} sel */
  message(_inlet, sel) {
    if (sel === "getstate") this.outInt(1, this.device.enabled ? 1 : 0);
    else this.outlet(0, "bang");
  }
}

/** `live.banks`: Push banks at run time; the headless Live reads the banks of the JSON, messages are kept. */
export class Banks extends Box {
  /** @type {Atom[][]} */
  received = [];

  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    this.received.push([sel, ...args]);
  }
}

/** `pattr`: holds a value (a blob parameter when its parameter mode is on). */
export class Pattr extends Box {
  /** @type {Atom[]} */
  value = this.args.slice(1);
  info = readParameter(this.json, this.name);

  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    if (sel !== "bang") {
      this.value = Box.atoms(sel === "symbol" ? String(args[0] ?? "") : sel, sel === "symbol" ? [] : args);
      this.blob?.set(this.value);
    }
    if (this.value.length === 0) return;
    const out = fromAtoms(this.value);
    this.outlet(0, out.sel, out.args);
  }

  /** @type {import("../params.js").Blob | null} */
  blob = null;

  /** @param {import("../params.js").Blob} blob */
  attachBlob(blob) {
    this.blob = blob;
  }

  /** A value from the Set. @param {Atom[]} value */
  restore(value) {
    this.value = value;
    const out = fromAtoms(value);
    if (value.length) this.outlet(0, out.sel, out.args);
  }
}

/** `comment` and `live.comment`: text to read. */
export class Comment extends Box {
  content = String(this.json.text ?? "");

  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    const words = args.map(atomText).join(" ");
    if (sel === "append") this.content = `${this.content} ${words}`;
    else if (sel === "prepend") this.content = `${words} ${this.content}`;
    else this.content = words;
  }

  /** @override */
  attributeChanged(/** @type {string} */ name) {
    if (name === "text") this.content = (this.attributes.text ?? []).map(atomText).join(" ");
  }

  /** @override */
  texts() {
    return this.content ? [this.content] : [];
  }
}

/** Boxes that are only looked at. */
export class Still extends Box {}

/** `random`: 0 to n-1, from a generator seeded by `seed` (by the box's place otherwise). */
export class Random extends Box {
  range = Math.max(1, num(this.args[0] ?? 1));
  state = (num(this.args[1]) || this.device.instance * 7919 + this.patcher.boxes.size + 1) >>> 0;

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (sel === "seed") this.state = num(args[0]) >>> 0;
    else if (inlet === 1) this.range = Math.max(1, num(args[0]));
    else {
      if (sel !== "bang") this.range = Math.max(1, num(args[0]));
      this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
      this.outInt(0, Math.floor((this.state / 4294967296) * this.range));
    }
  }
}
