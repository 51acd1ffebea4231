/**
 * Where Bandmate keeps its files, by the same rule as the engine (engine/settings.py, which asks platformdirs).
 */

import { accessSync, closeSync, constants, fstatSync, openSync, readFileSync, watch } from "node:fs";
import os from "node:os";
import path from "node:path";
import { readEndpoint } from "../rpc/endpoint.js";

/**
 * @typedef {object} Place
 * @property {Record<string, string | undefined>} env
 * @property {string} platform  as process.platform
 * @property {string} home      the user's home directory
 */

/** @returns {Place} this computer */
export function here() {
  return { env: process.env, platform: process.platform, home: os.homedir() };
}

/**
 * Bandmate's directory. It may not exist yet.
 *
 * @param {Place} place
 * @returns {string}
 */
export function dataFolder({ env, platform, home }) {
  const windows = platform === "win32";
  const { join, isAbsolute, resolve } = windows ? path.win32 : path.posix;
  const chosen = env.BANDMATE_HOME;
  if (chosen) return resolve(chosen.replace(/^~(?=$|[\\/])/, () => home));
  if (windows) return join(env.LOCALAPPDATA || join(home, "AppData", "Local"), "Bandmate");
  const xdg = env.XDG_DATA_HOME ?? "";
  if (isAbsolute(xdg)) return join(xdg, "Bandmate");
  const usual = platform === "darwin" ? ["Library", "Application Support"] : [".local", "share"];
  return join(home, ...usual, "Bandmate");
}

/**
 * Reads the endpoint file. One that belongs to another user is not used: it could lead to somebody else's socket.
 *
 * @param {string} folder  Bandmate's directory
 * @returns {import("../rpc/endpoint.js").Endpoint | null}
 */
export function endpointIn(folder) {
  /** @type {number} */
  let file;
  try {
    file = openSync(path.join(folder, "endpoint.json"), "r");
  } catch {
    return null;
  }
  try {
    const about = fstatSync(file);
    if (!about.isFile() || about.size > 4096) return null;
    if (process.getuid && about.uid !== process.getuid()) return null;
    return readEndpoint(readFileSync(file, "utf8"));
  } catch {
    return null;
  } finally {
    closeSync(file);
  }
}

/**
 * Tells when the endpoint file may have changed. Where the system cannot watch, nothing is told: whoever waits for the
 * file looks now and then anyway.
 *
 * @param {string} folder  Bandmate's directory; it exists
 * @param {() => void} onChange
 * @returns {() => void} ends it
 */
export function watchEndpoint(folder, onChange) {
  try {
    const watcher = watch(folder, { persistent: false }, (_event, name) => {
      if (name === "endpoint.json" || name === null) onChange();
    });
    watcher.on("error", () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => {};
  }
}

/**
 * How to start the engine, or in words why not.
 *
 * @typedef {{ command: string, args: string[], problem?: undefined } | { problem: string }} Launch
 */

/**
 * Reads what `bandmate install` wrote. The Python in it must be an absolute path: Live started from the Dock has
 * a short PATH, and another Python would not have the engine.
 *
 * @param {string} folder  Bandmate's directory
 * @returns {Launch}
 */
export function launchIn(folder) {
  /** @type {any} */
  let config;
  try {
    config = JSON.parse(readFileSync(path.join(folder, "config.json"), "utf8"));
  } catch (error) {
    const absent = /** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT";
    return { problem: absent ? "Engine not installed: run `bandmate install`" : UNREADABLE };
  }
  const { python, arguments: args } = config ?? {};
  const usable = typeof python === "string" && Array.isArray(args) && args.every((arg) => typeof arg === "string");
  if (!usable || !path.isAbsolute(python)) return { problem: UNREADABLE };
  try {
    accessSync(python, constants.X_OK);
  } catch {
    return { problem: `Python not found at ${python}: run \`bandmate install\` again` };
  }
  return { command: python, args: [...args, "--stdin-lifeline"] };
}

const UNREADABLE = "Settings of the engine cannot be read: run `bandmate install` again";
