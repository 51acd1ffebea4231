/** Opens a Live Set file: bytes, gzip, XML, version; each failure says what is wrong and what helps. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";
import { SetFileError } from "../errors.js";
import { parseXml } from "./xml.js";

/** A Set larger than this unpacked is refused: no real one comes near. */
const MOST_BYTES = 512 * 1024 * 1024;
const OLDEST = 9;

/** @typedef {{liveSet: import("./xml.js").Node, version: string, major: number}} SetFile */

/**
 * Open a file.
 *
 * @param {string | Uint8Array} source path or bytes, gzip or plain XML
 * @returns {SetFile}
 * @throws {SetFileError}
 */
export function openSetFile(source) {
  const name = typeof source === "string" ? `"${basename(source)}"` : "This file";
  const bytes = typeof source === "string" ? readBytes(source, name) : Buffer.from(source);
  if (bytes.length === 0) {
    throw new SetFileError(`${name} is empty.`, "Live did not finish saving it; look for a copy in Backup.");
  }
  const root = parse(unpacked(bytes, name), name);
  const liveSet = root.at("LiveSet");
  if (root.name !== "Ableton" || !liveSet) {
    const inside = root.name === "Ableton" ? (root.children[0]?.name ?? "nothing") : root.name;
    throw new SetFileError(`${name} holds "${inside}", not a Live Set.`, "Choose a file that ends with .als.");
  }
  return { liveSet, ...versionOf(root, name) };
}

/** @param {string} path @param {string} name */
function readBytes(path, name) {
  try {
    return readFileSync(path);
  } catch (error) {
    const missing = /** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT";
    throw new SetFileError(
      missing ? `There is no file ${name}.` : `${name} cannot be opened.`,
      missing ? "Check the path." : "Check that it is a file and that you may read it.",
    );
  }
}

/** @param {Buffer} bytes @param {string} name */
function unpacked(bytes, name) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch {
    throw new SetFileError(`${name} is damaged: its compressed data cannot be read.`, "Try a copy from Backup.");
  }
}

/** @param {Buffer} bytes @param {string} name */
function parse(bytes, name) {
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  if (!/^\s*</.test(text)) {
    throw new SetFileError(`${name} is not a Live Set.`, "Choose a file that Live saved, ending with .als.");
  }
  try {
    return parseXml(text);
  } catch (error) {
    const where = /^(\d+):(\d+)/.exec(/** @type {Error} */ (error).message);
    throw new SetFileError(
      `${name} is damaged${where ? ` at line ${where[1]}` : ""}: its XML breaks off or is malformed.`,
      "Try a copy from Backup.",
    );
  }
}

/** @param {import("./xml.js").Node} root @param {string} name */
function versionOf(root, name) {
  const creator = root.attributes.Creator ?? "";
  const version =
    /Live (\d+(?:\.\d+)*)/.exec(creator)?.[1] ?? /^(\d+\.\d+)/.exec(root.attributes.MinorVersion ?? "")?.[1];
  if (!version) {
    throw new SetFileError(`${name} does not say which Live made it.`, "Open it in Live and save it again.");
  }
  const major = Number.parseInt(version, 10);
  if (major < OLDEST) {
    throw new SetFileError(
      `${name} was made by Live ${version}; Sets of Live 9 to 12 can be read.`,
      "Open it in a newer Live and save it there.",
    );
  }
  return { version, major };
}
