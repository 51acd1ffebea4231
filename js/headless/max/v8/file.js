/**
 * Max's File class: text files by absolute path, from beside the device, or from inside a frozen device.
 * Text is taken as UTF-8 [inferred; the page does not say].
 */

import { closeSync, existsSync, openSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";

/** @typedef {import("./dict.js").Script} Script */

const ACCESS = ["read", "write", "readwrite"];

/**
 * The File class of one script.
 * @param {Script} script
 */
export function makeFile(script) {
  const { device } = script.box;

  class File {
    isopen = false;
    position = 0;
    linebreak = "native";
    byteorder = "native";
    #text = "";
    #dirty = false;
    #path = "";
    #end = () => this.close();

    /**
     * @param {string} [filename]
     * @param {string} [access] read, write or readwrite
     * @param {string[]} [typelist]
     */
    constructor(filename, access = "read", typelist = []) {
      this.filename = filename === undefined ? "" : String(filename);
      this.access = access;
      this.typelist = typelist;
      if (filename !== undefined) this.open();
    }

    get foldername() {
      return this.#path ? dirname(this.#path) : "";
    }

    get eof() {
      return this.#text.length;
    }

    set eof(end) {
      this.#text = this.#text.slice(0, end).padEnd(end, "\0");
      this.#dirty = true;
    }

    /** @param {string} [filename] */
    open(filename) {
      script.freeing.add(this.#end);
      if (filename !== undefined) this.filename = String(filename);
      this.isopen = false;
      this.position = 0;
      if (!ACCESS.includes(this.access)) {
        script.box.report("bad-argument", `File: access "${this.access}" is not one of ${ACCESS.join(", ")}`);
        return;
      }
      const packed = device.file(this.filename);
      if (packed && this.access === "read") {
        this.#text = packed.bytes.toString("utf8");
        this.isopen = true;
        return;
      }
      const path = isAbsolute(this.filename) ? this.filename : device.folder ? join(device.folder, this.filename) : "";
      if (path) this.#openDisk(path);
    }

    /** @param {string} path */
    #openDisk(path) {
      try {
        if (existsSync(path) && statSync(path).isDirectory()) return;
        if (this.access === "read") this.#text = readFileSync(path, "utf8");
        else {
          this.#text = this.access === "readwrite" && existsSync(path) ? readFileSync(path, "utf8") : "";
          closeSync(openSync(path, "a"));
        }
        this.#path = path;
        this.filename = basename(path);
        this.isopen = true;
      } catch {
        // A file that cannot be opened leaves isopen false: that is how Max tells it.
      }
    }

    close() {
      script.freeing.delete(this.#end);
      if (this.isopen && this.#dirty && this.#path) writeFileSync(this.#path, this.#text);
      this.isopen = false;
      this.#dirty = false;
    }

    /** @param {number} count characters */
    readstring(count) {
      const text = this.isopen ? this.#text.slice(this.position, this.position + count) : "";
      this.position += text.length;
      return text;
    }

    /** @param {number} [maximum] characters */
    readline(maximum = 512) {
      if (!this.isopen || this.position >= this.#text.length) return null;
      const rest = this.#text.slice(this.position);
      const found = /\r\n|\n|\r/u.exec(rest);
      const end = found ? found.index : rest.length;
      const line = rest.slice(0, Math.min(end, maximum));
      this.position += line.length < end ? line.length : end + (found?.[0].length ?? 0);
      return line;
    }

    /** @param {string} text */
    writestring(text) {
      if (!this.isopen || this.access === "read") {
        script.box.report("file", `File: "${this.filename}" is not open for writing`);
        return;
      }
      const words = String(text);
      this.#text = this.#text.slice(0, this.position) + words + this.#text.slice(this.position + words.length);
      this.position += words.length;
      this.#dirty = true;
    }

    /** @param {string} line */
    writeline(line) {
      this.writestring(`${line}\n`);
    }

    freepeer() {
      this.close();
    }
  }
  return File;
}
