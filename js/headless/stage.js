/**
 * A stage for plays in the headless Live: a folder of its own for the engine, the config file that an installation
 * would have written, and the built devices. The demonstration, the benchmarks and the end-to-end tests all stand on it.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { HeadlessLive } from "./index.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The committed devices. */
export const BUILT = Object.freeze({
  hub: join(ROOT, "m4l_devices", "built", "Bandmate Hub.amxd"),
  chords: join(ROOT, "m4l_devices", "built", "Bandmate Chords.amxd"),
  listen: join(ROOT, "m4l_devices", "built", "Bandmate Listen.amxd"),
  companion: join(ROOT, "m4l_devices", "built", "Bandmate Companion.amxd"),
  bass: join(ROOT, "m4l_devices", "built", "Bandmate Bass.amxd"),
  melody: join(ROOT, "m4l_devices", "built", "Bandmate Melody.amxd"),
  drums: join(ROOT, "m4l_devices", "built", "Bandmate Drums.amxd"),
  humanise: join(ROOT, "m4l_devices", "built", "Bandmate Humanise.amxd"),
  vary: join(ROOT, "m4l_devices", "built", "Bandmate Vary.amxd"),
  arp: join(ROOT, "m4l_devices", "built", "Bandmate Arp.amxd"),
  arrange: join(ROOT, "m4l_devices", "built", "Bandmate Arrange.amxd"),
  macros: join(ROOT, "m4l_devices", "built", "Bandmate Macros.amxd"),
  taste: join(ROOT, "m4l_devices", "built", "Bandmate Taste.amxd"),
  jam: join(ROOT, "m4l_devices", "built", "Bandmate Jam.amxd"),
});

/** The committed MIDI Tools. */
export const TOOLS = Object.freeze({
  chords: join(ROOT, "m4l_devices", "built", "Bandmate Chords Tool.amxd"),
  bass: join(ROOT, "m4l_devices", "built", "Bandmate Bass Tool.amxd"),
  drums: join(ROOT, "m4l_devices", "built", "Bandmate Drums Tool.amxd"),
  melody: join(ROOT, "m4l_devices", "built", "Bandmate Melody Tool.amxd"),
  humanise: join(ROOT, "m4l_devices", "built", "Bandmate Humanise Tool.amxd"),
  groove: join(ROOT, "m4l_devices", "built", "Bandmate Groove Tool.amxd"),
  vary: join(ROOT, "m4l_devices", "built", "Bandmate Vary Tool.amxd"),
  fit: join(ROOT, "m4l_devices", "built", "Bandmate Fit Tool.amxd"),
});

/** The interpreter that `make` set up, or the one named by BANDMATE_PYTHON. */
export function python() {
  const named = process.env.BANDMATE_PYTHON;
  if (named) return named;
  const folder = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
  return join(ROOT, ".venv", ...folder);
}

/**
 * @typedef {object} Stage
 * @property {HeadlessLive} live
 * @property {string} home Bandmate's folder in this play
 * @property {() => Promise<void>} close ends Live, the Hub's process and with it the engine, and removes the folder
 */

/**
 * Opens a Live with a folder of its own. No device is in it yet.
 *
 * @param {import("./index.js").OpenOptions & {home?: string, installed?: boolean}} [options] `home`: an existing folder
 *   to use, which then stays; `installed: false`: as if `bandmate install` had never run
 * @returns {Promise<Stage>}
 */
export async function openStage({ home: given, installed = true, ...options } = {}) {
  const home = given ?? mkdtempSync(join(tmpdir(), "bandmate-stage-"));
  const config = join(home, "config.json");
  if (installed && !existsSync(config)) {
    const record = { python: python(), arguments: ["-m", "bridge", "serve"], version: "0.1.0", devices: [] };
    writeFileSync(config, `${JSON.stringify(record, null, 2)}\n`);
  }
  // Every engine of a play would compile its hearing anew; the tests of the engine use the same folder.
  const compiled = { NUMBA_CACHE_DIR: join(tmpdir(), "bandmate-tests-numba") };
  const live = await HeadlessLive.open({ ...options, env: { ...compiled, ...options.env, BANDMATE_HOME: home } });
  const close = async () => {
    try {
      await live.close();
    } finally {
      if (!given) await removed(home);
    }
  };
  return { live, home, close };
}

/** Time an engine may take to write its last words, ms; on a busy machine it does not leave at once. */
const LAST_WORDS = 10_000;

/**
 * Removes a folder into which an engine that leaves may still be writing.
 *
 * @param {string} folder
 * @throws {Error} when something writes into it for longer than any engine does
 */
export async function removed(folder) {
  const begin = performance.now();
  for (;;) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (problem) {
      if (performance.now() - begin > LAST_WORDS) throw problem;
      await new Promise((next) => setTimeout(next, 50));
    }
  }
}

/**
 * What a device says of itself: the words at the foot of its picture.
 *
 * @param {import("./index.js").HeadlessDevice} device
 * @returns {string}
 */
export const words = (device) => device.texts().join(" | ");
