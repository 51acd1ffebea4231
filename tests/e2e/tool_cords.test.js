/**
 * The negative control of the MIDI Tools: an inspection finds nothing wrong with each as it was built; with any one cord of it
 * cut, it does, and names the control which the cord served.
 */
import { describe, it } from "node:test";
import { everyCordIsMissed } from "./support/cords.js";
import { sharedEngine } from "./support/engine.js";
import { openGround } from "./support/ground.js";
import { inspectControls, inspectTool, PANEL } from "./support/inspect_tool.js";
import { KNOWN, toolBytes } from "./support/known_tools.js";

const skip = process.platform === "win32";
const NAMES = /** @type {(keyof typeof KNOWN)[]} */ (Object.keys(KNOWN));

/** What makes the tool itself show something in a control. @type {Record<string, string[]>} */
const SHOWN = { Seed: ["Seed", "Dice"], Groove: ["Take"] };

describe("a cut cord of a MIDI Tool is noticed", { skip, concurrency: true, timeout: 600_000 }, () => {
  const engine = sharedEngine();

  for (const name of NAMES) {
    it(`in ${name}`, async (test) => {
      const ground = await openGround(engine.home);
      try {
        const known = KNOWN[name];
        /** One for each control. @type {Map<string, import("./support/cords.js").Inspect>} */
        const looks = new Map();
        await everyCordIsMissed(
          test,
          toolBytes(name),
          (...spoilt) => inspectTool(ground, known, ...spoilt),
          ({ names: [control], into }) => {
            const of = SHOWN[into] ?? (control ? [control] : [Object.keys(known.choices)[0], PANEL]);
            const look = looks.get(String(of)) ?? inspectControls(ground, known, of);
            looks.set(String(of), look);
            return look;
          },
        );
      } finally {
        await ground.close();
      }
    });
  }
});
