/**
 * A long evening: random knobs and presses on the built Chords, minute after minute. Prints a JSON line every ten
 * seconds with what was done and how much memory this process (Max and Live) holds, and one at the end.
 *
 * Arguments: minutes, seed.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LiveSet } from "../../js/headless/live/set.js";
import { BUILT, openStage, words } from "../../js/headless/stage.js";
import { seededRandom } from "../../js/rpc/random.js";

const minutes = Number(process.argv[2] ?? 60);
const random = seededRandom(Number(process.argv[3] ?? 1));
const REPORT = 10_000;
/** How often each act is drawn; a person mostly turns and listens. */
const ACTS = /** @type {const} */ ([
  "turn",
  "turn",
  "turn",
  "Generate",
  "Generate",
  "Undo",
  "Restore",
  "Dice",
  "Audition",
  "switch",
]);

const set = LiveSet.empty({ tempo: 124, tracks: [{ kind: "midi", name: "House chords" }], scenes: 2 });
const stage = await openStage({ set });
const { live } = stage;
/** @type {Record<string, number>} */
const done = {};

/** @param {boolean} last */
function report(last) {
  const { pid } = JSON.parse(readFileSync(join(stage.home, "endpoint.json"), "utf8"));
  const line = { last, done, engine: pid, live_mb: process.memoryUsage().rss / 1e6, complaints: live.errors.length };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

try {
  await live.addDevice(BUILT.hub, { track: 0 });
  const chords = await live.addDevice(BUILT.chords, { track: 0 });
  await live.until(() => words(chords).includes("Ready"), { timeout: 30_000, what: "the engine to wake" });
  const knobs = chords.parameterNames.filter((name) => chords.parameter(name).visibility === "automated");
  const end = performance.now() + minutes * 60_000;
  let next = performance.now() + REPORT;
  while (performance.now() < end) {
    const act = ACTS[Math.floor(random() * ACTS.length)];
    done[act] = (done[act] ?? 0) + 1;
    if (act === "turn") {
      const name = knobs[Math.floor(random() * knobs.length)];
      const { min, max } = chords.parameter(name);
      chords.turn(name, Math.round(min + random() * (max - min)));
    } else if (act === "switch") {
      chords.setEnabled(false);
      chords.setEnabled(true);
    } else chords.press(act);
    const until = performance.now() + 20 + random() * 180;
    await live.until(() => performance.now() >= until, { what: "the next act" });
    if (performance.now() >= next) {
      next += REPORT;
      report(false);
    }
  }
  chords.press("Generate");
  await live.until(() => words(chords).includes("Wrote"), { what: "the device to answer at the end" });
  report(true);
} finally {
  await stage.close();
}
