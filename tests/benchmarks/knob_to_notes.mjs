/**
 * Turns a knob, presses Generate and waits until the new notes are in the clip, again and again, through the whole
 * path: built devices, headless Live, Hub, engine process and back. Prints one JSON line of percentiles in ms.
 *
 * Argument: how many presses are counted (500).
 */

import { LiveSet } from "../../js/headless/live/set.js";
import { BUILT, openStage, words } from "../../js/headless/stage.js";

const presses = Number(process.argv[2] ?? 500);
const WARM_UP = 20;
/** @type {any[]} */
const NONE = [];

/** @param {number[]} values @param {number} share */
const quantile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return Number(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)].toFixed(2));
};

const set = LiveSet.empty({ tempo: 125, tracks: [{ kind: "midi", name: "House chords" }] });
const stage = await openStage({ set });
try {
  const { live } = stage;
  await live.addDevice(BUILT.hub, { track: 0 });
  const chords = await live.addDevice(BUILT.chords, { track: 0 });
  await live.until(() => words(chords).includes("Ready"), { timeout: 20_000, what: "the device to be ready" });
  /** The notes of the one clip that the presses write; a new list each time they change. */
  const notes = () => set.tracks[0].clip_slots[0].clip?.notes ?? NONE;
  /** @type {number[]} */
  const times = [];
  for (let press = 0; press < presses + WARM_UP; press++) {
    const before = notes();
    chords.turn("Density", (press * 37) % 101);
    const started = performance.now();
    chords.press("Generate");
    await live.until(() => notes().length > 0 && notes() !== before, { what: "new notes" });
    times.push(performance.now() - started);
  }
  const counted = times.slice(WARM_UP);
  process.stdout.write(
    `${JSON.stringify({ knob_to_notes_ms: { p50: quantile(counted, 0.5), p99: quantile(counted, 0.99) }, presses })}\n`,
  );
} finally {
  await stage.close();
}
