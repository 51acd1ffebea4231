/** `textedit`: text a person types; as a parameter it is a blob that is stored with the Set. */

import { atomText, parseText } from "../atoms.js";
import { Box } from "../box.js";
import { blobText, readParameter } from "../params.js";
import { MaxError } from "../world.js";

/** @typedef {import("../atoms.js").Atom} Atom */

export class TextEdit extends Box {
  content = String(this.json.text ?? "");
  info = readParameter(this.json, this.name);
  /** @type {import("../params.js").Blob | null} */
  blob = null;

  /** @param {import("../params.js").Blob} blob */
  attachBlob(blob) {
    this.blob = blob;
    this.#store();
  }

  #store() {
    this.blob?.set(this.content === "" ? [] : [this.content]);
  }

  /**
   * The text saved with the Set comes back, in silence: who wants to hear of it asks with a bang.
   * @param {Atom[]} value
   */
  restore(value) {
    this.content = blobText(value);
    this.#store();
  }

  /** The text behind the word `text`: as words, or as one symbol when the output mode says so; alone when empty. */
  send() {
    if (this.content !== "" && this.number("outputmode", 0)) this.outlet(0, "text", [this.content]);
    else this.outlet(0, "text", parseText(this.content));
  }

  /**
   * A person replaces the text and presses Return. Each key's code leaves the second outlet; Return sends the
   * text only when the box says so (keymode 1), else it would be one more character.
   * @param {string} text
   */
  type(text) {
    if (!this.viewRect) throw new MaxError("ui", `${this.label} is not on the device's face`);
    if (this.number("readonly", 0)) throw new MaxError("ui", `${this.label} is read only`);
    if (this.number("ignoreclick", 0)) throw new MaxError("ui", `${this.label} ignores the mouse`);
    this.max.scheduler.main(() => {
      for (const char of text) this.outInt(1, char.codePointAt(0) ?? 0);
      this.content = text;
      this.#store();
      this.outInt(1, 13);
      if (this.number("keymode", 0)) this.send();
    });
  }

  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    switch (sel) {
      case "bang":
        this.send();
        return;
      case "select":
        return;
      case "clear":
        this.content = "";
        break;
      case "append":
        this.content = [this.content, ...args.map(atomText)].filter((word) => word !== "").join(" ");
        break;
      default:
        this.content = args.map(atomText).join(" ");
    }
    this.#store();
  }

  /** @override */
  texts() {
    return this.content ? [this.content] : [];
  }
}
