/**
 * What a tool made last (a phrase, a groove), kept on disk beside what the engine keeps: it is there again when the tool is
 * opened, also without an engine. Not in a parameter: what the patch itself stores in one would be an undo step that nobody made.
 */
import { readFile } from "../../rpc/endpoint.js";

/** Characters that are kept: some thousand notes. */
const MOST = 400_000;

/** A knob that is turned brings one phrase after the other. */
const SETTLE_MS = 500;

/** Where `bandmate install` notes the engine's address, beside a tool. */
const POINTER = "bandmate.json";

/** @param {string} path @returns {string} its folder; "" where it has none */
const folderOf = (path) => path.slice(0, Math.max(0, path.lastIndexOf("/"), path.lastIndexOf("\\")));

export class Keep {
  #File;
  #path;
  #clock;
  /** @type {object|null} */ #timer = null;
  #waiting = "";

  /**
   * @param {object} options
   * @param {MaxFileClass|undefined} options.File
   * @param {string} options.toolPath of the tool's own file
   * @param {string} options.name of the tool's file here
   * @param {import("../../rpc/clock.js").Clock} options.clock
   */
  constructor({ File, toolPath, name, clock }) {
    this.#File = File;
    this.#clock = clock;
    this.#path = placeOf(File, toolPath, name);
  }

  /** @returns {any} null where nothing is kept, or nothing that can be read */
  read() {
    const text = readFile(this.#File, this.#path, MOST);
    if (text === null) return null;
    try {
      return JSON.parse(text);
    } catch {
      return null; // Cut short by whatever ended Live; the engine brings another.
    }
  }

  /** @param {unknown} made */
  write(made) {
    this.#waiting = JSON.stringify(made);
    this.#timer ??= this.#clock.after(SETTLE_MS, () => this.flush());
  }

  /** Writes what waits. */
  flush() {
    this.#clock.cancel(this.#timer);
    this.#timer = null;
    const text = this.#waiting;
    this.#waiting = "";
    if (text === "" || text.length > MOST || this.#path === "" || !this.#File) return;
    try {
      const file = new this.#File(this.#path, "write", "TEXT");
      if (!file.isopen) return;
      file.eof = 0;
      file.writestring(text);
      file.close();
    } catch {
      // A disk that is full or away: the phrase lives as long as the tool.
    }
  }
}

/** @param {MaxFileClass|undefined} File @param {string} toolPath @param {string} name @returns {string} "" where nothing can be kept */
function placeOf(File, toolPath, name) {
  const folder = folderOf(toolPath);
  const note = folder === "" ? null : readFile(File, `${folder}/${POINTER}`);
  if (note === null) return "";
  try {
    const home = folderOf(String(JSON.parse(note).endpoint ?? ""));
    return home === "" ? "" : `${home}/last-${name}.json`;
  } catch {
    return "";
  }
}
