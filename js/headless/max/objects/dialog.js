/**
 * `opendialog`: asks the person for a file, or with the argument `fold` for a folder. `savedialog`: for the name of a file that
 * is to be. Who sits there answers.
 */

import { fromAtoms } from "../atoms.js";
import { Box } from "../box.js";

/** @typedef {import("../atoms.js").Atom} Atom */

export class OpenDialog extends Box {
  /** Whether the window stands open. */
  open = false;
  /** Outlet of the bang that tells of Cancel. */
  cancels = 1;

  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} _args */
  message(_inlet, sel, _args) {
    if (sel !== "bang") {
      this.report("unknown-message", `${this.name} takes a bang here, not "${sel}"`);
      return;
    }
    // Windows are the main thread's affair.
    this.max.scheduler.defer(() => {
      if (!this.freed) this.open = true;
    });
  }

  /**
   * The person picks something, or closes the window.
   * @param {string | null} path as Max writes it, with a slash behind a folder; null: Cancel
   */
  answer(path) {
    this.open = false;
    if (path === null) {
      this.outlet(this.cancels, "bang");
      return;
    }
    const out = fromAtoms([path]);
    this.outlet(0, out.sel, out.args);
  }
}

export class SaveDialog extends OpenDialog {
  /** @override The middle outlet tells the type, which a name without a choice of types has none of. */
  cancels = 2;
}
