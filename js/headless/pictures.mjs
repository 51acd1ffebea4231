/**
 * Draws the pictures the README shows: the built devices as they look after a press of Generate, and the notes in the
 * clip. `make devices` runs it. The same seed and knobs give the same pictures.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LiveSet } from "./live/set.js";
import { svgToPng } from "./render/index.js";
import { BUILT, openStage, words } from "./stage.js";

const FOLDER = fileURLToPath(new URL("../../m4l_devices/pictures", import.meta.url));
const SEED = 7;
const THEMES = ["mid_light", "dark"];

const set = LiveSet.empty({
  tempo: 122,
  scale: { root: 2, name: "Minor" },
  tracks: [{ kind: "midi", name: "Deep house chords" }],
});
const stage = await openStage({ set });
try {
  const { live } = stage;
  const hub = await live.addDevice(BUILT.hub, { track: 0 });
  const chords = await live.addDevice(BUILT.chords, { track: 0 });
  await live.until(() => words(chords).includes("Ready"), { timeout: 30_000, what: "the engine to wake" });
  chords.turn("Style", "Deep house");
  chords.turn("Seed", SEED);
  chords.press("Seed Lock");
  chords.press("Generate");
  await live.until(() => words(chords).includes("Wrote"), { what: "notes in the clip" });
  mkdirSync(FOLDER, { recursive: true });
  for (const theme of THEMES) {
    writeFileSync(join(FOLDER, `chords-${theme}.png`), svgToPng(await chords.renderSVG({ theme })));
    writeFileSync(join(FOLDER, `hub-${theme}.png`), svgToPng(await hub.renderSVG({ theme })));
  }
} finally {
  await stage.close();
}
