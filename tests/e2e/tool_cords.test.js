/**
 * The negative control of the MIDI Tools: an inspection finds nothing wrong with each as it was built; with any one cord of it
 * cut, it does, and names the control which the cord served.
 */
import { describe, it } from "node:test";
import { everyCordIsMissed } from "./support/cords.js";
import { sharedEngine } from "./support/engine.js";
import { openGround } from "./support/ground.js";
import { inspectTool } from "./support/inspect_tool.js";
import { KNOWN, toolBytes } from "./support/known_tools.js";

const skip = process.platform === "win32";
const NAMES = /** @type {(keyof typeof KNOWN)[]} */ (Object.keys(KNOWN));

describe("a cut cord of a MIDI Tool is noticed", { skip, concurrency: true, timeout: 600_000 }, () => {
  const engine = sharedEngine();

  for (const name of NAMES) {
    it(`in ${name}`, async (test) => {
      const ground = await openGround(engine.home);
      try {
        await everyCordIsMissed(test, toolBytes(name), (...spoilt) => inspectTool(ground, KNOWN[name], ...spoilt));
      } finally {
        await ground.close();
      }
    });
  }
});
