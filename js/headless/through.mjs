/**
 * Plays a WAV file through a device of the headless Live, and tells what came out.
 *
 *     node js/headless/through.mjs DEVICE.amxd IN.wav [--out OUT.wav] [--turn "Name=value" ...] [--off] [--same]
 *
 * Live runs at the file's sample rate, its time runs with the sound. One JSON object on standard output: frames, rate,
 * whether the output is the input bit for bit, the first frame and the largest amount by which it differs, and what the
 * Max console said. `--out` writes what came out as 32-bit floats; `--off` switches the device off first; with
 * `--same` the exit status is 1 where a sample differs. A mono file goes in on both sides.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { HeadlessLive, LiveSet } from "./index.js";
import { decodeWav, encodeWav } from "./max/wav.js";

const EXIT_DIFFERS = 1;
const EXIT_WRONG = 2;

/**
 * @param {Float32Array[]} before
 * @param {Float32Array[]} after
 */
function compare(before, after) {
  let largest = 0;
  let first = -1;
  before.forEach((channel, side) => {
    channel.forEach((sample, frame) => {
      const off = Math.abs(sample - after[side][frame]);
      if (off === 0 || Object.is(sample, after[side][frame])) return;
      largest = Math.max(largest, off);
      if (first < 0 || frame < first) first = frame;
    });
  });
  return { same: first < 0, first, largest };
}

/**
 * @param {string} devicePath
 * @param {string} soundPath
 * @param {{out?: string, turn?: string[], off?: boolean}} options
 */
async function run(devicePath, soundPath, { out, turn = [], off = false }) {
  const { rate, channels } = decodeWav(readFileSync(soundPath));
  const [left, right = left] = channels;
  const set = LiveSet.empty({ tracks: [{ kind: "audio" }] });
  const live = await HeadlessLive.open({ set, time: "virtual", strict: false, sampleRate: rate });
  try {
    const device = await live.addDevice(devicePath, { track: 0 });
    for (const words of turn) {
      const [name, value] = words.split("=");
      device.turn(name, Number.isNaN(Number(value)) ? value : Number(value));
    }
    if (off) device.setEnabled(false);
    const played = await device.play(left, right);
    if (out) writeFileSync(out, encodeWav({ rate, channels: played, type: "float32" }));
    return { frames: left.length, rate, ...compare([left, right], played), console: live.console };
  } finally {
    await live.close();
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: "string" },
    turn: { type: "string", multiple: true },
    off: { type: "boolean" },
    same: { type: "boolean" },
  },
});
try {
  if (positionals.length !== 2) throw new Error("wants a device and a WAV file");
  const told = await run(positionals[0], positionals[1], values);
  process.stdout.write(`${JSON.stringify(told)}\n`);
  if (values.same && !told.same) process.exitCode = EXIT_DIFFERS;
} catch (problem) {
  process.stderr.write(`${/** @type {Error} */ (problem).message}\n`);
  process.exitCode = EXIT_WRONG;
}
