import { atomText, fromAtoms, parseText } from "../atoms.js";
import { Box } from "../box.js";

/** @typedef {import("../atoms.js").Atom} Atom */

/** The message box: `$1`..`$9`, commas, semicolons, `set` and a click. */
export class MessageBox extends Box {
  content = String(this.json.text ?? "");

  /** @override @param {number} inlet @param {string} sel @param {Atom[]} args */
  message(inlet, sel, args) {
    if (inlet === 1) this.content = Box.atoms(sel, args).map(quote).join(" ");
    else if (sel === "set") this.content = args.map(quote).join(" ");
    else if (sel === "append") this.content = [this.content, ...args.map(quote)].join(" ");
    else if (sel === "prepend") this.content = [...args.map(quote), this.content].join(" ");
    else this.send(sel === "bang" ? [] : sel === "symbol" ? args : Box.atoms(sel, args));
  }

  /** The mouse: sends the content. */
  click() {
    this.send([]);
  }

  /**
   * Sends the content, message by message.
   * @param {Atom[]} values of $1, $2 ...
   */
  send(values) {
    const [local, ...named] = splitUnescaped(this.content, ";");
    for (const part of splitUnescaped(local, ",")) {
      const atoms = fill(part, values);
      if (atoms.length === 0) continue;
      const out = fromAtoms(atoms);
      this.outlet(0, out.sel, out.args);
    }
    for (const part of named) {
      for (const piece of splitUnescaped(part, ",")) {
        const [name, ...words] = fill(piece, values);
        if (name === undefined) continue;
        this.max.send(this.device.local(atomText(name)), fromAtoms(words));
      }
    }
  }

  /** @override */
  texts() {
    return [this.content];
  }
}

/** @param {Atom} atom */
function quote(atom) {
  return typeof atom === "string" && /[\s,;$"\\]/u.test(atom) ? `"${atom.replaceAll('"', '\\"')}"` : atomText(atom);
}

/**
 * @param {string} text
 * @param {string} mark
 * @returns {string[]}
 */
function splitUnescaped(text, mark) {
  const parts = [""];
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === "\\") {
      parts[parts.length - 1] += text.slice(i, i + 2);
      i += 1;
    } else if (text[i] === '"') {
      quoted = !quoted;
      parts[parts.length - 1] += '"';
    } else if (text[i] === mark && !quoted) parts.push("");
    else parts[parts.length - 1] += text[i];
  }
  return parts;
}

/**
 * Words of a message box with its `$n` replaced; one that got no value is 0, as a fresh box has it.
 * @param {string} text
 * @param {Atom[]} values
 * @returns {Atom[]}
 */
function fill(text, values) {
  return parseText(text).map((atom) => {
    if (typeof atom !== "string") return atom;
    const whole = /^\$([1-9])$/u.exec(atom);
    if (whole) return values[Number(whole[1]) - 1] ?? 0;
    return atom.replace(/\$([1-9])/gu, (_all, digit) => atomText(values[Number(digit) - 1] ?? 0));
  });
}
