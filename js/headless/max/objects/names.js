/** send, receive and forward: messages without cords, by global or (with `---`) device-local names. */

import { atomText, fromAtoms } from "../atoms.js";
import { Box } from "../box.js";

/** @typedef {import("../atoms.js").Atom} Atom */

export class Send extends Box {
  target = this.args.length ? atomText(this.args[0]) : "";

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (inlet === 1) this.target = this.device.local(String(Box.atoms(sel, args)[0] ?? ""));
    else if (this.target) this.max.send(this.target, { sel, args });
  }
}

export class Receive extends Box {
  source = this.args.length ? atomText(this.args[0]) : "";
  listener = { hear: (/** @type {import("../atoms.js").Message} */ msg) => this.outlet(0, msg.sel, msg.args) };

  /** @override */
  connected() {
    if (this.source) this.max.bind(this.source, this.listener);
  }

  /** @override @param {number} _inlet @param {string} _sel @param {Atom[]} args */
  message(_inlet, _sel, args) {
    if (this.source) this.max.unbind(this.source, this.listener);
    this.source = this.device.local(String(args[0] ?? ""));
    if (this.source) this.max.bind(this.source, this.listener);
  }

  /** @override */
  free() {
    this.max.unbind(this.source, this.listener);
    super.free();
  }
}

/** `forward`: `send name` chooses the receiver, anything else goes there. */
export class Forward extends Box {
  target = this.args.length ? atomText(this.args[0]) : "";

  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    if (sel === "send") this.target = this.device.local(String(args[0] ?? ""));
    else if (this.target) {
      const msg = sel === "list" ? fromAtoms(args) : { sel, args };
      this.max.send(this.target, msg);
    }
  }
}
