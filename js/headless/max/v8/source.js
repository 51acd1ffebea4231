/** Where the code of a v8 box comes from: the patch, or a file packed in the device. */

import { atomText } from "../atoms.js";

/**
 * @typedef {import("../atoms.js").Atom} Atom
 * @typedef {import("../box.js").Box} Box
 */

/**
 * Where the code of a box is.
 * @param {Box} box
 * @returns {{name: string, text: string | null, args: Atom[]}} text null when it cannot be found
 */
export function findSource(box) {
  const { json } = box;
  const textfile = json.textfile ?? {};
  const named = typeof json.filename === "string" && json.filename !== "none" ? json.filename : "";
  if (box.name === "v8.codebox") return { name: "v8.codebox", text: String(json.code ?? ""), args: box.args };
  if (Number(textfile.embed) === 1 && typeof textfile.text === "string") {
    return { name: named || "none", text: textfile.text, args: box.args[0] === named ? box.args.slice(1) : box.args };
  }
  const name = box.args.length ? atomText(box.args[0]) : named;
  const file = box.device.file(name);
  return { name, text: file ? file.bytes.toString("utf8").replace(/\0+$/u, "") : null, args: box.args.slice(1) };
}
